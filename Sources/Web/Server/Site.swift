import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Mustache
import NIOCore
import Services
import Synchronization

/// All that requests share: the district, the texts, the templates, the files, and what is kept in
/// memory between requests.
final class Site: Sendable {
  /// The district shown.
  let district: District
  /// How people come in.
  let entrance: Entrance
  /// The name under which a proxy with TLS serves this, if one does.
  let publicHost: String?
  /// The made-up accounts, where the data is made up.
  let demo: DemoAccounts?
  /// The program's version.
  let version: String
  /// Each language's formats, with its texts.
  let formats: [Language: Format]
  /// Curves of the growth charts.
  let curves = GrowthCurves()
  let assets: Assets
  /// The guidelines by chapter, with what is to be signed.
  let book: GuidelineBook
  private let templates: MustacheLibrary
  private let clock: @Sendable () -> Instant
  private let latest = Mutex<Snapshot?>(nil)
  let rights = RightsKept()
  /// Lists that were uploaded and not written yet.
  let uploads: ListUploads
  /// Pairs of records that may be one person, as they were last looked for.
  let duplicates = DuplicateReview()
  /// What was written in forms whose session had ended.
  let keptForms = KeptForms()
  /// What stands in the log already of pages that are asked for again and again.
  let toldBefore = ToldBefore()

  /// Why the server cannot start.
  struct Unreadable: Error { let template: String }

  init(
    district: District, entrance: Entrance, publicHost: String?, demo: DemoAccounts?,
    version: String, clock: @escaping @Sendable () -> Instant
  ) throws {
    self.district = district
    self.entrance = entrance
    self.publicHost = publicHost
    self.demo = demo
    self.version = version
    self.clock = clock
    uploads = ListUploads(district)
    let shipped = try Shipped.read.get()
    formats = shipped.words.mapValues { words in
      Format(words: words, hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    }
    book = GuidelineBook(district.edition)
    assets = shipped.assets
    templates = shipped.templates
  }

  /// The templates of all pages.
  static func templates() throws -> MustacheLibrary {
    let folder = Bundle.module.bundleURL.appending(path: "Templates")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    MustacheContentTypes.register(EscapedText(), named: EscapedText.name)
    var templates: [String: MustacheTemplate] = [:]
    for file in files where file.pathExtension == "mustache" {
      var text = try String(contentsOf: file, encoding: .utf8)
      // Whole pages, and parts that are sent alone, say how text is escaped; the parts that they
      // take in follow them.
      if text.contains("{{> page-top}}") || file.lastPathComponent.contains("-alone.") {
        text = "{{% CONTENT_TYPE:\(EscapedText.name)}}" + text
      }
      templates[file.deletingPathExtension().lastPathComponent] =
        try MustacheTemplate(string: text)
    }
    return MustacheLibrary(templates: templates)
  }

  /// Today, where the district is.
  var today: CivilDate {
    clock().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
  }

  var now: Instant { clock() }

  /// The formats of a language.
  func format(_ language: Language) -> Format {
    guard let format = formats[language] else { preconditionFailure("every language has formats") }
    return format
  }

  /// The page as HTML.
  func render(_ fields: Fields, template: String) throws -> String {
    guard let html = templates.render(fields, withTemplate: template) else {
      throw Unreadable(template: template)
    }
    return html
  }
}

/// What comes with the program, the same for every district: read once, for tests start a server
/// each.
private struct Shipped: Sendable {
  let words: [Language: Words]
  let assets: Assets
  let templates: MustacheLibrary

  static let read = Result { try Shipped() }

  private init() throws {
    words = try Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, Words(try Phrases($0))) })
    assets = try Assets()
    templates = try Site.templates()
  }
}

/// What every page needs of the journal.
struct Snapshot: Sendable {
  /// How far the journal reached.
  let extent: Extent
  /// The day on which it was taken.
  let day: CivilDate
  /// The places.
  let tree: PlaceTree
  /// The month that pages open on.
  let openingMonth: CivilMonth
  /// Who is hidden from all but those who care for them.
  let protected: ProtectedPersons

  /// The month in which it was taken.
  var month: CivilMonth { day.month }
  /// When the last fact was recorded.
  var lastRecorded: Instant? { extent.lastRecorded }
}

extension Site {
  /// The journal's state as it now is. The places are read again only after one of them changed.
  func snapshot() throws -> Snapshot {
    let day = today
    let extent: Extent
    do { extent = try district.extent() } catch is SettingsProblem {
      throw PageProblem.otherSettings
    }
    let kept = latest.withLock { $0 }
    if let kept, kept.extent == extent, kept.day == day { return kept }
    let tree =
      try kept.flatMap { $0.extent.changed.places == extent.changed.places ? $0.tree : nil }
      ?? district.places()
    let opening = try district.lastMonthWithWeighings(notAfter: day.month, below: tree.roots)
    let fresh = Snapshot(
      extent: extent, day: day, tree: tree, openingMonth: opening ?? day.month,
      protected: try district.protectedPersons(on: day))
    latest.withLock { $0 = fresh }
    return fresh
  }
}
