import Health

/// Families and lives. Sources in short; more in docs/simulation.md:
/// - BPS, Long Form Sensus Penduduk 2020, as BPS Kalimantan Tengah told the press in January 2023
///   (balanganews.com, "Angka kematian bayi di Provinsi Kalteng menurun"): total fertility 2.31 in
///   Kalimantan Tengah and 2.45 in Kapuas, 63 births a year to 1,000 women of 15–19 years, 17.95
///   infant deaths in 1,000 births, about 200 mothers' deaths in 100,000.
/// - J. Smits, C. Monden, "Twinning across the Developing World", PLoS ONE 6 (2011) e25239: 6 to 9
///   twin deliveries in 1,000 in South-East Asia.
/// - BPS: 1,577,255 marriages in 2023, which is 5.7 for each 1,000 people; BKKBN: median age of
///   women at their first marriage 22.3 years in 2023.
/// - BPS, Statistik Penduduk Lanjut Usia 2023 and Susenas 2017: a third of all households have
///   somebody of 60 years or more; 63 % of these live with two or three generations, 10 % alone.
/// - BPS, Sumatera Selatan 2021, for want of the same for Kalimantan Tengah: 3.65 people in a
///   household, 11 % of households headed by a woman.
/// - Dukcapil, second half of 2024, shipped with the areas: 417,854 people in Kapuas, 106.9 men
///   for 100 women.
///
/// What is not named there is assumed.
extension SyntheticRates {
  /// Days of an average year.
  static let daysPerYear = 365.25

  /// Shares of the kinds of households: couple, mother alone, father alone, one person,
  /// grandmother with grandchildren, brothers and sisters.
  static let householdKinds = [0.785, 0.054, 0.018, 0.085, 0.018, 0.040]
  /// Wives of heads by five-year age group from 15–19 on.
  static let wives = [1.6, 8.6, 14.6, 15.2, 14.0, 12.4, 10.4, 8.2, 6.2, 4.4, 2.7, 1.2, 0.5]
  /// Couples with a parent of one of them in the house.
  static let withParents = 0.11
  /// Couples with a nephew, niece, brother or sister in the house.
  static let withRelative = 0.08
  /// Couples with a domestic worker who lives there.
  static let withDomesticWorker = 0.004
  /// Years that are waited for the next child on average, beside the shortest gap of 1.7.
  static let waitForNext = 2.2
  /// Twin deliveries among deliveries.
  static let twins = 0.008
  /// Twins of one sex: all identical ones, about a third, and half of the others.
  static let twinsOfOneSex = 0.67

  /// How many children a woman of that age has, or will have.
  static func childrenWanted(motherYears: Double, _ random: inout SeededRandom) -> Int {
    let shares: [Double] =
      switch motherYears {
      case ..<40: [0.03, 0.14, 0.42, 0.26, 0.10, 0.05]
      case ..<55: [0.03, 0.10, 0.34, 0.29, 0.14, 0.10]
      default: [0.04, 0.08, 0.22, 0.26, 0.20, 0.20]
      }
    return random.position(in: shares)
  }

  /// The probability that a child of that age lives with its mother: it lives, and has not left.
  static func livesAtHome(years: Double, sex: Sex) -> Double {
    switch years {
    case ..<1: 0.985
    case ..<15: 0.965
    case ..<18: sex == .male ? 0.93 : 0.90
    case ..<20: sex == .male ? 0.86 : 0.72
    case ..<25: sex == .male ? 0.64 : 0.44
    case ..<30: sex == .male ? 0.38 : 0.24
    case ..<40: sex == .male ? 0.16 : 0.12
    default: 0.06
    }
  }

  /// The probability that a grown-up child who lives at home is married.
  static func childMarriedAtHome(years: Double) -> Double {
    years < 22 ? 0.12 : years < 26 ? 0.32 : years < 40 ? 0.55 : 0.3
  }

  /// Births per married woman and year, by five-year age group from 15–19 to 45–49: the rates of
  /// all women, which add up to about 2.35 children, by the share that is married here.
  static let birthsOfMarried = [0.38, 0.245, 0.160, 0.105, 0.060, 0.021, 0.004]
  /// Deaths of mothers within six weeks, per birth.
  static let mothersDeaths = 0.002
  /// Marriages per person and year.
  static let marriages = 0.0057
  /// Marriages with somebody from another district.
  static let marriedFromElsewhere = 0.15
  /// Couples who move into a household of their own; the others live with parents.
  static let marriedIntoOwnHousehold = 0.6

  /// Moves of whole households per year: within the village, to another village, to another
  /// Puskesmas, out of the district.
  static let householdMoves = (village: 0.008, puskesmas: 0.006, district: 0.004, away: 0.010)
  /// Departures of single people per year, by age.
  static func leavesAlone(years: Int) -> Double {
    (17...29).contains(years) ? 0.030 : (30...64).contains(years) ? 0.003 : 0
  }
  /// Households that arrive from elsewhere, per person and year; about two people each.
  static let householdArrivals = 0.0078

  /// Facts of persons with a slip in the name, and in the birth date, that is corrected later.
  static let correctedNames = 0.008
  /// Facts of persons with a wrong birth date that is corrected later.
  static let correctedBirths = 0.005
  /// NIK with one wrong digit that nobody noticed.
  static let wrongDigits = 0.004
  /// Birth dates of people of 45 and more that are the 1st of January or July, by age.
  static func firstOfMonth(years: Int) -> Double { years < 45 ? 0.004 : years < 60 ? 0.12 : 0.3 }
  /// Sons who bear their father's name.
  static let fathersName = 0.015
  /// Children whose names end with a word of the family.
  static let familyWord = 0.18
  /// Households without a family card number.
  static let withoutFamilyCard = 0.03
}
