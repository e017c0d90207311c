import Guidance
import Health
import Testing

@testable import Programmes

/// The figures of the decree, written down a second time: ✔ owed, ✘ not owed, I on indication.
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
    (81, "✔✔✘✘"),  // vitamin A
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
    // K3 is open now and owes the weight once more.
    #expect(plan.status(of: 60) == .due(since: "2026-04-02", late: "2026-06-25"))
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

  @Test(
    "Vitamin A of a mother: owed at KF1 and KF2, one capsule each",
    arguments: [
      ("2026-10-01", [], "due"), ("2026-10-02", ["2026-10-01"], "done"),
      ("2026-10-05", ["2026-10-01"], "due"), ("2026-10-06", ["2026-10-01", "2026-10-05"], "done"),
      ("2026-10-20", ["2026-10-01", "2026-10-05"], "done"),
    ] as [(CivilDate, [CivilDate], String)])
  func motherVitaminA(day: CivilDate, given: [CivilDate], word: String) throws {
    var life = Life(.female, born: "1998-03-01")
    life.gaveBirth(on: "2026-10-01")
    for on in given { life.visit(.postnatal, on: on, [.vitaminA: 1]) }
    #expect(try life.plan(on: day, by: [.pregnancy]).word(81) == word)
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
