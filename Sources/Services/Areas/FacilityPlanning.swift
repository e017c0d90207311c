import Exchange
import Foundation
import Health
import Journal

/// Adds a list of facilities to a plan.
extension DistrictPlanner {
  /// A row whose place is found.
  private struct Found {
    let row: FacilityRow
    let id: Identifier
    let village: Identifier?
    let catchment: [Identifier]
  }

  /// Adds a district's facilities: Puskesmas first, for the others lean on them.
  mutating func add(_ table: FacilityTable, to district: Identifier) {
    problems += table.problems
    let villages = VillageFinder(places, in: district)
    let found = table.rows.compactMap { find($0, villages, in: district) }
    refuseDoubles(found)
    refuseVillagesOfTwo(found)
    problems.sort { ($0.line, $0.column) < ($1.line, $1.column) }
    let (puskesmas, others) = (
      found.filter { $0.row.kind == .puskesmas }, found.filter { $0.row.kind != .puskesmas }
    )
    for facility in puskesmas { addPlace(facility, in: district) }
    for facility in puskesmas { addCatchment(facility) }
    for facility in others {
      addPlace(facility, in: district)
      if facility.row.kind.hasCatchment { addCatchment(facility) }
    }
    for facility in others { addAgreement(facility, in: district) }
  }

  /// Finds a row's villages; every one that cannot be found is told.
  private mutating func find(
    _ row: FacilityRow, _ villages: VillageFinder, in district: Identifier
  ) -> Found? {
    let before = problems.count
    func search(
      _ text: String, _ subdistrict: String, _ column: String
    ) -> Result<Identifier, DistrictProblem> {
      do throws(DistrictProblem) {
        return .success(
          try villages.find(text, subdistrict: subdistrict, of: row, column: column))
      } catch { return .failure(error) }
    }
    var village: Identifier?
    if !row.village.isEmpty {
      switch search(row.village, row.subdistrict, "village") {
      case .success(let found): village = found
      case .failure(let problem): problems.append(problem)
      }
    }
    var catchment: [Identifier] = []
    for name in row.catchment {
      switch search(name, "", "catchment") {
      case .success(let found): if !catchment.contains(found) { catchment.append(found) }
      case .failure(let problem): problems.append(problem)
      }
    }
    guard problems.count == before else { return nil }
    return Found(
      row: row, id: subject(of: row, village: village, in: district), village: village,
      catchment: catchment)
  }

  /// The facility that is known under the code, or under the name in the same village (a Puskesmas:
  /// in the same district); else a new one.
  private func subject(
    of row: FacilityRow, village: Identifier?, in district: Identifier
  ) -> Identifier {
    if let known = places.place(row.kind, code: row.code) { return known }
    let named = places.places(row.kind, named: row.name).filter { id in
      guard let body = places[id] else { return false }
      if !row.code.isEmpty, !body.code.isEmpty { return false }
      switch row.kind {
      case .puskesmas: return body.partOf == nil || body.partOf == district
      case .posyandu: return body.partOf == village
      default: return body.within == nil || body.within == village
      }
    }
    if named.count == 1 { return named[0] }
    func code(_ id: Identifier?) -> String {
      id.flatMap { places[$0] }.map { String(decoding: $0.code, as: UTF8.self) } ?? ""
    }
    return AreaFacts.identifier(ofFacility: row, in: code(district), village: code(village))
  }

  private mutating func refuseDoubles(_ found: [Found]) {
    var lines: [Identifier: Int] = [:]
    for facility in found {
      if let first = lines[facility.id] {
        problems.append(
          facility.row.problem(
            .facilityTwice, facility.row.code.isEmpty ? "name" : "code",
            value: facility.row.code.isEmpty ? facility.row.name : facility.row.code,
            details: ["line": String(first)]))
      } else {
        lines[facility.id] = facility.row.line
      }
    }
  }

  private mutating func refuseVillagesOfTwo(_ found: [Found]) {
    var owners: [Identifier: FacilityRow] = [:]
    for facility in found where facility.row.kind == .puskesmas {
      for village in facility.catchment {
        guard let owner = owners[village] else {
          owners[village] = facility.row
          continue
        }
        problems.append(
          facility.row.problem(
            .villageOfTwo, "catchment", value: places.name(village),
            details: [
              "one": owner.name, "line": String(owner.line), "other": facility.row.name,
            ]))
      }
    }
  }

  private mutating func addPlace(_ facility: Found, in district: Identifier) {
    let row = facility.row
    var body = places[facility.id] ?? PlaceBody(kind: row.kind, name: [], code: [], partOf: nil)
    body.name = Array(row.name.utf8)
    if !row.code.isEmpty {
      body.code = Array(row.code.utf8)
      body.codeIsExample = row.codeIsExample
    }
    if let village = facility.village { body.within = village }
    switch row.kind {
    case .puskesmas: body.partOf = district
    case .posyandu: body.partOf = facility.village
    case .pustu: body.partOf = facility.village.flatMap { places[$0]?.partOf } ?? body.partOf
    default: break
    }
    if !row.organizationNumber.isEmpty {
      body.organizationNumber = Array(row.organizationNumber.utf8)
    }
    if !row.telephone.isEmpty { body.telephone = Array(row.telephone.utf8) }
    if !row.source.isEmpty { body.source = Array(row.source.utf8) }
    if let position = row.position {
      (body.latitude, body.longitude) = (position.latitude, position.longitude)
    }
    if row.kind == .posyandu || row.kind == .pustu, let village = facility.village,
      places[village]?.partOf == nil
    {
      warn(row, .villageWithoutPuskesmas, "village", value: places.name(village))
    }
    tell(body, of: facility.id, since: row.asOf ?? today)
  }

  /// A Puskesmas takes its villages, and those of another Puskesmas leave it; a Pustu or a facility
  /// of the network looks after villages that stay with their Puskesmas.
  private mutating func addCatchment(_ facility: Found) {
    let row = facility.row
    let day = row.asOf ?? today
    let open = (places.catchments[facility.id] ?? []).filter { ($0.until ?? day) >= day }
    if row.kind == .puskesmas, facility.catchment.isEmpty, open.isEmpty {
      warn(row, .puskesmasWithoutVillages, "catchment", value: "")
    }
    for village in facility.catchment {
      if row.kind == .puskesmas { take(village, into: facility.id, since: day) }
      guard !open.contains(where: { $0.village == village }) else {
        catchments[.same, default: 0] += 1
        continue
      }
      catchments[.new, default: 0] += 1
      facts.append(
        AreaFacts.fact(
          .catchment, about: facility.id, on: day, recordedAt: now,
          body: CatchmentBody(village: village).bytes))
    }
    if facility.catchment.isEmpty { return }
    for left in open where !facility.catchment.contains(left.village) {
      let isStill = row.kind != .puskesmas || places[left.village]?.partOf == facility.id
      if isStill { warn(row, .villageLeftOut, "catchment", value: places.name(left.village)) }
    }
  }

  private mutating func take(
    _ village: Identifier, into puskesmas: Identifier, since day: CivilDate
  ) {
    guard var body = places[village] else { return }
    if let former = body.partOf, former != puskesmas { end(village, of: former, before: day) }
    body.partOf = puskesmas
    tell(body, of: village, since: day)
  }

  /// The former Puskesmas looked after the village until the day before; where it would have begun
  /// later than that, it never did.
  private mutating func end(_ village: Identifier, of former: Identifier, before day: CivilDate) {
    for catchment in places.catchments[former] ?? []
    where catchment.village == village && (catchment.until ?? day) >= day {
      guard let fact = places.catchmentFacts[catchment] else { continue }
      catchments[.changed, default: 0] += 1
      let last = CivilDate(dayNumber: day.dayNumber - 1)
      facts.append(
        last >= catchment.since
          ? AreaFacts.fact(
            .catchment, about: former, on: catchment.since, recordedAt: now, replacing: fact,
            body: CatchmentBody(village: village, until: last).bytes)
          : AreaFacts.fact(
            .withdrawal, about: former, on: day, recordedAt: now, replacing: fact, body: []))
    }
  }

  private mutating func addAgreement(_ facility: Found, in district: Identifier) {
    guard let told = facility.row.agreement else { return }
    var with = facility.village.flatMap { places[$0]?.partOf } ?? district
    if !told.with.isEmpty {
      let named =
        places.place(.puskesmas, code: told.with).map { [$0] }
        ?? places.places(.puskesmas, named: told.with)
      guard named.count == 1 else {
        problems.append(
          facility.row.problem(
            .unknownPuskesmas, "agreement_with", value: told.with,
            details: FacilityRow.near(
              told.with, among: places.areasOfCare(.puskesmas).map { places.name($0) })))
        return
      }
      with = named[0]
    }
    let body = AgreementBody(
      number: Array(told.number.utf8), start: told.start, end: told.end, with: with)
    let known = (places.agreements[facility.id] ?? []).first {
      $0.number == told.number && $0.start == told.start
    }
    if let known, known.end == told.end, known.with == with {
      agreements[.same, default: 0] += 1
      return
    }
    agreements[known == nil ? .new : .changed, default: 0] += 1
    facts.append(
      AreaFacts.fact(
        .agreement, about: facility.id, on: facility.row.asOf ?? today, recordedAt: now,
        replacing: known.flatMap { places.agreementFacts[$0] }, body: body.bytes))
  }

  private mutating func warn(
    _ row: FacilityRow, _ code: DistrictWarning.Code, _ field: String, value: String
  ) {
    warnings.append(
      DistrictWarning(
        code, line: row.line, column: row.columns[field] ?? field, value: value,
        details: ["name": row.name]))
  }
}

extension FacilityRow {
  /// The names that are like one that nobody knows, for an explanation; nothing where none is.
  static func near(_ name: String, among names: [String]) -> [String: String] {
    let near = SimilarNames.nearest(name, among: names)
    return near.isEmpty ? [:] : ["near": near]
  }

  /// A problem in a column.
  func problem(
    _ code: DistrictProblem.Code, _ field: String, value: String, details: [String: String] = [:]
  ) -> DistrictProblem {
    DistrictProblem(
      code, line: line, column: columns[field] ?? field, value: value, details: details)
  }
}

extension PlannedPlaces {
  /// All places of a kind.
  func areasOfCare(_ kind: PlaceKind) -> [Identifier] {
    entries.filter { $0.value.body.kind == kind }.keys.sorted()
  }
}
