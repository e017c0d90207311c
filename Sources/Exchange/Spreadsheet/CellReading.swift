import Health

/// Turns what a cell holds into a value.
struct CellReading {
  /// The types of cells, as the attribute `t` names them.
  enum Kind {
    case number
    case shared
    case inlineText
    case formulaText
    case boolean
    case error
    case day
    case unknown

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      switch String(decoding: bytes, as: UTF8.self) {
      case "n": self = .number
      case "s": self = .shared
      case "inlineStr": self = .inlineText
      case "str": self = .formulaText
      case "b": self = .boolean
      case "e": self = .error
      case "d": self = .day
      default: self = .unknown
      }
    }
  }

  let texts: SharedTexts
  let formats: NumberFormats
  let countsFrom1904: Bool

  /// A number of a shared text that the file does not have.
  struct MissingText: Error {}

  /// What the cell holds; nothing where that is nothing.
  func value(
    of kind: Kind, style: Int, _ content: inout [UInt8], hasFormula: Bool, hasValue: Bool
  ) throws(MissingText) -> (value: SheetCell.Value, notes: CellNotes)? {
    let isResultText = kind == .formulaText && hasValue
    if hasFormula, content.isEmpty, !isResultText {
      return (.unreadable(.formulaWithoutResult), .computed)
    }
    if content.isEmpty { return nil }
    let notes: CellNotes = hasFormula ? .computed : []
    switch kind {
    case .inlineText, .formulaText:
      EscapedText.unescape(&content)
      return text(String(decoding: content, as: UTF8.self), notes)
    case .shared:
      guard let number = content.withUnsafeBufferPointer({ DecimalText.number($0) }),
        let index = Int(exactly: number), let found = texts[index]
      else { throw MissingText() }
      return text(found, notes)
    case .number:
      return content.withUnsafeBufferPointer { number($0, formats[style], notes) }
    default: return other(kind, String(decoding: content, as: UTF8.self), notes)
    }
  }

  private func text(
    _ text: String, _ notes: CellNotes
  ) -> (value: SheetCell.Value, notes: CellNotes)? {
    if text.isEmpty { return nil }
    return (.text(text), DecimalText.isScientific(text) ? notes.union(.scientificText) : notes)
  }

  private func other(
    _ kind: Kind, _ text: String, _ notes: CellNotes
  ) -> (value: SheetCell.Value, notes: CellNotes) {
    switch kind {
    case .boolean where text == "1" || text == "true": return (.boolean(true), notes)
    case .boolean where text == "0" || text == "false": return (.boolean(false), notes)
    case .error: return (.unreadable(.errorValue(String(text.prefix(32)))), notes)
    case .day:
      do throws(CellProblem) { return day(try SerialDay.day(iso: text), notes) } catch {
        return (.unreadable(error), notes)
      }
    default: return (.unreadable(.unreadableValue(String(text.prefix(100)))), notes)
    }
  }

  private func number(
    _ bytes: UnsafeBufferPointer<UInt8>, _ format: NumberFormat, _ notes: CellNotes
  ) -> (value: SheetCell.Value, notes: CellNotes) {
    guard let number = DecimalText.number(bytes) else {
      let text = String(decoding: bytes.prefix(100), as: UTF8.self)
      return (.unreadable(.unreadableValue(text)), notes)
    }
    switch format {
    case .time where number >= 0 && number < 1:
      return (.time(seconds: min(86_399, Int((number * 86_400).rounded()))), notes)
    case .day, .time:
      do throws(CellProblem) {
        return day(try SerialDay.day(number, from1904: countsFrom1904), notes)
      } catch {
        return (.unreadable(error), notes)
      }
    case .number, .padded, .text:
      var notes = notes
      if format == .text { notes.insert(.numberInTextFormat) }
      if abs(number) >= 1e15 { notes.insert(.digitsMayBeLost) }
      var digits = 1
      if case .padded(let shown) = format { digits = shown }
      return (.number(number, digits: digits), notes)
    }
  }

  private func day(
    _ reading: SerialDay.Reading, _ notes: CellNotes
  ) -> (value: SheetCell.Value, notes: CellNotes) {
    (.day(reading.day), reading.hasTime ? notes.union(.timeDropped) : notes)
  }
}
