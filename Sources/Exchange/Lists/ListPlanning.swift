import GRDB
import Health
import Journal

/// Plans the rows of one list, whichever kind it is.
struct ListPlanning {
  private var households: HouseholdListPlanner<JournalHouseholds>?
  private var staff: StaffListPlanner?
  private let recording: ListRecording
  /// Headings of columns that nothing is stored of.
  let unstoredColumns: [String]
  /// The column in which whoever a row is about is named.
  private let nameColumn: Int?
  /// Whom rows told of that were not written in the end: rows that lean on them are not either.
  private var dropped: Set<Identifier> = []

  /// Begins with the heading read and nothing else.
  ///
  /// - Throws: ``ListHeadingProblem`` where the heading does not fit.
  private let reach: ListReach

  init(
    _ task: ListTask, heading: [String], recording: ListRecording, in db: Database
  ) throws {
    self.recording = recording
    reach = task.reach
    let today = recording.today
    let tree = try PlaceTree.fetch(in: db)
    let places = ListPlaces(tree, on: today)
    if task.kind == .households {
      let columns = try ListColumns<HouseholdField>(heading: heading)
      unstoredColumns = columns.unread
      nameColumn = columns.positions[.name]
      households = HouseholdListPlanner(
        reader: HouseholdRowReader(columns: columns, places: places, today: today),
        known: JournalHouseholds(db: nil, reach: task.reach), identities: recording.identities,
        reach: task.reach)
    } else {
      let columns = try ListColumns<StaffField>(heading: heading)
      unstoredColumns = columns.unread
      nameColumn = columns.positions[.name]
      staff = StaffListPlanner(
        reader: StaffRowReader(columns: columns, places: places),
        known: try Worker.fetchAll(in: db),
        districts: Set(tree.places.values.filter { $0.kind == .district }.map(\.id)),
        today: today, identities: recording.identities, reach: task.reach)
    }
  }

  /// Learns what later rows tell of households more exactly than earlier ones.
  ///
  /// - Parameter open: opens the list anew.
  mutating func lookAhead(_ open: () throws -> any TableReader) throws {
    guard households?.needsToLookAhead == true else { return }
    let table = try open()
    try households?.lookAhead(in: table)
  }

  /// How many households are new.
  var newHouseholds: Int { households?.newHouseholds ?? 0 }

  /// Lines of the first member of each new household without a head.
  var householdsWithoutHead: [Int] { households?.householdsWithoutHead ?? [] }

  /// From here on rows are compared with that state of the register; with nothing when the reading
  /// of it ends.
  mutating func compare(with db: Database?) {
    households?.known = JournalHouseholds(db: db, reach: reach)
  }

  /// Plans the next row; ``compare(with:)`` comes first.
  mutating func plan(_ row: some TableRow) throws -> ListedRow {
    if let planned = try households?.plan(row) {
      let member = planned.member
      var title = ""
      if let member {
        title = String(decoding: member.row.person.name, as: UTF8.self)
      }
      return listed(
        row, planned.outcome, title, planned.changes, planned.problems, planned.warnings,
        seen: planned.seen, facts: member?.facts(recording) ?? [],
        subjects: [member?.personId, member?.householdId], claims: member?.claims ?? [])
    }
    guard let planned = staff?.plan(row) else {
      preconditionFailure("a list is of households or of workers")
    }
    return listed(
      row, planned.outcome, String(decoding: planned.row?.worker.name ?? [], as: UTF8.self),
      planned.changes, planned.problems, planned.warnings, seen: planned.seen,
      facts: planned.facts(recording), subjects: [planned.worker], claims: planned.claims)
  }

  private func listed(
    _ row: some TableRow, _ outcome: ListOutcome, _ name: String, _ changes: [ListChange],
    _ problems: [ListRowProblem], _ warnings: [ListRowWarning], seen: [Identifier], facts: [Fact],
    subjects: [Identifier?], claims: [ListClaim]
  ) -> ListedRow {
    var writer = ByteWriter(capacity: 16 * seen.count + 1)
    writer.byte(outcome.number)
    for fact in seen { writer.identifier(fact) }
    // A row that could not be read is known to whoever mends it by the name that stands in it.
    let told = name.isEmpty ? nameColumn.map { ListText.visible(row.quotedText($0)) } : name
    return ListedRow(
      line: row.line, outcome: outcome, name: told ?? "", changes: changes, problems: problems,
      warnings: warnings, seen: Identifier.ofContent("list-row", writer.bytes),
      facts: outcome == .refused ? [] : facts, subjects: subjects.compactMap(\.self),
      claims: claims, copy: outcome == .refused || !facts.isEmpty ? row.copy : [])
  }

  /// Refuses a row that leans on one that was not written, and those that lean on it in turn.
  mutating func dropIfUnfounded(_ row: inout ListedRow) {
    guard !row.facts.isEmpty, row.subjects.contains(where: { dropped.contains($0) }) else { return }
    drop(&row)
  }

  /// Refuses a row since something changed after it was looked at.
  mutating func drop(_ row: inout ListedRow) {
    dropped.formUnion(row.facts.map(\.subject))
    row.refuse(.changedMeanwhile)
  }
}

extension ListedRow {
  /// Turns a row that would be taken into one that is refused.
  mutating func refuse(_ code: ListRowProblem.Code, details: [String: String] = [:]) {
    outcome = .refused
    facts = []
    problems = [
      ListRowProblem(
        reason: .row(code), field: "", column: "", cell: nil, value: name, details: details)
    ]
  }
}

extension ListOutcome {
  fileprivate var number: UInt8 {
    switch self {
    case .new: 1
    case .changed: 2
    case .same: 3
    case .refused: 4
    }
  }
}
