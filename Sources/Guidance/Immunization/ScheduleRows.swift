import Health

/// A set of products, by their places in a schedule's list.
struct ProductSet: Hashable, Sendable {
  private var low: (UInt64, UInt64) = (0, 0)
  private var high: (UInt64, UInt64) = (0, 0)

  static func == (left: ProductSet, right: ProductSet) -> Bool {
    left.low == right.low && left.high == right.high
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(low.0)
    hasher.combine(low.1)
    hasher.combine(high.0)
    hasher.combine(high.1)
  }

  mutating func insert(_ product: UInt8) {
    let bit: UInt64 = 1 &<< UInt64(product & 63)
    switch product &>> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  @inline(__always)
  func contains(_ product: UInt8) -> Bool {
    let word =
      switch product &>> 6 {
      case 0: low.0
      case 1: low.1
      case 2: high.0
      default: high.1
      }
    return word &>> UInt64(product & 63) & 1 == 1
  }
}

/// Rows of a table that belong together.
struct RowRange: Hashable, Sendable {
  private let firstRow: UInt16
  private let rowCount: UInt16

  /// No rows.
  static let none = RowRange(0..<0)

  init(_ rows: Range<Int>) {
    precondition(rows.upperBound <= Int(UInt16.max), "a schedule is too large")
    firstRow = UInt16(rows.lowerBound)
    rowCount = UInt16(rows.count)
  }

  @inline(__always) var isEmpty: Bool { rowCount == 0 }
  @inline(__always) var first: Int { Int(firstRow) }
  @inline(__always) var count: Int { Int(rowCount) }
  @inline(__always) var range: Range<Int> { first..<(first &+ count) }
}

/// A product that may be given.
struct ChoiceRow: Sendable {
  let product: UInt8
  let brand: UInt8
  let from: PackedPeriod
  let until: PackedPeriod
}

/// The ages of a dose.
struct AgeRow: Sendable {
  let absoluteMinimum: PackedPeriod
  let minimum: PackedPeriod
  let recommended: PackedPeriod
  let pastDue: PackedPeriod
  let maximum: PackedPeriod
  let inForce: RuleDays
}

/// A distance.
struct IntervalRow: Sendable {
  enum Start: UInt8 {
    case previousDose
    case dose
    case latest
    case observation
  }
  let start: Start
  let isPriority: Bool
  /// The dose's number less one, or the observation's code.
  let number: UInt16
  let products: ProductSet
  let absoluteMinimum: PackedPeriod
  let minimum: PackedPeriod
  let recommended: PackedPeriod
  let pastDue: PackedPeriod
  let inForce: RuleDays
}

/// A rule that makes a dose unnecessary.
struct SkipRow: Sendable {
  let context: UInt8
  let needsAllSets: Bool
  let sets: RowRange
}

/// A set of conditions.
struct SkipSetRow: Sendable {
  let needsAll: Bool
  let inForce: RuleDays
  let conditions: RowRange
}

/// A condition.
struct SkipConditionRow: Sendable {
  enum Kind: UInt8 {
    case age
    case completedSeries
    case interval
    case count
  }
  var kind: Kind
  var from = PackedPeriod.none
  var until = PackedPeriod.none
  var groups: UInt32 = 0
  var interval = PackedPeriod.none
  var anyProduct = true
  var products = ProductSet()
  var onlyValid = false
  var firstDay = Int32.min
  var endDay = Int32.max
  var comparison = DoseCount.Comparison.moreThan
  var number: Int32 = 0
}

/// A dose that stands in the way of a product.
struct ConflictRow: Sendable {
  var earlier = ProductSet()
  let begins: PackedPeriod
  let endsAfterValid: PackedPeriod
  let ends: PackedPeriod

  /// Whether another conflict begins and ends as this one.
  func lasts(as other: ConflictRow) -> Bool {
    begins == other.begins && endsAfterValid == other.endsAfterValid && ends == other.ends
  }
}

/// A dose of a series.
struct DoseRow: Sendable {
  var ages = RowRange.none
  var intervals = RowRange.none
  var allowableIntervals = RowRange.none
  var preferable = RowRange.none
  var allowable = RowRange.none
  var skips = RowRange.none
  /// The place of the set of products given by mistake; −1 where there is none.
  var inadvertent: Int16 = -1
  var isRecurring = false
  var hasSeason = false
  /// Whether every preferable product can be stood in the way of.
  var mayConflict = false
  /// Whether every product of the antigen counts.
  var takesAnyProduct = false
  /// 0 where it is not given at school.
  var schoolMonth: UInt8 = 0
  var schoolAge: UInt8 = 0
  var seasonFirst = Int32.min
  var seasonLast = Int32.max
}

/// A series.
struct SeriesRow: Sendable {
  let antigen: UInt8
  let kind: SeriesKind
  let sexes: SexSet
  let selection: SeriesSelection
  let indications: RowRange
  let doses: RowRange
  /// Asks whether other series are complete, and so is judged after them.
  let isJudgedLast: Bool
  /// Whether it is for everybody at every age, without indications.
  let isForEverybody: Bool
  /// Whether a distance counts from one of its doses, so that their days are noted.
  let notesDays: Bool
  /// Whether it is out of the question without a dose of one of ``ownProducts``: another series is
  /// the default, and each of its doses names its products.
  let needsOwnProduct: Bool
  let ownProducts: ProductSet
  let minimumAge: PackedPeriod
  let startsBefore: PackedPeriod
  let startsFrom: PackedPeriod
}

/// An antigen.
struct AntigenRow: Sendable {
  var series = RowRange.none
  var immunity = RowRange.none
  var contraindications = RowRange.none
  /// An earlier antigen with the very same series: where both were given in the same doses, its
  /// answer is taken over.
  var sameAs: Int32 = -1
}

/// Contents of a product that count at the same ages.
struct ContentRow: Sendable {
  /// The antigens, as bits.
  var antigens: UInt64
  let from: PackedPeriod
  let until: PackedPeriod
}

/// A product.
struct ProductRow: Sendable {
  /// The antigens that it holds at every age.
  var antigens: UInt64 = 0
  /// Those that it holds at some ages only.
  var contents = RowRange.none
  /// What stands in its way.
  var conflicts = RowRange.none
  /// Whether it stands in the way of another.
  var standsInWay = false
  /// The groups that it belongs to.
  var groups: UInt64 = 0
}

/// A group of antigens.
struct GroupRow: Sendable {
  let antigens: UInt64
  let isGivenWhole: Bool
}
