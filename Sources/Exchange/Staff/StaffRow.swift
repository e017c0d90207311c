import Health
import Journal

/// A row of a list of workers that could be read: one role of one worker at one place.
public struct StaffRow: Hashable, Sendable {
  /// The line in the file, from 1.
  public var line: Int
  /// The worker. What the row does not tell is empty.
  public var worker: WorkerBody
  /// The role, its place, its clusters and its last day.
  public var assignment: AssignmentBody
  /// The first day in the role; nothing where the row does not tell it.
  public var start: CivilDate?
  /// The place in the file's words.
  public var placeText: String
}

/// Reads rows of a list of workers; strict, and with everything that is wrong explained.
///
/// It remembers what it read: a NIK under two names, a user name given twice and a role told twice
/// are refused.
public struct StaffRowReader: Sendable {
  /// Where the columns stand.
  public let columns: ListColumns<StaffField>
  private let places: ListPlaces
  private let order: TextValues.DateOrder
  private var nameOfNumber: [UInt64: (name: String, line: Int)] = [:]
  private var workerOfUserName: [String: (worker: Worker, line: Int)] = [:]
  private var lineOfRole: [WorkerRole: Int] = [:]

  /// By what a list tells workers apart.
  private enum Worker: Hashable, Sendable {
    case number(UInt64)
    case name(String)
  }

  private struct WorkerRole: Hashable, Sendable {
    let worker: Worker
    let role: Role
    let place: Identifier
    let start: CivilDate?
  }

  private typealias Cells<Row: TableRow> = ListCells<StaffField, Row>

  /// A reader of a file with that heading.
  ///
  /// - Parameters:
  ///   - columns: where the columns stand.
  ///   - places: the places that are known.
  ///   - monthComesFirst: whether dates in numbers alone are written 12/31/2024.
  public init(
    columns: ListColumns<StaffField>, places: ListPlaces, monthComesFirst: Bool = false
  ) {
    self.columns = columns
    self.places = places
    order = monthComesFirst ? .monthDayYear : .dayMonthYear
  }

  /// Reads a row.
  public mutating func read(_ row: some TableRow) -> ListReading<StaffRow> {
    var cells = ListCells(row, columns, order: order)
    var result: StaffRow?
    if cells.isReadable {
      var worker = WorkerBody()
      let number = readWorker(&cells, into: &worker)
      let role = readRole(&cells)
      let place = readPlace(&cells, of: role)
      let clusters = readClusters(&cells, of: role)
      let days = readDays(&cells)
      if let role, let place, cells.problems.isEmpty {
        worker.place = place.id
        let read = StaffRow(
          line: row.line, worker: worker,
          assignment: AssignmentBody(
            role: role, place: place.id, clusters: clusters, until: days.end),
          start: days.start, placeText: place.text)
        compare(read, number, &cells)
        if cells.problems.isEmpty { result = read }
      }
    }
    return ListReading(row: result, problems: cells.problems, warnings: cells.warnings)
  }

  private func readWorker(
    _ cells: inout Cells<some TableRow>, into worker: inout WorkerBody
  ) -> NationalIdentityNumber? {
    worker.name = Array(cells.neededName(.name).utf8)
    let number = cells.nationalIdentityNumber(.nationalIdentityNumber)
    if let number {
      worker.nationalIdentityNumber = number.digits
      cells.compare(number, .nationalIdentityNumber, birthDate: nil, sex: nil)
    }
    worker.telephone = Array(cells.telephone(.telephone).utf8)
    worker.registrationNumber = Array(cells.text(.registrationNumber, limit: 64).utf8)
    worker.practiceLicence = Array(cells.text(.practiceLicence, limit: 64).utf8)
    let userName = cells.text(.userName)
    if !userName.isEmpty {
      if let plain = StaffWords.userName(userName) {
        worker.userName = Array(plain.utf8)
      } else {
        cells.refuse(.wrongUserName, .userName, value: userName)
      }
    }
    return number
  }

  private func readRole(_ cells: inout Cells<some TableRow>) -> Role? {
    let text = cells.needed(.role)
    if text.isEmpty { return nil }
    let role = StaffWords.roles[text]
    if role == nil {
      cells.refuse(.unknownRole, .role, value: text, details: ["known": StaffWords.roles.known])
    }
    return role
  }

  private func readPlace(
    _ cells: inout Cells<some TableRow>, of role: Role?
  ) -> (id: Identifier, text: String)? {
    let text = cells.needed(.place)
    let named = ListPlaces.Named(
      village: cells.text(.village), subdistrict: cells.text(.subdistrict),
      puskesmas: cells.text(.puskesmas))
    let fields: [StaffField] = [.village, .subdistrict, .puskesmas]
    if text.isEmpty || fields.contains(where: cells.isBroken) { return nil }
    let kinds = role.map(StaffWords.places) ?? Set(PlaceKind.allCases)
    do throws(ListPlaces.Fault) {
      let place = try places.workplace(text, of: kinds, named)
      if kinds.contains(place.kind) { return (place.id, text) }
      cells.refuse(.roleNotThere, .place, value: text, details: ["place": place.name])
    } catch {
      cells.refuse(
        error.code, error.part == .village ? .village : .place, value: error.value,
        details: error.details)
    }
    return nil
  }

  private func readClusters(_ cells: inout Cells<some TableRow>, of role: Role?) -> Clusters {
    let text = cells.text(.clusters)
    if text.isEmpty {
      if role == .clusterWorker, !cells.isBroken(.clusters) {
        cells.warn(.noCluster, .clusters, value: "")
      }
      return []
    }
    guard let clusters = StaffWords.clusters(text) else {
      cells.refuse(.unknownCluster, .clusters, value: text)
      return []
    }
    return clusters
  }

  private func readDays(
    _ cells: inout Cells<some TableRow>
  ) -> (start: CivilDate?, end: CivilDate?) {
    let start = cells.day(.start)
    let end = cells.day(.end)
    if let start, let end, end < start {
      cells.refuse(
        .endBeforeStart, .end, value: cells.text(.end), details: ["start": DateText.iso(start)])
    }
    return (start, end)
  }

  /// Compares a sound row with those before it.
  private mutating func compare(
    _ read: StaffRow, _ number: NationalIdentityNumber?, _ cells: inout Cells<some TableRow>
  ) {
    let name = String(decoding: read.worker.name, as: UTF8.self)
    let key = PersonSummary.key(of: name)
    let worker = number.map { Worker.number($0.number) } ?? .name(key)
    if let number, let earlier = nameOfNumber[number.number], earlier.name != key {
      cells.refuse(
        .otherName, .nationalIdentityNumber, value: String(decoding: number.digits, as: UTF8.self),
        details: ["line": String(earlier.line)])
    }
    let userName = String(decoding: read.worker.userName, as: UTF8.self)
    if let earlier = workerOfUserName[userName], earlier.worker != worker {
      cells.refuse(
        .userNameTaken, .userName, value: userName, details: ["line": String(earlier.line)])
    }
    let role = WorkerRole(
      worker: worker, role: read.assignment.role, place: read.assignment.place, start: read.start)
    if let line = lineOfRole[role] {
      cells.refuse(.repeatedRow, .name, value: name, details: ["line": String(line)])
    }
    guard cells.problems.isEmpty else { return }
    if let number, nameOfNumber[number.number] == nil {
      nameOfNumber[number.number] = (key, read.line)
    }
    if !userName.isEmpty, workerOfUserName[userName] == nil {
      workerOfUserName[userName] = (worker, read.line)
    }
    lineOfRole[role] = read.line
  }
}
