import Health
import Journal

/// What synthetic population to make. The same plan on the same ground gives the same facts, byte
/// for byte.
public struct PopulationPlan: Hashable, Sendable {
  /// Decides everything that is left to chance.
  public var seed: UInt64 = 62_03
  /// About how many people live there on the first day.
  public var people = 400_000
  /// How many Puskesmas share the villages; at least one for each kecamatan where there are enough.
  public var puskesmasCount = 26
  /// The last month that is lived through.
  public var lastMonth: CivilMonth
  /// How many years are lived through.
  public var years = 3
  /// In how many of the last months Posyandu weigh and measure.
  public var visitMonths = 12
  /// In how many of the last months care of mothers and children is written down.
  public var careMonths = 24
  /// Of a thousand people, how many are registered a second time.
  public var registeredTwicePerThousand = 20

  /// The usual population up to that month.
  public init(lastMonth: CivilMonth) { self.lastMonth = lastMonth }

  /// The day on which the register is opened.
  public var firstDay: CivilDate { lastMonth.advanced(by: 1 - max(1, years * 12)).firstDay }
  /// The last day that is lived through; what would be recorded later is not there yet.
  public var lastDay: CivilDate { lastMonth.lastDay }
  /// The first month in which children are weighed.
  public var firstVisitMonth: CivilMonth {
    lastMonth.advanced(by: 1 - min(visitMonths, max(1, years * 12)))
  }

  /// The first month in which care of mothers and children is written down.
  public var firstCareMonth: CivilMonth {
    lastMonth.advanced(by: 1 - min(careMonths, max(1, years * 12)))
  }

  /// The identifier of something in the district of this plan.
  func identifier(_ what: String) -> Identifier {
    Identifier.ofContent("population", Array("seed \(seed)/\(what)".utf8))
  }

  /// Chance for one Puskesmas and one matter.
  func random(_ matter: UInt64, _ number: Int = 0) -> SeededRandom {
    SeededRandom(seed: seed, stream: 1 << 40 | matter << 20 | UInt64(number))
  }
}
