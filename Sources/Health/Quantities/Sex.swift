/// Sex as the growth standards, SKDN and SPM split by; the raw value is WHO's code.
public enum Sex: UInt8, Hashable, Sendable, CaseIterable {
  /// Laki-laki.
  case male = 1
  /// Perempuan.
  case female = 2
}

/// How a child's length or height was taken.
public enum BodyPosition: UInt8, Hashable, Sendable {
  /// Terlentang: recumbent length.
  case lying = 1
  /// Berdiri: standing height.
  case standing = 2
}

/// How much a stated birth date can be trusted.
public enum BirthDateCertainty: UInt8, Hashable, Sendable {
  /// From a document or stated to the day.
  case exact = 1
  /// Worked out from an age that somebody stated.
  case estimatedFromAge = 2
  /// Read from the digits of a NIK, which leave the century open and may be wrong.
  case fromIdentityNumber = 3
}
