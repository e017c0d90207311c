import Foundation
import Guidance
import Mustache
import Services

/// The book of guidelines as HTML files that need nothing else, to be opened or printed by any
/// browser: `index.html`, and one file for each chapter.
public struct GuidelineFiles {
  /// A file of the book.
  public struct File: Sendable {
    /// Its name in the folder.
    public let name: String
    /// What it holds.
    public let content: String
  }

  private let format: Format
  private let edition: SettingsEdition
  private let version: String
  private let templates: MustacheLibrary
  private let style: String

  private var words: Words { format.words }

  /// Gets the book ready.
  ///
  /// - Parameters:
  ///   - edition: a district's settings, which decide and are printed.
  ///   - version: the program's version, printed on every file.
  /// - Throws: where a template, catalogue or style that belongs to the program is missing.
  public init(
    _ language: Language, settings edition: SettingsEdition = .standard, version: String
  ) throws {
    format = Format(words: Words(try Phrases(language)), hoursEastOfGreenwich: 7)
    self.edition = edition
    self.version = version
    templates = try Site.templates()
    style = String(decoding: try Assets.content(of: "sikilap.css"), as: UTF8.self)
  }

  /// All files, the index first.
  public func files() throws -> [File] {
    let book = GuidelineBook(edition)
    return [try index(of: book)] + (try book.chapters.map { try file(of: $0) })
  }

  private func index(of book: GuidelineBook) throws -> File {
    let index = GuidelineIndex(format: format, edition: edition)
    let fields = index.fields.merging([
      "chapters": book.chapters.map { chapter in
        index.chapter(chapter, address: GuidelineFiles.name(of: chapter)).merging(standing)
      }
    ])
    return try file(
      "index.html", words["guidelines.book"], fields, template: "guideline-index-file")
  }

  private func file(of chapter: GuidelineChapter) throws -> File {
    let index = GuidelineIndex(format: format, edition: edition)
    let sections = GuidelineSections(
      chapter: chapter, text: CareText(format: format, settings: edition.care),
      edition: edition)
    let isGrowth = if case .growth = chapter.content { true } else { false }
    let fields = index.chapter(chapter, address: GuidelineFiles.name(of: chapter))
      .merging(index.fields)
      .merging(["sections": sections.fields(), "is_growth": isGrowth, "may_sign": false])
    return try file(
      GuidelineFiles.name(of: chapter), GuidelineIndex.title(of: chapter, words), fields,
      template: "guideline-file")
  }

  /// Paper knows of no signatures: they are recorded where the definitions are in force.
  private var standing: Fields {
    ["is_unsigned": false, "rule_standing": words["guidelines.standings.on_paper"]]
  }

  private static func name(of chapter: GuidelineChapter) -> String { "\(chapter.code).html" }

  private func file(
    _ name: String, _ title: String, _ fields: Fields, template: String
  ) throws -> File {
    let common: Fields = [
      "lang": words.language.rawValue, "t": words.tree, "title": title, "version": version,
    ]
    guard let html = templates.render(common.merging(fields), withTemplate: template) else {
      throw Site.Unreadable(template: template)
    }
    // A style sheet is not text: it must not be escaped as texts are.
    return File(
      name: name,
      content: html.replacing(
        "<style></style>", with: "<style>\n\(style)</style>", maxReplacements: 1))
  }
}
