import Health

/// NIK made by the rule, in a province 99 that does not exist.
///
/// Six digits of area, then day (women: day + 40), month and year of birth in two digits each,
/// then a serial number of four digits. No two people of a district get the same.
struct SyntheticIdentityNumbers: Sendable {
  private let area: String
  private var given: [Int32: Int] = [:]

  /// The numbers of a Puskesmas' area, counted from 0.
  init(puskesmas: Int) {
    area =
      "99" + SyntheticNames.padded(1 + puskesmas / 99, to: 2)
      + SyntheticNames.padded(1 + puskesmas % 99, to: 2)
  }

  /// The next number for somebody of that sex born on that day.
  mutating func next(sex: Sex, born: CivilDate) -> String {
    let parts = born.components
    let day = parts.day + (sex == .female ? 40 : 0)
    let stated = Int32((day * 100 + parts.month) * 100 + parts.year % 100)
    let serial = given[stated, default: 0] + 1
    given[stated] = serial
    return area + SyntheticNames.padded(Int(stated), to: 6) + SyntheticNames.padded(serial, to: 4)
  }
}
