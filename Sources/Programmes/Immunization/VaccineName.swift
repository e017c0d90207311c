import Guidance

/// The vaccines that are given in Indonesia or stand on the cards people bring. The raw value is
/// CDC's CVX code where there is one, and from 1000 on our own.
public enum VaccineName: UInt16, Hashable, Sendable, CaseIterable {
  /// Hepatitis B for children, alone: HB0.
  case hepatitisB = 8
  /// Hepatitis B, kind not written.
  case hepatitisBNotSpecified = 45
  /// BCG.
  case bcg = 19
  /// Polio drops with two types (bOPV).
  case oralPolio = 178
  /// Polio drops with three types, until 2016.
  case oralPolioThreeTypes = 2
  /// Polio drops, kind not written.
  case oralPolioNotSpecified = 182
  /// Polio by injection (IPV).
  case injectedPolio = 10
  /// DPT-HB-Hib, five in one.
  case pentavalent = 198
  /// DPT-HB-Hib-IPV, six in one ("heksavalen") with whole-cell pertussis.
  case hexavalent = 1001
  /// DPaT-HB-Hib-IPV, six in one, sold privately.
  case hexavalentAcellular = 146
  /// DPaT-IPV-Hib, five in one, sold privately.
  case acellularWithPolioAndHib = 120
  /// DPT or DPaT alone, known to be alone.
  case dptAlone = 1
  /// DPaT alone.
  case dptAcellular = 20
  /// DPT-HB, until 2013.
  case dptHepatitisB = 1002
  /// A card that says only "DPT".
  case dptAsWritten = 1003
  /// Hib alone.
  case haemophilus = 17
  /// PCV with 13 types.
  case pneumococcus = 133
  /// PCV with 10 types.
  case pneumococcusTenTypes = 177
  /// PCV, kind not written.
  case pneumococcusNotSpecified = 152
  /// Rotavirus.
  case rotavirus = 122
  /// Rotavirus, one type.
  case rotavirusOneType = 119
  /// Rotavirus, five types.
  case rotavirusFiveTypes = 116
  /// Campak-rubela (MR).
  case measlesRubella = 4
  /// Campak alone, until 2017; a card that says only "campak".
  case measles = 5
  /// MMR, sold privately.
  case measlesMumpsRubella = 3
  /// Japanese encephalitis, live.
  case japaneseEncephalitis = 1004
  /// Japanese encephalitis, kind not written.
  case japaneseEncephalitisNotSpecified = 129
  /// DT for children.
  case dt = 28
  /// Td for older children and adults.
  case td = 139
  /// Tdap.
  case tdap = 115
  /// Tetanus alone (TT).
  case tetanus = 112
  /// HPV with four types.
  case humanPapillomavirus = 62
  /// HPV with two types.
  case humanPapillomavirusTwoTypes = 118
  /// HPV with nine types.
  case humanPapillomavirusNineTypes = 165
  /// HPV, kind not written.
  case humanPapillomavirusNotSpecified = 137

  /// The code in the schedule and in the facts.
  public var code: ProductCode { ProductCode(rawValue) }

  /// Whether it is live and injected: such vaccines are given on one day or four weeks apart.
  public var isLiveVirusInjected: Bool {
    switch self {
    case .measlesRubella, .measles, .measlesMumpsRubella, .japaneseEncephalitis,
      .japaneseEncephalitisNotSpecified:
      true
    default: false
    }
  }

  /// Whether it protects against tetanus, for the T status.
  public var holdsTetanus: Bool {
    switch self {
    case .pentavalent, .hexavalent, .hexavalentAcellular, .acellularWithPolioAndHib, .dptAlone,
      .dptAcellular, .dptHepatitisB, .dptAsWritten, .dt, .td, .tdap, .tetanus:
      true
    default: false
    }
  }

  /// What is in it, as the programme counts.
  func contents(_ settings: ImmunizationSettings) -> [ProgrammeAntigen] {
    let dpt: [ProgrammeAntigen] = [.diphtheria, .tetanus, .pertussis]
    switch self {
    case .hepatitisB, .hepatitisBNotSpecified: return [.hepatitisBAtBirth, .hepatitisB]
    case .bcg: return [.tuberculosis]
    case .oralPolio, .oralPolioThreeTypes, .oralPolioNotSpecified: return [.oralPolio]
    case .injectedPolio: return [.injectedPolio]
    case .pentavalent: return dpt + [.hepatitisB, .haemophilus]
    case .hexavalent, .hexavalentAcellular:
      return dpt + [.hepatitisB, .haemophilus, .injectedPolio]
    case .acellularWithPolioAndHib: return dpt + [.haemophilus, .injectedPolio]
    case .dptAlone, .dptAcellular: return dpt
    case .dptHepatitisB: return dpt + [.hepatitisB]
    case .dptAsWritten:
      return settings.writtenDPTIsPentavalent ? dpt + [.hepatitisB, .haemophilus] : dpt
    case .haemophilus: return [.haemophilus]
    case .pneumococcus, .pneumococcusTenTypes, .pneumococcusNotSpecified: return [.pneumococcus]
    case .rotavirus, .rotavirusOneType, .rotavirusFiveTypes: return [.rotavirus]
    case .measlesRubella, .measlesMumpsRubella:
      return [.measles, .rubella, .schoolMeaslesRubella]
    case .measles: return [.measles]
    case .japaneseEncephalitis, .japaneseEncephalitisNotSpecified: return [.japaneseEncephalitis]
    case .dt, .td, .tdap: return [.diphtheria, .tetanus, .schoolDiphtheriaTetanus]
    case .tetanus: return [.tetanus]
    case .humanPapillomavirus, .humanPapillomavirusTwoTypes, .humanPapillomavirusNineTypes,
      .humanPapillomavirusNotSpecified:
      return [.humanPapillomavirus]
    }
  }
}
