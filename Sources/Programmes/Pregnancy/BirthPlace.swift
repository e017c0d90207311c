import Guidance
import Health

/// How a birth begins that only a hospital with an operating theatre can end well. Code 980.
extension DataElement {
  /// Regular pains of labour (mulas teratur).
  public static let labourPains = DataElement(980, "labour_pains", .yesNo)
}

extension ClinicalSetting {
  /// Days of gestation from which it counts that the child lies across or breech: before, most
  /// still turn.
  public static let lieCountsFromDays = ClinicalSetting(
    300, "lie_counts_from_days", in: .days, within: 238...266, .init(252, .ownReading),
    .init(259, .ownReading))
}

extension Criterion {
  /// From the week on in which the lie counts it was found so, in the last four weeks.
  private static func lies(_ choice: UInt32) -> Criterion {
    .after(.pregnancy, from: .setting(.lieCountsFromDays), until: nil)
      && .whereObserved(.presentation, .oneOf(1 << choice), .last(.weeks(4)))
  }
  fileprivate static let liesBreech = lies(2)
  fileprivate static let liesAcross = lies(3)
  /// A scar of a caesarean section, told in this pregnancy or an earlier one.
  fileprivate static let hasScar = DataElement.caesareanBefore.isYesWhereObserved(.ever)
  /// The birth may need an operation.
  static let mayNeedOperation = liesAcross || liesBreech || hasScar
  /// The waters broke, or she has pains of labour: in the last two weeks, as signs of danger count.
  fileprivate static let birthBegins =
    DataElement.watersBroke.isYesWhereObserved(.last(.days(14)))
    || DataElement.labourPains.isYesWhereObserved(.last(.days(14)))
}

extension DecisionTable {
  /// Where she gives birth who may need an operation: in a hospital that can operate, and in no
  /// Puskesmas, though it looks after births with complications (PONED). Once the waters break or
  /// pains come she goes there at once.
  static let birthPlace = DecisionTable(
    300, "birth_place", source: .ownReading, for: .pregnant && .mayNeedOperation,
    [
      Row(
        1, "across_and_birth_begins", .referNow, when: .liesAcross && .birthBegins,
        .layDownForHospital, .referToHospitalNow),
      Row(
        2, "breech_and_birth_begins", .referNow, when: .liesBreech && .birthBegins,
        .layDownForHospital, .referToHospitalNow),
      Row(
        3, "scar_and_birth_begins", .referNow, when: .hasScar && .birthBegins,
        .layDownForHospital, .referToHospitalNow),
      Row(
        4, "lies_across", .referPlanned, when: .liesAcross, .planBirthWhereOperated,
        .toHospitalWhenBirthBegins),
      Row(
        5, "lies_breech", .referPlanned, when: .liesBreech, .planBirthWhereOperated,
        .toHospitalWhenBirthBegins),
      Row(
        6, "caesarean_scar", .referPlanned, when: .hasScar, .planBirthWhereOperated,
        .toHospitalWhenBirthBegins),
    ])
}

extension CareAction {
  /// Refer to a hospital that can operate, by appointment, and plan the birth there.
  public static let planBirthWhereOperated = CareAction(392, "plan_birth_where_operated")
  /// Straight to that hospital once pains come or the waters break.
  public static let toHospitalWhenBirthBegins = CareAction(393, "to_hospital_when_birth_begins")
  /// Lying on her left side on the way; no examination by the vagina that is not needed, and a look
  /// for cord or hand.
  public static let layDownForHospital = CareAction(394, "lay_down_for_hospital")
}
