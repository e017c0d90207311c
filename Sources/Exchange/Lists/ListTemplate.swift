import Health

/// The columns of an empty list to be filled in.
public enum ListTemplate {
  /// A column: its heading, and whether it holds long numbers, which a spreadsheet must keep as text.
  public struct Column: Hashable, Sendable {
    /// The heading.
    public let heading: String
    /// Whether it holds long numbers.
    public let isIdentifier: Bool
  }

  /// The columns of a kind of list, in the order in which people fill them in; none of measurements,
  /// which come from programs, and of what is no list.
  public static func columns(of kind: ImportKind) -> [Column] {
    switch kind {
    case .households:
      let fields: [HouseholdField] = [
        .familyCardNumber, .nationalIdentityNumber, .name, .sex, .birthPlace, .birthDate, .relation,
        .motherName, .fatherName, .village, .subdistrict, .posyandu, .neighbourhood, .communityUnit,
        .address, .telephone, .water, .latrine, .insurance,
      ]
      return columns(fields)
    case .staff:
      let fields: [StaffField] = [
        .name, .nationalIdentityNumber, .role, .place, .village, .subdistrict, .puskesmas,
        .clusters, .userName, .telephone, .registrationNumber, .practiceLicence, .start, .end,
      ]
      return columns(fields)
    case .measurements, .residents: return []
    }
  }

  private static let identifiers: Set<String> = [
    "family_card_number", "national_identity_number", "telephone", "registration_number",
    "practice_licence", "neighbourhood", "community_unit",
  ]

  private static func columns(_ fields: [some ListField]) -> [Column] {
    fields.map {
      Column(heading: $0.headings[0], isIdentifier: identifiers.contains($0.rawValue))
    }
  }
}
