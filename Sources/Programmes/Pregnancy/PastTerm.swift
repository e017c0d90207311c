import Guidance
import Health

extension DecisionTable {
  /// A pregnancy that goes on past its due date: a doctor decides about the birth, and from the end
  /// of the term on a hospital does, the same day. Without a date nobody can tell.
  static let pastTerm = DecisionTable(
    265, "past_term", source: .birthPastTerm,
    for: .pregnant && .after(.pregnancy, from: .setting(.pastDueFromDays), until: nil),
    [
      Row(
        1, "beyond_the_term", .refer, when: .pastTerm, .referToHospitalNow, .watchMovements,
        .recordEndIfBorn),
      Row(
        2, "past_the_due_date", .referPlanned, when: .always, .referToDoctor, .watchMovements,
        .recordEndIfBorn),
    ])
}

extension Criterion {
  /// Pregnant for longer than the term; the score card counts it as well.
  static let pastTerm = Criterion.after(.pregnancy, from: .setting(.pastTermFromDays), until: nil)
}

extension Evaluation {
  /// The day of a next visit, which is not later than that on which she is sent to a doctor should she
  /// not have given birth, while that is to come; also within a week of the latest visit.
  public func noLaterThanPastDue(_ next: CivilDate) -> CivilDate {
    guard isPregnant, let start = anchor(.pregnancy) else { return next }
    let pastDue = start + .days(settings[.pastDueFromDays])
    return pastDue > day ? min(next, pastDue) : next
  }
}

extension ClinicalSetting {
  /// Days of gestation from which a woman who has not given birth is sent to a doctor.
  public static let pastDueFromDays = ClinicalSetting(
    265, "past_due_from_days", in: .days, within: 280...293, .init(287, .birthPastTerm))
  /// Days of gestation from which she is sent to a hospital the same day.
  public static let pastTermFromDays = ClinicalSetting(
    266, "past_term_from_days", in: .days, within: 287...301, .init(294, .birthPastTerm))
}

extension Source {
  /// WHO on birth at the term and past it.
  fileprivate static let birthPastTerm = Source(
    id: "who-induction-2022",
    title: "WHO recommendations on induction of labour, at or beyond term", edition: "2022",
    place: "41 minggu; 42 minggu: lewat bulan", standing: .fromMemory)
}

extension CareAction {
  /// Watch the movements of the child: fewer than ten in twelve hours is a sign of danger.
  public static let watchMovements = CareAction(340, "watch_movements")
  /// Write down the end of the pregnancy, should she have given birth.
  public static let recordEndIfBorn = CareAction(341, "record_end_if_born")
}
