/// By what a newborn without a NIK is known outside: the mother's NIK and the place in the birth.
///
/// SATUSEHAT's master patient index takes the mother's sixteen digits under `nik-ibu` and tells
/// children of one birth apart by `multipleBirthInteger` (0 for a child born alone, else 1, 2 and
/// so on), beside the day of birth.
public struct NewbornIdentity: Hashable, Sendable {
  /// The children of one birth that can be told apart.
  public static let orders: ClosedRange<UInt8> = 1...9

  /// The mother's NIK.
  public let mother: NationalIdentityNumber
  /// The place among the children of the birth, from 1.
  public let order: UInt8
  /// Whether more than one child was born.
  public let isMultipleBirth: Bool

  /// Nothing where the order lies outside ``orders``. A child that is second or later is one of
  /// several, whatever was said.
  public init?(mother: NationalIdentityNumber, order: UInt8 = 1, isMultipleBirth: Bool = false) {
    guard NewbornIdentity.orders.contains(order) else { return nil }
    self.mother = mother
    self.order = order
    self.isMultipleBirth = isMultipleBirth || order > 1
  }

  /// From what is recorded of a newborn; nothing where the mother's NIK is not known.
  public init?(_ person: PersonBody, isMultipleBirth: Bool = false) {
    guard let mother = NationalIdentityNumber(person.motherNationalIdentityNumber) else {
      return nil
    }
    self.init(mother: mother, order: person.birthOrder ?? 1, isMultipleBirth: isMultipleBirth)
  }

  /// SATUSEHAT's `multipleBirthInteger`.
  public var multipleBirthInteger: Int { isMultipleBirth ? Int(order) : 0 }

  /// The mother's digits, a slash, the order: for lists and for looking up, in ASCII.
  public var text: [UInt8] { mother.digits + [0x2F, 0x30 + order] }
}
