/// Nomor Kartu Keluarga (KK), the sixteen digits of a family card: six of the region that issued
/// it, the day of issue as day, month and year in two digits each, and a serial number.
///
/// Handbook §12; that the year is always one of this century, since the numbers came with the
/// national register of residents, is from memory. It belongs to the household and never to a
/// person.
public struct FamilyCardNumber: Hashable, Sendable {
  /// The sixteen digits read as one number.
  public let number: UInt64

  /// Reads sixteen ASCII digits; nothing where it is anything else.
  public init?(_ digits: some Sequence<UInt8>) {
    // A NIK is read just so.
    guard let read = NationalIdentityNumber(digits) else { return nil }
    number = read.number
  }

  /// The sixteen digits in ASCII.
  public var digits: [UInt8] { NationalIdentityNumber(number: number).digits }

  /// The Kemendagri code of province, district and sub-district that issued it, 0 to 999999.
  public var regionCode: Int { Int(number / 10_000_000_000) }

  /// The serial number among the cards of one region and day; 0 is none.
  public var serial: Int { Int(number % 10_000) }

  /// The two digits of the day of issue; 41 to 71 are the days of women's NIK and of no card.
  var dayDigits: Int { Int(number / 100_000_000 % 100) }

  /// The day of issue; nothing where the calendar has no such day.
  public var issuedOn: CivilDate? {
    let digits = Int(number / 10_000 % 1_000_000)
    return CivilDate(year: 2000 + digits % 100, month: digits / 100 % 100, day: digits / 10_000)
  }
}
