/// Random numbers that are the same in every run: SplitMix64 from a seed.
public struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Numbers from that seed.
  public init(seed: UInt64) { state = seed }

  /// The next sixty-four bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// True once in `count` times.
  public mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  /// Bytes that were damaged on the way: flipped, lost, doubled or cut off in one to four places.
  public mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...4, using: &self) where !result.isEmpty {
      let place = Int.random(in: result.indices, using: &self)
      switch Int.random(in: 0..<6, using: &self) {
      case 0: result[place] ^= 1 << UInt8.random(in: 0..<8, using: &self)
      case 1: result[place] = UInt8.random(in: 0...255, using: &self)
      case 2: result.remove(at: place)
      case 3: result.insert(UInt8.random(in: 0...255, using: &self), at: place)
      case 4: result.removeLast(result.count - place)
      default:
        let end = min(result.count, place + Int.random(in: 1...32, using: &self))
        result.insert(contentsOf: result[place..<end], at: place)
      }
    }
    return result
  }
}
