import Guidance
import Health

extension CareMatrix {
  /// 10T with ultrasound by visit, K1 to K6; with the screening of mental health, 12T.
  ///
  /// Figure 13 of the decree: weight, pressure, iron tablets and counselling at every visit; arm,
  /// height and tetanus at K1; fundus at K2, K3, K4 and K6; lie and heart of the fetus from K2 on;
  /// ultrasound by the doctor at K1 and K5; laboratory at K1 and K5, else where it is indicated.
  static let antenatal = CareMatrix(
    source: .antenatalMatrix, for: .pregnant, at: .antenatalContacts,
    [
      Row(60, "antenatal_weight", doneBy: .observed(.weight), at: [1, 2, 3, 4, 5, 6]),
      Row(
        61, "antenatal_pressure", doneBy: .observed(.systolicPressure), at: [1, 2, 3, 4, 5, 6]),
      Row(37, "arm_measured", doneBy: .observed(.armCircumference), at: [1]),
      Row(73, "height_measured", doneBy: .observed(.lengthOrHeight), at: [1]),
      Row(63, "fundal_height", doneBy: .observed(.fundalHeight), at: [2, 3, 4, 6]),
      Row(
        64, "fetal_heart_and_lie",
        doneBy: .one([.observed(.fetalHeartRate), .observed(.presentation)]),
        at: [2, 3, 4, 5, 6]),
      Row(65, "tetanus_status_asked", doneBy: .observed(.tetanusStatus), at: [1]),
      Row(
        66, "iron_tablets", doneBy: .value(.ironTabletsGiven, .atLeast(.fixed(.times(1)))),
        at: [1, 2, 3, 4, 5, 6]),
      Row(
        67, "antenatal_laboratory", doneBy: .observed(.haemoglobin), at: [1, 5],
        onIndication: [2, 3, 4, 6],
        when: DataElement.pallor.isYesWhereObserved(.last(.weeks(4)))
          || .classified(.anaemia, as: 1, 2, 3)),
      Row(69, "antenatal_counselling", doneBy: .yes(.counselled), at: [1, 2, 3, 4, 5, 6]),
      Row(70, "ultrasound", doneBy: .yes(.ultrasoundDone), at: [1, 5], in: .withDoctor),
      Row(71, "mental_health", doneBy: .yes(.mentalHealthScreened), at: [1, 5]),
      Row(
        72, "tuberculosis_asked",
        doneBy: .one([.observed(.tuberculosisSymptoms), .observed(.coughTwoWeeks)]),
        at: [1, 2, 3, 4, 5, 6]),
      Row(
        74, "infection_risk_asked", doneBy: .yes(.infectionRiskAsked), at: [1, 2, 3, 4, 5, 6]),
    ])
}

extension DecisionTable {
  private static func visits(
    _ least: Int32, by performers: Performers = .healthWorkers,
    showing element: DataElement = .antenatalExamined, from: Span = .none, until: Span? = nil
  ) -> Criterion {
    .contacts(
      ContactCount(
        least, .antenatal, by: performers, showing: element, after: .pregnancy, from: from,
        until: until))
  }
  private static let first = Span.setting(.firstTrimesterDays)
  private static let second = Span.setting(.secondTrimesterDays)

  /// One visit in the first trimester, two in the second, three in the third.
  static let sixVisits =
    visits(1, until: first) && visits(2, from: first, until: second) && visits(3, from: second)
  /// One, one and two: K4 as it was counted before.
  static let fourVisits =
    visits(1, until: first) && visits(1, from: first, until: second) && visits(2, from: second)
  /// A doctor with ultrasound on the same day, in the first and in the third trimester.
  static let seenByDoctorTwice =
    visits(1, by: .doctor, showing: .ultrasoundDone, until: first)
    && visits(1, by: .doctor, showing: .ultrasoundDone, from: second)

  /// The first visit: K1 murni within the first trimester, K1 akses whenever it was. After the end
  /// nobody can make it up: the visits stand among the missed ones.
  static let firstVisit = DecisionTable(
    40, "first_visit", source: .programmePractice, for: .pregnant,
    [
      Row(1, "k1_within_trimester", .homeCare, when: visits(1, until: first)),
      // It is over and cannot be mended: nothing is to be done for it.
      Row(2, "k1_later", .homeCare, when: visits(1)),
      Row(3, "k1_none", .treat, when: !visits(1), .visitSoon),
    ])

  /// Whether the visits are complete: K6 with two visits to a doctor, or K4 as it was before.
  static let antenatalCompleteness = DecisionTable(
    41, "antenatal_completeness", source: .integratedCare, for: .pregnant,
    [
      Row(1, "k6_complete", .homeCare, when: sixVisits && seenByDoctorTwice),
      Row(2, "k6_without_doctor", .treat, when: sixVisits, .seeDoctorWithUltrasound),
      Row(3, "k4_reached", .homeCare, when: fourVisits),
      Row(4, "visits_going_on", .homeCare, when: .always),
    ])

  private static func afterBirth(_ from: Int32, _ until: Int32) -> Criterion {
    .contacts(
      ContactCount(
        1, .postnatal, by: .healthWorkers, after: .pregnancyEnd, from: .days(from),
        until: .days(until)))
  }

  /// Whether a mother was seen in all four windows after birth.
  static let postnatalCompleteness = DecisionTable(
    54, "postnatal_completeness", source: .postnatalMatrix,
    for: .afterBirth && .ended(.liveBirth, .stillbirth),
    [
      Row(
        1, "kf_complete", .homeCare,
        when: afterBirth(0, 3) && afterBirth(3, 8) && afterBirth(8, 29) && afterBirth(29, 43)),
      Row(
        2, "kf_going_on", .homeCare,
        when: (afterBirth(0, 3) || .before(3)) && (afterBirth(3, 8) || .before(8))
          && (afterBirth(8, 29) || .before(29))),
      Row(3, "kf_incomplete", .treat, when: .afterBirth),
    ])
}

extension Criterion {
  /// Not yet so many days after the end of the pregnancy.
  fileprivate static func before(_ days: Int32) -> Criterion {
    .after(.pregnancyEnd, from: .none, until: .days(days))
  }
}

extension CareAction {
  /// Make the visit soon.
  public static let visitSoon = CareAction(40, "visit_soon")
  /// See a doctor with ultrasound before the birth.
  public static let seeDoctorWithUltrasound = CareAction(41, "see_doctor_with_ultrasound")
}
