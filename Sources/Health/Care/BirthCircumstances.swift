/// Where a child was born or a pregnancy ended. Up to 7 the numbers are those of ``CareSetting``, of
/// which facts of older versions are.
public enum BirthPlace: UInt8, Hashable, Sendable, CaseIterable {
  /// Posyandu.
  case posyandu = 1
  /// Pustu, or the health post of a village.
  case pustu = 2
  /// Puskesmas.
  case puskesmas = 3
  /// The mother's home.
  case home = 4
  /// School: of older facts alone.
  case school = 5
  /// Private clinic or practice.
  case privateFacility = 6
  /// Hospital.
  case hospital = 7
  /// On the way to a facility.
  case onTheWay = 8
  /// The house of a traditional birth attendant.
  case traditionalAttendantsHome = 9

  /// The place of care.
  public init(_ setting: CareSetting) { self = BirthPlace(rawValue: setting.rawValue) ?? .home }

  /// What can be chosen.
  public static let offered = allCases.filter { $0 != .school }
}

/// Who attended a birth. Up to 7 the numbers are those of ``CarePerformer``, of which facts of older
/// versions are. Midwife, nurse, doctor and other health workers make it one by health workers, as
/// the indicator Pf counts it.
public enum BirthAttendant: UInt8, Hashable, Sendable, CaseIterable {
  /// Kader.
  case kader = 1
  /// Midwife (bidan).
  case midwife = 2
  /// Nurse (perawat).
  case nurse = 3
  /// Doctor.
  case doctor = 4
  /// Dentist: of older facts alone.
  case dentist = 5
  /// Another health worker.
  case otherHealthWorker = 6
  /// Teacher: of older facts alone.
  case teacher = 7
  /// Traditional birth attendant (dukun).
  case traditional = 8
  /// Husband, mother or another of the family.
  case family = 9
  /// Nobody: she was alone.
  case nobody = 10

  /// Who can be chosen.
  public static let offered = allCases.filter { ![.dentist, .teacher].contains($0) }
}
