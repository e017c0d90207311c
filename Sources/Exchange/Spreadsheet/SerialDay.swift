import Health

/// Days as spreadsheets count them.
enum SerialDay {
  /// 1899-12-30, from which days after February 1900 are counted.
  private static let first1900: Int32 = -25_569
  /// 1904-01-01, from which files of old Macintosh programs count.
  private static let first1904: Int32 = -24_107
  /// The last serial, 9999-12-31 counted from 1900.
  private static let last = 2_958_465.0
  /// Half a millisecond in days: what arithmetic leaves over is no time of day.
  private static let grain = 0.5 / 86_400_000

  struct Reading: Hashable {
    let day: CivilDate
    let hasTime: Bool
  }

  /// The day of a serial.
  ///
  /// Serial 1 is 1900-01-01, and 60 is 29 February 1900, which never was: days before it are
  /// counted from one day later than those behind it.
  static func day(_ serial: Double, from1904: Bool) throws(CellProblem) -> Reading {
    let shown = DecimalText.text(serial)
    guard serial >= 0, serial < last + 1 else { throw .dayOutsideCalendar(shown) }
    var whole = serial.rounded(.down)
    var rest = serial - whole
    if rest > 1 - grain {
      whole += 1
      rest = 0
    }
    let hasTime = rest > grain
    let number = Int32(whole)
    if from1904 {
      guard number <= 2_957_003 else { throw .dayOutsideCalendar(shown) }
      return Reading(day: CivilDate(dayNumber: first1904 + number), hasTime: hasTime)
    }
    switch number {
    case 1..<60: return Reading(day: CivilDate(dayNumber: first1900 + 1 + number), hasTime: hasTime)
    case 60: throw .falseLeapDay
    case 61...2_958_465:
      return Reading(day: CivilDate(dayNumber: first1900 + number), hasTime: hasTime)
    default: throw .dayOutsideCalendar(shown)
    }
  }

  /// The serial of a day counted from 1900; nothing where spreadsheets have none.
  static func serial(_ day: CivilDate) -> Double? {
    let number = day.dayNumber - first1900
    guard number >= 2, number <= 2_958_465 else { return nil }
    return Double(number < 61 ? number - 1 : number)
  }

  /// A day as `2024-08-05`, with or without a time behind it, as cells of type `d` hold it.
  static func day(iso text: some StringProtocol) throws(CellProblem) -> Reading {
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) {
      $0 == "T" || $0 == " "
    }
    let numbers = (parts.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
    guard numbers.count == 3, numbers[0].utf8.count == 4,
      numbers.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(numbers[0]), let month = Int(numbers[1]), let day = Int(numbers[2]),
      let date = CivilDate(year: year, month: month, day: day)
    else { throw .unreadableValue(String(text)) }
    let hasTime =
      parts.count > 1 && parts[1].utf8.contains { (UInt8(ascii: "1")...57).contains($0) }
    return Reading(day: date, hasTime: hasTime)
  }

  /// `2024-08-05`.
  static func iso(_ day: CivilDate) -> String {
    let parts = day.components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }
}
