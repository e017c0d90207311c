import Health

/// Writes definitions. What comes again, as an element or a table, is written where it comes first
/// and named by its place among those from then on.
struct DefinitionWriter {
  var bytes = ByteWriter(capacity: 1 << 16)
  private(set) var settings: [ClinicalSetting] = []
  private var elements: [DataElement] = []
  private var tables: [DecisionTable] = []
  private var instruments: [Instrument] = []

  mutating func count(_ count: Int) { bytes.unsigned(UInt64(count)) }

  mutating func code<Code: RawRepresentable<UInt8>>(_ value: Code) {
    bytes.byte(value.rawValue)
  }

  mutating func number(_ number: UInt16) { bytes.unsigned(UInt64(number)) }

  mutating func signed(_ number: Int32) { bytes.signed(Int64(number)) }

  // MARK: What comes again

  mutating func note(_ setting: ClinicalSetting) {
    if !settings.contains(setting) { settings.append(setting) }
  }

  mutating func write(_ setting: ClinicalSetting) {
    note(setting)
    number(setting.number)
    bytes.byte(setting.unit?.rawValue ?? 0)
    signed(setting.range.lowerBound)
    signed(setting.range.upperBound)
    signed(setting.standard)
  }

  mutating func refer(to setting: ClinicalSetting) {
    note(setting)
    number(setting.number)
  }

  /// The place of something among those before it and one; 0 where it is new.
  mutating func place<Thing: Equatable>(of thing: Thing, in known: [Thing]) -> Bool {
    guard let place = known.firstIndex(of: thing) else {
      count(0)
      return false
    }
    count(place + 1)
    return true
  }

  mutating func write(_ element: DataElement) {
    if place(of: element, in: elements) { return }
    elements.append(element)
    number(element.code)
    bytes.byte(element.matter.rawValue)
    switch element.form {
    case .yesNo: bytes.byte(1)
    case .quantity(let unit, let range):
      bytes.byte(2)
      code(unit)
      signed(range.lowerBound)
      signed(range.upperBound)
    case .choice(let choices):
      bytes.byte(3)
      bytes.byte(choices)
    case .day: bytes.byte(4)
    }
  }

  /// A table; those that it asks for stand within it, so it counts as written when it ends.
  mutating func write(_ table: DecisionTable) {
    if place(of: table, in: tables) { return }
    number(table.number)
    switch table.moment {
    case .today: bytes.byte(0)
    case .lastVisit(let purpose, let within):
      bytes.byte(1)
      write(purpose)
      write(within)
    }
    write(table.applies)
    count(table.rows.count)
    for row in table.rows {
      number(row.number)
      code(row.urgency)
      write(row.when)
    }
    count(table.services.count)
    for service in table.services { number(service) }
    tables.append(table)
  }

  mutating func write(_ instrument: Instrument) {
    if place(of: instrument, in: instruments) { return }
    number(instrument.number)
    write(instrument.applies)
    signed(instrument.base)
    count(instrument.items.count)
    for item in instrument.items {
      signed(item.points)
      if let counted = item.counted {
        bytes.byte(1)
        write(counted)
        write(item.scope)
      } else {
        bytes.byte(0)
        write(item.when)
      }
    }
    count(instrument.bands.bands.count)
    for band in instrument.bands.bands {
      signed(band.limit.hundredths)
      bytes.byte(band.limit.belongsBelow ? 1 : 0)
      write(band.category)
    }
    write(instrument.bands.above)
    instruments.append(instrument)
  }

  mutating func write(_ band: Instrument.Band) {
    bytes.byte(band.number)
    code(band.urgency)
  }

  // MARK: Guidelines

  mutating func write(_ guideline: Guideline) {
    number(guideline.number)
    write(guideline.applies)
    count(guideline.services.count)
    for service in guideline.services { write(service) }
    count(guideline.series.count)
    for series in guideline.series { write(series) }
    count(guideline.matrices.count)
    for matrix in guideline.matrices { write(matrix) }
    count(guideline.tables.count)
    for table in guideline.tables { write(table) }
    count(guideline.instruments.count)
    for instrument in guideline.instruments { write(instrument) }
    count(guideline.dangerSigns.count)
    for sign in guideline.dangerSigns { write(sign) }
  }

  mutating func write(_ service: CareService) {
    number(service.number)
    write(service.applies)
    write(service.timing)
    write(service.evidence)
    number(service.settings.rawValue)
  }

  mutating func write(_ series: ContactSeries) {
    write(series.applies)
    code(series.anchor)
    write(series.purpose)
    number(series.performers.rawValue)
    bytes.byte(series.showing == nil ? 0 : 1)
    if let element = series.showing { write(element) }
    count(series.distances.count)
    for distance in series.distances {
      write(distance.until)
      write(distance.apart)
    }
    count(series.slots.count)
    for slot in series.slots {
      number(slot.number)
      write(slot.opens)
      write(slot.late)
      write(slot.closes)
    }
  }

  mutating func write(_ matrix: CareMatrix) {
    write(matrix.applies)
    write(matrix.series)
    count(matrix.rows.count)
    for row in matrix.rows {
      number(row.number)
      write(row.evidence)
      count(row.visits.count)
      for visit in row.visits { bytes.byte(visit) }
      count(row.onIndication.count)
      for visit in row.onIndication { bytes.byte(visit) }
      write(row.indication)
      number(row.settings.rawValue)
    }
  }

  mutating func write(_ sign: DangerSign) {
    write(sign.element)
    write(sign.comparison)
    code(sign.urgency)
    write(sign.applies)
    write(sign.shownFor)
  }

  mutating func write(_ form: VisitForm) {
    number(form.number)
    write(form.purposes)
    write(form.applies)
    count(form.sections.count)
    for section in form.sections {
      bytes.byte(section.drawing)
      count(section.questions.count)
      for question in section.questions {
        write(question.element)
        bytes.byte(question.isNeeded ? 1 : 0)
        number(question.performers.rawValue)
        write(question.when)
      }
    }
  }
}
