import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// The child's pages say what has to be done, and why.
@Suite struct ChildTests {
  private func page(_ child: SmallDistrict.Child, language: String = "id") async throws -> String {
    try await RunningServer.shared().client.get(
      "/children/\(child.id.text)", headers: ["Cookie": "__Host-lang=\(language)"]
    ).text
  }

  @Test func severeWastingIsReferred() async throws {
    let html = try await page(.severelyWasted)
    #expect(html.contains("Gizi buruk: rujuk segera"))
    #expect(try await page(.severelyWasted, language: "en").contains("refer at once"))
    #expect(try await page(.withOedema).contains("Pitting edema: gizi buruk"))
  }

  @Test func twiceWithoutGainIsReferred() async throws {
    let html = try await page(.twiceNotGaining)
    #expect(html.contains("Dua kali tidak naik (2T): rujuk ke Puskesmas"))
    #expect(html.contains(">2T</span>"))
  }

  @Test func implausibleIsSaidAndNotJudged() async throws {
    let html = try await page(.implausible)
    #expect(html.contains("di luar batas wajar WHO"))
    #expect(html.contains("berat berubah terlalu banyak dalam sebulan"))
  }

  @Test func chartsAreDrawn() async throws {
    let html = try await page(.gaining)
    #expect(try PageText.matches("<svg class=\"growth-chart\"", in: html).count == 6)
    #expect(try PageText.matches("growth-chart", in: try await page(.sexUnknown)).isEmpty)
  }

  @Test func neverMeasuredIsSaid() async throws {
    #expect(try await page(.movedToVillage).contains("Belum ada pengukuran."))
  }

  @Test func whyTellsRuleAndInputs() async throws {
    let client = try await RunningServer.shared().client
    let child = SmallDistrict.Child.gaining
    let html = try await page(child)
    let links = try PageText.matches(
      "class=\"cell-link\" href=\"(/children/[^\"#]*)\"", in: html)
    // The second from above is of May, measured standing at 13 months.
    let why = try await client.get(links[1]).text
    #expect(why.contains("69,9 cm"))
    #expect(why.contains("69,2 cm berdiri; diukur berdiri sebelum 24 bulan: +0,7 cm"))
    #expect(why.contains("425 hari (13 bulan penuh)"))
    #expect(why.contains("Peraturan Menteri Kesehatan"))
    #expect(why.contains("Contoh Kader"))
    #expect(why.contains("−3 ≤ z &lt; −2"))
    #expect(why.contains("ditulis dari ingatan"))
  }

  @Test func gainIsToldBesideTheKMS() async throws {
    let client = try await RunningServer.shared().client
    let html = try await page(.gaining)
    // 7.8 kg in April, 8.4 kg in June at 15 months: the standard's two months.
    #expect(html.contains("+600 g dalam 61 hari"))
    let link = try #require(
      try PageText.matches("class=\"cell-link\" href=\"(/children/[^\"#]*)\"", in: html).first)
    let why = try await client.get(link).text
    #expect(why.contains("id=\"vwei\""))
    #expect(why.contains("Kecepatan tumbuh WHO 2009, Kenaikan (WHO), jarak 2 bulan, perempuan"))
    #expect(why.contains("hari ke-395 dan hari ke-456"))
    #expect(why.contains("menurut standar: hari ke-396 sampai hari ke-457"))
    #expect(why.contains("(600 + 600) ÷ 1.019,6870)^0,7864 − 1) ÷ (0,7864 × 0,28705) = +0,61"))
    #expect(why.contains("id=\"vlen\""))
    #expect(why.contains("tidak diukur") == false)
    let unknown = try await page(.sexUnknown)
    #expect(unknown.contains("jenis kelamin tidak diketahui"))
    let wild = try await page(.implausible)
    #expect(wild.contains("id=\"vwei\"") == false)
  }

  @Test func correctionsAreLinked() async throws {
    let client = try await RunningServer.shared().client
    let child = SmallDistrict.Child.corrected
    let old = Links.measurement(SmallDistrict.correctedFact, of: child.id)
    let new = Links.measurement(SmallDistrict.correction, of: child.id)
    #expect(try await client.get(old).text.contains("href=\"\(new)\""))
    #expect(try await client.get(new).text.contains("href=\"\(old)\""))
    let html = try await page(child)
    #expect(html.contains(new))
    #expect(!html.contains(old))
  }
}
