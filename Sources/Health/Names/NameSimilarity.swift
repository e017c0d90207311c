/// How alike two spellings are, letter by letter: for slips of the finger that no rule of sound
/// foresees.
///
/// Source: M.A. Jaro, "Advances in record-linkage methodology…", Journal of the American
/// Statistical Association 84 (1989) 414–420; W.E. Winkler, "String comparator metrics and
/// enhanced decision rules in the Fellegi–Sunter model of record linkage", 1990 (common beginning
/// of up to four letters, weight 0.1).
public enum NameSimilarity {
  /// Ten thousand: the same letters in the same order.
  public static let identical: Int32 = 10_000

  /// Jaro–Winkler similarity in ten-thousandths, 0 where nothing agrees or one side is empty.
  /// Only the first 64 letters count.
  public static func jaroWinkler(_ left: [UInt8], _ right: [UInt8]) -> Int32 {
    let leftCount = min(left.count, 64)
    let rightCount = min(right.count, 64)
    guard leftCount > 0, rightCount > 0 else { return 0 }
    let window = max(0, max(leftCount, rightCount) / 2 - 1)
    var mine: UInt64 = 0
    var theirs: UInt64 = 0
    for place in 0..<leftCount {
      var other = max(0, place - window)
      let end = min(rightCount, place + window + 1)
      while other < end {
        if theirs >> UInt64(other) & 1 == 0 && right[other] == left[place] {
          mine |= 1 << UInt64(place)
          theirs |= 1 << UInt64(other)
          break
        }
        other += 1
      }
    }
    let matches = mine.nonzeroBitCount
    var outOfPlace = 0
    while mine != 0 {
      if left[mine.trailingZeroBitCount] != right[theirs.trailingZeroBitCount] { outOfPlace += 1 }
      mine &= mine - 1
      theirs &= theirs - 1
    }
    var beginning = 0
    while beginning < min(4, min(leftCount, rightCount)), left[beginning] == right[beginning] {
      beginning += 1
    }
    return jaroWinkler(leftCount, rightCount, matches, outOfPlace, beginning)
  }

  /// The similarity from what was counted: the letters on both sides, those that found a partner,
  /// those of them that stand in another order, and how many are alike at the beginning.
  @inline(__always)
  static func jaroWinkler(
    _ left: Int, _ right: Int, _ matches: Int, _ outOfPlace: Int, _ beginning: Int
  ) -> Int32 {
    guard matches > 0 else { return 0 }
    // (m/a + m/b + (m − t/2)/m) / 3 over one denominator, so that no fraction is rounded twice.
    let above =
      2 * matches * matches * (left + right) + (2 * matches - outOfPlace) * left * right
    let below = 6 * matches * left * right
    guard 10 * above > 7 * below else { return rounded(above, below) }
    return rounded(10 * above + beginning * (below - above), 10 * below)
  }

  private static func rounded(_ above: Int, _ below: Int) -> Int32 {
    Int32((20_000 * above + below) / (2 * below))
  }
}
