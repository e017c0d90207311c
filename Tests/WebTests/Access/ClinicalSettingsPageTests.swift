import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Pages ask guidelines with what the district has set, and say so. The limit of KEK is 23.5 cm,
/// and 23 cm in the other district.
@Suite struct ClinicalSettingsPageTests {
  private static let mother = TwoPuskesmas.Side.north.mother(1)
  private static let care = "/people/\(mother.text)/care"

  private static let other = {
    var care = ClinicalSettings()
    let isSet = care.set(.energyDeficiencyArm, to: 2_300)
    precondition(isSet)
    let source = SettingSource(
      title: "Surat edaran contoh", edition: "5/2026", page: "2", standing: .primary)
    return SettingsEdition(
      name: "Kabupaten Contoh", growth: GrowthSettings(), named: [:], care: care,
      careNamed: [.energyDeficiencyArm: source])
  }()

  /// A midwife's browser at a district in which the mother is in the 27th week.
  private static func midwife(_ settings: SettingsEdition) async throws -> Browser {
    let server = try await SignedInServer.start(settings: settings)
    try await MotherAndChild.makePregnant(server)
    return try await server.signIn(.pustuWorker)
  }

  private static func send(
    _ arm: String, _ act: String, by midwife: inout Browser
  ) async throws -> RawAnswer {
    try await midwife.post(
      "/people/\(mother.text)/visit?form=antenatal",
      [("on", "2025-06-20"), ("e\(DataElement.armCircumference.code)", arm), ("act", act)])
  }

  @Test func theFormShowsWhatFollowsUnderThem() async throws {
    let kek = try Phrases(.indonesian)["care.classes.energy_deficient"]
    for (settings, isDeficient) in [(SettingsEdition.standard, true), (Self.other, false)] {
      var midwife = try await Self.midwife(settings)
      let preview = try await Self.send("23,2", "preview", by: &midwife)
      #expect(preview.status == 200 && preview.text.contains("Jika disimpan"))
      #expect(preview.text.contains(">\(kek)<") == isDeficient, "\(settings.name)")
    }
  }

  @Test func whyNamesTheFigureInForce() async throws {
    for (settings, limit, others) in [
      (SettingsEdition.standard, "kurang dari 23,5 cm", "kurang dari 23 cm"),
      (Self.other, "kurang dari 23 cm", "kurang dari 23,5 cm"),
    ] {
      var midwife = try await Self.midwife(settings)
      #expect(try await Self.send("22,9", "save", by: &midwife).status == 303)
      let page = try await midwife.get(Self.care).text
      #expect(page.contains(limit), "\(settings.name)")
      #expect(!page.contains(others), "\(settings.name)")
    }
  }

  @Test func theBookShowsFigureAndSource() throws {
    func page(_ settings: SettingsEdition) throws -> String {
      let files = try GuidelineFiles(.indonesian, settings: settings, version: "0.0-test").files()
      return try #require(files.first { $0.name == "pregnancy.html" }).content
    }
    let standard = try page(.standard)
    let other = try page(Self.other)
    #expect(standard.contains("kurang dari 23,5 cm") && !standard.contains("Surat edaran contoh"))
    #expect(other.contains("kurang dari 23 cm") && !other.contains("kurang dari 23,5 cm"))
    #expect(other.contains("Surat edaran contoh, 2, 5/2026"))
    // Both readings stay printed, and what was signed under the default is not signed here.
    #expect(other.contains("23,5 cm, bawaan:"))
    let chapter = try #require(GuidelineBook().chapter("pregnancy"))
    #expect(standard.contains(chapter.shortDigest) && !other.contains(chapter.shortDigest))
  }
}
