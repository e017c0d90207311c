/// Numbers as digits in ASCII.
enum Digits {
  /// NIK and family card numbers.
  static func sixteen(_ number: UInt64) -> [UInt8] { digits(number, 16) }

  /// RT and RW: "007".
  static func three(_ number: Int) -> [UInt8] { digits(UInt64(number), 3) }

  private static func digits(_ number: UInt64, _ count: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { room, used in
      var rest = number
      for place in stride(from: count - 1, through: 0, by: -1) {
        room[place] = 0x30 + UInt8(rest % 10)
        rest /= 10
      }
      used = count
    }
  }
}
