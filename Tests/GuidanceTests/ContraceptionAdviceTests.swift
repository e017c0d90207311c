import Guidance
import Health
import Testing

@testable import Programmes

/// What is talked about and what is only advised.
@Suite("Advice on contraception")
struct ContraceptionAdviceTests {
  @Test("A method that is not for her is advice: nobody is treated or referred for it")
  func adviceAgainst() {
    for table in DecisionTable.contraception where table != .methodInUse {
      #expect(table.rows.allSatisfy { $0.urgency == .homeCare }, "\(table.name)")
      for row in table.rows where ["mec_3", "mec_4"].contains(row.name.description) {
        #expect(row.actions == [.otherMethod])
      }
    }
  }

  @Test(
    "Contraception counts as talked about where it was, or a method is in use; none is no method",
    arguments: [
      ([.contraceptiveMethod: 1], "due"), ([.contraceptiveMethod: 2], "done"),
      ([.contraceptiveMethod: 12], "done"), ([.contraceptionCounselled: 0], "due"),
      ([.contraceptionCounselled: 1, .contraceptiveMethod: 1], "done"),
    ] as [([DataElement: Int32], String)])
  func methodNone(observed: [DataElement: Int32], word: String) throws {
    #expect(try Plans.ended(5, .liveBirth, observed).word(82) == word)
    #expect(try Plans.ended(5, .miscarriage, gestation: 80, observed).word(131) == word)
    let life = { () -> Life in
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-06-10")
      life.visit(.postnatal, on: "2026-06-15", observed)
      return life
    }()
    // Who uses none is asked again.
    let isMethod = (observed[.contraceptiveMethod] ?? 1) > 1
    #expect(
      try BookTests.asked(.postnatal, life, on: "2026-06-16")
        .contains(DataElement.contraceptiveMethod.code) == !isMethod)
  }
}
