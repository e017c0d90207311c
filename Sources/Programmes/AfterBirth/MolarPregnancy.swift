import Guidance
import Health

/// What is known of hCG after a molar pregnancy. Codes 982 and 983.
extension DataElement {
  /// A doctor said that hCG is normal and follow-up is over.
  public static let hormoneNormal = DataElement(982, "hormone_normal", .yesNo)
  /// The same, late enough after the last molar pregnancy to be true; no on the day of its end and
  /// wherever it was not told. Derived.
  public static let hormoneFollowed = DataElement(
    983, "hormone_followed", .yesNo, matter: .loss)
}

extension ClinicalSetting {
  /// Days from one test of hCG to the next after a molar pregnancy, until it is normal.
  public static let hormoneEveryDays = ClinicalSetting(
    309, "hormone_every_days", in: .days, within: 7...35, .init(14, .ownReading))
  /// Days after a molar pregnancy before which nobody has a normal hCG: what is told earlier does not
  /// count.
  public static let hormoneNormalFromDays = ClinicalSetting(
    310, "hormone_normal_from_days", in: .days, within: 14...56, .init(21, .ownReading))
}

extension HealthRecord {
  /// Adds what is known of hCG after the last molar pregnancy: not normal on the day of its end, then
  /// what was told of it, each by the fact that told it.
  mutating func observeHormone(settings: ClinicalSettings) {
    guard let lost = pregnancies.last(where: { $0.end?.outcome == .molar }),
      let ended = lost.endedOn
    else { return }
    observe(DataElement.hormoneFollowed.code, 0, on: ended, fact: lost.endFact ?? lost.id)
    let first = ended + .days(settings[.hormoneNormalFromDays])
    for told in observations.filter({
      $0.element == DataElement.hormoneNormal.code && $0.on >= ended
    }) {
      let isNormal = told.value == 1 && told.on >= first
      observe(
        DataElement.hormoneFollowed.code, isNormal ? 1 : 0, on: told.on, fact: told.fact)
    }
  }
}

extension Criterion {
  /// The last pregnancy was a molar one, and no doctor has said that hCG is normal.
  static let molarNotOver =
    Criterion.ended(.molar) && !DataElement.hormoneFollowed.isYesWhereObserved(.sinceBirth)

  /// Pregnant in the year after a molar pregnancy, or after the latest hCG that was not normal: as
  /// long as contraception is looked at.
  static let pregnantTooSoonAfterMolar =
    Criterion.pregnant
    && .whereObserved(.hormoneFollowed, .below(.fixed(.times(1))), .last(.months(12)))
}

extension CareService {
  /// hCG is tested again and again until it is normal. What a visit tells of it, whichever, is a test.
  static let hormoneTested = CareService(
    366, "hormone_tested", source: .ownReading,
    for: .molarNotOver && .after(.pregnancyEnd, from: .none, until: .months(12)),
    .following(
      .hormoneFollowed, .known, opens: .setting(.hormoneEveryDays),
      late: .setting(.hormoneEveryDays, plus: 7), closes: nil),
    doneBy: .observed(.hormoneNormal))
}

extension DecisionTable {
  /// After a molar pregnancy hCG is followed in a hospital until it is normal, since what is left may
  /// grow; a new pregnancy hides that, so that a doctor makes sure of it. WHO's criteria place no IUD
  /// meanwhile. For as long as contraception is looked at.
  static let molarFollowUp = DecisionTable(
    326, "molar_follow_up", source: .ownReading,
    for: (.ended(.molar) && !.pregnant) || .pregnantTooSoonAfterMolar,
    [
      Row(
        3, "pregnant_before_hormone_normal", .referPlanned, when: .pregnantTooSoonAfterMolar,
        .scanAfterMolar),
      Row(
        4, "hormone_normal_too_early", .referPlanned,
        when: .molarNotOver && DataElement.hormoneNormal.isYesWhereObserved(.sinceBirth),
        .followHormone, .noPregnancyYet),
      Row(
        1, "hormone_to_be_followed", .referPlanned, when: .molarNotOver, .followHormone,
        .noPregnancyYet),
      Row(2, "hormone_is_normal", .homeCare, when: .always),
    ])
}

extension CareAction {
  /// Refer by appointment to a hospital: hCG is tested there until a doctor says that it is normal.
  public static let followHormone = CareAction(432, "follow_hormone")
  /// No new pregnancy until then, and no IUD; another method now.
  public static let noPregnancyYet = CareAction(433, "no_pregnancy_yet")
  /// Refer by appointment to a hospital: an early ultrasound, and a doctor judges hCG.
  public static let scanAfterMolar = CareAction(439, "scan_after_molar")
}
