import Health
import Journal

/// A row of a list of workers, and what taking it in would do.
struct PlannedStaffRow: Sendable {
  let line: Int
  let outcome: ListOutcome
  var changes: [ListChange] = []
  let problems: [ListRowProblem]
  let warnings: [ListRowWarning]
  /// The row as it was read; nothing of one that is refused.
  var row: StaffRow?
  /// The worker, known or new.
  var worker: Identifier?
  /// Who the worker is from now on; nothing where that is known.
  var body: WorkerBody?
  /// The fact that ``body`` corrects.
  var replacedWorker: Identifier?
  /// The role as it is from now on, and since when; nothing where that is known.
  var assignment: (body: AssignmentBody, since: CivilDate)?
  /// The fact that ``assignment`` corrects.
  var replacedAssignment: Identifier?
  /// The facts that the row was compared with.
  var seen: [Identifier] = []
}

/// Compares the rows of a list of workers, one by one, with what is known and with each other.
///
/// Empty columns tell nothing: what is known stays. A worker is found by NIK, else by name at the
/// same place. A role that ended does not come back by an old list: the row must tell its new first
/// day.
struct StaffListPlanner {
  private(set) var counts: [ListOutcome: Int] = [:]
  private var reader: StaffRowReader
  private let identities: ListIdentities?
  private let reach: ListReach
  private let today: CivilDate
  private let known: [Worker]
  private let byNumber: [String: [Int]]
  private let byName: [String: [Int]]
  private let byUserName: [String: Int]
  /// Workers while their rows are read.
  private var listed: [Key: Listed] = [:]
  /// Who administers a district, by the register and the rows read so far.
  private var administrators: DistrictAdministrators

  private typealias Remarks = ListRemarks<StaffField>

  private enum Key: Hashable {
    case number(String)
    case name(String, Identifier)
  }

  private struct Listed {
    var id: Identifier?
    var known: Worker?
    var body: WorkerBody
    var fact: Identifier?
  }

  init(
    reader: StaffRowReader, known: [Worker], districts: Set<Identifier> = [], today: CivilDate,
    identities: ListIdentities? = nil, reach: ListReach = .everything
  ) {
    self.reader = reader
    self.known = known
    self.today = today
    self.identities = identities
    self.reach = reach
    administrators = DistrictAdministrators(known, of: districts)
    var byNumber: [String: [Int]] = [:]
    var byName: [String: [Int]] = [:]
    var byUserName: [String: Int] = [:]
    let namesOfAccounts = Dictionary(grouping: reach.userNamesOfAccounts.keys) {
      reach.userNamesOfAccounts[$0]
    }
    for (position, worker) in known.enumerated() {
      let number = String(decoding: worker.body.nationalIdentityNumber, as: UTF8.self)
      if !number.isEmpty { byNumber[number, default: []].append(position) }
      byName[PersonSummary.key(of: worker.name), default: []].append(position)
      let user = Worker.foldedUserName(String(decoding: worker.body.userName, as: UTF8.self))
      if !user.isEmpty { byUserName[user] = position }
    }
    // Whom the register calls nothing signs in by the name of the account.
    for (position, worker) in known.enumerated() where worker.body.userName.isEmpty {
      for name in namesOfAccounts[worker.id] ?? [] where byUserName[name] == nil {
        byUserName[name] = position
      }
    }
    (self.byNumber, self.byName, self.byUserName) = (byNumber, byName, byUserName)
  }

  /// Reads the next row and compares it.
  mutating func plan(_ row: some TableRow) -> PlannedStaffRow {
    let reading = reader.read(row)
    var remarks = Remarks(row, reader.columns, warnings: reading.warnings)
    var planned: PlannedStaffRow?
    if let read = reading.row { planned = plan(read, &remarks) }
    let result =
      planned
      ?? PlannedStaffRow(
        line: row.line, outcome: .refused,
        problems: reading.row == nil ? reading.problems : remarks.problems,
        warnings: remarks.warnings)
    counts[result.outcome, default: 0] += 1
    return result
  }

  private mutating func plan(_ read: StaffRow, _ remarks: inout Remarks) -> PlannedStaffRow? {
    if !reach.covers(read.assignment.place) {
      remarks.refuse(.outsideArea, .place, value: read.placeText)
      return nil
    }
    let key = key(of: read)
    var isFirst = false
    var worker: Listed
    if let earlier = listed[key] {
      worker = earlier
    } else {
      guard let found = find(read, &remarks) else { return nil }
      (worker, isFirst) = (found, true)
    }
    checkUserName(read, worker, &remarks)
    var changes = ListChanges()
    let told = body(read.worker, over: worker, &changes)
    if let start = read.start, start > today {
      remarks.refuse(.startInFuture, .start, value: DateText.iso(start))
    }
    let role = role(read, of: worker.known, &changes, &remarks)
    checkRights(read, worker, isChanged: told != nil, role != nil, &remarks)
    if let role, let end = role.body.until,
      administrators.endWithout(worker.id, role.body, replacing: role.replaced)
    {
      remarks.refuse(.lastAdministrator, .end, value: DateText.iso(end))
    }
    guard remarks.problems.isEmpty else { return nil }
    if let role { administrators.note(role.body, of: worker.id, replacing: role.replaced) }
    let isNew = worker.known == nil
    var planned = PlannedStaffRow(
      line: read.line,
      outcome: isNew ? .new : told == nil && role == nil ? .same : .changed,
      changes: isNew ? [] : changes.list, problems: [], warnings: remarks.warnings, row: read)
    planned.worker = worker.id
    planned.seen = [worker.known?.fact, role?.replaced].compactMap(\.self)
    planned.assignment = role.map { ($0.body, $0.since) }
    planned.replacedAssignment = role?.replaced
    if told != nil || (isNew && isFirst) {
      planned.body = told ?? worker.body
      planned.replacedWorker = worker.fact
      worker.body = told ?? worker.body
      worker.fact = worker.id.flatMap { identities?.fact(.worker, $0, line: read.line) }
    }
    listed[key] = worker
    return planned
  }

  private func key(of read: StaffRow) -> Key {
    let number = String(decoding: read.worker.nationalIdentityNumber, as: UTF8.self)
    let name = PersonSummary.key(of: String(decoding: read.worker.name, as: UTF8.self))
    return number.isEmpty ? .name(name, read.assignment.place) : .number(number)
  }

  /// The row's worker, in the register or new; nothing where that cannot be told.
  private func find(_ read: StaffRow, _ remarks: inout Remarks) -> Listed? {
    let number = String(decoding: read.worker.nationalIdentityNumber, as: UTF8.self)
    let name = String(decoding: read.worker.name, as: UTF8.self)
    let key = PersonSummary.key(of: name)
    var found = number.isEmpty ? [] : (byNumber[number] ?? []).map { known[$0] }
    if let only = found.first, found.count == 1, PersonSummary.key(of: only.name) != key {
      remarks.refuse(.otherWorker, .nationalIdentityNumber, value: number)
      return nil
    }
    if found.isEmpty {
      found = (byName[key] ?? []).map { known[$0] }.filter { worker in
        let places = worker.assignments.map(\.body.place) + [worker.body.place].compactMap(\.self)
        return (number.isEmpty || worker.body.nationalIdentityNumber.isEmpty)
          && places.contains(read.assignment.place)
      }
    }
    guard found.count <= 1 else {
      remarks.refuse(
        .ambiguousWorker, number.isEmpty ? .name : .nationalIdentityNumber,
        value: number.isEmpty ? name : number, details: ["count": String(found.count)])
      return nil
    }
    guard let worker = found.first else {
      return Listed(
        id: identities?.worker(line: read.line), known: nil, body: read.worker, fact: nil)
    }
    if let day = worker.body.endedOn, day < today {
      remarks.refuse(.workerLeft, .name, value: name, details: ["day": DateText.iso(day)])
      return nil
    }
    return Listed(id: worker.id, known: worker, body: worker.body, fact: worker.fact)
  }

  private func checkUserName(_ read: StaffRow, _ worker: Listed, _ remarks: inout Remarks) {
    let name = Worker.foldedUserName(String(decoding: read.worker.userName, as: UTF8.self))
    if let position = byUserName[name], known[position].id != worker.known?.id {
      remarks.refuse(.userNameOfAnother, .userName, value: name)
    }
  }

  private func checkRights(
    _ read: StaffRow, _ worker: Listed, isChanged: Bool, _ hasRole: Bool, _ remarks: inout Remarks
  ) {
    if let known = worker.known, isChanged || hasRole, !reach.mayChange(known) {
      remarks.refuse(
        .workerNotChanged, .name, value: String(decoding: read.worker.name, as: UTF8.self))
    } else if hasRole, !reach.mayGrant(read.assignment.role, at: read.assignment.place) {
      remarks.refuse(.roleNotGranted, .role, value: remarks.text(.role))
    }
  }

  /// What is known of a worker, with what a row tells in its place; nothing where that is the same.
  private func body(
    _ told: WorkerBody, over worker: Listed, _ changes: inout ListChanges
  ) -> WorkerBody? {
    var result = worker.body
    let texts: [(WritableKeyPath<WorkerBody, [UInt8]>, ListChange.Attribute)] = [
      (\.name, .name), (\.nationalIdentityNumber, .nationalIdentityNumber),
      (\.userName, .userName), (\.telephone, .telephone),
      (\.registrationNumber, .registrationNumber), (\.practiceLicence, .practiceLicence),
    ]
    for (path, attribute) in texts where !told[keyPath: path].isEmpty {
      changes.note(
        attribute, ListChanges.text(worker.body[keyPath: path]),
        ListChanges.text(told[keyPath: path]))
      result[keyPath: path] = told[keyPath: path]
    }
    return result == worker.body ? nil : result
  }

  /// A role as it is from now on.
  private struct ChangedRole {
    var body: AssignmentBody
    var since: CivilDate
    var replaced: Identifier?
  }

  /// What a row tells of a role; nothing where that is known.
  private func role(
    _ read: StaffRow, of worker: Worker?, _ changes: inout ListChanges, _ remarks: inout Remarks
  ) -> ChangedRole? {
    let held = (worker?.assignments ?? []).filter {
      $0.body.role == read.assignment.role && $0.body.place == read.assignment.place
    }
    let running = held.last { $0.body.until.map { today <= $0 } ?? true }
    let same = held.last { $0.since == read.start } ?? running
    guard let same else {
      if let ended = held.compactMap(\.body.until).max(), read.start.map({ $0 <= ended }) ?? true {
        remarks.refuse(
          .roleEnded, .start, value: read.start.map(DateText.iso) ?? "",
          details: ["day": DateText.iso(ended)])
        return nil
      }
      let since = read.start ?? min(read.assignment.until ?? today, today)
      changes.note(.role, nil, .role(read.assignment.role, read.assignment.place))
      return ChangedRole(body: read.assignment, since: since)
    }
    var role = ChangedRole(body: same.body, since: same.since, replaced: same.fact)
    if !read.assignment.clusters.isEmpty {
      changes.note(
        .clusters, same.body.clusters.isEmpty ? nil : .clusters(same.body.clusters),
        .clusters(read.assignment.clusters))
      role.body.clusters = read.assignment.clusters
    }
    if let start = read.start {
      changes.note(.start, .day(same.since), .day(start))
      role.since = start
    }
    if let end = read.assignment.until {
      changes.note(.end, same.body.until.map { .day($0) }, .day(end))
      role.body.until = end
    }
    if let end = role.body.until, end < role.since {
      remarks.refuse(
        .endBeforeStart, .end, value: DateText.iso(end),
        details: ["start": DateText.iso(role.since)])
    }
    return role.body == same.body && role.since == same.since ? nil : role
  }
}
