import Health
import Journal
import Services

/// Where those go who leave the district: to a district or province that is known here, or to what
/// was told in words.
struct Destinations {
  /// As many letters are kept.
  static let longest = 100

  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// The districts and provinces of the lists of areas, by name.
  ///
  /// - Parameter home: where the person lives, whose own district nobody leaves for.
  func known(from home: Identifier?) -> [KnownDistrict] {
    let path = home.map { visit.tree.path(from: $0) + visit.tree.administrativePath(of: $0) }
    let own = Set((path ?? []).map(\.code))
    return KnownDistrict.shipped.filter { !own.contains($0.code) }
  }

  /// What a form tells; nothing told where it is empty.
  func departure(_ entered: String, from home: Identifier?) -> DepartureBody {
    let told = String(entered.prefix(Destinations.longest))
    let key = PersonSummary.key(of: told)
    let area = known(from: home).first {
      $0.code == told || PersonSummary.key(of: $0.name) == key
    }
    return DepartureBody(
      area: Array((area?.code ?? "").utf8), destination: Array((area?.name ?? told).utf8))
  }

  /// `Kabupaten Kotawaringin Barat`; nothing where it was not told.
  func text(_ departure: DepartureBody?) -> String? {
    guard let departure else { return nil }
    let told = String(decoding: departure.destination, as: UTF8.self)
    if !told.isEmpty { return told }
    let code = String(decoding: departure.area, as: UTF8.self)
    return code.isEmpty ? nil : code
  }

  /// `pindah 1 Mei 2026 ke Kabupaten Kotawaringin Barat`; nothing where somebody did not leave.
  func sentence(_ summary: PersonSummary) -> String? {
    guard let day = summary.departedOn.map(visit.format.date) else { return nil }
    guard let to = text(summary.departedTo) else {
      return visit.words("people.departed_on", ["date": day])
    }
    return visit.words("people.departed_to", ["date": day, "place": to])
  }
}
