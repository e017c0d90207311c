import Health

extension PackedCarePlan {
  /// Reads a packed plan.
  ///
  /// - Parameter band: the class of that number of the instrument of that number; where it has
  ///   none the plan is of another book.
  /// - Throws: ``WireError`` where the bytes are no plan of this version and this book.
  public static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>,
    band: (_ instrument: UInt16, _ number: UInt8) -> Instrument.Band?
  ) throws(WireError) -> CarePlan {
    var reader = ByteReader(bytes)
    guard try reader.byte() == mark.0, try reader.byte() == mark.1 else { throw .notThisFormat }
    let written = try reader.byte()
    guard written == version else { throw .unknownVersion(written) }
    let day = try reader.day()
    let holdsUntil = try reader.day()
    var count = try reader.count(limit: limit)
    var services: [PlannedService] = []
    for _ in 0..<count {
      services.append(
        PlannedService(service: try number(&reader), status: try status(since: day, &reader)))
    }
    count = try reader.count(limit: limit)
    var classes: [PlannedClass] = []
    for _ in 0..<count {
      classes.append(PlannedClass(table: try number(&reader), answer: try answer(&reader)))
    }
    count = try reader.count(limit: limit)
    var scores: [PlannedScore] = []
    for _ in 0..<count { scores.append(try score(&reader, band)) }
    count = try reader.count(limit: limit)
    var dangers: [SeenDanger] = []
    for _ in 0..<count {
      let element = try number(&reader)
      guard let urgency = Urgency(rawValue: try reader.byte()) else { throw .unknownForm }
      dangers.append(
        SeenDanger(
          element: element, urgency: urgency, on: try date(since: day, &reader),
          fact: try reader.identifier()))
    }
    guard reader.isAtEnd else { throw .unknownForm }
    return CarePlan(
      day: day, holdsUntil: holdsUntil, services: services, classes: classes, scores: scores,
      dangers: dangers)
  }

  private static func number(_ reader: inout ByteReader) throws(WireError) -> UInt16 {
    let value = try reader.unsigned()
    guard value <= UInt64(UInt16.max) else { throw .numberTooLarge }
    return UInt16(value)
  }

  private static func missing(_ reader: inout ByteReader) throws(WireError) -> Missing? {
    let value = try number(&reader)
    return value == 0 ? nil : Missing(rawValue: value)
  }

  private static func date(
    since day: CivilDate, _ reader: inout ByteReader
  ) throws(WireError) -> CivilDate {
    let distance = try reader.signed32()
    let (number, isTooLarge) = day.dayNumber.addingReportingOverflow(distance)
    guard !isTooLarge else { throw .numberTooLarge }
    return CivilDate(dayNumber: number)
  }

  private static func status(
    since day: CivilDate, _ reader: inout ByteReader
  ) throws(WireError) -> ServiceStatus {
    switch try reader.byte() {
    case 1: return .done(on: try date(since: day, &reader), fact: try reader.identifier())
    case 2: return .due(since: try date(since: day, &reader), late: nil)
    case 3: return .due(since: try date(since: day, &reader), late: try date(since: day, &reader))
    case 4:
      return .overdue(since: try date(since: day, &reader), late: try date(since: day, &reader))
    case 5: return .upcoming(from: try date(since: day, &reader))
    case 6: return .missed(since: try date(since: day, &reader))
    case 7: return .refused(on: try date(since: day, &reader), fact: try reader.identifier())
    case 8: return .unknown(Missing(rawValue: try number(&reader)))
    default: throw .unknownForm
    }
  }

  private static func answer(_ reader: inout ByteReader) throws(WireError) -> TableAnswer {
    switch try reader.byte() {
    case 1: return .none
    case 2: return .unknown(Missing(rawValue: try number(&reader)))
    case 3: return .row(try reader.byte(), notExcluded: try missing(&reader))
    default: throw .unknownForm
    }
  }

  private static func score(
    _ reader: inout ByteReader,
    _ band: (_ instrument: UInt16, _ number: UInt8) -> Instrument.Band?
  ) throws(WireError) -> PlannedScore {
    let instrument = try number(&reader)
    let least = try reader.signed32()
    let most = try reader.signed32()
    let unanswered = try reader.unsigned()
    guard unanswered <= UInt64(limit) else { throw .limitExceeded }
    let missing = try missing(&reader)
    guard let lower = band(instrument, try reader.byte()),
      let upper = band(instrument, try reader.byte())
    else { throw .unknownForm }
    return PlannedScore(
      instrument: instrument,
      score: InstrumentScore(
        least: least, most: most, unanswered: Int32(unanswered), missing: missing, band: lower,
        bandAtMost: upper))
  }
}

extension Instrument {
  /// The class of that number.
  public func band(_ number: UInt8) -> Band? {
    bands.bands.first { $0.category.number == number }?.category
      ?? (bands.above.number == number ? bands.above : nil)
  }
}
