import Exchange
import Foundation
import Health
import Journal

/// Works out what lists add to what is known. It only looks: ``District/carryOut(_:now:)`` writes.
struct DistrictPlanner {
  var places: PlannedPlaces
  let today: CivilDate
  let now: Instant
  var facts: [Fact] = []
  var planned: [PlannedPlace] = []
  var catchments: [PlannedChange: Int] = [:]
  var agreements: [PlannedChange: Int] = [:]
  var problems: [DistrictProblem] = []
  var warnings: [DistrictWarning] = []
  private var positions: [Identifier: Int] = [:]
  private var district: Identifier?

  init(places: PlannedPlaces, today: CivilDate, now: Instant) {
    self.places = places
    self.today = today
    self.now = now
  }

  /// A plan that only tells what is wrong.
  func refused(_ problems: [DistrictProblem]) throws -> DistrictPlan {
    var plan = DistrictPlan(district: Identifier(high: 0, low: 0))
    plan.problems = problems
    return plan
  }

  /// The district with that code, or the only one.
  func district(_ code: String?) throws -> Identifier {
    let all = places.entries.filter { $0.value.body.kind == .district }.keys.sorted()
    if let code {
      guard let found = places.place(.district, code: code) else {
        throw DistrictSetupProblem.noDistrict
      }
      return found
    }
    guard let only = all.first else { throw DistrictSetupProblem.noDistrict }
    guard all.count == 1 else {
      throw DistrictSetupProblem.severalDistricts(
        all.map { id in
          "\(places.name(id)) (\(String(decoding: places[id]?.code ?? [], as: UTF8.self)))"
        })
    }
    return only
  }

  /// Adds the areas of a district, its province, kecamatan and villages.
  mutating func add(_ table: AreaTable, of code: String) {
    problems += table.problems
    for area in table.around(code) {
      let id = subject(of: area)
      let known = places[id]
      var body = known ?? PlaceBody(kind: area.kind, name: [], code: [], partOf: nil)
      body.name = Array(area.name.utf8)
      body.code = Array(area.code.utf8)
      body.codeIsExample = false
      body.within = places.place(PlaceKind.above(area.kind), code: area.within)
      body.source = Array(area.source.utf8)
      if let position = area.position {
        (body.latitude, body.longitude) = (position.latitude, position.longitude)
      }
      tell(body, of: id, since: area.asOf, isSameEverywhere: known == nil)
    }
  }

  /// The area's own id; or that of a place that came to be known by the same name and no code
  /// before, where only one can be meant.
  private func subject(of area: Area) -> Identifier {
    if let known = places.place(area.kind, code: area.code) { return known }
    let named = places.places(area.kind, named: area.name).filter {
      places[$0]?.code.isEmpty == true
    }
    return named.count == 1 ? named[0] : AreaFacts.identifier(ofArea: area.code)
  }

  /// Writes down what a list says of a place, where it is not known already.
  ///
  /// - Parameter isSameEverywhere: whether the fact is the same on every machine that reads the
  ///   list; else it carries the moment of now.
  mutating func tell(
    _ body: PlaceBody, of id: Identifier, since day: CivilDate, isSameEverywhere: Bool = false
  ) {
    let known = places.entries[id]
    let details = known.map { PlaceDetail.differences($0.body, body) } ?? []
    let change: PlannedChange = known == nil ? .new : details.isEmpty ? .same : .changed
    note(body, of: id, change, details)
    if change == .same { return }
    // A word of an older day, or of a moment before, would not stand.
    let since = max(day, known?.told?.day ?? day)
    let earliest = known?.told.map { $0.moment.milliseconds + 1 } ?? now.milliseconds
    let moment =
      isSameEverywhere
      ? AreaFacts.moment(day) : Instant(milliseconds: max(now.milliseconds, earliest))
    facts.append(
      AreaFacts.fact(.place, about: id, on: since, recordedAt: moment, body: body.bytes))
    places.set(PlannedPlaces.Entry(body: body, told: (since, moment)), of: id)
  }

  /// A place that two lists tell of stands once in the preview.
  private mutating func note(
    _ body: PlaceBody, of id: Identifier, _ change: PlannedChange, _ details: [PlaceDetail]
  ) {
    if let position = positions[id] {
      let earlier = planned[position]
      planned[position].details += details.filter { !earlier.details.contains($0) }
      if earlier.change == .same { planned[position].change = change }
      return
    }
    positions[id] = planned.count
    planned.append(
      PlannedPlace(
        kind: body.kind, name: String(decoding: body.name, as: UTF8.self),
        code: String(decoding: body.code, as: UTF8.self), change: change, details: details))
  }

  /// Hands over what was worked out.
  func finish(_ plan: inout DistrictPlan) {
    plan.places = planned
    plan.catchments = catchments
    plan.agreements = agreements
    plan.problems = problems
    plan.warnings = warnings
    plan.facts = problems.isEmpty ? facts : []
    plan.villagesWithoutPuskesmas = places.areas(.village, in: plan.district)
      .filter { places[$0]?.partOf == nil && places[$0]?.endedOn == nil }
      .map { village in
        let subdistrict = places.area(.subdistrict, around: village)
        return "\(places.name(village)) (\(places.name(subdistrict)))"
      }
  }
}

extension PlaceKind {
  /// The kind of area that an area of that kind lies in.
  static func above(_ kind: PlaceKind) -> PlaceKind {
    switch kind {
    case .village: .subdistrict
    case .subdistrict: .district
    default: .province
    }
  }
}
