import Health
import Journal
import Services

/// Entries of the log in words: who, in which role, what and how it ended.
struct AuditText {
  private let visit: Visit
  private let workers: [Identifier: Worker]

  private var words: Words { visit.words }

  /// Words for these entries, whose workers are looked up together.
  init(_ visit: Visit, _ entries: [StoredAuditEntry]) throws {
    self.visit = visit
    let ids = Set(entries.flatMap { [$0.entry.author.worker].compactMap(\.self) })
    workers = Dictionary(
      uniqueKeysWithValues: try visit.district.workers(ids.sorted()).map { ($0.id, $0) })
  }

  /// Every action that an entry may tell of, in the order of the filter.
  static let codes: [String] =
    Action.allCases.map(\.rawValue) + [
      "openPage", "listPreviewed", "listWritten", "listUndone", "acceptedFacts", "anchoredLog",
      "closeOpening", "seeOpenings", "seeRequests",
    ]
    + AccessEvent.What.examples.map { "access.\($0.code)" }

  /// What was done, as `membuka catatan orang`; a code that this program does not know, itself.
  static func action(_ code: String, _ words: Words) -> String {
    let event = code.hasPrefix("access.") ? "access.events.\(code.dropFirst(7))" : "actions.\(code)"
    return words.find(event) ?? code
  }

  /// Acts that leave facts behind. Who only looks at the form of one has done nothing yet.
  private static let leavingFacts: Set<String> = Set(
    [
      .registerPerson, .correctPerson, .movePerson, .recordDeath, .changeFamily, .recordConsent,
      .proposeMerge, .decideMerge, .endTie, .protectPerson, .issueCard, .recordCare,
    ].map(\Action.rawValue))
  /// Acts that are told by other entries than those of the form.
  private static let told: Set<String> = Set(
    [.takeSubjectRequest, .answerSubjectRequest, .breakGlass, .enrolKader].map(
      \Action.rawValue))

  /// What was done; that its form was opened, where nothing was recorded, or which page was asked
  /// for in vain.
  func action(_ entry: AuditEntry) -> String {
    let code = entry.action.rawValue
    let name = AuditText.action(code, words)
    let isPage = entry.route?.hasPrefix("GET ") == true
    // A page that was refused is no act that was done.
    if isPage, entry.outcome != .allowed, !code.hasPrefix("see") {
      return words("audit.page_refused", ["what": name])
    }
    let isForm =
      AuditText.leavingFacts.contains(code)
      ? isPage || entry.detail.facts == nil : AuditText.told.contains(code) && isPage
    guard entry.outcome == .allowed, isForm, entry.route != nil else { return name }
    return words("audit.form_opened", ["what": name])
  }

  /// What for, or with what; nothing where the entry does not say.
  func purpose(_ entry: AuditEntry) -> String? {
    guard let code = entry.purpose?.rawValue else { return nil }
    return ["access.strengths", "access.purposes", "access.ends", "openings.reasons"].lazy
      .compactMap { words.find("\($0).\(code)") }.first
  }

  /// The name; the program itself and whoever had not signed in have none.
  func name(_ entry: AuditEntry) -> String {
    guard let id = entry.author.worker else {
      return words[
        entry.author.session == nil && entry.outcome == .allowed
          ? "audit.program" : "audit.nobody"]
    }
    return workers[id]?.name ?? words["audit.unknown_worker"]
  }

  /// The roles that the worker had on that day, each with its place.
  func roles(_ entry: AuditEntry) -> [String] {
    guard let worker = entry.author.worker.flatMap({ workers[$0] }) else { return [] }
    let day = entry.at.day(hoursEastOfGreenwich: visit.district.hoursEastOfGreenwich)
    return worker.assignments.filter { $0.holds(on: day) }.map { assignment in
      let role = words["roles.\(assignment.body.role.code)"]
      guard let place = visit.tree.places[assignment.body.place] else { return role }
      return "\(role), \(visit.named(place))"
    }
  }

  func outcome(_ entry: AuditEntry) -> String { words["audit.outcomes.\(entry.outcome.code)"] }

  func place(_ entry: AuditEntry) -> String? {
    entry.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
  }

  /// A row of a table.
  func row(_ stored: StoredAuditEntry) -> Fields {
    let entry = stored.entry
    return [
      "number": visit.format.whole(stored.sequence), "when": visit.format.moment(entry.at),
      "name": name(entry), "roles": roles(entry).map { ["text": $0] as Fields },
      "what": action(entry), "purpose": purpose(entry), "place": place(entry),
      "refused": entry.outcome == .allowed ? nil : outcome(entry),
      "count": stored.subjectCount == 0 ? nil : visit.format.whole(stored.subjectCount),
    ]
  }
}

extension AuditOutcome {
  /// The name in addresses and catalogues.
  var code: String {
    switch self {
    case .allowed: "allowed"
    case .refused: "refused"
    case .failed: "failed"
    }
  }
}

extension Site {
  /// The log; tests of other pages have none.
  var log: AuditFile {
    get throws(PageProblem) {
      guard case .signIn(_, let log) = entrance else { throw .notFound }
      return log
    }
  }
}
