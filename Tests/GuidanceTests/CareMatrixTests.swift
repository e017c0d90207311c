import Guidance
import Health
import Testing

@testable import Programmes

/// The figures of the decree, written down a second time: ✔ owed, ✘ not owed, I on indication. The
/// mother's vitamin A, ✔✔✘✘ in figure 14, is a service of its own.
@Suite("Services by visit")
struct CareMatrixTests {
  static let antenatal: [(UInt16, String)] = [
    (60, "✔✔✔✔✔✔"),  // weight
    (61, "✔✔✔✔✔✔"),  // blood pressure
    (37, "✔✘✘✘✘✘"),  // arm
    (73, "✔✘✘✘✘✘"),  // height
    (63, "✘✔✔✔✘✔"),  // fundus
    (64, "✘✔✔✔✔✔"),  // lie and heart of the fetus
    (65, "✔✘✘✘✘✘"),  // tetanus
    (66, "✔✔✔✔✔✔"),  // iron tablets
    (67, "✔III✔I"),  // laboratory
    (69, "✔✔✔✔✔✔"),  // counselling
    (70, "✔✘✘✘✔✘"),  // ultrasound
    (71, "✔✘✘✘✔✘"),  // mental health
    (72, "✔✔✔✔✔✔"),  // tuberculosis
    (74, "✔✔✔✔✔✔"),  // risk of infection
  ]
  static let postnatal: [(UInt16, String)] = [
    (75, "✔✔✔✔"), (76, "✔✔✔✔"), (77, "✔✔✔✔"), (78, "✔✔✔✔"), (79, "✔✔✔✔"), (80, "✔✔✔✔"),
    (82, "✔✔✔✔"), (83, "✔✔✔✔"), (84, "✔✔✔✔"),
  ]
  static let newborn: [(UInt16, String)] = [
    (85, "✔✔✔"), (86, "✔✔✔"), (87, "✔✔✔"), (88, "✔✔✔"), (89, "✔✔✔"), (90, "✔✔✔"), (91, "✔✔✔"),
  ]

  static func text(_ matrix: CareMatrix) -> [(UInt16, String)] {
    matrix.rows.map { row in
      let visits = 1...UInt8(matrix.series.slots.count)
      return (
        row.number,
        visits.map {
          row.visits.contains($0) ? "✔" : row.onIndication.contains($0) ? "I" : "✘"
        }.joined()
      )
    }
  }

  @Test("The tables are those of the figures")
  func tables() {
    for (matrix, expected) in [
      (CareMatrix.antenatal, Self.antenatal), (.postnatal, Self.postnatal),
      (.newborn, Self.newborn),
    ] {
      let found = Self.text(matrix)
      #expect(found.map { $0.0 } == expected.map { $0.0 })
      #expect(found.map { $0.1 } == expected.map { $0.1 })
    }
  }

  static let period: CivilDate = "2026-01-01"
  static func woman(
    visits: [(CivilDate, [DataElement: Int32])]
  ) -> Life {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: period, known: "2026-02-10")
    for (day, observed) in visits { life.visit(.antenatal, on: day, observed) }
    return life
  }

  @Test("What K1 owed and nobody wrote down stays owed until it is made up for")
  func madeUpFor() throws {
    let life = Self.woman(visits: [("2026-02-10", [.weight: 50_000])])
    let after = try life.plan(on: "2026-02-20", by: [.pregnancy])
    #expect(after.word(60) == "done")
    #expect(after.status(of: 37) == .due(since: "2026-02-10", late: nil))
    #expect(after.status(of: 63) == .upcoming(from: "2026-04-02"))
    let second = Self.woman(visits: [
      ("2026-02-10", [.weight: 50_000]), ("2026-04-10", [.armCircumference: 2_400]),
    ])
    let plan = try second.plan(on: "2026-04-10", by: [.pregnancy])
    #expect(plan.word(37) == "done")
    // K3 comes four weeks later and owes the weight once more; that of K2 was not written down.
    #expect(plan.status(of: 3) == .upcoming(from: "2026-05-08"))
    #expect(plan.status(of: 60) == .due(since: "2026-04-10", late: nil))
  }

  @Test("An arm that was measured before K1 need not be measured again")
  func measuredBefore() throws {
    var life = Self.woman(visits: [])
    life.visit([], on: "2026-02-12", by: .kader, in: .posyandu, [.armCircumference: 2_400])
    let plan = try life.plan(on: "2026-02-20", by: [.pregnancy])
    #expect(plan.word(37) == "done")
    #expect(plan.word(60) == "due")
  }

  @Test(
    "The laboratory is owed at K2 only where it is indicated",
    arguments: [(104, "due"), (110, "done")])
  func onIndication(haemoglobin: Int32, word: String) throws {
    let life = Self.woman(visits: [
      ("2026-02-10", [.haemoglobin: haemoglobin, .weight: 50_000])
    ])
    #expect(try life.plan(on: "2026-04-20", by: [.pregnancy]).word(67) == word)
  }

  @Test("The fields of the whole table for the page of the book")
  func cells() throws {
    let life = Self.woman(visits: [
      ("2026-02-10", [.weight: 50_000, .systolicPressure: 110]),
      ("2026-04-10", [.fundalHeight: 1_500]),
    ])
    var evaluation = Evaluation(try life.record(on: "2026-07-01"))
    let cells = CareMatrix.antenatal.cells(&evaluation)
    // Weight: written down at K1, not at K2, K3 missed, the others open.
    guard case .given(on: "2026-02-10", _) = cells[0][0] else {
      Issue.record("\(cells[0][0])")
      return
    }
    #expect(cells[0][1] == .notRecorded(on: "2026-04-10"))
    #expect(Array(cells[0][2...]) == [.missed, .open, .open, .open])
    // Fundus: not owed at K1 and K5.
    #expect(cells[4][0] == .notOwed)
    #expect(cells[4][4] == .notOwed)
    guard case .given = cells[4][1] else {
      Issue.record("\(cells[4][1])")
      return
    }
  }

  @Test("Without a date the table is unknown and says so")
  func undated() throws {
    var life = Life(.female, born: "1998-03-01")
    life.pregnant(lastPeriod: nil, known: "2026-02-10")
    #expect(
      try life.plan(on: "2026-03-01", by: [.pregnancy]).status(of: 60)
        == .unknown(.gestationalAge))
  }

  @Test("A refused service is refused, not owed")
  func refused() throws {
    var life = Self.woman(visits: [("2026-02-10", [:])])
    life.tell(.refusal, on: "2026-02-11", RefusalBody(service: 37, reason: .declined).bytes)
    #expect(try life.plan(on: "2026-02-20", by: [.pregnancy]).word(37) == "refused")
  }

  /// Born on 1 October 2026: KF2 ends on the 8th, the time after birth on 12 November.
  @Test(
    "Vitamin A of a mother: owed until both capsules are taken, for 42 days",
    arguments: [
      ("2026-10-01", [], "due"), ("2026-10-08", [], "due"), ("2026-10-09", [], "late"),
      ("2026-11-12", [], "late"), ("2026-11-13", [], "-"),
      ("2026-10-02", [("2026-10-01", 1)], "due"), ("2026-10-09", [("2026-10-01", 1)], "late"),
      ("2026-11-12", [("2026-10-01", 1), ("2026-10-20", 1)], "late"),
      ("2026-10-02", [("2026-10-01", 1), ("2026-10-02", 2)], "done"),
      ("2026-11-12", [("2026-10-01", 1), ("2026-11-12", 2)], "done"),
      ("2026-10-03", [("2026-10-03", 2)], "done"), ("2026-10-03", [("2026-10-03", 0)], "due"),
      // Both were told; that somebody later counted fewer takes nothing away.
      ("2026-10-20", [("2026-10-03", 2), ("2026-10-20", 1)], "done"),
    ] as [(CivilDate, [(CivilDate, Int32)], String)])
  func motherVitaminA(day: CivilDate, taken: [(CivilDate, Int32)], word: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-10-01")
    for (on, count) in taken {
      life.visit(.postnatal, on: on, by: .kader, [.motherVitaminACapsules: count])
    }
    #expect(try life.plan(on: day, by: [.pregnancy]).word(81) == word)
  }

  @Test("A capsule told by yes or no, as it was asked before, counts as it did: given")
  func motherVitaminAByYesOrNo() throws {
    for (answer, word) in [(Int32(1), "done"), (0, "late")] {
      var life = Life(.female, born: "1998-03-01")
      life.gaveBirth(on: "2026-10-01")
      life.visit(.postnatal, on: "2026-10-02", [.vitaminA: answer])
      #expect(try life.plan(on: "2026-10-20", by: [.pregnancy]).word(81) == word)
      let asked = try BookTests.asked(.postnatal, life, on: "2026-10-20")
      #expect(asked.contains(DataElement.motherVitaminACapsules.code) == (word == "late"))
    }
    // Of an earlier birth it says nothing.
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2024-10-01")
    life.visit(.postnatal, on: "2024-10-02", [.vitaminA: 1, .motherVitaminACapsules: 2])
    life.gaveBirth(on: "2026-10-01")
    #expect(try life.plan(on: "2026-10-02", by: [.pregnancy]).word(81) == "due")
  }

  @Test(
    "Pressure and temperature are one service: it is done when both were measured on one day",
    arguments: [
      ([(1, [.systolicPressure: 110])], "due"), ([(1, [.temperature: 368])], "due"),
      ([(1, [.systolicPressure: 110, .temperature: 368])], "done"),
      ([(1, [.systolicPressure: 110]), (2, [.temperature: 368])], "due"),
      ([(1, [:])], "due"),
    ] as [([(Int32, [DataElement: Int32])], String)])
  func pressureAndTemperature(visits: [(Int32, [DataElement: Int32])], word: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-10-01")
    for (days, observed) in visits {
      life.visit(.postnatal, on: "2026-10-01" + .days(days), observed)
    }
    #expect(try life.plan(on: "2026-10-03", by: [.pregnancy]).word(76) == word)
  }

  @Test("Nobody owes a mother the visits after birth when the pregnancy was lost")
  func lost() throws {
    for outcome in [PregnancyOutcome.miscarriage, .ectopic, .molar] {
      let plan = try Plans.ended(3, outcome, gestation: 70)
      #expect(plan.word(75) == "-")
      #expect(plan.word(11) == "-")
    }
    #expect(try Plans.ended(1, .stillbirth).word(75) == "due")
  }
}
