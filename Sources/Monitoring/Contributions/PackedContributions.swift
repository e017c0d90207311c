import Health

/// A child's contributions packed for storing: months that are alike are written once.
/// Format: docs/formats/contributions.md.
public enum PackedContributions {
  /// The version that this program writes.
  public static let version: UInt8 = 1

  /// Packs months, which are in order.
  public static func pack(_ months: [ChildMonth]) -> [UInt8] {
    var writer = ByteWriter(capacity: 256)
    writer.byte(version)
    var places: [Identifier] = []
    for month in months where !places.contains(month.place) { places.append(month.place) }
    writer.unsigned(UInt64(places.count))
    for place in places { writer.identifier(place) }
    var index = 0
    var previous: Int32 = 0
    while index < months.count {
      let first = months[index]
      var end = index + 1
      while end < months.count, months[end].month == months[end - 1].month.advanced(by: 1),
        months[end].place == first.place, months[end].stratum == first.stratum,
        months[end].vector == first.vector
      {
        end += 1
      }
      writer.signed(Int64(first.month.number - previous))
      writer.unsigned(UInt64(end - index))
      writer.unsigned(UInt64(places.firstIndex(of: first.place) ?? 0))
      writer.byte(UInt8(first.stratum.position))
      for position in 0..<ContributionVector.count { writer.byte(first.vector[position]) }
      previous = months[end - 1].month.number
      index = end
    }
    return writer.bytes
  }

  /// Reads packed months.
  public static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> [ChildMonth] {
    var runs = try RunReader(bytes)
    var months: [ChildMonth] = []
    while let run = try runs.next() {
      for step in 0..<run.length { months.append(run.month(step)) }
    }
    return months
  }

  /// Reads one month alone; nothing where the child does not count in it.
  public static func unpack(
    _ month: CivilMonth, from bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> ChildMonth? {
    var runs = try RunReader(bytes)
    while let run = try runs.next() {
      let step = Int(month.number) - Int(run.first.number)
      if step >= 0, step < run.length { return run.month(step) }
    }
    return nil
  }
}

/// Months in a row in which a child's contributions are alike.
private struct Run {
  let first: CivilMonth
  let length: Int
  let place: Identifier
  let stratum: Stratum
  let vector: ContributionVector

  func month(_ step: Int) -> ChildMonth {
    ChildMonth(
      month: first.advanced(by: step), place: place, stratum: stratum, vector: vector)
  }
}

/// Reads packed contributions run by run.
private struct RunReader {
  private var reader: ByteReader
  private var places: [Identifier] = []
  private var previous: Int32 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == PackedContributions.version else { throw .unknownVersion(version) }
    for _ in 0..<(try reader.count(limit: 1000)) { places.append(try reader.identifier()) }
  }

  mutating func next() throws(WireError) -> Run? {
    if reader.isAtEnd { return nil }
    let (number, overflow) = previous.addingReportingOverflow(try reader.signed32())
    let length = try reader.count(limit: 1200)
    let place = try reader.count(limit: 1000)
    guard !overflow, length > 0, number < 200_000, number > -200_000, place < places.count,
      let stratum = Stratum(position: Int(try reader.byte()))
    else { throw .unknownForm }
    var vector = ContributionVector()
    for position in 0..<ContributionVector.count {
      let byte = try reader.byte()
      guard Contribution(rawValue: byte) != nil else { throw .unknownForm }
      vector[position] = byte
    }
    previous = number + Int32(length - 1)
    return Run(
      first: CivilMonth(number: number), length: length, place: places[place], stratum: stratum,
      vector: vector)
  }
}
