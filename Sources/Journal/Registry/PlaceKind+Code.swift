import Health

extension PlaceKind {
  /// The name in catalogues and tables.
  public var code: String {
    switch self {
    case .district: "district"
    case .puskesmas: "puskesmas"
    case .village: "village"
    case .posyandu: "posyandu"
    case .province: "province"
    case .subdistrict: "subdistrict"
    case .pustu: "pustu"
    case .school: "school"
    case .clinic: "clinic"
    case .doctorPractice: "doctorPractice"
    case .midwifePractice: "midwifePractice"
    case .pharmacy: "pharmacy"
    case .laboratory: "laboratory"
    case .hospital: "hospital"
    }
  }
}
