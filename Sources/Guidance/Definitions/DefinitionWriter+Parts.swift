import Health

/// What guidelines, tables and forms are made of.
extension DefinitionWriter {
  mutating func write(_ timing: Timing) {
    switch timing {
    case .once(let anchor, let opens, let late, let closes):
      bytes.byte(1)
      code(anchor)
      write(opens)
      write(late)
      write(closes)
    case .every(let period, let first, let anchor):
      bytes.byte(2)
      write(period)
      write(first)
      code(anchor)
    case .rounds(let months):
      bytes.byte(3)
      number(months)
    case .whenever(let late):
      bytes.byte(4)
      write(late)
    case .afterVisit(let purpose, let due, let late, let closes):
      bytes.byte(5)
      write(purpose)
      write(due)
      write(late)
      write(closes)
    case .milestones(let anchor, let ages, let late, let ends):
      bytes.byte(6)
      code(anchor)
      count(ages.count)
      for age in ages { write(age) }
      write(late)
      write(ends)
    case .following(let element, let comparison, let opens, let late, let closes):
      bytes.byte(7)
      write(element)
      write(comparison)
      write(opens)
      write(late)
      write(closes)
    }
  }

  mutating func write(_ evidence: Evidence) {
    switch evidence {
    case .contact(let purpose, let performers):
      bytes.byte(1)
      write(purpose)
      number(performers.rawValue)
    case .observed(let element):
      bytes.byte(2)
      write(element)
    case .yes(let element):
      bytes.byte(3)
      write(element)
    case .one(let parts):
      bytes.byte(4)
      count(parts.count)
      for part in parts { write(part) }
    case .together(let parts):
      bytes.byte(5)
      count(parts.count)
      for part in parts { write(part) }
    case .value(let element, let comparison):
      bytes.byte(6)
      write(element)
      write(comparison)
    }
  }

  mutating func write(_ purpose: CarePurpose) {
    bytes.unsigned(UInt64(purpose.rawValue))
  }

  mutating func write(_ period: Period) {
    signed(period.months)
    signed(period.days)
  }

  mutating func write(_ span: Span?) {
    switch span {
    case nil: bytes.byte(0)
    case .fixed(let period):
      bytes.byte(1)
      write(period)
    case .setting(let setting, let plus):
      bytes.byte(2)
      refer(to: setting)
      signed(plus)
    }
  }

  mutating func write(_ scope: Scope) {
    switch scope {
    case .ever: bytes.byte(1)
    case .last(let period):
      bytes.byte(2)
      write(period)
    case .thisPregnancy: bytes.byte(3)
    case .sinceBirth: bytes.byte(4)
    case .today: bytes.byte(5)
    }
  }

  mutating func write(_ comparison: Comparison) {
    switch comparison {
    case .isYes: bytes.byte(1)
    case .below(let threshold):
      bytes.byte(2)
      write(threshold)
    case .atLeast(let threshold):
      bytes.byte(3)
      write(threshold)
    case .oneOf(let choices):
      bytes.byte(4)
      bytes.unsigned(UInt64(choices))
    case .known: bytes.byte(5)
    }
  }

  mutating func write(_ threshold: Threshold) {
    switch threshold {
    case .fixed(let amount):
      code(amount.unit)
      signed(amount.value)
    case .setting(let setting):
      bytes.byte(0)
      refer(to: setting)
    }
  }

  // MARK: Criteria

  mutating func write(_ criterion: Criterion) {
    switch criterion {
    case .always: bytes.byte(1)
    case .sex(let sex):
      bytes.byte(2)
      code(sex)
    case .after(let anchor, let from, let until):
      bytes.byte(3)
      code(anchor)
      write(from)
      write(until)
    case .pregnant: bytes.byte(4)
    case .afterBirth: bytes.byte(5)
    case .latest(let element, let comparison, let scope):
      observation(6, element, comparison, scope)
    case .any(let element, let comparison, let scope):
      observation(7, element, comparison, scope)
    case .whereObserved(let element, let comparison, let scope):
      observation(8, element, comparison, scope)
    case .inClass(let table, let rows):
      bytes.byte(9)
      write(table)
      bytes.unsigned(UInt64(rows))
    case .score(let instrument, let comparison):
      bytes.byte(10)
      write(instrument)
      write(comparison)
    case .pregnancyFigure(let figure, let comparison):
      bytes.byte(11)
      code(figure)
      write(comparison)
    case .all(let parts): combined(12, parts)
    case .one(let parts): combined(13, parts)
    case .atLeast(let least, let parts):
      bytes.byte(14)
      signed(least)
      count(parts.count)
      for part in parts { write(part) }
    case .not(let part):
      bytes.byte(15)
      write(part)
    case .setting(let setting):
      bytes.byte(16)
      refer(to: setting)
    case .contacts(let counted): write(counted)
    case .asObserved(let element, let scope, let part):
      bytes.byte(18)
      write(element)
      write(scope)
      write(part)
    case .later(let element, let other, let span, let scope):
      bytes.byte(19)
      write(element)
      write(other)
      write(span)
      write(scope)
    }
  }

  mutating func observation(
    _ kind: UInt8, _ element: DataElement, _ comparison: Comparison, _ scope: Scope
  ) {
    bytes.byte(kind)
    write(element)
    write(comparison)
    write(scope)
  }

  mutating func combined(_ kind: UInt8, _ parts: [Criterion]) {
    bytes.byte(kind)
    count(parts.count)
    for part in parts { write(part) }
  }

  mutating func write(_ counted: ContactCount) {
    bytes.byte(17)
    write(counted.purpose)
    number(counted.performers.rawValue)
    bytes.byte(counted.showing == nil ? 0 : 1)
    if let element = counted.showing { write(element) }
    code(counted.anchor)
    write(counted.from)
    write(counted.until)
    signed(counted.least)
  }
}
