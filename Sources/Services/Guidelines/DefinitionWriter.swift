import Guidance
import Health

/// Writes definitions of guidelines in one canonical form, of which ``GuidelineChapter/digest`` is
/// made: every value that decides or is printed, and with every setting its name, its readings and
/// the figure in force. How the program lays rules out for speed is not in it.
struct DefinitionWriter {
  private var writer = ByteWriter(capacity: 16_384)
  private let settings: ClinicalSettings
  /// What was written in full; after that the number stands for it.
  private var tables: Set<UInt16> = []
  private var instruments: Set<UInt16> = []
  private var named: [UInt16: ClinicalSetting] = [:]

  init(settings: ClinicalSettings) { self.settings = settings }

  /// What was written.
  var bytes: [UInt8] { writer.bytes }
  /// The settings that were named, by number.
  var namedSettings: [ClinicalSetting] { named.values.sorted { $0.number < $1.number } }

  // MARK: Simple things

  mutating func mark(_ tag: UInt8) { writer.byte(tag) }

  mutating func number(_ value: some BinaryInteger) { writer.signed(Int64(value)) }

  mutating func optional(_ value: (some BinaryInteger)?) {
    mark(value == nil ? 0 : 1)
    if let value { number(value) }
  }

  mutating func text(_ value: String) {
    let bytes = Array(value.utf8)
    writer.unsigned(UInt64(bytes.count))
    writer.raw(bytes)
  }

  mutating func text(_ value: StaticString) { text("\(value)") }

  mutating func list<Value>(
    _ values: [Value], _ write: (inout DefinitionWriter, Value) -> Void
  ) {
    writer.unsigned(UInt64(values.count))
    for value in values { write(&self, value) }
  }

  mutating func source(_ source: Source) {
    for part in [source.id, source.title, source.edition, source.place] { text(part) }
    number(source.standing.rawValue)
  }

  mutating func period(_ period: Period) {
    number(period.months)
    number(period.days)
  }

  mutating func span(_ span: Span) {
    switch span {
    case .fixed(let period):
      mark(1)
      self.period(period)
    case .setting(let setting, let plus):
      mark(2)
      self.setting(setting)
      number(plus)
    }
  }

  mutating func optional(_ span: Span?) {
    mark(span == nil ? 0 : 1)
    if let span { self.span(span) }
  }

  /// A setting: the first time in full.
  mutating func setting(_ setting: ClinicalSetting) {
    number(setting.number)
    guard named.updateValue(setting, forKey: setting.number) == nil else { return }
    text(setting.name)
    optional(setting.unit?.rawValue)
    number(setting.range.lowerBound)
    number(setting.range.upperBound)
    list(setting.readings) { writer, reading in
      writer.number(reading.value)
      writer.source(reading.source)
    }
    number(settings[setting])
  }

  mutating func element(_ element: DataElement) {
    number(element.code)
    text(element.name)
    number(element.matter.rawValue)
    switch element.form {
    case .yesNo: mark(1)
    case .quantity(let unit, let range):
      mark(2)
      for value in [Int32(unit.rawValue), range.lowerBound, range.upperBound] { number(value) }
    case .choice(let count):
      mark(3)
      number(count)
    case .day: mark(4)
    }
  }

  // MARK: Criteria

  mutating func threshold(_ threshold: Threshold) {
    switch threshold {
    case .fixed(let amount):
      mark(1)
      number(amount.value)
      number(amount.unit.rawValue)
    case .setting(let setting):
      mark(2)
      self.setting(setting)
    }
  }

  mutating func comparison(_ comparison: Comparison) {
    switch comparison {
    case .isYes: mark(1)
    case .below(let threshold):
      mark(2)
      self.threshold(threshold)
    case .atLeast(let threshold):
      mark(3)
      self.threshold(threshold)
    case .oneOf(let choices):
      mark(4)
      number(choices)
    case .known: mark(5)
    }
  }

  mutating func scope(_ scope: Scope) {
    switch scope {
    case .ever: mark(1)
    case .last(let period):
      mark(2)
      self.period(period)
    case .thisPregnancy: mark(3)
    case .sinceBirth: mark(4)
    case .today: mark(5)
    }
  }

  private mutating func looked(
    _ tag: UInt8, _ element: DataElement, _ comparison: Comparison, _ scope: Scope
  ) {
    mark(tag)
    self.element(element)
    self.comparison(comparison)
    self.scope(scope)
  }

  private mutating func parts(_ tag: UInt8, _ criteria: [Criterion]) {
    mark(tag)
    list(criteria) { $0.criterion($1) }
  }

  mutating func criterion(_ criterion: Criterion) {
    switch criterion {
    case .always: mark(1)
    case .sex(let sex):
      mark(2)
      number(sex.rawValue)
    case .after(let anchor, let from, let until):
      mark(3)
      number(anchor.rawValue)
      span(from)
      optional(until)
    case .pregnant: mark(4)
    case .afterBirth: mark(5)
    case .latest(let element, let comparison, let scope): looked(6, element, comparison, scope)
    case .any(let element, let comparison, let scope): looked(7, element, comparison, scope)
    case .whereObserved(let element, let comparison, let scope):
      looked(8, element, comparison, scope)
    case .inClass(let table, let rows):
      mark(9)
      self.table(table)
      number(rows)
    case .score(let instrument, let comparison):
      mark(10)
      self.instrument(instrument)
      self.comparison(comparison)
    case .pregnancyFigure(let figure, let comparison):
      mark(11)
      number(figure.rawValue)
      self.comparison(comparison)
    case .all(let criteria): parts(12, criteria)
    case .one(let criteria): parts(13, criteria)
    case .atLeast(let count, let criteria):
      parts(14, criteria)
      number(count)
    case .not(let criterion):
      mark(15)
      self.criterion(criterion)
    case .setting(let setting):
      mark(16)
      self.setting(setting)
    case .contacts(let count): contacts(count)
    case .asObserved(let element, let scope, let criterion):
      mark(18)
      self.element(element)
      self.scope(scope)
      self.criterion(criterion)
    case .later(let element, let other, let span, let scope):
      mark(19)
      self.element(element)
      self.element(other)
      self.span(span)
      self.scope(scope)
    }
  }

  private mutating func contacts(_ count: ContactCount) {
    mark(17)
    number(count.purpose.rawValue)
    number(count.performers.rawValue)
    number(count.anchor.rawValue)
    span(count.from)
    optional(count.until)
    number(count.least)
    mark(count.showing == nil ? 0 : 1)
    if let element = count.showing { self.element(element) }
  }

  // MARK: Tables and instruments

  /// A table: the first time in full.
  mutating func table(_ table: DecisionTable) {
    number(table.number)
    guard tables.insert(table.number).inserted else { return }
    text(table.name)
    source(table.source)
    switch table.moment {
    case .today: mark(1)
    case .lastVisit(let purpose, let within):
      mark(2)
      number(purpose.rawValue)
      span(within)
    }
    criterion(table.applies)
    list(table.services) { $0.number($1) }
    list(table.rows) { writer, row in
      writer.number(row.number)
      writer.text(row.name)
      writer.number(row.urgency.rawValue)
      writer.criterion(row.when)
      writer.actions(row.actions)
    }
  }

  mutating func actions(_ actions: [CareAction]) {
    list(actions) { $0.action($1) }
  }

  private mutating func action(_ action: CareAction) {
    number(action.number)
    text(action.name)
    if let figure = action.figure { setting(figure) }
  }

  /// An instrument: the first time in full.
  mutating func instrument(_ instrument: Instrument) {
    number(instrument.number)
    guard instruments.insert(instrument.number).inserted else { return }
    text(instrument.name)
    source(instrument.source)
    criterion(instrument.applies)
    number(instrument.base)
    list(instrument.items) { writer, item in
      writer.text(item.name)
      writer.number(item.points)
      writer.criterion(item.when)
      writer.scope(item.scope)
      writer.optional(item.counted?.code)
    }
    list(instrument.bands.bands) { writer, band in
      writer.number(band.limit.hundredths)
      writer.mark(band.limit.belongsBelow ? 1 : 0)
      writer.band(band.category)
    }
    band(instrument.bands.above)
  }

  private mutating func band(_ band: Instrument.Band) {
    number(band.number)
    text(band.name)
    number(band.urgency.rawValue)
    actions(band.actions)
  }
}
