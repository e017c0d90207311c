import Exchange
import Health
import Journal
import Services
import Simulation

/// Where the demo's people live: in Kapuas, by the list of areas that the program brings along.
enum DemoGround {
  /// The Kemendagri code of Kabupaten Kapuas.
  private static let code = "62.03"

  /// The district with its kecamatan and villages, under the identifiers that `district setup`
  /// gives them.
  static func district() throws -> DistrictGround {
    guard let path = District.shippedAreas(of: code) else {
      throw DistrictSetupProblem.noListOf(code, shipped: District.shippedAreas)
    }
    let table = try AreaTable(path: path, today: Clock.now().day(hoursEastOfGreenwich: 7))
    guard let ground = DistrictGround(table.around(code).map(area)) else {
      throw DistrictSetupProblem.notInList(code)
    }
    return ground
  }

  private static func area(_ listed: Area) -> DistrictGround.Area {
    var area = DistrictGround.Area(
      id: identifier(listed.code), kind: listed.kind, code: listed.code, name: listed.name,
      within: listed.within.isEmpty ? nil : identifier(listed.within))
    // The last four digits of a kelurahan begin with 1, those of a desa with 2.
    area.isWard = listed.kind == .village && listed.code.split(separator: ".").last?.first == "1"
    area.source = listed.source
    area.latitude = listed.position?.latitude
    area.longitude = listed.position?.longitude
    return area
  }

  private static func identifier(_ code: String) -> Identifier {
    Identifier.ofContent("area", Array(code.utf8))
  }
}
