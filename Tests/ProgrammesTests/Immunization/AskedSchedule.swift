import Guidance
import Health
import Programmes
import Testing

/// A day written as 2024-01-15.
func day(_ text: String) -> CivilDate {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  guard parts.count == 3, let day = CivilDate(year: parts[0], month: parts[1], day: parts[2])
  else {
    Issue.record("no such day: \(text)")
    return CivilDate(dayNumber: 0)
  }
  return day
}

extension CivilDate {
  /// The day so many days later.
  func plus(_ days: Int32) -> CivilDate { self + AgeInDays(days) }
}

func dose(_ name: VaccineName, _ text: String) -> GivenDose { GivenDose(name.code, on: day(text)) }

/// A small deterministic source of numbers.
struct Dice {
  var state: UInt64

  mutating func roll(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}

/// What a child of the Indonesian programme is told.
struct ImmunizationReply {
  var groups: [VaccineForecast]
  var evaluations: [DoseEvaluation?]
}

extension IndonesianImmunization {
  /// Asks for one child; the doses' judgements are those of the named vaccine's row.
  static func ask(
    born birth: String?, sex: Sex? = .female, _ doses: [GivenDose], on today: String,
    row: CardVaccine = .dptHBHib, edition: ImmunizationEdition = .kmk1098Changed2025,
    settings: ImmunizationSettings = ImmunizationSettings()
  ) -> ImmunizationReply {
    var forecaster = ImmunizationForecaster(schedule(edition, settings: settings))
    forecaster.assess(
      ImmunizationPerson(birth: birth.map { day($0) }, sex: sex), doses: doses, on: day(today))
    return ImmunizationReply(
      groups: forecaster.groups,
      evaluations: doses.indices.map { forecaster.evaluation(ofDose: $0, inGroup: row.place) })
  }
}
