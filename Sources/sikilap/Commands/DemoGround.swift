import Simulation

/// Where the demo's people live.
enum DemoGround {
  /// A district of 17 kecamatan with 14 villages each.
  static func district() throws -> DistrictGround {
    DistrictGround.example(subdistricts: 17, villagesEach: 14)
  }
}
