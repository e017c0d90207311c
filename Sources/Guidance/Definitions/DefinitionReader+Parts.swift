import Health

/// What guidelines, tables and forms are made of.
extension DefinitionReader {
  mutating func timing() throws(WireError) -> Timing {
    switch try bytes.byte() {
    case 1:
      return .once(
        try code(), opens: try span(), late: try span(), closes: try optionalSpan())
    case 2: return .every(try span(), first: try span(), after: try code())
    case 3:
      let months = try number()
      // The months that are bits 1 to 12; without one of them a round would never come.
      guard months & 0x1FFE != 0 else { throw .unknownForm }
      return .rounds(months)
    case 4: return .whenever(late: try span())
    case 5:
      return .afterVisit(
        try purpose(), due: try span(), late: try span(), closes: try span())
    case 6:
      return .milestones(
        try code(), try list { reader throws(WireError) in try reader.span() },
        late: try span(), ends: try span())
    case 7:
      return .following(
        try element(), try comparison(), opens: try span(), late: try span(),
        closes: try optionalSpan())
    default: throw .unknownForm
    }
  }

  mutating func evidence() throws(WireError) -> Evidence {
    try deeper { reader throws(WireError) in
      switch try reader.byte() {
      case 1: .contact(try reader.purpose(), by: Performers(rawValue: try reader.number()))
      case 2: .observed(try reader.element())
      case 3: .yes(try reader.element())
      case 4: .one(try reader.list { reader throws(WireError) in try reader.evidence() })
      case 5: .together(try reader.list { reader throws(WireError) in try reader.evidence() })
      case 6: .value(try reader.element(), try reader.comparison())
      default: throw .unknownForm
      }
    }
  }

  mutating func purpose() throws(WireError) -> CarePurpose {
    CarePurpose(rawValue: try bits())
  }

  mutating func period() throws(WireError) -> Period {
    Period(months: try bytes.signed32(), days: try bytes.signed32())
  }

  mutating func span() throws(WireError) -> Span {
    guard let span = try optionalSpan() else { throw .unknownForm }
    return span
  }

  mutating func optionalSpan() throws(WireError) -> Span? {
    switch try bytes.byte() {
    case 0: return nil
    case 1: return .fixed(try period())
    case 2: return .setting(try setting(), plus: try bytes.signed32())
    default: throw .unknownForm
    }
  }

  mutating func scope() throws(WireError) -> Scope {
    switch try bytes.byte() {
    case 1: return .ever
    case 2: return .last(try period())
    case 3: return .thisPregnancy
    case 4: return .sinceBirth
    case 5: return .today
    default: throw .unknownForm
    }
  }

  mutating func comparison() throws(WireError) -> Comparison {
    switch try bytes.byte() {
    case 1: return .isYes
    case 2: return .below(try threshold())
    case 3: return .atLeast(try threshold())
    case 4: return .oneOf(try bits())
    case 5: return .known
    default: throw .unknownForm
    }
  }

  mutating func threshold() throws(WireError) -> Threshold {
    let unit = try bytes.byte()
    if unit == 0 { return .setting(try setting()) }
    guard let unit = QuantityUnit(rawValue: unit) else { throw .unknownForm }
    return .fixed(Amount(try bytes.signed32(), unit))
  }

  // MARK: Criteria

  mutating func deeper<Result>(
    _ read: (inout DefinitionReader) throws(WireError) -> Result
  ) throws(WireError) -> Result {
    guard depth < PackedDefinitions.depth else { throw .limitExceeded }
    depth += 1
    let result = try read(&self)
    depth -= 1
    return result
  }

  mutating func criterion() throws(WireError) -> Criterion {
    try deeper { reader throws(WireError) in try reader.criterionHere() }
  }

  mutating func criterionHere() throws(WireError) -> Criterion {
    switch try bytes.byte() {
    case 1: return .always
    case 2: return .sex(try code())
    case 3: return .after(try code(), from: try span(), until: try optionalSpan())
    case 4: return .pregnant
    case 5: return .afterBirth
    case 6: return .latest(try element(), try comparison(), try scope())
    case 7: return .any(try element(), try comparison(), try scope())
    case 8: return .whereObserved(try element(), try comparison(), try scope())
    case 9: return .inClass(try table(), try bits())
    case 10: return .score(try instrument(), try comparison())
    case 11: return .pregnancyFigure(try code(), try comparison())
    case 12: return .all(try criteria())
    case 13: return .one(try criteria())
    case 14: return .atLeast(try bytes.signed32(), of: try criteria())
    case 15: return .not(try criterion())
    case 16: return .setting(try setting())
    case 17: return .contacts(try contacts())
    case 18: return .asObserved(try element(), try scope(), try criterion())
    case 19: return .later(try element(), than: try element(), by: try span(), try scope())
    default: throw .unknownForm
    }
  }

  mutating func criteria() throws(WireError) -> [Criterion] {
    try list { reader throws(WireError) in try reader.criterion() }
  }

  mutating func contacts() throws(WireError) -> ContactCount {
    let purpose = try purpose()
    let performers = Performers(rawValue: try number())
    let element = try flag() ? try element() : nil
    let anchor: Anchor = try code()
    let from = try span()
    let until = try optionalSpan()
    return ContactCount(
      try bytes.signed32(), purpose, by: performers, showing: element, after: anchor, from: from,
      until: until)
  }
}
