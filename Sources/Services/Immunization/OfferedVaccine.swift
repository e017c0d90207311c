import Programmes

/// What is offered as one vaccine: a row of the child's card, or Td for a pregnant woman.
public enum OfferedVaccine: Hashable, Sendable, CaseIterable {
  /// A vaccine of the child's card.
  case card(CardVaccine)
  /// Td for a woman, by her T status.
  case tetanus

  /// All of them, in the card's order.
  public static let allCases: [OfferedVaccine] = CardVaccine.allCases.map { .card($0) } + [.tetanus]

  /// The first number of a vaccine among the services of guidelines; those before it are theirs.
  private static let firstService: UInt16 = 3_000
  /// The number of Td for women, behind all that a card may ever have.
  private static let tetanusService: UInt16 = 3_255

  /// The number of the service, by which a refusal names it. Never used again for another one.
  public var service: UInt16 {
    switch self {
    case .card(let vaccine): OfferedVaccine.firstService + UInt16(vaccine.rawValue)
    case .tetanus: OfferedVaccine.tetanusService
    }
  }

  /// The vaccine that a service's number stands for; nothing where it is another service.
  public init?(service: UInt16) {
    guard let found = OfferedVaccine.allCases.first(where: { $0.service == service }) else {
      return nil
    }
    self = found
  }

  /// The name in catalogues, under `immunization.vaccines`.
  public var name: String {
    switch self {
    case .card(let vaccine): "\(vaccine.name)"
    case .tetanus: "tetanus"
    }
  }

  /// The products that are given for a dose, the programme's own first.
  ///
  /// - Parameter number: the number of the dose: DT in class 1, Td in the later ones.
  public func products(forDose number: Int) -> [VaccineName] {
    switch self {
    case .tetanus: [.td, .tetanus]
    case .card(let vaccine):
      switch vaccine {
      case .hepatitisBAtBirth: [.hepatitisB]
      case .bcg: [.bcg]
      case .oralPolio: [.oralPolio]
      case .dptHBHib: [.pentavalent, .hexavalent, .hexavalentAcellular]
      case .pneumococcus: [.pneumococcus, .pneumococcusTenTypes]
      case .rotavirus: [.rotavirus, .rotavirusOneType, .rotavirusFiveTypes]
      case .injectedPolio: [.injectedPolio]
      case .measlesRubella: [.measlesRubella, .measlesMumpsRubella]
      case .japaneseEncephalitis: [.japaneseEncephalitis]
      case .schoolMeaslesRubella: [.measlesRubella]
      case .schoolDiphtheriaTetanus: number <= 1 ? [.dt, .td] : [.td, .dt]
      case .humanPapillomavirus:
        [.humanPapillomavirus, .humanPapillomavirusTwoTypes, .humanPapillomavirusNineTypes]
      }
    }
  }
}

extension VaccineName {
  /// The name in catalogues, under `immunization.products`.
  public var catalogueName: String {
    switch self {
    case .hepatitisB: "hepatitis_b"
    case .hepatitisBNotSpecified: "hepatitis_b_not_specified"
    case .bcg: "bcg"
    case .oralPolio: "oral_polio"
    case .oralPolioThreeTypes: "oral_polio_three_types"
    case .oralPolioNotSpecified: "oral_polio_not_specified"
    case .injectedPolio: "injected_polio"
    case .pentavalent: "pentavalent"
    case .hexavalent: "hexavalent"
    case .hexavalentAcellular: "hexavalent_acellular"
    case .acellularWithPolioAndHib: "acellular_with_polio_and_hib"
    case .dptAlone: "dpt_alone"
    case .dptAcellular: "dpt_acellular"
    case .dptHepatitisB: "dpt_hepatitis_b"
    case .dptAsWritten: "dpt_as_written"
    case .haemophilus: "haemophilus"
    case .pneumococcus: "pneumococcus"
    case .pneumococcusTenTypes: "pneumococcus_ten_types"
    case .pneumococcusNotSpecified: "pneumococcus_not_specified"
    case .rotavirus: "rotavirus"
    case .rotavirusOneType: "rotavirus_one_type"
    case .rotavirusFiveTypes: "rotavirus_five_types"
    case .measlesRubella: "measles_rubella"
    case .measles: "measles"
    case .measlesMumpsRubella: "measles_mumps_rubella"
    case .japaneseEncephalitis: "japanese_encephalitis"
    case .japaneseEncephalitisNotSpecified: "japanese_encephalitis_not_specified"
    case .dt: "dt"
    case .td: "td"
    case .tdap: "tdap"
    case .tetanus: "tetanus"
    case .humanPapillomavirus: "human_papillomavirus"
    case .humanPapillomavirusTwoTypes: "human_papillomavirus_two_types"
    case .humanPapillomavirusNineTypes: "human_papillomavirus_nine_types"
    case .humanPapillomavirusNotSpecified: "human_papillomavirus_not_specified"
    }
  }
}
