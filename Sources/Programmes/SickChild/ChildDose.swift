import Guidance
import Health

extension CareAction {
  /// The tables that say how much of it is given; none where nothing is given, or where what was
  /// read of its table is not steady enough to stand beside a child's name.
  public var doses: [DosingTable] {
    let tables: [CareAction: [DosingTable]] = [
      .amoxicillinForPneumonia: [.amoxicillin], .paracetamol: [.paracetamol], .zinc: [.zinc],
      .planA: [.planA], .planB: [.planB], .planC: [.planC], .infantPlanC: [.infantPlanC],
      .firstDoseAntibiotics: [.ampicillin, .gentamicin],
      .stabiliseMalnutrition: [.ampicillin, .gentamicin],
      .amoxicillinForMalnutrition: [.amoxicillinForMalnutrition],
      .infantFirstDoseAntibiotics: [.infantAmpicillin, .infantGentamicin],
      .amoxicillinForEar: [.amoxicillinEarOfWHO],
      .dysenteryAntibiotic: [.cotrimoxazole, .ciprofloxacin],
      .stopFits: [.diazepamForKilograms], .stopInfantFits: [.infantPhenobarbital],
      .artesunateIfMalaria: [.artesunate],
      .ironFourWeeks: [.iron],
      .vitaminATreatment: [.vitaminATreatment],
      .vitaminAForMeasles: [.vitaminATreatment], .albendazoleIfNone: [.albendazole],
    ]
    return tables[self] ?? []
  }

  /// Whether it is given by age and from an older age on alone, so that it is none for this child.
  public func isForOlder(than record: HealthRecord, on day: CivilDate) -> Bool {
    guard let born = record.birthDate, !doses.isEmpty else { return false }
    let months = Int32(day.completedMonths(since: born).count)
    return doses.allSatisfy { table in
      table.key == .months && table.rows.allSatisfy { $0.from > months }
    }
  }
}

/// What a dose table says of one child.
public enum ChildDose: Hashable, Sendable {
  /// The row at that place, with the weight that it goes by; nothing where age alone decides.
  case row(Int, weight: Observation?)
  /// The row is known and counts for each kilogram, or is found by weight (then no place), and the
  /// child was not weighed lately.
  case weighFirst(Int?)
  /// The birth date is not known.
  case ageMissing
  /// The table has no row for this weight or age.
  case outside
}

extension DosingTable {
  /// Whether the body weight decides how much is given.
  public var goesByWeight: Bool { key == .grams || manner == .perKilogram }

  /// What it says of a child as of a visit: by the age of that day, and by the latest weight, which
  /// may be some days older than the visit (`ClinicalSetting.doseWeightDays`).
  public func dose(
    of record: HealthRecord, on day: CivilDate, settings: ClinicalSettings
  ) -> ChildDose {
    let weight =
      goesByWeight
      ? record.latest(
        .weight, since: CivilDate(dayNumber: day.dayNumber - settings[.doseWeightDays])) : nil
    let value: Int32
    switch key {
    case .grams:
      guard let weight else { return .weighFirst(nil) }
      value = weight.value
    case .months, .days:
      guard let born = record.birthDate else { return .ageMissing }
      value =
        key == .days ? (day - born).count : Int32(day.completedMonths(since: born).count)
    }
    guard let place = row(at: value, settings: settings) else { return .outside }
    return goesByWeight && weight == nil ? .weighFirst(place) : .row(place, weight: weight)
  }
}
