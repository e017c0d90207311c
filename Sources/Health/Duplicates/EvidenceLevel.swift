/// What two records are compared by.
public enum EvidenceField: UInt8, Sendable, CaseIterable {
  /// NIK.
  case nationalIdentityNumber = 0
  /// The person's own name.
  case name = 1
  /// The day of birth.
  case birthDate = 2
  /// The sex.
  case sex = 3
  /// The mother, as known person or by her name.
  case mother = 4
  /// Village and Puskesmas.
  case home = 5
  /// The number of the family card (KK).
  case familyCard = 6
  /// What one and the same source calls the person.
  case localIdentifier = 7
}

/// How far two records agree in one field. Where either side knows nothing there is no level.
public enum EvidenceLevel: UInt8, Sendable, CaseIterable {
  /// The same NIK.
  case numberEqual = 1
  /// One digit differs, or two neighbours are swapped, and at least one of the two cannot be
  /// right.
  case numberNearlyEqual = 2
  /// Another NIK, and both could be right: strangers who were born on one day in one kecamatan
  /// have numbers that differ in the last digit.
  case numberDiffers = 3

  /// The same sound; the weight follows how rare the name is.
  case nameSame = 4
  /// The same in the open reading, or one word is missing.
  case nameOtherReading = 5
  /// Jaro–Winkler similarity of 0.92 or more, or one slip of the finger in a longer name.
  case nameSimilar = 6
  /// Another name.
  case nameDiffers = 7

  /// The same day, known exactly on both sides.
  case birthEqual = 8
  /// The same day, but estimated, or the 1st of January or July, which stand for "some day".
  case birthEqualRoughly = 9
  /// Day and month swapped, or just one of day, month and year differs, or a few days apart.
  case birthNearlyEqual = 10
  /// The same year; or two years apart where a side is estimated.
  case birthNear = 11
  /// Another day of birth.
  case birthDiffers = 12

  /// The same sex.
  case sexEqual = 13
  /// Different sex.
  case sexDiffers = 14

  /// The same mother; by name the weight follows how rare it is.
  case motherSame = 15
  /// The mother's names are read alike, or similar as letters, or lack one word.
  case motherSimilar = 16
  /// Another mother.
  case motherDiffers = 17

  /// The same village.
  case homeSameVillage = 18
  /// The same Puskesmas, another village.
  case homeSamePuskesmas = 19
  /// Another Puskesmas.
  case homeElsewhere = 20

  /// The same family card.
  case familyCardEqual = 21
  /// Another family card.
  case familyCardDiffers = 22

  /// One source tells them apart.
  case localIdentifierDiffers = 23

  /// A side is estimated, and the years are the same or neighbours.
  case birthYearNear = 24

  /// One more than the largest raw value.
  static let end = 25

  /// The field that this is a level of.
  public var field: EvidenceField {
    switch rawValue {
    case EvidenceLevel.birthYearNear.rawValue: .birthDate
    case ...3: .nationalIdentityNumber
    case ...7: .name
    case ...12: .birthDate
    case ...14: .sex
    case ...17: .mother
    case ...20: .home
    case ...22: .familyCard
    default: .localIdentifier
    }
  }
}
