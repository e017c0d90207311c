import Guidance
import Health

extension ContactSeries {
  /// K1 to K6: one visit in the first trimester, two in the second, three in the third.
  ///
  /// The first visit counts as K1 whenever it is made (K1 akses); within the first trimester it is
  /// K1 murni. What comes after the trimester of a visit does not make it up.
  ///
  /// No visit is late while the decree still counts it. Those of the third trimester it counts until
  /// the birth; so that three find room, they are late from 32, 36 and 40 weeks on (own reading).
  ///
  /// After a visit the next one is owed four weeks later until 28 weeks, two weeks later until 36,
  /// then each week until the birth, also beyond K6 (own reading: the decree names no distance). One
  /// visit is owed at a time; those behind it are as far apart from it, and none is asked within a
  /// week of another. A visit counts where she was examined on its day: answers about risks alone are
  /// none.
  public static let antenatalContacts = ContactSeries(
    source: .antenatalMatrix,
    for: .pregnant || (.afterBirth && .ended(.liveBirth, .stillbirth)), after: .pregnancy,
    counting: .antenatal, by: .healthWorkers, showing: .antenatalExamined,
    distances: [
      ContactDistance(until: .weeks(28), apart: .weeks(4)),
      ContactDistance(until: .weeks(36), apart: .weeks(2)),
      ContactDistance(until: nil, apart: .weeks(1)),
    ],
    [
      ContactSlot(1, "k1", opens: .none, late: .setting(.firstTrimesterDays)),
      ContactSlot(
        2, "k2", opens: .setting(.firstTrimesterDays), late: .setting(.secondTrimesterDays),
        closes: .setting(.secondTrimesterDays)),
      ContactSlot(
        3, "k3", opens: .setting(.firstTrimesterDays), late: .setting(.secondTrimesterDays),
        closes: .setting(.secondTrimesterDays)),
      ContactSlot(4, "k4", opens: .setting(.secondTrimesterDays), late: .weeks(32)),
      ContactSlot(5, "k5", opens: .setting(.secondTrimesterDays), late: .weeks(36)),
      ContactSlot(6, "k6", opens: .setting(.secondTrimesterDays), late: .weeks(40)),
    ])

  /// KF1 to KF4: 6 hours to 2 days, 3 to 7, 8 to 28, 29 to 42 days after birth. Each is due until
  /// its last day, and missed from the next.
  public static let postnatalContacts = ContactSeries(
    source: .postnatalMatrix, for: .afterBirth && .ended(.liveBirth, .stillbirth),
    after: .pregnancyEnd,
    counting: .postnatal, by: .healthWorkers,
    [
      ContactSlot(11, "kf1", opens: .none, late: .days(3), closes: .days(3)),
      ContactSlot(12, "kf2", opens: .days(3), late: .days(8), closes: .days(8)),
      ContactSlot(13, "kf3", opens: .days(8), late: .days(29), closes: .days(29)),
      ContactSlot(14, "kf4", opens: .days(29), late: .days(43), closes: .days(43)),
    ])

  /// KN1 to KN3: 6 to 48 hours, 3 to 7, 8 to 28 days after birth. Each is due until its last day,
  /// and missed from the next.
  public static let newbornContacts = ContactSeries(
    source: .newbornMatrix, for: .age(from: .none, until: .days(29)), after: .birth,
    counting: .newborn, by: .healthWorkers,
    [
      ContactSlot(21, "kn1", opens: .none, late: .days(3), closes: .days(3)),
      ContactSlot(22, "kn2", opens: .days(3), late: .days(8), closes: .days(8)),
      ContactSlot(23, "kn3", opens: .days(8), late: .days(29), closes: .days(29)),
    ])
}
