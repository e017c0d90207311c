import Exchange
import Foundation
import Health

/// A district or province by its Kemendagri code.
public struct KnownDistrict: Hashable, Sendable {
  /// The code, as `62.01`.
  public let code: String
  /// The name, as `Kabupaten Kotawaringin Barat`.
  public let name: String
}

extension KnownDistrict {
  /// The districts and provinces of the lists that the program brings along; read once.
  public static let shipped: [KnownDistrict] = {
    let ever = CivilDate(dayNumber: Int32(CivilDate.recordable.upperBound))
    var names: [String: String] = [:]
    for code in District.shippedAreas {
      // Without its list the program knows a district less.
      guard let path = District.shippedAreas(of: code),
        let table = try? AreaTable(path: path, today: ever)
      else { continue }
      for area in table.areas where area.kind == .district || area.kind == .province {
        names[area.code] = area.name
      }
    }
    return names.map { KnownDistrict(code: $0.key, name: $0.value) }
      .sorted { ($0.name, $0.code) < ($1.name, $1.code) }
  }()
}
