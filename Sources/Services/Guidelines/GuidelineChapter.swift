import Guidance
import Health
import Journal
import Programmes

/// One guideline with all that is printed, explained and signed with it.
public struct GuidelineChapter: Sendable {
  /// What a chapter is about.
  public enum Content: Sendable {
    /// Services, visits, tables, questionnaires and signs, with the forms that ask for what they
    /// need and the tables of doses that belong to them.
    case care(Guideline, forms: [VisitForm], doses: [DosingTable])
    /// Growth and nutritional status of children.
    case growth(GrowthSettings)
    /// The immunisation schedule.
    case immunization(ImmunizationEdition, ImmunizationSettings)
  }

  /// Its name in addresses, catalogues and facts; never changed.
  public let code: String
  /// The publication that it follows.
  public let source: Source
  /// What it is about.
  public let content: Content
  /// The settings that its rules name, by number.
  public let settings: [ClinicalSetting]
  /// The digest of all its definitions with the settings in force: what was signed is exactly this.
  public let digest: ChainHash

  /// The beginning of the digest, as pages show it.
  public var shortDigest: String { String(digest.hexadecimal.prefix(12)) }

  /// The subject of facts about it: the same for every program and district.
  public var subject: Identifier { GuidelineChapter.subject(of: code) }

  static func subject(of code: String) -> Identifier {
    let bytes = ChainHash(of: Array("sikilap guideline \(code)".utf8)).bytes
    func half(_ start: Int) -> UInt64 {
      bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return Identifier(contentDigest: half(0), half(8))
  }

  /// A care guideline, with settings that its program reads besides those that its rules name.
  init(
    _ guideline: Guideline, forms: [VisitForm], doses: [DosingTable],
    alsoReads settings: [ClinicalSetting], in force: ClinicalSettings
  ) {
    var writer = DefinitionWriter(settings: force)
    writer.guideline(guideline)
    writer.list(forms) { $0.form($1) }
    writer.list(doses) { $0.doses($1) }
    writer.list(settings) { $0.setting($1) }
    code = "\(guideline.name)"
    source = guideline.source
    content = .care(guideline, forms: forms, doses: doses)
    self.settings = writer.namedSettings
    digest = ChainHash(of: writer.bytes)
  }

  /// Growth by the national standard under a district's settings.
  init(growth: GrowthSettings) {
    var writer = DefinitionWriter(settings: ClinicalSettings())
    writer.list(PackedSettings.pack(growth)) { $0.number($1) }
    writer.classification(NutritionalStatus.weightForAge)
    writer.classification(NutritionalStatus.lengthHeightForAge)
    writer.classification(NutritionalStatus.weightForLengthHeight)
    writer.classification(NutritionalStatus.headCircumferenceForAge)
    writer.classification(NutritionalStatus.armCircumference(growth))
    writer.classification(NewbornSizes.birthWeight)
    writer.classification(NewbornSizes.forGestationalAge)
    code = GuidelineBook.growthCode
    source = NutritionalStatus.source
    content = .growth(growth)
    settings = []
    digest = ChainHash(of: writer.bytes)
  }

  /// An edition of the immunisation schedule under a district's settings.
  init(_ edition: ImmunizationEdition, _ chosen: ImmunizationSettings) {
    var writer = DefinitionWriter(settings: ClinicalSettings())
    writer.text(edition.name)
    writer.source(edition.source)
    writer.list(ImmunizationRow.childhood(chosen)) { $0.row($1) }
    writer.list(SchoolRow.rows(edition, chosen)) { $0.row($1) }
    let periods = [TetanusStatus.childhood] + TetanusStatus.intervals + TetanusStatus.protections
    writer.list(periods) { $0.optional(Span.fixed($1)) }
    writer.source(.tetanusStatus)
    writer.list(ImmunizationSetting.allCases) { writer, setting in
      writer.text(setting.name)
      writer.number(chosen[setting])
    }
    code = GuidelineBook.immunizationCode
    source = edition.source
    content = .immunization(edition, chosen)
    settings = []
    digest = ChainHash(of: writer.bytes)
  }
}

extension DefinitionWriter {
  fileprivate mutating func classification<Category>(_ table: Classification<Category>) {
    source(table.source)
    list(table.bands) { writer, band in
      writer.number(band.limit.hundredths)
      writer.mark(band.limit.belongsBelow ? 1 : 0)
      writer.text(String(describing: band.category))
    }
    text(String(describing: table.above))
  }

  private mutating func months(_ range: ClosedRange<Int32>?) {
    optional(range?.lowerBound)
    optional(range?.upperBound)
  }

  fileprivate mutating func row(_ row: ImmunizationRow) {
    number(row.vaccine.rawValue)
    number(row.number)
    months(row.ideal)
    months(row.allowed)
    months(row.catchUp)
    optional(row.interval.map { Span.fixed($0) })
    source(row.source)
    source(row.intervalSource)
  }

  fileprivate mutating func row(_ row: SchoolRow) {
    for value in [row.vaccine.rawValue, row.number, row.schoolClass, row.month] { number(value) }
    mark(row.onlyGirls ? 1 : 0)
    optional(row.interval.map { Span.fixed($0) })
  }
}
