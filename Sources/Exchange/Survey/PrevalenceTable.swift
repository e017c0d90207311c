import Foundation
import Health
import Monitoring
import Programmes

/// The prevalences of a survey under the names of WHO's package, by age group and sex.
public struct PrevalenceTable: Sendable {
  /// One group of children.
  public struct Group: Hashable, Sendable {
    /// WHO's name of the age group; nothing for all ages.
    public let age: String?
    /// The sex; nothing for both.
    public let sex: Sex?
    private let months: Range<Double>?

    fileprivate init(age: (name: String, months: Range<Double>)? = nil, sex: Sex? = nil) {
      self.age = age?.name
      self.sex = sex
      months = age?.months
    }

    /// WHO's name of the group.
    public var name: String {
      let sex = self.sex.map { $0 == .male ? "Male" : "Female" }
      switch (age, sex) {
      case (nil, nil): return "All"
      case (let age?, nil): return "Age group: \(age)"
      case (nil, let sex?): return "Sex: \(sex)"
      case (let age?, let sex?): return "Age + sex: \(age).\(sex)"
      }
    }

    func holds(_ child: SurveyChild) -> Bool {
      if let sex, child.sex != sex { return false }
      guard let months else { return true }
      return child.ageMonths.map(months.contains) ?? false
    }

    private static let ages: [(name: String, months: Range<Double>)] = [
      ("00-05 mo", 0..<6), ("06-11 mo", 6..<12), ("12-23 mo", 12..<24), ("24-35 mo", 24..<36),
      ("36-47 mo", 36..<48), ("48-59 mo", 48..<60),
    ]

    /// All groups in WHO's order.
    static let all: [Group] =
      [Group()] + ages.map { Group(age: $0) } + [Group(sex: .female), Group(sex: .male)]
      + [Sex.female, .male].flatMap { sex in ages.map { Group(age: $0, sex: sex) } }
  }

  /// How many rows were read.
  public let rows: Int
  /// Children older than the standards, who are left out.
  public let tooOld: Int
  /// Children without a cluster or stratum where the file has such a column, who are left out.
  public let withoutDesign: Int
  /// Children without a sampling weight where the file has such a column; they weigh nothing.
  public let withoutWeight: Int
  private let design: SurveyDesign

  /// Reads a survey.
  public init(path: String, agesInMonths: Bool) throws {
    var children: [SurveyChild] = []
    var rows = 0
    var withoutDesign = 0
    var withoutWeight = 0
    try SurveyFile.read(path) { columns, row in
      rows += 1
      var child = SurveyChild(
        measurement: columns.measurement(row, agesInMonths: agesInMonths))
      if columns.has(.cluster) || columns.has(.strata) {
        child.cluster = columns.label(.cluster, row)
        child.stratum = columns.label(.strata, row)
        guard !columns.has(.cluster) || !child.cluster.isEmpty,
          !columns.has(.strata) || !child.stratum.isEmpty
        else {
          withoutDesign += 1
          return
        }
      }
      if columns.has(.samplingWeight) {
        let weight = try columns.samplingWeight(row)
        if weight == nil { withoutWeight += 1 }
        child.samplingWeight = weight ?? 0
      }
      children.append(child)
    }
    design = SurveyDesign(children)
    self.rows = rows
    self.withoutDesign = withoutDesign
    self.withoutWeight = withoutWeight
    tooOld = children.count - design.children.count
  }

  /// A prevalence that the table shows to people.
  public struct Line: Hashable, Sendable {
    /// The group.
    public let group: Group
    /// How many children have at least one of the indices.
    public let children: Int
    /// The prevalences in the order of ``headings``.
    public let estimates: [SurveyEstimate?]
  }

  /// The prevalences that ``lines`` shows: those that programmes report.
  public static let headings = [
    "HAZ<-3", "HAZ<-2", "WAZ<-3", "WAZ<-2", "WHZ<-3", "WHZ<-2", "WHZ>+2", "BAZ<-2", "BAZ>+2",
    "MUAC<11.5", "MUAC<12.5",
  ]

  /// The prevalences that programmes report, by group.
  public var lines: [Line] {
    Group.all.map { group in
      func below(_ index: GrowthIndex, _ limit: Int32) -> SurveyEstimate? {
        design.share(of: { $0.counted(index).map { $0 < limit } }, in: group.holds)
      }
      func above(_ index: GrowthIndex, _ limit: Int32) -> SurveyEstimate? {
        design.share(of: { $0.counted(index).map { $0 > limit } }, in: group.holds)
      }
      func arm(_ limit: Int32) -> SurveyEstimate? {
        design.share(of: { $0.armHundredths.map { $0 < limit } }, in: group.holds)
      }
      let indices: [GrowthIndex] = [
        .lengthHeightForAge, .weightForAge, .weightForLengthHeight, .bodyMassIndexForAge,
      ]
      return Line(
        group: group,
        children: design.children.filter { child in
          group.holds(child)
            && (child.armHundredths != nil || indices.contains { child.counted($0) != nil })
        }.count,
        estimates: [
          below(.lengthHeightForAge, -300), below(.lengthHeightForAge, -200),
          below(.weightForAge, -300), below(.weightForAge, -200),
          below(.weightForLengthHeight, -300), below(.weightForLengthHeight, -200),
          above(.weightForLengthHeight, 200), below(.bodyMassIndexForAge, -200),
          above(.bodyMassIndexForAge, 200), arm(1150), arm(1250),
        ])
    }
  }

  /// Heading and rows with every column of WHO's package under its name, then LiLA, which that
  /// package does not count: `MUAC_115` under 11.5 cm and `MUAC_125` under 12.5 cm, from 6 to 59
  /// months.
  public var csv: [[String]] {
    let tables = Group.all.map { columns(of: $0) }
    return [["Group"] + (tables.first ?? []).map(\.name)]
      + zip(Group.all, tables).map { [$0.name] + $1.map(\.value) }
  }

  private typealias Column = (name: String, value: String)

  private static let indices: [(index: GrowthIndex, name: String, population: String)] = [
    (.lengthHeightForAge, "HA", "HAZ"), (.weightForAge, "WA", "WAZ"),
    (.bodyMassIndexForAge, "BMI", "BMIZ"), (.weightForLengthHeight, "WH", "WHZ"),
  ]

  private func columns(of group: Group) -> [Column] {
    var columns: [Column] = []
    for (index, name, population) in PrevalenceTable.indices {
      columns += size(population, group) { $0.counted(index) != nil }
      for line in [Int32(3), 2, 1] {
        columns += share("\(name)_\(line)", group) {
          $0.counted(index).map { $0 < -100 * line }
        }
      }
      for line in Int32(1)...3 {
        columns += share("\(name)\(line)", group) { $0.counted(index).map { $0 > 100 * line } }
      }
      let value: (SurveyChild) -> Double? = { $0.score(index).map { Double($0) / 100 } }
      columns += PrevalenceTable.columns(name, design.mean(of: value, in: group.holds))
      columns.append(
        (
          "\(name)_stdev",
          PrevalenceTable.text(design.standardDeviation(of: value, in: group.holds))
        ))
    }
    let both: (SurveyChild) -> (Int32, Int32)? = { child in
      child.counted(.lengthHeightForAge).flatMap { length in
        child.counted(.weightForLengthHeight).map { (length, $0) }
      }
    }
    columns += size("HA_2_WH_2", group) { both($0) != nil }
    columns += share("HA_2_WH_2", group) { both($0).map { $0.0 < -200 && $0.1 < -200 } }
    columns += share("HA_2_WH2", group) { both($0).map { $0.0 < -200 && $0.1 > 200 } }
    columns += size("MUAC", group) { $0.armHundredths != nil }
    columns += share("MUAC_115", group) { $0.armHundredths.map { $0 < 1150 } }
    columns += share("MUAC_125", group) { $0.armHundredths.map { $0 < 1250 } }
    return columns
  }

  private func size(
    _ name: String, _ group: Group, _ counts: (SurveyChild) -> Bool
  ) -> [Column] {
    let counted = design.children.filter { group.holds($0) && counts($0) }
    let population = counted.reduce(0) { $0 + $1.samplingWeight }
    return [
      ("\(name)_pop", PrevalenceTable.text(population)), ("\(name)_unwpop", "\(counted.count)"),
    ]
  }

  private func share(
    _ name: String, _ group: Group, _ isCase: (SurveyChild) -> Bool?
  ) -> [Column] {
    PrevalenceTable.columns(name, design.share(of: isCase, in: group.holds))
  }

  private static func columns(_ name: String, _ estimate: SurveyEstimate?) -> [Column] {
    [
      ("\(name)_r", text(estimate?.value)), ("\(name)_se", text(estimate?.standardError)),
      ("\(name)_ll", text(estimate?.lower)), ("\(name)_ul", text(estimate?.upper)),
    ]
  }

  private static func text(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return String(format: "%.15g", value)
  }
}
