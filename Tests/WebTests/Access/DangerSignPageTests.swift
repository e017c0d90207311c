import Foundation
import Guidance
import Health
import Journal
import Programmes
import Testing

@testable import Web

/// Signs of danger on a plan: why they are some, and what to do, by who reads it. The mother is in
/// her 28th week on 20 June 2025.
@Suite struct DangerSignPageTests {
  private static let mother = MotherAndChild.mother
  private static let kaderHelp = "panggil bidan dan ambulans"

  private static func entered(
    _ server: SignedInServer, _ values: [(DataElement, String)]
  ) async throws -> (midwife: String, kader: String) {
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    let sent =
      [("on", "2025-06-20"), ("act", "save")] + values.map { ("e\($0.0.code)", $0.1) }
    let path = "/people/\(mother.text)/visit?form=antenatal"
    #expect(try await midwife.post(path, sent).status == 303)
    let plan = "/people/\(mother.text)/care"
    return (
      try await midwife.get(plan).text, try await server.signIn(.kader).get(plan).text
    )
  }

  @Test func aSignSaysWhyItIsOneAndWhatToDo() async throws {
    let server = try await SignedInServer.start()
    let (midwife, kader) = try await Self.entered(
      server, [(.bleeding, "1"), (.heartPounding, "1"), (.temperature, "38,2")])
    for page in [midwife, kader] {
      // Rule, edition and standing, and the limit of what is measured.
      for code in [DataElement.bleeding, .heartPounding, .temperature].map(\.code) {
        #expect(page.contains("#sign-\(code)\""), "\(code)")
      }
      #expect(page.contains("Buku Kesehatan Ibu dan Anak"))
      #expect(page.contains("Suhu badan 38 °C atau lebih"))
      let now = try #require(page.range(of: "Sekarang juga: tolong, lalu rujuk"))
      let today = try #require(page.range(of: "Rujuk hari ini juga"))
      #expect(now.lowerBound < today.lowerBound)
    }
    #expect(midwife.contains("Jangan periksa dalam") && !midwife.contains(Self.kaderHelp))
    #expect(kader.contains(Self.kaderHelp) && !kader.contains("Jangan periksa dalam"))
  }

  @Test func anUnconsciousMotherIsHelpedByHerReader() async throws {
    let server = try await SignedInServer.start()
    let (midwife, kader) = try await Self.entered(server, [(.unconscious, "1")])
    #expect(midwife.contains("bebaskan jalan napas") && midwife.contains("pasang infus"))
    #expect(kader.contains("jangan beri makan, minum atau obat") && kader.contains(Self.kaderHelp))
    #expect(!kader.contains("pasang infus"))
  }

  @Test func aLowPressureIsNotNormal() async throws {
    let server = try await SignedInServer.start()
    let (midwife, kader) = try await Self.entered(
      server, [(.systolicPressure, "80"), (.diastolicPressure, "50")])
    for page in [midwife, kader] {
      #expect(page.contains("Tekanan darah rendah"))
      #expect(!page.contains("Tekanan darah: <strong>normal</strong>"))
    }
    #expect(midwife.contains("ukur lagi setelah 15 menit"))
    #expect(kader.contains("Antar ke bidan sekarang") && !kader.contains("Hitung nadi"))
  }

  /// A kader calls and tests no urine.
  @Test func aKaderTestsNoUrine() async throws {
    let server = try await SignedInServer.start()
    let (midwife, kader) = try await Self.entered(
      server, [(.systolicPressure, "170"), (.diastolicPressure, "115")])
    #expect(midwife.contains("Periksa protein urin") && !kader.contains("Periksa protein urin"))
    #expect(kader.contains("Panggil bidan sekarang dan siapkan ambulans"))
  }

  /// The gravest comes first, before forms and what is owed; no later visit stands beside it.
  @Test func theGravestStandsOnTop() async throws {
    let server = try await SignedInServer.start()
    let (midwife, kader) = try await Self.entered(server, [(.fits, "1"), (.chestPain, "1")])
    for (page, says) in [
      (midwife, "Rujuk ke rumah sakit sekarang: Kejang"),
      (kader, "Panggil bidan sekarang, perlu ke rumah sakit: Kejang"),
    ] {
      let alarm = try #require(page.range(of: "<a href=\"#dangers\">\(says)</a>"))
      let cards = try #require(page.range(of: "id=\"dangers\""))
      let forms = try #require(page.range(of: "class=\"actions care-forms\""))
      #expect(alarm.upperBound < cards.lowerBound && cards.upperBound < forms.lowerBound)
      #expect(!page.contains("Perlu dilayani hari ini") && !page.contains("Kunjungan berikut:"))
      let letter = try #require(page.range(of: "/referral\""))
      let folded = try #require(page.range(of: "<details class=\"care-group\"><summary>"))
      #expect(letter.lowerBound < folded.lowerBound)
    }
  }

  /// 159/109 is seen by a doctor today, 160 or 110 by a hospital now; 139/89 says nothing on top.
  @Test(
    arguments: [
      ("139", "89", nil), ("140", "89", "Rujuk hari ini"), ("139", "90", "Rujuk hari ini"),
      ("159", "109", "Rujuk hari ini"), ("160", "109", "Rujuk ke rumah sakit sekarang"),
      ("159", "110", "Rujuk ke rumah sakit sekarang"),
    ] as [(String, String, String?)])
  func aFindingStandsOnTop(upper: String, lower: String, says: String?) async throws {
    let server = try await SignedInServer.start()
    let (midwife, _) = try await Self.entered(
      server, [(.systolicPressure, upper), (.diastolicPressure, lower)])
    #expect(midwife.contains("class=\"danger-now alarm\"") == (says != nil))
    if let says {
      #expect(!midwife.contains("Perlu dilayani hari ini"))
      #expect(midwife.contains("<a href=\"#findings\">\(says): Tekanan darah"))
    }
  }
}
