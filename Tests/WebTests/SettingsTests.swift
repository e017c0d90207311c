import Foundation
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Pages follow the settings in force, name them, and show nothing under others.
@Suite struct SettingsTests {
  private static let edition = {
    var growth = GrowthSettings()
    let isSet =
      growth.set(.severeArmCircumference, to: [1105]) && growth.set(.redLine, to: [-250])
      && growth.set(.severeSigns, to: [Int32(SevereMalnutritionSigns.oedema.rawValue)])
    precondition(isSet)
    return SettingsEdition(name: "Contoh <2026>", growth: growth, named: [:])
  }()

  private static func page(_ path: String, _ server: RunningServer) async throws -> String {
    let answer = try await server.client.get(path)
    #expect(answer.status == 200, "\(path)")
    return answer.text
  }

  @Test func pagesFollowAndNameThem() async throws {
    let server = try await RunningServer.start(SmallDistrict.make(settings: Self.edition))
    let calculator = try await Self.page("/calculator", server)
    let packed = try #require(
      PageText.matches("data-settings=\"([^\"]+)\"", in: calculator).first)
    let bytes = try #require(Data(base64Encoded: PageText.unescaped(packed)))
    #expect([UInt8](bytes) == PackedSettings.pack(Self.edition.growth))

    let title = "Contoh &lt;2026&gt; (\(Self.edition.fingerprint.hexadecimal.prefix(12)))"
    let report = try await Self.page("/nutrition/report", server)
    #expect(report.contains(title))
    let guidelines = try await Self.page("/guidelines", server)
    #expect(guidelines.contains(title))
    #expect(guidelines.contains("kurang dari 11,05 cm gizi buruk"))
    #expect(guidelines.contains("BB/U di bawah −2,5 SD"))
    #expect(guidelines.contains("Gizi buruk: pitting edema bilateral."))
    let why = try await Self.page(
      Links.measurement(SmallDistrict.correction, of: SmallDistrict.Child.corrected.id), server)
    #expect(why.contains(title))
  }

  @Test(arguments: Language.allCases)
  func figuresOfOthersAreNotShown(_ language: Language) async throws {
    let district = try SmallDistrict.make()
    let server = try await RunningServer.start(district)
    #expect(try await server.client.get("/nutrition").status == 200)
    let other = try District(
      path: district.journal.path, settings: Self.edition, whereOthers: .leave)
    try other.rebuild()
    for path in ["/", "/nutrition", "/nutrition/report"] {
      let answer = try await server.client.get("\(path)?lang=\(language.rawValue)")
      #expect(answer.status == 503)
      let words = try Phrases(language)
      #expect(answer.text.contains(words["error.settings_what"]))
      #expect(answer.text.contains(words["error.settings_mend"]))
    }
    try other.journal.close()
  }
}
