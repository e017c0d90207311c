/// A look at the bytes of a JSON text before anything is built from them: how deep it is nested.
enum JSONShape {
  /// How deep brackets are nested; signs inside texts do not count.
  ///
  /// - Parameter limit: where the answer is greater, it is only known to be.
  static func depth(of bytes: some Sequence<UInt8>, limit: Int) -> Int {
    var depth = 0
    var deepest = 0
    var isInText = false
    var isEscaped = false
    for byte in bytes {
      if isInText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        deepest = max(deepest, depth)
        if deepest > limit { return deepest }
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: continue
      }
    }
    return deepest
  }
}
