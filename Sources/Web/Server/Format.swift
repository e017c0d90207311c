import Health
import Services

/// Numbers, dates and ages as people of a language write them.
struct Format: Sendable {
  /// The language's texts.
  let words: Words
  /// Hours east of Greenwich at which moments are shown.
  let hoursEastOfGreenwich: Int
  private let decimal: String
  private let group: String
  private let percentParts: (before: String, after: String)

  init(words: Words, hoursEastOfGreenwich: Int) {
    self.words = words
    self.hoursEastOfGreenwich = hoursEastOfGreenwich
    decimal = words["common.decimal"]
    group = words["common.group"]
    let parts = words["common.percent"].split(
      separator: "{value}", omittingEmptySubsequences: false)
    percentParts = (String(parts.first ?? ""), String(parts.count > 1 ? parts[1] : ""))
  }

  // MARK: Numbers

  /// A whole number with its thousands grouped: `1.354`.
  func whole(_ value: some BinaryInteger) -> String {
    let digits = Array(String(value.magnitude).utf8)
    var text = value < 0 ? "−" : ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0 { text += group }
      text.unicodeScalars.append(Unicode.Scalar(digit))
    }
    return text
  }

  /// A number with exactly so many decimals: `12,50`.
  func number(_ value: Double, digits: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return words["common.none"] }
    var unit = 1
    for _ in 0..<digits { unit *= 10 }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    let sign = value < 0 && scaled > 0 ? "−" : ""
    if digits == 0 { return sign + whole(scaled) }
    let rest = String(scaled % unit)
    return sign + whole(scaled / unit) + decimal
      + String(repeating: "0", count: digits - rest.utf8.count) + rest
  }

  /// A number with at most so many decimals, without zeros at its end: `7,9`.
  func short(_ value: Double, digits: Int) -> String {
    var text = number(value, digits: digits)
    guard digits > 0, text.contains(decimal) else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(decimal) { text.removeLast(decimal.count) }
    return text
  }

  /// A percentage with one decimal: `12,5 %`.
  func percent(_ value: Double) -> String {
    percentParts.before + number(value, digits: 1) + percentParts.after
  }

  /// A percentage with no more decimals than it needs: `80 %`.
  func shortPercent(_ value: Double) -> String {
    percentParts.before + short(value, digits: 1) + percentParts.after
  }

  /// `31/34`.
  func fraction(_ numerator: Int, _ denominator: Int) -> String {
    whole(numerator) + "/" + whole(denominator)
  }

  /// A z-score of hundredths with its sign: `−1,62 SD`.
  func zScore(_ hundredths: Int32) -> String {
    "\(bareZScore(hundredths)) \(words["common.sd"])"
  }

  /// A z-score of hundredths with its sign and without a unit.
  func bareZScore(_ hundredths: Int32) -> String {
    (hundredths > 0 ? "+" : "") + number(Double(hundredths) / 100, digits: 2)
  }

  /// A limit of a classification, in hundredths: `−3`, `+1`, `11,5`.
  func limit(_ hundredths: Int32, signed: Bool) -> String {
    (signed && hundredths > 0 ? "+" : "") + short(Double(hundredths) / 100, digits: 2)
  }

  /// A weight as it was read: `7,9`.
  func kilograms(_ mass: Mass) -> String {
    mass.grams % 100 == 0
      ? number(mass.kilograms, digits: 1) : short(mass.kilograms, digits: 3)
  }

  /// A length as it was read: `70,5`.
  func centimetres(_ value: Double) -> String {
    let text = short(value, digits: 2)
    return text.contains(decimal) ? text : number(value, digits: 1)
  }

  // MARK: Calendar

  /// A day in words: `14 Juni 2025`.
  func date(_ date: CivilDate) -> String {
    let parts = date.components
    return words(
      "common.date",
      ["day": "\(parts.day)", "month": words["months.\(parts.month)"], "year": "\(parts.year)"])
  }

  /// A month in words: `Juni 2025`.
  func month(_ month: CivilMonth) -> String {
    words(
      "common.month_year", ["month": words["months.\(month.ordinal)"], "year": "\(month.year)"])
  }

  /// A month in three letters: `Jun`.
  func shortMonth(_ month: CivilMonth) -> String { words["months_short.\(month.ordinal)"] }

  /// A moment in the district's zone: `14 Juni 2025, 09.12 WIB`.
  func moment(_ instant: Instant) -> String {
    let day = instant.day(hoursEastOfGreenwich: hoursEastOfGreenwich)
    let parts = day.components
    let zone =
      words.find("zones.\(hoursEastOfGreenwich)")
      ?? "UTC\(hoursEastOfGreenwich < 0 ? "−" : "+")\(hoursEastOfGreenwich.magnitude)"
    let (hour, minute) = Format.time(instant, hoursEastOfGreenwich: hoursEastOfGreenwich)
    return words(
      "common.date_time",
      [
        "day": "\(parts.day)", "month": words["months.\(parts.month)"], "year": "\(parts.year)",
        "time": words("common.time", ["hour": hour, "minute": minute]), "zone": zone,
      ])
  }

  /// A moment as machines read it, in UTC.
  static func iso(_ instant: Instant) -> String {
    let (hour, minute) = time(instant, hoursEastOfGreenwich: 0)
    return "\(iso(instant.day(hoursEastOfGreenwich: 0)))T\(hour):\(minute):00Z"
  }

  /// A day as machines read it: `2025-06-14`.
  static func iso(_ date: CivilDate) -> String {
    let parts = date.components
    return "\(iso(date.month))-\(twoDigits(parts.day))"
  }

  /// A month as machines read it: `2025-06`.
  static func iso(_ month: CivilMonth) -> String {
    let year = String(month.year)
    return String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year + "-"
      + twoDigits(month.ordinal)
  }

  private static func time(
    _ instant: Instant, hoursEastOfGreenwich hours: Int
  ) -> (hour: String, minute: String) {
    let shifted = instant.milliseconds + Int64(hours) * 3_600_000
    let ofDay = ((shifted % 86_400_000) + 86_400_000) % 86_400_000
    return (twoDigits(Int(ofDay / 3_600_000)), twoDigits(Int(ofDay / 60_000 % 60)))
  }

  private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

  /// An age on a day: `14 bulan 30 hari`, or years and months from five years on.
  func age(born: CivilDate?, on day: CivilDate) -> String {
    guard let born, born <= day else { return words["ages.unknown"] }
    let months = day.completedMonths(since: born).count
    if months >= 60 {
      return words(
        "ages.years_months", ["years": "\(months / 12)", "months": "\(months % 12)"])
    }
    let days = (day - born.addingMonths(Int(months))).count
    if months == 0 { return words("ages.days", ["days": "\(days)"]) }
    return words("ages.months_days", ["months": "\(months)", "days": "\(days)"])
  }

  /// So many days as weeks and days.
  func weeks(_ age: AgeInDays) -> String {
    words(
      "care.times.weeks_and_days",
      ["weeks": "\(age.count / 7)", "days": "\(age.count % 7)"])
  }

  /// An age in completed months on a day.
  func ageInMonths(born: CivilDate?, on day: CivilDate) -> String {
    guard let born, born <= day else { return words["ages.unknown"] }
    return words("ages.months", ["months": "\(day.completedMonths(since: born).count)"])
  }
}
