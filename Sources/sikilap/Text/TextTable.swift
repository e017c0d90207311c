/// A table for a terminal: numbers to the right, names to the left.
struct TextTable {
  let headings: [String]
  let rows: [[String]]

  func write() {
    var widths = headings.map(\.count)
    for row in rows {
      for (column, value) in row.enumerated() { widths[column] = max(widths[column], value.count) }
    }
    for row in [headings] + rows {
      let cells = row.enumerated().map { column, value in
        let gap = String(repeating: " ", count: widths[column] - value.count)
        return column == 0 ? value + gap : gap + value
      }
      print(cells.joined(separator: "  "))
    }
  }
}
