import Monitoring

/// How children stand to an indicator, as lists are asked for.
public enum NameGroup: Hashable, Sendable {
  /// All children of one standing.
  case standing(Standing)
  /// All children over whom the figure is taken.
  case denominator
}

/// Which children a count stands for: a group of an indicator, some of them left out. Whatever is
/// counted on a page is said so, and so its names can be found.
public struct NameSelection: Hashable, Sendable {
  /// The indicator.
  public let indicator: Indicator
  /// Which group of its children.
  public let group: NameGroup
  /// Those whom this indicator counts are left out: stunted without the severely stunted.
  public let without: Indicator?

  /// A group of an indicator's children.
  public init(_ indicator: Indicator, _ group: NameGroup, without: Indicator? = nil) {
    self.indicator = indicator
    self.group = group
    self.without = without
  }

  /// The children whom an indicator counts.
  public static func reached(
    _ indicator: Indicator, without: Indicator? = nil
  ) -> NameSelection {
    NameSelection(indicator, .standing(.reached), without: without)
  }

  /// Whether somebody counted by ``without`` is left out.
  func leavesOut(_ month: ChildMonth) -> Bool {
    without.map { month[$0].standing == .reached } ?? false
  }

  /// Whether a child of that standing to the indicator belongs to the group.
  func includes(_ standing: Standing) -> Bool {
    switch group {
    case .standing(let wanted): standing == wanted
    case .denominator:
      standing == .reached || standing == .missed
        || (standing == .unknown && indicator.definition.countsUnknown)
    }
  }

  /// How many children, from the figures; whom ``without`` counts must all belong to the group.
  public func count(_ figure: (Indicator) -> Figure) -> Int {
    let own = figure(indicator)
    let all =
      switch group {
      case .standing(let standing): Int(own[standing])
      case .denominator: own.denominator(indicator)
      }
    return all - (without.map { figure($0).numerator } ?? 0)
  }
}

/// The columns of SKDN.
public enum SKDNColumn: String, CaseIterable, Sendable {
  /// All registered under-fives.
  case registered = "s"
  /// Who has the book.
  case withBook = "k"
  /// Who was weighed.
  case weighed = "d"
  /// B: weighed for the first time.
  case firstWeighing = "b"
  /// O: not weighed last month.
  case notWeighedLastMonth = "o"
  /// N: gained.
  case gained = "n"
  /// T: did not gain.
  case notGained = "t"
  /// 2T: twice in a row without gain; they are among T.
  case notGainedTwice = "t2"
  /// BGM: under the red line.
  case belowRedLine = "bgm"

  /// Whom the column counts.
  public var selection: NameSelection {
    switch self {
    case .registered: NameSelection(.weighed, .denominator)
    case .withBook: .reached(.hasChildHealthBook)
    case .weighed: .reached(.weighed)
    case .firstWeighing: .reached(.firstWeighing)
    case .notWeighedLastMonth: .reached(.notWeighedLastMonth)
    case .gained: .reached(.gainedOfWeighed)
    case .notGained: .reached(.notGained)
    case .notGainedTwice: .reached(.notGainedTwice)
    case .belowRedLine: .reached(.belowRedLine)
    }
  }
}

/// One index of Permenkes 2/2020 as a table: how many children in each category.
public struct StatusTable: Sendable {
  /// One category.
  public struct Category: Sendable {
    /// The code in the catalogues.
    public let code: String
    /// Who is in it.
    public let selection: NameSelection
  }

  /// The code of the table.
  public let id: String
  /// The indicator whose prevalence closes a row.
  public let prevalence: Indicator
  /// Lowest first; each child that was judged is in exactly one.
  public let categories: [Category]

  /// Everybody who was judged.
  public var judged: NameSelection { NameSelection(prevalence, .denominator) }
  /// Whom the definition leaves out: implausible results, and children who died this month.
  public var excluded: NameSelection { NameSelection(prevalence, .standing(.excluded)) }
  /// Whom nobody can judge, since something is missing; most were not measured this month.
  public var unknown: NameSelection { NameSelection(prevalence, .standing(.unknown)) }

  /// Indicators count everybody beyond a limit, so each category is one of them without the next
  /// further one: lower limits count downwards, upper ones upwards.
  private init(
    _ id: String, _ prevalence: Indicator, below: [(String, Indicator)], normal: String,
    above: [(String, Indicator)]
  ) {
    self.id = id
    self.prevalence = prevalence
    var categories: [Category] = []
    for (position, (code, indicator)) in below.enumerated() {
      let further = position == 0 ? nil : below[position - 1].1
      categories.append(Category(code: code, selection: .reached(indicator, without: further)))
    }
    categories.append(
      Category(
        code: normal,
        selection: NameSelection(prevalence, .standing(.missed), without: above.first?.1)))
    for (position, (code, indicator)) in above.enumerated() {
      let further = position + 1 < above.count ? above[position + 1].1 : nil
      categories.append(Category(code: code, selection: .reached(indicator, without: further)))
    }
    self.categories = categories
  }

  /// BB/U, PB/U or TB/U, BB/PB or BB/TB.
  public static let all = [
    StatusTable(
      "wfa", .underweight,
      below: [("severely_underweight", .severelyUnderweight), ("underweight", .underweight)],
      normal: "weight_normal", above: [("weight_risk_over", .highWeightForAge)]),
    StatusTable(
      "lfa", .stunted,
      below: [("severely_stunted", .severelyStunted), ("stunted", .stunted)],
      normal: "height_normal", above: [("tall", .tall)]),
    StatusTable(
      "wfl", .wasted, below: [("severely_wasted", .severelyWasted), ("wasted", .wasted)],
      normal: "nutrition_normal",
      above: [
        ("nutrition_risk_over", .riskOfOverweight), ("overweight", .overweight),
        ("obese", .obese),
      ]),
  ]
}
