/// Bytes in frames: a length, four bytes, least significant first, and that many bytes.
struct PhoneFrames {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ frame: [UInt8]) {
    withUnsafeBytes(of: UInt32(frame.count).littleEndian) { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: frame)
  }

  /// Each frame's bytes; what is cut short at the end is a shorter frame.
  static func each(of bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    bytes.withUnsafeBufferPointer { all in
      var at = 0
      while all.count - at >= 4 {
        let size = (0..<4).reduce(0) { $0 | Int(all[at + $1]) << ($1 * 8) }
        let end = min(at + 4 + size, all.count)
        body(UnsafeBufferPointer(rebasing: all[at + 4..<end]))
        at = end
      }
    }
  }
}
