import Health
import Journal

/// The areas on which a synthetic population is settled: a district with its kecamatan and
/// villages, real or made up.
public struct DistrictGround: Sendable {
  /// An area of the administration.
  public struct Area: Hashable, Sendable {
    /// The subject of the area's facts.
    public var id: Identifier
    /// Province, district, kecamatan or village.
    public var kind: PlaceKind
    /// The Kemendagri code.
    public var code: String
    /// The name, as in "Selat".
    public var name: String
    /// The area that it lies in.
    public var within: Identifier?
    /// Whether the village is a town's ward (kelurahan) and not a desa.
    public var isWard = false
    /// Whether the code is an example and not an official one.
    public var codeIsExample = false
    /// Where this is known from.
    public var source = ""
    /// Millionths of a degree north, of the middle.
    public var latitude: Int32?
    /// Millionths of a degree east, of the middle.
    public var longitude: Int32?

    /// An area.
    public init(
      id: Identifier, kind: PlaceKind, code: String, name: String, within: Identifier? = nil
    ) {
      self.id = id
      self.kind = kind
      self.code = code
      self.name = name
      self.within = within
    }
  }

  /// The areas above the district, the highest first; may be empty.
  public let above: [Area]
  /// The district.
  public let district: Area
  /// The kecamatan.
  public let subdistricts: [Area]
  /// The villages of each kecamatan, in the order of ``subdistricts``.
  public let villages: [[Area]]

  /// The ground made of these areas, in any order: one district, its kecamatan and their villages.
  /// Areas of other districts are left out.
  ///
  /// - Returns: nothing where there is not exactly one district with a village.
  public init?(_ areas: [Area]) {
    let districts = areas.filter { $0.kind == .district }
    guard districts.count == 1 else { return nil }
    district = districts[0]
    let home = districts[0].id
    above = areas.filter { $0.kind == .province }
    subdistricts = areas.filter { $0.kind == .subdistrict && $0.within == home }
      .sorted { $0.code < $1.code }
    var grouped: [Identifier: [Area]] = [:]
    for area in areas where area.kind == .village {
      if let within = area.within { grouped[within, default: []].append(area) }
    }
    villages = subdistricts.map { (grouped[$0.id] ?? []).sorted { $0.code < $1.code } }
    guard villages.contains(where: { !$0.isEmpty }) else { return nil }
  }

  /// A made-up district of a province 99, which does not exist.
  public static func example(subdistricts: Int, villagesEach: Int) -> DistrictGround {
    func area(_ kind: PlaceKind, _ code: String, _ name: String, _ within: Area?) -> Area {
      var area = Area(
        id: Identifier.ofContent("example area", Array(code.utf8)), kind: kind, code: code,
        name: name, within: within?.id)
      area.codeIsExample = true
      return area
    }
    let district = area(.district, "99.03", "Contoh", nil)
    var areas = [district]
    for number in 1...max(1, subdistricts) {
      let code = "99.03.\(SyntheticNames.padded(number, to: 2))"
      let kecamatan = area(
        .subdistrict, code, "Contoh \(SyntheticNames.padded(number, to: 2))", district)
      areas.append(kecamatan)
      for village in 1...max(1, villagesEach) {
        let serial = (number - 1) * villagesEach + village
        var made = area(
          .village, "\(code).\(2000 + village)",
          "Desa Contoh \(SyntheticNames.padded(serial, to: 2))", kecamatan)
        made.isWard = village == 1
        areas.append(made)
      }
    }
    guard let ground = DistrictGround(areas) else {
      preconditionFailure("an example district has a village")
    }
    return ground
  }
}
