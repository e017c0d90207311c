import Foundation
import Health
import HTTPTypes
import Journal
import Monitoring
import Services

/// What became of a form that was sent when its session was over.
enum EndedForm: String {
  /// What was written is kept for its worker.
  case kept
  /// It is not stored, and not kept.
  case lost
}

/// Why a page cannot be shown, as far as the person who asked can mend it.
enum PageProblem: Error, Equatable {
  /// No such page, place, child or file.
  case notFound
  /// It is there, and not for this visitor: shown as if it were not.
  case outOfReach
  /// No role of the visitor allows this.
  case notAllowed
  /// Nobody has signed in: where to go afterwards, whether it is a kader with a PIN, and what
  /// became of a form that was sent.
  case signInNeeded(then: String?, isKader: Bool = false, ended: EndedForm? = nil)
  /// The password was set by somebody else, and must be changed first.
  case passwordMustChange
  /// A form of another site, or of a session that is over.
  case foreignForm
  /// What was sent is no form.
  case unreadableForm
  /// A file that is larger than may be sent.
  case fileTooLarge
  /// As many files are on their way here as can be received at once.
  case tooManyUploads
  /// The log cannot be written, and nothing is shown without it.
  case logUnavailable
  /// A parameter that means nothing.
  case badParameter(name: String, value: String)
  /// A month that has not begun.
  case futureMonth(String)
  /// Another program has counted the figures under other settings than this server's.
  case otherSettings
  /// The request was meant for another machine.
  case foreignHost

  /// Whether somebody was kept from something, which the log shall tell.
  var isRefusal: Bool {
    switch self {
    case .outOfReach, .notAllowed, .foreignForm: true
    default: false
    }
  }
}

/// The parameters of a request, read with a clear complaint where they mean nothing.
struct Query: Sendable {
  /// Names and values as they were sent, decoded.
  let items: [(name: String, value: String)]

  /// - Parameter most: how many pairs are read; an address has few, a form may have hundreds.
  init(_ text: String?, most: Int = 64) {
    items = (text ?? "").split(separator: "&").prefix(most).compactMap { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = Query.decoded(parts[0]) else { return nil }
      return (name, parts.count > 1 ? Query.decoded(parts[1]) ?? "\u{FFFD}" : "")
    }
  }

  private static func decoded(_ text: Substring) -> String? {
    text.replacing("+", with: " ").removingPercentEncoding
  }

  /// A parameter; nothing where it is absent or empty.
  subscript(name: String) -> String? {
    items.last { $0.name == name }.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// A parameter that `read` must understand.
  func required<Value>(
    _ name: String, _ read: (String) -> Value?
  ) throws(PageProblem) -> Value? {
    guard let text = self[name] else { return nil }
    guard let value = read(text) else {
      throw .badParameter(name: name, value: String(text.prefix(40)))
    }
    return value
  }

  /// `month=2025-06`, not after `last`.
  func month(notAfter last: CivilMonth) throws(PageProblem) -> CivilMonth? {
    guard let month = try required("month", Query.month) else { return nil }
    guard month <= last else { throw .futureMonth(Format.iso(month)) }
    return month
  }

  static func month(_ text: String) -> CivilMonth? {
    let bytes = Array(text.utf8)
    guard bytes.count == 7, bytes[4] == 0x2D,
      let year = Int(text.prefix(4)), let ordinal = Int(text.suffix(2)),
      (1900...2999).contains(year), (1...12).contains(ordinal)
    else { return nil }
    return CivilMonth(year: year, ordinal: ordinal)
  }

  /// `place=` the identifier of a place that is there. One that is not looks like one that is out
  /// of reach.
  func place(in tree: PlaceTree) throws(PageProblem) -> Place? {
    guard let id = try required("place", { Identifier(text: $0) }) else { return nil }
    guard let place = tree.places[id] else { throw .notFound }
    return place
  }

  /// `indicator=STUNTING`.
  func indicator() throws(PageProblem) -> Indicator? {
    try required("indicator") { Indicator(code: $0) }
  }

  /// `sex=male|female|all` and `age=0-5|…|all`.
  func filter() throws(PageProblem) -> StratumFilter {
    StratumFilter(
      sex: try required("sex") { text -> Sex?? in
        switch text {
        case "male": .some(.male)
        case "female": .some(.female)
        case "all": .some(nil)
        default: nil
        }
      } ?? nil,
      ageGroup: try required("age") { text -> AgeGroup?? in
        if text == "all" { return .some(nil) }
        return AgeGroup.allCases.first { $0.code == text }.map { .some($0) }
      } ?? nil)
  }

  /// `state=reached|missed|excluded|unknown|denominator`.
  func group() throws(PageProblem) -> NameGroup? {
    try required("state") { text in NameGroup.all.first { $0.code == text } }
  }

  /// `without=SEVERE_STUNTING`: those whom that indicator counts are left out.
  func without() throws(PageProblem) -> Indicator? {
    try required("without") { Indicator(code: $0) }
  }

  /// `page=` from 1 on.
  func page() throws(PageProblem) -> Int {
    try required("page") { text in Int(text).flatMap { (1...1_000_000).contains($0) ? $0 : nil } }
      ?? 1
  }

  /// `lang=id|en`.
  func language() throws(PageProblem) -> Language? {
    try required("lang") { Language(rawValue: $0) }
  }
}

extension NameGroup {
  /// Every group that may be asked for.
  static let all: [NameGroup] = Standing.asShown.map { .standing($0) } + [.denominator]

  /// The name in addresses and catalogues.
  var code: String {
    switch self {
    case .standing(let standing): standing.code
    case .denominator: "denominator"
    }
  }
}

extension Standing {
  /// In the order in which pages show them.
  static let asShown: [Standing] = [.reached, .missed, .excluded, .unknown]

  /// The name in addresses and catalogues.
  var code: String {
    switch self {
    case .missed: "missed"
    case .reached: "reached"
    case .excluded: "excluded"
    case .unknown: "unknown"
    }
  }
}

extension Sex {
  /// The name in addresses and catalogues.
  var code: String { self == .male ? "male" : "female" }
}
