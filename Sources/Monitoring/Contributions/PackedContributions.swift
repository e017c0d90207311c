import Health

/// A child's contributions packed for storing: months that are alike are written once.
/// Format: docs/formats/contributions.md.
public enum PackedContributions {
  /// The version that this program writes.
  public static let version: UInt8 = 2

  /// Packs months, which are in order.
  public static func pack(_ months: [ChildMonth]) -> [UInt8] {
    var writer = ByteWriter(capacity: 256)
    writer.byte(version)
    writer.byte(UInt8(ContributionVector.count))
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
      let vector = try run.vector()
      for step in 0..<run.length { months.append(run.month(step, vector)) }
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
      if step >= 0, step < run.length { return run.month(step, try run.vector()) }
    }
    return nil
  }
}

/// Months in a row in which a child's contributions are alike; they stay where they are packed.
private struct Run {
  let first: CivilMonth
  let length: Int
  let place: Identifier
  let stratum: Stratum
  let contributions: UnsafeBufferPointer<UInt8>

  func vector() throws(WireError) -> ContributionVector {
    var vector = ContributionVector()
    for (position, byte) in contributions.enumerated() {
      guard Contribution(rawValue: byte) != nil else { throw .unknownForm }
      vector[position] = byte
    }
    return vector
  }

  func month(_ step: Int, _ vector: ContributionVector) -> ChildMonth {
    ChildMonth(
      month: first.advanced(by: step), place: place, stratum: stratum, vector: vector)
  }
}

/// Reads packed contributions run by run.
private struct RunReader {
  private var reader: ByteReader
  private let places: UnsafeBufferPointer<UInt8>
  private var previous: Int32 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == PackedContributions.version else { throw .unknownVersion(version) }
    guard try reader.byte() == ContributionVector.count else { throw .unknownForm }
    places = try reader.bytes(16 * (try reader.count(limit: 1000)))
  }

  private func place(_ position: Int) -> Identifier { Identifier { places[position * 16 + $0] } }

  mutating func next() throws(WireError) -> Run? {
    if reader.isAtEnd { return nil }
    let (number, overflow) = previous.addingReportingOverflow(try reader.signed32())
    let length = try reader.count(limit: 1200)
    let place = try reader.count(limit: 1000)
    guard !overflow, length > 0, number < 200_000, number > -200_000, place * 16 < places.count,
      let stratum = Stratum(position: Int(try reader.byte()))
    else { throw .unknownForm }
    previous = number + Int32(length - 1)
    return Run(
      first: CivilMonth(number: number), length: length, place: self.place(place),
      stratum: stratum, contributions: try reader.bytes(ContributionVector.count))
  }
}
