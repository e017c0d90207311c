import Health

/// Reads what ``DefinitionWriter`` wrote.
struct DefinitionReader {
  var bytes: ByteReader
  private(set) var settings: [ClinicalSetting] = []
  private var elements: [DataElement] = []
  private var tables: [DecisionTable] = []
  private var instruments: [Instrument] = []
  var depth = 0
  private let source = Source(id: "", title: "", edition: "", place: "", standing: .fromMemory)

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = ByteReader(bytes) }

  var isAtEnd: Bool { bytes.isAtEnd }

  mutating func byte() throws(WireError) -> UInt8 { try bytes.byte() }

  mutating func list<Element>(
    _ read: (inout DefinitionReader) throws(WireError) -> Element
  ) throws(WireError) -> [Element] {
    let count = try bytes.count(limit: PackedDefinitions.limit)
    var result: [Element] = []
    for _ in 0..<count { result.append(try read(&self)) }
    return result
  }

  mutating func code<Code: RawRepresentable<UInt8>>() throws(WireError) -> Code {
    guard let code = Code(rawValue: try bytes.byte()) else { throw .unknownForm }
    return code
  }

  mutating func number() throws(WireError) -> UInt16 {
    guard let number = UInt16(exactly: try bytes.unsigned()) else { throw .numberTooLarge }
    return number
  }

  mutating func bits() throws(WireError) -> UInt32 {
    guard let bits = UInt32(exactly: try bytes.unsigned()) else { throw .numberTooLarge }
    return bits
  }

  mutating func flag() throws(WireError) -> Bool {
    switch try bytes.byte() {
    case 0: return false
    case 1: return true
    default: throw .unknownForm
    }
  }

  mutating func range() throws(WireError) -> ClosedRange<Int32> {
    let least = try bytes.signed32()
    let most = try bytes.signed32()
    guard least <= most else { throw .unknownForm }
    return least...most
  }

  // MARK: What comes again

  mutating func readSettings() throws(WireError) {
    settings = try list { reader throws(WireError) in
      let number = try reader.number()
      let unit = try reader.byte()
      let range = try reader.range()
      let standard = try reader.bytes.signed32()
      guard unit == 0 || QuantityUnit(rawValue: unit) != nil else { throw .unknownForm }
      return ClinicalSetting(
        number, "", in: QuantityUnit(rawValue: unit), within: range,
        readings: [ClinicalSetting.Reading(standard, reader.source)])
    }
  }

  mutating func setting() throws(WireError) -> ClinicalSetting {
    let number = try number()
    guard let setting = settings.first(where: { $0.number == number }) else { throw .unknownForm }
    return setting
  }

  /// The place of something that was read before; nothing where it follows.
  mutating func place(among known: Int) throws(WireError) -> Int? {
    let place = try bytes.count(limit: known)
    return place == 0 ? nil : place - 1
  }

  mutating func element() throws(WireError) -> DataElement {
    if let place = try place(among: elements.count) { return elements[place] }
    let code = try number()
    guard code <= VisitBody.largestElement else { throw .numberTooLarge }
    let matter = SensitiveMatters(rawValue: try bytes.byte())
    let form: DataElement.Form
    switch try bytes.byte() {
    case 1: form = .yesNo
    case 2: form = .quantity(try self.code(), try range())
    case 3: form = .choice(try bytes.byte())
    case 4: form = .day
    default: throw .unknownForm
    }
    let element = DataElement(code, "", form, matter: matter)
    elements.append(element)
    return element
  }

  mutating func table() throws(WireError) -> DecisionTable {
    if let place = try place(among: tables.count) { return tables[place] }
    let number = try number()
    let moment: DecisionTable.Moment =
      try flag() ? .lastVisit(try purpose(), within: try span()) : .today
    let applies = try criterion()
    let rows = try list { reader throws(WireError) in
      DecisionTable.Row(
        try reader.number(), "", try reader.code(), when: try reader.criterion())
    }
    guard rows.count <= 255 else { throw .limitExceeded }
    let services = try list { reader throws(WireError) in try reader.number() }
    let table = DecisionTable(
      number, "", source: source, at: moment, for: applies, whileOwed: services, rows)
    tables.append(table)
    return table
  }

  mutating func instrument() throws(WireError) -> Instrument {
    if let place = try place(among: instruments.count) { return instruments[place] }
    let number = try number()
    let applies = try criterion()
    let base = try bytes.signed32()
    let items = try list { reader throws(WireError) in
      let points = try reader.bytes.signed32()
      if try reader.flag() {
        return Instrument.Item(
          pointsOf: try reader.element(), upTo: points, try reader.scope())
      }
      return Instrument.Item("", points, when: try reader.criterion())
    }
    let bands = try list { reader throws(WireError) in
      let limit = Limit(
        hundredths: try reader.bytes.signed32(), belongsBelow: try reader.flag())
      return Classification<Instrument.Band>.Band(limit, try reader.band())
    }
    let instrument = Instrument(
      number, "", source: source, for: applies, base: base, items,
      bands: Classification(source: source, bands, above: try band()))
    instruments.append(instrument)
    return instrument
  }

  mutating func band() throws(WireError) -> Instrument.Band {
    Instrument.Band(try bytes.byte(), "", try code())
  }

  // MARK: Guidelines

  mutating func guideline() throws(WireError) -> Guideline {
    Guideline(
      try number(), "", source: source, for: try criterion(),
      services: try list { reader throws(WireError) in try reader.service() },
      series: try list { reader throws(WireError) in try reader.series() },
      matrices: try list { reader throws(WireError) in try reader.matrix() },
      tables: try list { reader throws(WireError) in try reader.table() },
      instruments: try list { reader throws(WireError) in try reader.instrument() },
      dangerSigns: try list { reader throws(WireError) in try reader.dangerSign() })
  }

  mutating func service() throws(WireError) -> CareService {
    CareService(
      try number(), "", source: source, for: try criterion(), try timing(),
      doneBy: try evidence(), in: CareSettings(rawValue: try number()))
  }

  mutating func series() throws(WireError) -> ContactSeries {
    ContactSeries(
      source: source, for: try criterion(), after: try code(), counting: try purpose(),
      by: Performers(rawValue: try number()), showing: try flag() ? try element() : nil,
      distances: try list { reader throws(WireError) in
        ContactDistance(until: try reader.optionalSpan(), apart: try reader.span())
      },
      try list { reader throws(WireError) in
        ContactSlot(
          try reader.number(), "", opens: try reader.span(), late: try reader.span(),
          closes: try reader.optionalSpan())
      })
  }

  mutating func matrix() throws(WireError) -> CareMatrix {
    CareMatrix(
      source: source, for: try criterion(), at: try series(),
      try list { reader throws(WireError) in
        CareMatrix.Row(
          try reader.number(), "", doneBy: try reader.evidence(),
          at: try reader.list { reader throws(WireError) in try reader.byte() },
          onIndication: try reader.list { reader throws(WireError) in try reader.byte() },
          when: try reader.criterion(), in: CareSettings(rawValue: try reader.number()))
      })
  }

  mutating func dangerSign() throws(WireError) -> DangerSign {
    DangerSign(
      try element(), try comparison(), try code(), in: try criterion(), shownFor: try period(),
      source: source)
  }

  mutating func form() throws(WireError) -> VisitForm {
    VisitForm(
      try number(), "", purposes: try purpose(), for: try criterion(),
      try list { reader throws(WireError) in
        let drawing = try reader.byte()
        guard drawing < 4 else { throw .unknownForm }
        return FormSection(
          "", areSigns: drawing & 1 != 0, folds: drawing & 2 != 0,
          try reader.list { reader throws(WireError) in
            let element = try reader.element()
            let isNeeded = try reader.flag()
            let performers = Performers(rawValue: try reader.number())
            return FormQuestion(
              element, when: try reader.criterion(), isNeeded: isNeeded, by: performers)
          })
      })
  }
}
