import Guidance
import Health

extension DangerSign {
  /// Signs that cannot wait: each alone makes a class of the chart book red, which is to be treated
  /// and referred at once.
  private static func now(
    _ elements: DataElement..., helping aid: FirstAid, in applies: Criterion, source: Source
  ) -> [DangerSign] {
    elements.map {
      DangerSign($0, .isYes, .referNow, in: applies, source: source, firstAid: aid)
    }
  }

  private static let general = Source.chartBook2022("tanda bahaya umum")

  /// General danger signs of a child of 2 to 59 months, and what the first look finds.
  static let sickChild =
    now(
      .cannotDrink, .vomitsAll, helping: .childCannotDrink, in: .isSickChildAge, source: general)
    + now(.fits, helping: .childFits, in: .isSickChildAge, source: general)
    + now(
      .lethargic, .abnormalAppearance, .abnormalCirculation, helping: .childVeryIll,
      in: .isSickChildAge, source: general)
    + now(
      .stridor, .abnormalBreathing, helping: .childBreathing, in: .isSickChildAge, source: general)
    + now(.stiffNeck, helping: .childStiffNeck, in: .isSickChildAge, source: general)
    + now(
      .coldLimbs, helping: .childVeryIll, in: .isSickChildAge,
      source: .chartBook2015FromMemory("tanda bahaya umum: ujung tangan dan kaki pucat, dingin"))

  private static let ofInfant = Source.chartBook2022("bayi muda, hlm. 40–46")
  private static let afterNewborn = Criterion.age(from: .days(29), until: .months(2))

  /// Signs of the young infant's page. What the newborn's own list has is here from its end on.
  static let youngInfant =
    now(
      .blueLips, .grunting, .nasalFlaring, .strongIndrawing, helping: .infantBreathing,
      in: .isYoungInfant, source: ofInfant)
    + now(
      .noStoolTwoDays, .vomitsGreen, .distendedBelly, .noAnus, helping: .infantGut,
      in: .isYoungInfant, source: ofInfant)
    + now(.hardlyMoves, helping: .infantVeryIll, in: .isYoungInfant, source: ofInfant)
    + now(
      .jaundiceFirstDay, .jaundicePalms, helping: .infantJaundice, in: .isYoungInfant,
      source: ofInfant)
    + now(.notSuckling, helping: .infantVeryIll, in: afterNewborn, source: ofInfant)
    + now(.fits, helping: .infantFits, in: afterNewborn, source: ofInfant)
}

extension Guideline {
  /// Sick children of 2 months to under 5 years (MTBS). It speaks a little longer than that age
  /// lasts, so that a child that turns five is still seen again.
  public static let sickChild = Guideline(
    10, "sick_child", source: .chartBook2022("balita sakit umur 2 bulan sampai 5 tahun"),
    for: .age(from: .months(2), until: .months(63)),
    services: CareService.sickChildAgain,
    tables: [
      .emergency, .coldChild, .cough, .longCough, .wheezing, .dehydration, .persistentDiarrhoea,
      .dysentery,
      .cholera, .fever, .longFever, .highFever, .measles, .dengue, .ear, .childAnaemia,
      .malnutritionBeforeSixMonths, .malnutrition, .stature, .sickChildHeadSize, .feeding,
      .childInfection,
    ],
    dangerSigns: DangerSign.sickChild)

  /// Sick infants under 2 months (MTBM), and what they are seen again for.
  public static let youngInfant = Guideline(
    11, "young_infant", source: .chartBook2022("bayi muda umur kurang dari 2 bulan"),
    for: .age(from: .none, until: .months(5)),
    services: CareService.youngInfantAgain,
    tables: [
      .infantInfection, .infantJaundice, .infantDehydration, .infantInfectionStatus,
      .infantFeeding, .infantSubstituteFeeding,
    ],
    dangerSigns: DangerSign.youngInfant)

  /// Tuberculosis in children, by score.
  public static let childTuberculosis = Guideline(
    12, "child_tuberculosis", source: .integratedPrimaryCare("TBC anak, Tabel 11, Gambar 22"),
    for: .isTuberculosisScoreAge,
    services: [.tuberculosisAgain], tables: [.childTuberculosisResult],
    instruments: [.childTuberculosis])
}
