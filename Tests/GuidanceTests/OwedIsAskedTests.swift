import Guidance
import Health
import Testing

@testable import Programmes

/// What a plan owes a child can be told on a form of the day, and no form asks what no plan asks.
@Suite("What is owed of a child is asked")
struct OwedIsAskedTests {
  static let guidelines: [Guideline] = [.child, .childDevelopment]
  /// A day of no round, and one in the month of medicine against worms and vitamin A.
  static let days: [CivilDate] = ["2026-06-15", "2026-08-15"]

  /// A child of so many half months, of whom nothing was told since the birth.
  static func child(halfMonths: Int32, on day: CivilDate) -> Life {
    let back = day.addingMonths(-Int(halfMonths / 2))
    let born = CivilDate(dayNumber: back.dayNumber - (halfMonths.isMultiple(of: 2) ? 0 : 15))
    return Life(.female, born: born, weight: 3_000, gestation: 280)
  }

  /// All that the forms for the person ask on the day, by whomever.
  static func asked(_ life: Life, on day: CivilDate) throws -> Set<UInt16> {
    var evaluation = Evaluation(try life.record(on: day))
    var asked: Set<UInt16> = []
    for form in VisitForm.all where form.answer(&evaluation) == .yes {
      for section in form.sections(asking: &evaluation) {
        asked.formUnion(section.questions.map(\.element.code))
      }
    }
    return asked
  }

  /// Whether answers to what is asked can show that it was given.
  static func canBeShown(_ evidence: Evidence, by asked: Set<UInt16>) -> Bool {
    switch evidence {
    case .contact: true
    case .observed(let element), .yes(let element), .value(let element, _):
      asked.contains(element.code)
    case .one(let parts): parts.contains { canBeShown($0, by: asked) }
    case .together(let parts): parts.allSatisfy { canBeShown($0, by: asked) }
    }
  }

  /// All that can show that it was given.
  static func elements(_ evidence: Evidence) -> Set<UInt16> {
    switch evidence {
    case .contact: []
    case .observed(let element), .yes(let element), .value(let element, _): [element.code]
    case .one(let parts), .together(let parts):
      parts.reduce(into: []) { $0.formUnion(elements($1)) }
    }
  }

  @Test("By half months, from the end of the newborn period until seven years", arguments: days)
  func owedIsAsked(day: CivilDate) throws {
    var owed: Set<UInt16> = []
    for half: Int32 in 2...168 {
      let life = Self.child(halfMonths: half, on: day)
      let asked = try Self.asked(life, on: day)
      let plan = try life.plan(on: day, by: Self.guidelines)
      for service in Self.guidelines.flatMap(\.services) where plan.isOwed(service.number) {
        owed.insert(service.number)
        #expect(
          Self.canBeShown(service.evidence, by: asked), "\(service.name) at \(half) half months")
      }
    }
    // The law was asked of something.
    #expect(owed.isSuperset(of: [100, 115, 162, 163, 164, 165, 167, 151, 367, 368]))
  }

  @Test("No test of development is put that the plan does not name", arguments: days)
  func askedIsOwed(day: CivilDate) throws {
    let tests: Set = ["kpsp", "hearing", "sight", "behaviour", "autism"]
    for half: Int32 in 2...168 {
      let life = Self.child(halfMonths: half, on: day)
      var evaluation = Evaluation(try life.record(on: day))
      let plan = try life.plan(on: day, by: [.childDevelopment])
      var named: Set<UInt16> = []
      for service in Guideline.childDevelopment.services
      where plan.status(of: service.number).isToCome {
        named.formUnion(Self.elements(service.evidence))
      }
      for section in VisitForm.development.sections(asking: &evaluation)
      where tests.contains("\(section.name)") {
        // One eye shows that sight was tested: the section, not each question, is of a service.
        #expect(
          section.questions.contains { named.contains($0.element.code) },
          "\(section.name) at \(half) half months")
      }
    }
  }
}
