import Health

/// Random numbers that one seed decides, on every machine alike.
///
/// The generator is xoshiro256** (D. Blackman, S. Vigna, 2018), its state filled by SplitMix64.
/// Normal variates use the core's own logarithm, so that no C library takes part.
struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)
  private var spare: Double?

  /// The stream of a seed; each `stream` of one seed is independent of the others.
  init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = SplitMix(state: seed)
    var second = SplitMix(state: mixer.next() ^ (stream &* 0xD134_2543_DE82_EF95))
    state = (second.next(), second.next(), second.next(), second.next())
  }

  /// 64 random bits.
  mutating func next() -> UInt64 {
    let result = SeededRandom.rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = SeededRandom.rotated(state.3, by: 45)
    return result
  }

  private static func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }

  /// From 0 up to, not including, 1.
  mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Whether something of that probability happens.
  mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

  /// A whole number of a range, all alike likely.
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(fraction() * Double(range.count))
  }

  /// One of the values, all alike likely.
  mutating func one<Value>(of values: [Value]) -> Value { values[whole(0...values.count - 1)] }

  /// A normal variate, by Marsaglia's polar method.
  mutating func normal(mean: Double = 0, deviation: Double = 1) -> Double {
    if let kept = spare {
      spare = nil
      return mean + deviation * kept
    }
    while true {
      let x = 2 * fraction() - 1
      let y = 2 * fraction() - 1
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let factor = (-2 * naturalLogarithm(square) / square).squareRoot()
      spare = y * factor
      return mean + deviation * x * factor
    }
  }

  /// How many events happen where `mean` are expected (Poisson): exponential waits are added up.
  mutating func count(expecting mean: Double) -> Int {
    var waited = 0.0
    var events = -1
    repeat {
      waited -= naturalLogarithm(1 - fraction())
      events += 1
    } while waited < mean
    return events
  }

  /// A position of `weights`, in proportion to its weight.
  mutating func position(in weights: [Double]) -> Int {
    var rest = fraction() * weights.reduce(0, +)
    for (position, weight) in weights.enumerated() {
      rest -= weight
      if rest < 0 { return position }
    }
    return weights.count - 1
  }

  /// A version 7 identifier of something entered at that moment.
  mutating func identifier(at instant: Instant) -> Identifier {
    Identifier(at: instant, random: (next(), next()))
  }
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014), which spreads a small seed over 64 bits.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
