import Health

/// One row of a list: reads its columns, and collects all that is wrong with them, so that a person
/// can mend everything at once.
struct ListCells<Field: ListField, Row: TableRow> {
  let row: Row
  let columns: ListColumns<Field>
  let order: TextValues.DateOrder
  private(set) var problems: [ListRowProblem] = []
  private(set) var warnings: [ListRowWarning] = []
  /// Fields that have a problem already: that they tell nothing is no further one.
  private var broken: Set<Field> = []

  /// The longest name, address or other text, in characters.
  static var textLimit: Int { 200 }

  init(_ row: Row, _ columns: ListColumns<Field>, order: TextValues.DateOrder) {
    self.row = row
    self.columns = columns
    self.order = order
    checkShape()
  }

  /// Whether the row as such can be read, whatever its values are.
  private(set) var isReadable = true

  private mutating func checkShape() {
    let expected = columns.heading.count
    if let problem = row.problem {
      refuseRow(.cell(problem.code), details: problem.details)
    } else if row.count > expected, let cell = row.reference(row.count - 1) {
      refuseRow(.row(.valueWithoutHeading), cell: cell, value: row.quotedText(row.count - 1))
    } else if row.count != expected {
      refuseRow(
        .row(.wrongColumnCount),
        details: ["found": String(row.count), "expected": String(expected)])
    } else if let position = row.columnWithTextBehindQuote {
      let name = columns.heading[position]
      refuseRow(
        .row(.textBehindQuote), column: name, value: row.quotedText(position),
        details: ["column": name])
    }
  }

  private mutating func refuseRow(
    _ reason: ListRowProblem.Reason, column: String = "", cell: String? = nil, value: String = "",
    details: [String: String] = [:]
  ) {
    isReadable = false
    problems.append(
      ListRowProblem(
        reason: reason, field: "", column: column, cell: cell, value: value, details: details))
  }

  // MARK: What is wrong

  func has(_ field: Field) -> Bool { columns.positions[field] != nil }

  func isBroken(_ field: Field) -> Bool { broken.contains(field) }

  mutating func refuse(
    _ code: ListRowProblem.Code, _ field: Field, value: String = "", details: [String: String] = [:]
  ) {
    refuse(.row(code), field, value: value, details: details)
  }

  private mutating func refuse(
    _ reason: ListRowProblem.Reason, _ field: Field, value: String, details: [String: String]
  ) {
    broken.insert(field)
    problems.append(
      ListRowProblem(
        reason: reason, field: field.rawValue, column: columns.name(of: field), cell: cell(field),
        value: value, details: details))
  }

  mutating func warn(
    _ code: ListRowWarning.Code, _ field: Field, value: String, details: [String: String] = [:]
  ) {
    warn(.row(code), field, value: value, details: details)
  }

  private mutating func warn(
    _ reason: ListRowWarning.Reason, _ field: Field, value: String, details: [String: String] = [:]
  ) {
    warnings.append(
      ListRowWarning(
        reason: reason, field: field.rawValue, column: columns.name(of: field), cell: cell(field),
        value: value, details: details))
  }

  private func cell(_ field: Field) -> String? {
    columns.positions[field].flatMap { row.reference($0) }
  }

  // MARK: Values

  /// A column's text with single spaces between its words; empty for an empty cell, a lone hyphen,
  /// and where it cannot be read.
  mutating func text(_ field: Field, limit: Int = textLimit) -> String {
    guard let position = columns.positions[field] else { return "" }
    if let problem = row.problem(position) {
      refuse(
        .cell(problem.code), field, value: row.quotedText(position), details: problem.details)
      return ""
    }
    guard let text = row.text(position) else {
      refuse(.notUTF8, field, value: row.quotedText(position))
      return ""
    }
    let plain = ListText.singleSpaced(text)
    if plain == "-" || plain.isEmpty { return "" }
    guard plain.utf16.count <= limit else {
      refuse(
        .tooLong, field, value: String(plain.prefix(40)) + "…", details: ["limit": String(limit)])
      return ""
    }
    if row.notes(position).contains(.computed) { warn(.cell("computed"), field, value: plain) }
    return plain
  }

  /// The text, which every row needs.
  mutating func needed(_ field: Field) -> String {
    let text = text(field)
    if text.isEmpty, !isBroken(field) { refuse(.missingValue, field) }
    return text
  }

  /// A name, or the name of a place, in which every character can be seen; see `NameCheck`.
  mutating func name(_ field: Field) -> String {
    let name = text(field)
    guard let found = NameCheck(name.utf8).found else { return name }
    refuse(
      found.fault == .picture ? .pictureInName : .invisibleCharacter, field,
      value: ListText.visible(name),
      details: [
        "position": String(found.position),
        "code": String(found.code, radix: 16, uppercase: true),
      ])
    return ""
  }

  /// Who a row is about.
  mutating func neededName(_ field: Field) -> String {
    let name = name(field)
    if isBroken(field) { return name }
    switch name.isEmpty ? nil : NameCheck(name.utf8).letters {
    case nil: refuse(.missingValue, field)
    case 0: refuse(.nameWithoutLetters, field, value: name)
    case 1: warn(.oneLetterName, field, value: name)
    default: break
    }
    return name
  }

  /// A day since 1900.
  mutating func day(_ field: Field) -> CivilDate? {
    let text = text(field)
    return text.isEmpty ? nil : day(text, field)
  }

  /// The day that a text in a field's column tells.
  mutating func day(_ text: String, _ field: Field) -> CivilDate? {
    switch TextValues.date(text, order: order) {
    case .day(let day):
      guard day >= DateText.earliest else {
        refuse(
          .dateTooEarly, field, value: text, details: ["low": DateText.iso(DateText.earliest)])
        return nil
      }
      return day
    case .noSuchDay: refuse(.noSuchDay, field, value: text)
    case .notADate:
      if let day = ListText.bareDay(text) {
        refuse(.bareDayNumber, field, value: text, details: ["day": DateText.iso(day)])
      } else {
        refuse(.notADate, field, value: text)
      }
    }
    return nil
  }

  /// A long number that is a name: its digits, and whether a spreadsheet kept them all.
  mutating func identifier(_ field: Field) -> ListIdentifier? {
    var text = text(field)
    // Spreadsheets keep all sixteen digits only behind an apostrophe.
    if text.hasPrefix("'") { text.removeFirst() }
    text = text.filter { $0 != " " }
    if text.isEmpty || text.allSatisfy({ $0 == "0" }) { return nil }
    let notes = columns.positions[field].map { row.notes($0) } ?? []
    if notes.contains(.scientificText) { return ListIdentifier(text: text, hasLostDigits: true) }
    if notes.contains(.digitsMayBeLost) {
      guard ListText.isWholeNumber(text) else {
        return ListIdentifier(text: text, hasLostDigits: true)
      }
      warn(.keptAsNumber, field, value: text)
    }
    return ListIdentifier(text: text, hasLostDigits: false)
  }

  /// NIK; nothing where it is empty, or lost its digits, or is refused.
  mutating func nationalIdentityNumber(_ field: Field) -> NationalIdentityNumber? {
    guard let found = identifier(field) else { return nil }
    if found.hasLostDigits {
      warn(.identityNumberDigitsLost, field, value: found.text)
      return nil
    }
    guard let number = NationalIdentityNumber(found.text.utf8) else {
      refuse(
        .wrongIdentityNumber, field, value: found.text,
        details: ["count": String(found.text.count { $0.isNumber })])
      return nil
    }
    return number
  }

  /// Where a NIK says otherwise than its row.
  mutating func compare(
    _ number: NationalIdentityNumber, _ field: Field, birthDate: CivilDate?, sex: Sex?
  ) {
    let text = String(decoding: number.digits, as: UTF8.self)
    guard number.followsTheRule else {
      warn(.identityNumberImpossible, field, value: text)
      return
    }
    if let birthDate, number.contradicts(birthDate: birthDate) {
      let told = number.birthDateCandidates.map(DateText.iso).joined(separator: " / ")
      warn(
        .identityNumberOtherBirthDate, field, value: text,
        details: ["told": told, "birth": DateText.iso(birthDate)])
    }
    if let sex, number.contradicts(sex: sex) {
      warn(
        .identityNumberOtherSex, field, value: text, details: ["sex": sex == .male ? "L" : "P"])
    }
  }

  /// A telephone number as people dial it inland.
  mutating func telephone(_ field: Field) -> String {
    let text = text(field)
    if text.isEmpty { return "" }
    guard let number = ListText.telephone(text) else {
      warn(.notATelephone, field, value: text)
      return ""
    }
    return number
  }

  /// One of a list's words; what is not among them is left out with a warning.
  mutating func word<Value: Sendable>(_ field: Field, among words: ListWords<Value>) -> Value? {
    let text = text(field)
    if text.isEmpty { return nil }
    guard let value = words[text] else {
      warn(.unknownWord, field, value: text, details: ["known": words.known])
      return nil
    }
    return value
  }
}
