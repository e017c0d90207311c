import Health

/// The counts of one indicator: how many children in each standing.
public struct Figure: Hashable, Sendable {
  /// In the denominator, not counted.
  public var missed: Int32 = 0
  /// In the denominator, counted.
  public var reached: Int32 = 0
  /// Left out for a reason.
  public var excluded: Int32 = 0
  /// Not known.
  public var unknown: Int32 = 0

  /// Nobody.
  public init() {}

  /// The children that count.
  public var numerator: Int { Int(reached) }

  /// The children that could count, as the indicator defines it.
  public func denominator(_ indicator: Indicator) -> Int {
    Int(reached) + Int(missed) + (indicator.definition.countsUnknown ? Int(unknown) : 0)
  }

  /// Numerator over denominator in percent; nothing over nobody.
  public func percent(_ indicator: Indicator) -> Double? {
    let all = denominator(indicator)
    return all == 0 ? nil : Double(numerator) * 100 / Double(all)
  }

  /// The count of a standing.
  public subscript(standing: Standing) -> Int32 {
    get {
      switch standing {
      case .missed: missed
      case .reached: reached
      case .excluded: excluded
      case .unknown: unknown
      }
    }
    set {
      switch standing {
      case .missed: missed = newValue
      case .reached: reached = newValue
      case .excluded: excluded = newValue
      case .unknown: unknown = newValue
      }
    }
  }

  /// Adds another figure's children.
  public static func += (left: inout Figure, right: Figure) {
    left.missed += right.missed
    left.reached += right.reached
    left.excluded += right.excluded
    left.unknown += right.unknown
  }
}

/// The counts of one place and month: every stratum, indicator and standing.
public struct CubeCell: Hashable, Sendable {
  static let size = Stratum.count * Indicator.allCases.count * Standing.allCases.count

  /// One count after the other: by stratum, then indicator, then standing.
  var counts = [Int32](repeating: 0, count: CubeCell.size)

  /// Nobody.
  public init() {}

  static func offset(_ stratum: Int, _ indicator: Int) -> Int {
    (stratum * Indicator.allCases.count + indicator) * Standing.allCases.count
  }

  /// Adds a child's month, or takes it away.
  public mutating func add(_ month: ChildMonth, times: Int32) {
    let base = CubeCell.offset(month.stratum.position, 0)
    let vector = month.vector
    counts.withUnsafeMutableBufferPointer { counts in
      for position in 0..<ContributionVector.count {
        counts[base + position * 4 + Int(vector[position] & 3)] += times
      }
    }
  }

  /// Adds another cell's counts.
  public static func += (left: inout CubeCell, right: CubeCell) {
    left.counts.withUnsafeMutableBufferPointer { sums in
      right.counts.withUnsafeBufferPointer { added in
        for position in 0..<CubeCell.size { sums[position] &+= added[position] }
      }
    }
  }

  /// Whether nobody is counted.
  public var isEmpty: Bool { counts.allSatisfy { $0 == 0 } }

  /// An indicator's figure over the strata that `isWanted` accepts.
  public func figure(
    _ indicator: Indicator, where isWanted: (Stratum) -> Bool = { _ in true }
  ) -> Figure {
    var figure = Figure()
    for position in 0..<Stratum.count {
      guard let stratum = Stratum(position: position), isWanted(stratum) else { continue }
      let base = CubeCell.offset(position, Int(indicator.rawValue))
      for standing in Standing.allCases {
        figure[standing] += counts[base + Int(standing.rawValue)]
      }
    }
    return figure
  }
}

extension CubeCell {
  /// The version that this program writes.
  public static let version: UInt8 = 2

  /// The packed counts: runs of zeros are written as their length. Format: docs/formats/cube.md.
  public var packed: [UInt8] {
    var writer = ByteWriter(capacity: 256)
    writer.byte(CubeCell.version)
    writer.byte(UInt8(Indicator.allCases.count))
    var position = 0
    while position < counts.count {
      var end = position
      while end < counts.count, counts[end] == 0 { end += 1 }
      let firstZero = position
      position = end
      while end < counts.count, counts[end] != 0 { end += 1 }
      writer.unsigned(UInt64(position - firstZero))
      writer.unsigned(UInt64(end - position))
      for count in counts[position..<end] { writer.signed(Int64(count)) }
      position = end
    }
    return writer.bytes
  }

  /// Reads packed counts.
  public init(packed bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var reader = ByteReader(bytes)
    let version = try reader.byte()
    guard version == CubeCell.version else { throw .unknownVersion(version) }
    guard try reader.byte() == Indicator.allCases.count else { throw .unknownForm }
    var position = 0
    while !reader.isAtEnd {
      position += try reader.count(limit: CubeCell.size)
      let length = try reader.count(limit: CubeCell.size)
      guard position + length <= CubeCell.size else { throw .limitExceeded }
      for _ in 0..<length {
        counts[position] = try reader.signed32()
        position += 1
      }
    }
  }
}
