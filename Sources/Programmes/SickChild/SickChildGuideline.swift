import Guidance
import Health

extension DangerSign {
  private static func inChild(_ elements: DataElement...) -> [DangerSign] {
    elements.map {
      DangerSign($0, in: .isSickChildAge, source: .chartBook2022("tanda bahaya umum"))
    }
  }
  /// General danger signs of a child of 2 to 59 months, and what the first look finds.
  static let sickChild =
    inChild(
      .cannotDrink, .vomitsAll, .fits, .lethargic, .stridor, .abnormalAppearance,
      .abnormalBreathing, .abnormalCirculation, .stiffNeck)
    + [
      DangerSign(
        .coldLimbs, in: .isSickChildAge,
        source: .chartBook2015FromMemory("tanda bahaya umum: ujung tangan dan kaki pucat, dingin"))
    ]

  private static func inInfant(_ elements: DataElement...) -> [DangerSign] {
    elements.map {
      DangerSign($0, in: .isYoungInfant, source: .chartBook2022("bayi muda, hlm. 40–46"))
    }
  }
  /// Signs of the young infant's page. What the newborn's own list has is here from its end on.
  static let youngInfant =
    inInfant(
      .blueLips, .grunting, .nasalFlaring, .strongIndrawing, .noStoolTwoDays, .vomitsGreen,
      .distendedBelly, .noAnus, .hardlyMoves, .jaundiceFirstDay, .jaundicePalms)
    + [DataElement.notSuckling, .fits].map {
      DangerSign(
        $0, in: .age(from: .days(29), until: .months(2)),
        source: .chartBook2022("bayi muda, hlm. 40–46"))
    }
}

extension Guideline {
  /// Sick children of 2 months to under 5 years (MTBS). It speaks a little longer than that age
  /// lasts, so that a child that turns five is still seen again.
  public static let sickChild = Guideline(
    10, "sick_child", source: .chartBook2022("balita sakit umur 2 bulan sampai 5 tahun"),
    for: .age(from: .months(2), until: .months(63)),
    services: CareService.sickChildAgain,
    tables: [
      .emergency, .cough, .longCough, .wheezing, .dehydration, .persistentDiarrhoea, .dysentery,
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
