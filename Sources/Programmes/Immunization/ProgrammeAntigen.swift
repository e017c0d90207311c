import Guidance

/// What the Indonesian programme counts doses of. The raw value is the antigen's place in the
/// schedule and is never reused.
///
/// The doses at birth and at school are counted by themselves, because the programme does: a
/// hepatitis B dose of the first days is HB0 and never DPT-HB-Hib 1, and the school's MR is given
/// whatever was given before.
public enum ProgrammeAntigen: UInt8, Hashable, Sendable, CaseIterable {
  /// Hepatitis B, given in the first days of life: HB0.
  case hepatitisBAtBirth = 0
  /// Tuberculosis: BCG.
  case tuberculosis = 1
  /// Polio, by drops: OPV.
  case oralPolio = 2
  /// Diphtheria, until the fifth birthday.
  case diphtheria = 3
  /// Tetanus, until the fifth birthday.
  case tetanus = 4
  /// Pertussis.
  case pertussis = 5
  /// Hepatitis B, after the first month.
  case hepatitisB = 6
  /// Haemophilus influenzae b.
  case haemophilus = 7
  /// Pneumococcus: PCV.
  case pneumococcus = 8
  /// Rotavirus: RV.
  case rotavirus = 9
  /// Polio, by injection: IPV.
  case injectedPolio = 10
  /// Measles, until the fifth birthday.
  case measles = 11
  /// Rubella, until the fifth birthday.
  case rubella = 12
  /// Japanese encephalitis.
  case japaneseEncephalitis = 13
  /// Measles and rubella at school.
  case schoolMeaslesRubella = 14
  /// Diphtheria and tetanus at school.
  case schoolDiphtheriaTetanus = 15
  /// Human papillomavirus.
  case humanPapillomavirus = 16

  /// The antigen in the schedule.
  public var antigen: Antigen { Antigen(rawValue) }
}

/// What stands as one row on the child's immunisation card. The raw value is the group's place in
/// the schedule and is never reused.
public enum CardVaccine: UInt8, Hashable, Sendable, CaseIterable {
  /// HB0.
  case hepatitisBAtBirth = 0
  /// BCG.
  case bcg = 1
  /// Polio tetes: OPV.
  case oralPolio = 2
  /// DPT-HB-Hib.
  case dptHBHib = 3
  /// PCV.
  case pneumococcus = 4
  /// Rotavirus: RV.
  case rotavirus = 5
  /// Polio suntik: IPV.
  case injectedPolio = 6
  /// Campak-rubela: MR.
  case measlesRubella = 7
  /// JE.
  case japaneseEncephalitis = 8
  /// MR of class 1.
  case schoolMeaslesRubella = 9
  /// DT of class 1, Td of classes 2 and 5.
  case schoolDiphtheriaTetanus = 10
  /// HPV.
  case humanPapillomavirus = 11

  /// The antigens in it.
  public var antigens: [ProgrammeAntigen] {
    switch self {
    case .hepatitisBAtBirth: [.hepatitisBAtBirth]
    case .bcg: [.tuberculosis]
    case .oralPolio: [.oralPolio]
    case .dptHBHib: [.diphtheria, .tetanus, .pertussis, .hepatitisB, .haemophilus]
    case .pneumococcus: [.pneumococcus]
    case .rotavirus: [.rotavirus]
    case .injectedPolio: [.injectedPolio]
    case .measlesRubella: [.measles, .rubella]
    case .japaneseEncephalitis: [.japaneseEncephalitis]
    case .schoolMeaslesRubella: [.schoolMeaslesRubella]
    case .schoolDiphtheriaTetanus: [.schoolDiphtheriaTetanus]
    case .humanPapillomavirus: [.humanPapillomavirus]
    }
  }

  /// The group's place in the schedule.
  public var place: Int { Int(rawValue) }

  /// The name in the catalogues, under `immunization.vaccines`.
  public var name: StaticString {
    switch self {
    case .hepatitisBAtBirth: "hepatitis_b_at_birth"
    case .bcg: "bcg"
    case .oralPolio: "oral_polio"
    case .dptHBHib: "dpt_hb_hib"
    case .pneumococcus: "pneumococcus"
    case .rotavirus: "rotavirus"
    case .injectedPolio: "injected_polio"
    case .measlesRubella: "measles_rubella"
    case .japaneseEncephalitis: "japanese_encephalitis"
    case .schoolMeaslesRubella: "school_measles_rubella"
    case .schoolDiphtheriaTetanus: "school_diphtheria_tetanus"
    case .humanPapillomavirus: "human_papillomavirus"
    }
  }
}
