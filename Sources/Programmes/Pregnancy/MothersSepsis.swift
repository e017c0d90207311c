import Guidance
import Health

extension ClinicalSetting {
  /// A pulse from this on, with fever, is a sign of sepsis in pregnancy and in the 42 days after it.
  public static let sepsisPulseFrom = ClinicalSetting(
    305, "sepsis_pulse_from", in: .perMinute, within: 100...121,
    .init(110, .earlyWarning), .init(121, .earlyWarning))
  /// Breaths in a minute from this on, with fever, are a sign of sepsis: more than 24.
  public static let sepsisBreathsFrom = ClinicalSetting(
    306, "sepsis_breaths_from", in: .perMinute, within: 21...31, .init(25, .earlyWarning))
  /// A pulse from this on is very fast, whatever else was found.
  public static let veryFastPulseFrom = ClinicalSetting(
    307, "very_fast_pulse_from", in: .perMinute, within: 110...140,
    .init(120, .ownReading), .init(121, .earlyWarning))
  /// Breaths in a minute from this on are very fast, whatever else was found.
  public static let veryFastBreathsFrom = ClinicalSetting(
    308, "very_fast_breaths_from", in: .perMinute, within: 25...40,
    .init(30, .ownReading), .init(31, .earlyWarning))
}

extension Source {
  /// Charts of early warning in maternity, as hospitals keep them.
  fileprivate static let earlyWarning = Source(
    id: "meows", title: "Modified early obstetric warning system", edition: "default",
    place: "pulse, breaths, temperature", standing: .fromMemory)
}

extension Criterion {
  private static func lately(_ element: DataElement, from limit: ClinicalSetting) -> Criterion {
    .whereObserved(element, .atLeast(.setting(limit)), .last(.days(14)))
  }
  private static func seen(_ element: DataElement) -> Criterion {
    element.isYesWhereObserved(.last(.days(14)))
  }

  /// Fever with what shows that the whole body is ill: sepsis until it is known to be none.
  fileprivate static let sepsisSuspected =
    hadFever
    && .one([
      lately(.pulse, from: .sepsisPulseFrom), lately(.breathsPerMinute, from: .sepsisBreathsFrom),
      seen(.unconscious), seen(.shockSigns), .lowPressure,
    ])

  fileprivate static let veryFastPulse = lately(.pulse, from: .veryFastPulseFrom)
  fileprivate static let veryFastBreaths = lately(
    .breathsPerMinute, from: .veryFastBreathsFrom)

  /// Both above the limits of sepsis without fever: neither is very fast, and together they are not
  /// as they should be.
  fileprivate static let bothFast =
    lately(.pulse, from: .sepsisPulseFrom) && lately(.breathsPerMinute, from: .sepsisBreathsFrom)

  /// Pulse and breaths are wanted in pregnancy: the pressure is low, or she has fever or another sign
  /// that goes with sepsis. After a birth or a loss they are asked of everybody.
  static let mayBeVeryIll = Criterion.one(
    [.lowPressure, .hadFever]
      + [DataElement.unconscious, .shortOfBreath, .heartPounding].map { seen($0) })
}

extension DecisionTable {
  /// Fever with a fast pulse, fast breaths, unconsciousness or signs of shock is sepsis of a mother
  /// until it is known to be none. Pulse and breaths that are both very fast go to a hospital as well,
  /// whatever the temperature; one of them alone, or both fast, is counted again, and a doctor sees
  /// her on the same day. The latest value of two weeks counts, as with a low pressure.
  static let mothersSepsis = DecisionTable(
    325, "mothers_sepsis", source: .ownReading,
    for: (.pregnant || .afterBirth)
      && (.sepsisSuspected || .veryFastPulse || .veryFastBreaths || .bothFast),
    [
      Row(
        1, "sepsis_suspected", .referNow, when: .sepsisSuspected, .careForSepsis,
        .referToHospitalNow),
      Row(
        2, "looks_very_ill", .referNow, when: .veryFastPulse && .veryFastBreaths,
        .layDownAndWatch, .referToHospitalNow),
      Row(3, "very_fast_pulse", .refer, when: .veryFastPulse, .countAgain, .referToDoctor),
      Row(4, "very_fast_breaths", .refer, when: .veryFastBreaths, .countAgain, .referToDoctor),
      Row(5, "pulse_and_breaths_fast", .refer, when: .always, .countAgain, .referToDoctor),
    ])
}

extension CareAction {
  /// Infusion, oxygen, first injected antibiotics; pressure, pulse, breaths and temperature until she
  /// is in the hospital.
  public static let careForSepsis = CareAction(430, "care_for_sepsis")
  /// Count again after a quarter of an hour of rest; look for bleeding, infection and trouble with
  /// breathing; to a hospital now where it stays.
  public static let countAgain = CareAction(431, "count_again")
}
