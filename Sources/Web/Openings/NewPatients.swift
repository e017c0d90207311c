import Health
import Journal
import Services

/// Persons whom private facilities have registered or taken on as patients in the last month, for
/// whoever answers for where these persons live: so a facility that takes on a person who was never
/// there is seen. Read from the log, which holds each such act.
struct NewPatients {
  /// So many days back.
  static let days = 30
  /// At most so many acts are looked at, the newest first.
  private static let most = 300

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// Whether the visitor reviews such acts.
  var isAnswering: Bool {
    let rights = visit.visitor.rights
    return rights.may(.reviewBreakGlass) && rights.area(of: .endTie)?.isEmpty != true
  }

  func fields() throws -> [Fields] {
    guard isAnswering, case .signIn(_, let log) = visit.site.entrance else { return [] }
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.registerPerson)]
    filter.places = Set(
      visit.tree.places.values.filter(\.kind.isNetworkFacility).map(\.id))
    filter.outcome = .allowed
    let first = CivilDate(dayNumber: visit.today.dayNumber - Int32(NewPatients.days))
    filter.limit(
      to: first...visit.today, hoursEastOfGreenwich: visit.district.hoursEastOfGreenwich)
    let entries = try log.entries(filter, limit: NewPatients.most).entries
    let text = try AuditText(visit, entries)
    return try entries.compactMap { stored in
      guard let subject = stored.entry.subjects.first, let facility = stored.entry.place,
        let person = try visit.district.person(subject)?.person,
        visit.visitor.rights.may(.endTie, at: person.place),
        let tie = try visit.district.facilityTies(of: person, tree: visit.tree)
          .first(where: { $0.facility == facility }), stored.entry.at >= tie.since
      else { return nil }
      let consents = try visit.district.consents(of: person, writtenAt: facility)
      return [
        "name": visit.name(of: person), "url": visit.link(to: person),
        "facility": visit.tree.places[facility].map { visit.named($0) },
        "who": text.name(stored.entry), "when": visit.format.moment(stored.entry.at),
        "is_claim": tie.canEnd, "wrote_consent": !consents.isEmpty,
        "end_url": tie.canEnd ? FacilityTies.address(of: tie, person.id) : nil,
      ]
    }
  }
}
