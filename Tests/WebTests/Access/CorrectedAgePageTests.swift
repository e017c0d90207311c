import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// A child born early that came to us late: its growth page judges length by the age from term, once
/// somebody told the weeks at birth on its form. It is 20 June 2025.
@Suite struct CorrectedAgePageTests {
  @Test func theWeeksAtBirthAreTakenOnTheFormAndTheGrowthPageFollows() async throws {
    let server = try await SignedInServer.start()
    let place = TwoPuskesmas.Side.north.posyandu(1)
    let today = MotherAndChild.today
    let born = today + .days(-200)
    let child = TwoPuskesmas.id(779)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    var body = PersonBody()
    body.name = Array("Wulan Dini".utf8)
    body.sex = .female
    body.birthDate = born
    var measured = MeasurementBody()
    measured.weight = Mass(grams: 6_400)
    measured.length = Length(tenthsOfMillimetre: 5_850)
    measured.position = .lying
    _ = try await server.district.record([
      recording.fact(.person, of: child, on: born, at: place, body.bytes),
      recording.fact(.residence, of: child, on: born, at: place, ResidenceBody(place: place).bytes),
      recording.fact(.measurement, of: child, on: today + .days(-1), at: place, measured.bytes),
    ])
    var midwife = try await server.signIn(.pustuWorker)
    let page = "/children/\(child.text)"
    let before = try await midwife.get(page).text
    #expect(before.contains("Sangat pendek") && !before.contains("umur koreksi"))
    let form = "/people/\(child.text)/visit?form=child"
    let weeks = "e\(DataElement.gestationAtBirth.code)"
    let shown = try await midwife.get(form).text
    #expect(shown.contains("name=\"\(weeks)\""))
    let sent = [
      ("on", "2025-06-20"), ("e\(DataElement.birthWeight.code)", "1,6"), (weeks, "32"),
      (VisitPage.gestationDays, "0"), ("act", "save"),
    ]
    #expect(try await midwife.post(form, sent).status == 303)
    // 199 days, of which 56 before term.
    let after = try await midwife.get(page).text
    #expect(after.contains("umur koreksi (20 minggu 3 hari)"), "\(after)")
    #expect(!after.contains("Sangat pendek"))
    #expect(!(try await midwife.get(form).text.contains("name=\"\(weeks)\"")))
    let link = try #require(
      try PageText.matches("class=\"cell-link\" href=\"(/children/[^\"#]*)\"", in: after).first)
    let why = try await midwife.get(link).text
    #expect(why.contains("lahir 8 minggu 0 hari sebelum 40 minggu") && why.contains("Umur koreksi"))
  }
}
