/// Names like one that nobody knows, for a message that helps to mend it.
public enum SimilarNames {
  /// The names most like a word, for a person who mistyped it.
  public static func nearest(_ word: String, among names: [String]) -> String {
    let wanted = Array(TextValues.key(word).utf8)
    let ranked = names.map { (distance(wanted, Array(TextValues.key($0).utf8)), $0) }
      .filter { $0.0 <= max(2, wanted.count / 3) }
      .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    return ranked.prefix(3).map(\.1).joined(separator: ", ")
  }

  /// How many letters have to be changed, added or left out.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
