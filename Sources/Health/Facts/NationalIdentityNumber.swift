/// Nomor Induk Kependudukan (NIK), the sixteen digits under which Indonesia registers a person:
/// six of the region where it was first given out, the day of birth as day, month and year in two
/// digits each (women: day + 40), and a serial number from 0001.
///
/// It tells where and as whom a person was registered, and not where they live. Numbers that
/// contradict the person who carries them are known and stay in use, so that a contradiction is a
/// reason to look, never to refuse.
public struct NationalIdentityNumber: Hashable, Sendable {
  /// How many digits a NIK has.
  public static let digitCount = 16
  /// What is added to the day of birth of women.
  public static let femaleDayOffset = 40

  /// The sixteen digits read as one number; a region code never begins with 0, but what was typed
  /// may.
  public let number: UInt64

  /// Reads sixteen ASCII digits; nothing where it is anything else.
  @inlinable
  public init?(_ digits: some Sequence<UInt8>) {
    var number: UInt64 = 0
    var count = 0
    for digit in digits {
      guard digit >= 0x30, digit <= 0x39, count < NationalIdentityNumber.digitCount else {
        return nil
      }
      number = number * 10 + UInt64(digit - 0x30)
      count += 1
    }
    guard count == NationalIdentityNumber.digitCount else { return nil }
    self.number = number
  }

  /// A number of sixteen digits that is known to be one.
  init(number: UInt64) { self.number = number }

  /// The sixteen digits in ASCII.
  public var digits: [UInt8] {
    var digits = [UInt8](repeating: 0x30, count: NationalIdentityNumber.digitCount)
    var rest = number
    for position in digits.indices.reversed() {
      digits[position] += UInt8(rest % 10)
      rest /= 10
    }
    return digits
  }

  /// The Kemendagri code of the province (two digits), district (two) and sub-district (two) that
  /// gave it out, from 0 to 999999. Whether there is such a region is not judged here.
  public var regionCode: Int { Int(number / 10_000_000_000) }

  /// The serial number among people of one region, sex and day of birth; 0 is none.
  public var serial: Int { Int(number % 10_000) }

  /// The six digits that tell day, month and year of birth.
  private var birthDigits: (day: Int, month: Int, year: Int) {
    let digits = Int(number / 10_000 % 1_000_000)
    return (digits / 10_000, digits / 100 % 100, digits % 100)
  }

  /// The sex that the day of birth tells; nothing where it is no day (0, 32 to 40, 72 and more).
  public var sex: Sex? {
    switch birthDigits.day {
    case 1...31: .male
    case 41...71: .female
    default: nil
    }
  }

  /// The days of birth that the two digits of the year leave open, the earlier century first; none
  /// where the calendar has no such day.
  public var birthDateCandidates: [CivilDate] {
    let birth = birthDigits
    let offset = sex == .female ? NationalIdentityNumber.femaleDayOffset : 0
    var candidates: [CivilDate] = []
    for century in [1900, 2000] {
      if let date = CivilDate(
        year: century + birth.year, month: birth.month, day: birth.day - offset)
      {
        candidates.append(date)
      }
    }
    return candidates
  }

  /// Whether it is made by the rule: its birth digits are a day, its serial number is not 0.
  public var followsTheRule: Bool { !birthDateCandidates.isEmpty && serial != 0 }

  /// Whether it tells another day of birth; a number that tells none contradicts none.
  public func contradicts(birthDate: CivilDate) -> Bool {
    let candidates = birthDateCandidates
    return !candidates.isEmpty && !candidates.contains(birthDate)
  }

  /// Whether it tells the other sex; a number that tells none contradicts none.
  public func contradicts(sex stated: Sex) -> Bool {
    guard !birthDateCandidates.isEmpty, let sex else { return false }
    return sex != stated
  }
}
