import Guidance
import Health
import Programmes
import Testing

/// How forms may be drawn: what folds, and of whom it is asked how a length was taken.
@Suite("Drawing of forms")
struct FormDrawingTests {
  @Test("Signs never fold, nor does anything without which a visit is not kept")
  func folds() {
    let sections = VisitForm.all.flatMap(\.sections)
    let folded = sections.filter(\.folds)
    #expect(
      Set(folded.map { "\($0.name)" }) == [
        "at_birth", "laboratory", "counselled", "screened", "autism",
      ])
    for section in folded {
      #expect(!section.areSigns, "\(section.name)")
      #expect(section.questions.allSatisfy { !$0.isNeeded }, "\(section.name)")
    }
    // What stands in one part, other questions in it or not.
    for section in folded { #expect(section.asking([]).folds, "\(section.name)") }
  }

  @Test("Lying or standing is asked right after the length, and of nothing else")
  func position() {
    for form in VisitForm.all {
      for section in form.sections {
        let elements = section.questions.map(\.element)
        guard let place = elements.firstIndex(of: .bodyPosition) else { continue }
        #expect(place > 0 && elements[place - 1] == .lengthOrHeight, "\(form.name)")
      }
    }
    let asking = VisitForm.all.filter { form in
      form.sections.flatMap(\.questions).contains { $0.element == .bodyPosition }
    }
    #expect(
      asking.map { "\($0.name)" } == [
        "newborn", "child", "growth_follow_up", "sick_child", "young_infant",
        "child_tuberculosis",
      ])
  }

  @Test(
    "Lying or standing is asked until the day before the fifth birthday",
    arguments: [
      ("2026-03-01", "2026-03-01", true), ("2021-03-02", "2026-03-01", true),
      ("2021-03-01", "2026-03-01", false), ("2021-02-28", "2026-03-01", false),
      ("2014-03-01", "2026-03-01", false),
    ] as [(CivilDate, CivilDate, Bool)])
  func fiveYears(born: CivilDate, day: CivilDate, isAsked: Bool) throws {
    let asked = try BookTests.asked(.childTuberculosis, Life(.female, born: born), on: day)
    #expect(asked.contains(DataElement.lengthOrHeight.code))
    #expect(asked.contains(DataElement.bodyPosition.code) == isAsked)
  }

  @Test("Lying or standing is asked where nobody knows the age")
  func noAge() throws {
    let asked = try BookTests.asked(
      .growthFollowUp, Life(.female, born: nil), on: "2026-03-01")
    #expect(asked.contains(DataElement.bodyPosition.code))
  }
}
