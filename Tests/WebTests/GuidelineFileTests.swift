import Guidance
import Health
import Programmes
import Services
import Testing

@testable import Web

/// The book of guidelines as files, in both languages.
@Suite struct GuidelineFileTests {
  private static func files(_ language: Language) throws -> [GuidelineFiles.File] {
    try GuidelineFiles(language, version: "0.0-test").files()
  }

  /// What people read of a file: without style and tags.
  private static func visible(_ file: GuidelineFiles.File) throws -> String {
    let parts = file.content.split(separator: "</style>", maxSplits: 1)
    return try PageText.visible(String(try #require(parts.last)))
  }

  @Test(arguments: Language.allCases) func everyChapterIsAFileOfItsOwn(
    _ language: Language
  ) throws {
    let files = try Self.files(language)
    let chapters = GuidelineBook().chapters
    #expect(files.map(\.name) == ["index.html"] + chapters.map { "\($0.code).html" })
    let index = try #require(files.first).content
    for (chapter, file) in zip(chapters, files.dropFirst()) {
      #expect(index.contains("href=\"\(chapter.code).html\""))
      #expect(index.contains(chapter.shortDigest))
      #expect(file.content.contains(chapter.shortDigest))
      #expect(file.content.contains("lang=\"\(language.rawValue)\""))
    }
  }

  /// A text that is missing stands on the page as its dotted key, a value as its braces.
  @Test(arguments: Language.allCases) func nothingIsWithoutWords(_ language: Language) throws {
    let sections = Set(
      try Phrases(language).keys.compactMap { $0.split(separator: ".").first.map(String.init) })
    for file in try Self.files(language) {
      let text = try Self.visible(file)
      for key in try PageText.matches("\\b([a-z_]+)\\.[a-z_]+\\.[a-z_]+", in: text) {
        #expect(!sections.contains(key), "\(file.name): \(key)")
      }
      #expect(try PageText.matches("\\{\\w+\\}", in: text).isEmpty, "\(file.name)")
    }
  }

  /// Files are opened from a folder, by whoever got them: nothing is fetched, no link leads nowhere.
  @Test func filesNeedNothingElse() throws {
    let files = try Self.files(.indonesian)
    let names = Set(files.map(\.name))
    for file in files {
      let ids = try PageText.matches(" id=\"([^\"]+)\"", in: file.content)
      #expect(Set(ids).count == ids.count, "\(file.name)")
      for link in try PageText.matches("href=\"([^\"]+)\"", in: file.content) {
        if link.hasPrefix("#") {
          #expect(ids.contains(String(link.dropFirst())), "\(file.name): \(link)")
        } else {
          #expect(names.contains(link), "\(file.name): \(link)")
        }
      }
      for word in ["<script", "src=", "<link", "<form", "<textarea", "http:", "https:"] {
        #expect(!file.content.contains(word), "\(file.name): \(word)")
      }
      #expect(file.content.contains("@page"))
    }
  }

  /// Every rule that a plan names has its place in a file.
  @Test func everyRuleHasItsPlace() throws {
    let files = Dictionary(
      uniqueKeysWithValues: try Self.files(.indonesian).map { ($0.name, $0.content) })
    let book = GuidelineBook()
    let care = CareBook.motherAndChild
    func expect(_ chapter: GuidelineChapter?, _ rule: String) throws {
      let chapter = try #require(chapter)
      #expect(try #require(files["\(chapter.code).html"]).contains(" id=\"\(rule)\""), "\(rule)")
    }
    for number in care.services.keys {
      try expect(book.chapter(ofService: number), "service-\(number)")
    }
    for number in care.tables.keys where book.chapter(ofTable: number) != nil {
      try expect(book.chapter(ofTable: number), "table-\(number)")
    }
    for number in care.instruments.keys where book.chapter(ofInstrument: number) != nil {
      try expect(book.chapter(ofInstrument: number), "instrument-\(number)")
    }
  }

  /// Rules as a clinician knows them from the publications.
  @Test func rulesAreReadAsTheyStand() throws {
    let files = Dictionary(
      uniqueKeysWithValues: try Self.files(.indonesian).map { ($0.name, $0.content) })
    func expect(_ name: String, _ texts: String...) throws {
      let content = try #require(files[name])
      for text in texts { #expect(content.contains(text), "\(name): \(text)") }
    }
    // Poedji Rochjati starts at 2; up to 10 the risk is high, beyond it very high.
    try expect("pregnancy.html", "≤ 2", "3–10", "≥ 11", "batas LiLA untuk KEK", "23,5 cm, bawaan:")
    try expect("sick_child.html", "≥ 10", "1/2 tablet", "1 1/4 tablet", "4 sampai kurang dari 6")
    try expect("immunization.html", "18", "19–23", "24–59", "BCG")
    try expect("growth.html", "BB/U di bawah −3 SD")
  }

  /// What a district sets stands in the printed book, and changes the digest.
  @Test func settingsArePrinted() throws {
    var growth = GrowthSettings()
    growth.redLineHundredths = -250
    let edition = SettingsEdition(name: "Kabupaten Contoh", growth: growth, named: [:])
    let files = try GuidelineFiles(.indonesian, settings: edition, version: "0.0-test").files()
    let page = try #require(files.first { $0.name == "growth.html" }).content
    #expect(page.contains("Kabupaten Contoh"))
    #expect(page.contains("BB/U di bawah −2,5 SD"))
    let chapter = try #require(GuidelineBook().chapter(GuidelineBook.growthCode))
    #expect(!page.contains(chapter.shortDigest))
  }
}
