import Health

/// NIK made by the rule, in a province 99 that does not exist.
///
/// Six digits of area, then day (women: day + 40), month and year of birth in two digits each,
/// then a serial number of four digits. No two people of a district get the same.
struct SyntheticIdentityNumbers: Sendable {
  private let region: UInt64
  private var given: [Int32: Int] = [:]

  /// The numbers of a Puskesmas' area, counted from 0.
  init(puskesmas: Int) {
    region = UInt64(990_000 + (1 + puskesmas / 99) * 100 + 1 + puskesmas % 99)
  }

  /// Numbers of family cards, by the day of issue, in districts from 51 on, so that none is
  /// anybody's NIK.
  init(familyCardsOf puskesmas: Int) {
    region = UInt64(990_000 + (51 + puskesmas / 99) * 100 + 1 + puskesmas % 99)
  }

  /// The next number for somebody of that sex born on that day.
  mutating func next(sex: Sex, born: CivilDate) -> String {
    String(nextNumber(sex: sex, born: born))
  }

  /// As ``next(sex:born:)``, as a number of sixteen digits.
  mutating func nextNumber(sex: Sex, born: CivilDate) -> UInt64 {
    let parts = born.components
    let day = parts.day + (sex == .female ? 40 : 0)
    let stated = Int32((day * 100 + parts.month) * 100 + parts.year % 100)
    let serial = given[stated, default: 0] + 1
    given[stated] = serial
    return (region * 1_000_000 + UInt64(stated)) * 10_000 + UInt64(serial)
  }
}
