import Guidance
import Health

/// Doses of the chart book of 2015, only rows that are consistent in milligrams for each kilogram.
/// Where its only reader prints another figure for one form, that form is left out of the row.
extension DosingTable {
  private static let source = Source.chartBook2015("tabel dosis")

  private static func tablet(_ numerator: Int32, _ denominator: Int32 = 1) -> DoseAmount {
    DoseAmount(numerator, over: denominator, .tablet)
  }
  private static func millilitres(_ numerator: Int32, _ denominator: Int32 = 1) -> DoseAmount {
    DoseAmount(numerator, over: denominator, .millilitre)
  }
  private static func milligrams(_ count: Int32) -> DoseAmount { DoseAmount(count, .milligram) }
  private static func units(_ count: Int32) -> DoseAmount {
    DoseAmount(count, .internationalUnit)
  }

  /// Amoxicillin by mouth for pneumonia, twice a day: tablets of 500 mg, syrup of 125 mg in 5 ml,
  /// syrup of 250 mg in 5 ml.
  static let amoxicillin = DosingTable(
    200, "amoxicillin_pneumonia", source, by: .grams,
    of: ["tablet_500_mg", "syrup_125_mg", "syrup_250_mg"],
    [
      Row(4_000, 6_000, tablet(1, 2), millilitres(10), millilitres(5)),
      Row(6_000, 10_000, tablet(3, 4), millilitres(15), millilitres(15, 2)),
      Row(10_000, 16_000, tablet(5, 4), millilitres(25)),
      Row(16_000, 19_000, tablet(3, 2), millilitres(30)),
    ])
  /// Amoxicillin by mouth for the ear: tablets of 500 mg. Low for each kilogram: to be verified.
  static let amoxicillinEar = DosingTable(
    201, "amoxicillin_ear", source, by: .grams,
    [
      Row(4_000, 6_000, tablet(1, 4)), Row(6_000, 10_000, tablet(1, 2)),
      Row(10_000, 16_000, tablet(2, 3)), Row(16_000, 19_000, tablet(3, 4)),
    ])
  /// Amoxicillin by mouth for the ear as WHO has it, twice a day: tablets of 250 mg,
  /// syrup of 250 mg in 5 ml.
  static let amoxicillinEarOfWHO = DosingTable(
    290, "amoxicillin_ear_who", .integratedManagement("acute ear infection"), by: .grams,
    of: ["tablet_250_mg", "syrup_250_mg"],
    [
      Row(4_000, 10_000, tablet(1), millilitres(5)),
      Row(10_000, 14_000, tablet(2), millilitres(10)),
      Row(14_000, 19_000, tablet(3), millilitres(15)),
    ])
  /// Ciprofloxacin by mouth for dysentery, milligrams for each kilogram, twice a day for three days.
  static let ciprofloxacin = DosingTable(
    291, "ciprofloxacin_dysentery_per_kilogram", .integratedManagement("dysentery"), by: .months,
    as: .perKilogram, atMost: milligrams(500), [Row(2, 60, milligrams(15))])
  /// Amoxicillin by mouth for severe malnutrition that is treated at home, milligrams for each
  /// kilogram, every eight hours.
  static let amoxicillinForMalnutrition = DosingTable(
    327, "amoxicillin_malnutrition_per_kilogram", .chartBook2022("status gizi, 6–59 bulan"),
    by: .months, as: .perKilogram, [Row(6, 60, milligrams(15))])
  /// Ampicillin into the muscle, 50 mg/kg; 200 mg in a millilitre once dissolved.
  static let ampicillin = DosingTable(
    202, "ampicillin_injected", source, by: .grams, of: ["milligrams", "dissolved_200_mg"],
    [
      Row(4_000, 6_000, milligrams(250), millilitres(5, 4)), Row(6_000, 8_000, milligrams(350)),
      Row(8_000, 10_000, milligrams(450)), Row(10_000, 14_000, milligrams(600)),
      Row(14_000, 19_000, milligrams(750)),
    ])
  /// Gentamicin into the muscle, 7.5 mg/kg.
  static let gentamicin = DosingTable(
    203, "gentamicin_injected", source, by: .grams,
    [
      Row(4_000, 6_000, milligrams(40)), Row(6_000, 8_000, milligrams(50)),
      Row(8_000, 10_000, milligrams(70)), Row(10_000, 14_000, milligrams(100)),
      Row(14_000, 19_000, milligrams(120)),
    ])
  /// Diazepam into the rectum as the chart book prints it: below 10 kg the same for all, so that the
  /// smallest get far more for each kilogram. The plan goes by ``diazepamForKilograms``.
  static let diazepamRectal = DosingTable(
    204, "diazepam_rectal", source, by: .grams,
    [Row(0, 10_000, milligrams(5)), Row(10_000, nil, milligrams(10))])
  /// Diazepam into a vein, 10 mg in 2 ml.
  static let diazepamVenous = DosingTable(
    205, "diazepam_venous", source, by: .grams,
    [
      Row(5_000, 7_000, millilitres(1, 2)), Row(7_000, 10_000, millilitres(1)),
      Row(10_000, 14_000, millilitres(3, 2)), Row(14_000, 19_000, millilitres(2)),
    ])
  /// Diazepam into the rectum, milligrams for each kilogram, from two months on.
  static let diazepamForKilograms = DosingTable(
    320, "diazepam_rectal_per_kilogram", .emergencyTriage, by: .months, as: .perKilogram,
    atMost: milligrams(10), [Row(2, 60, DoseAmount(1, over: 2, .milligram))])
  /// Phenobarbital into the muscle of a young infant with fits, milligrams for each kilogram, once.
  static let infantPhenobarbital = DosingTable(
    321, "infant_phenobarbital_per_kilogram", .emergencyTriage, by: .days, as: .perKilogram,
    [Row(0, 60, milligrams(20))])
  /// Artesunate into a vein or the muscle, milligrams for each kilogram: more for the smaller. The
  /// lightest children are a doctor's.
  static let artesunate = DosingTable(
    322, "artesunate_injected_per_kilogram", .malariaGuidelines, by: .grams, as: .perKilogram,
    [
      Row(4_000, 20_000, milligrams(3)), Row(20_000, 40_000, DoseAmount(12, over: 5, .milligram)),
    ])
  /// Paracetamol every six hours: tablets of 100 mg, syrup of 120 mg in 5 ml.
  static let paracetamol = DosingTable(
    206, "paracetamol", source, by: .grams, of: ["tablet_100_mg", "syrup_120_mg"],
    [
      Row(4_000, 7_000, tablet(1, 2), millilitres(5, 2)),
      Row(7_000, 14_000, tablet(1), millilitres(5)),
      Row(14_000, 19_000, tablet(2), millilitres(15, 2)),
    ])
  /// Cotrimoxazole for dysentery, twice a day for five days: child tablets of 20/100 mg.
  static let cotrimoxazole = DosingTable(
    207, "cotrimoxazole_dysentery", source, by: .grams, of: ["tablet_20_100_mg"],
    [
      Row(4_000, 6_000, tablet(1)), Row(6_000, 10_000, tablet(2)),
      Row(10_000, 16_000, tablet(5, 2)), Row(16_000, 19_000, tablet(3)),
    ])
  /// Iron for four weeks: tablets of 60 mg, syrup of 30 mg in 5 ml.
  static let iron = DosingTable(
    208, "iron", source, by: .grams, of: ["iron_tablet_60_mg", "iron_syrup_30_mg"],
    [
      Row(7_000, 10_000, tablet(1, 4), millilitres(5, 2)),
      Row(10_000, 19_000, tablet(1, 2), millilitres(5)),
    ])
  /// Vitamin A as a treatment.
  static let vitaminATreatment = DosingTable(
    209, "vitamin_a_treatment", source, by: .months,
    [Row(0, 6, units(50_000)), Row(6, 12, units(100_000)), Row(12, 60, units(200_000))])
  /// Albendazole once.
  static let albendazole = DosingTable(
    210, "albendazole", source, by: .months,
    [Row(12, 24, milligrams(200)), Row(24, 60, milligrams(400))])
  /// Pyrantel once: tablets of 125 mg.
  static let pyrantel = DosingTable(
    211, "pyrantel", source, by: .months,
    [
      Row(4, 9, tablet(1, 2)), Row(9, 12, tablet(3, 4)), Row(12, 36, tablet(1)),
      Row(36, 60, tablet(3, 2)),
    ])
  /// Zinc for ten days.
  static let zinc = DosingTable(
    212, "zinc", source, by: .months, [Row(2, 6, milligrams(10)), Row(6, 60, milligrams(20))])
  /// Dihydroartemisinin with piperaquine, tablets a day for three days. The malaria programme's own
  /// table goes before this one.
  static let malariaTablets = DosingTable(
    213, "malaria_tablets", source, by: .grams,
    [
      Row(0, 4_000, tablet(1, 3)), Row(4_000, 10_000, tablet(1, 2)),
      Row(10_000, 17_000, tablet(1)), Row(17_000, 30_000, tablet(3, 2)),
    ])
  /// Gentamicin of a young infant, milligrams for each kilogram.
  static let infantGentamicin = DosingTable(
    214, "infant_gentamicin_per_kilogram", .chartBook2022("bayi muda, hlm. 40–46"), by: .days,
    as: .perKilogram,
    [
      Row(0, 7, milligrams(5)),
      Row(7, 60, DoseAmount(15, over: 2, .milligram)),
    ])
  /// Ampicillin of a young infant, milligrams for each kilogram.
  static let infantAmpicillin = DosingTable(
    215, "infant_ampicillin_per_kilogram", .chartBook2022("bayi muda, hlm. 40–46"), by: .days,
    as: .perKilogram, [Row(0, 60, milligrams(50))])
  /// Ringer's lactate into a vein by plan C, millilitres for each kilogram: first over 1 hour under
  /// twelve months and over 30 minutes after, then the second over 5 hours or 2½ hours.
  static let planC = DosingTable(
    216, "plan_c_per_kilogram", .integratedManagement("plan C"), by: .months,
    as: .perKilogram,
    [
      Row(2, 12, millilitres(30), millilitres(70), minutes: [60, 300]),
      Row(12, 60, millilitres(30), millilitres(70), minutes: [30, 150]),
    ])
  /// The same of a young infant, as of all under twelve months: the first over 1 hour, the second
  /// over 5 hours.
  static let infantPlanC = DosingTable(
    256, "infant_plan_c_per_kilogram", .integratedManagement("plan C, infants under 12 months"),
    by: .days, as: .perKilogram,
    [Row(0, 60, millilitres(30), millilitres(70), minutes: [60, 300])])
  /// Oral rehydration solution by plan B, millilitres for each kilogram.
  static let planB = DosingTable(
    280, "plan_b_per_kilogram", .integratedManagement("plan B"), by: .months, as: .perKilogram,
    within: .planBHours, [Row(0, 60, millilitres(75))])
  /// Oral rehydration solution by plan A, from so much to so much after each loose stool.
  static let planA = DosingTable(
    281, "plan_a_each_stool", .chartBook2015FromMemory("rencana A"), by: .months, as: .range,
    [
      Row(0, 12, millilitres(50), millilitres(100)),
      Row(12, 60, millilitres(100), millilitres(200)),
    ])

  /// All of them, for pages and for the book of guidelines.
  public static let sickChild: [DosingTable] = [
    .amoxicillin, .amoxicillinEar, .ampicillin, .gentamicin, .diazepamRectal, .diazepamVenous,
    .paracetamol, .cotrimoxazole, .iron, .vitaminATreatment, .albendazole, .pyrantel, .zinc,
    .malariaTablets, .infantGentamicin, .infantAmpicillin, .planC, .infantPlanC,
    .planB, .planA, .amoxicillinEarOfWHO, .ciprofloxacin, .diazepamForKilograms,
    .infantPhenobarbital, .artesunate, .amoxicillinForMalnutrition,
  ]
}
