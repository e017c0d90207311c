import Guidance
import Health
import Programmes

/// Services, visits, signs, forms and doses in canonical form.
extension DefinitionWriter {
  mutating func evidence(_ evidence: Evidence) {
    switch evidence {
    case .contact(let purpose, let performers):
      mark(1)
      number(purpose.rawValue)
      number(performers.rawValue)
    case .observed(let element):
      mark(2)
      self.element(element)
    case .yes(let element):
      mark(3)
      self.element(element)
    case .one(let parts):
      mark(4)
      list(parts) { $0.evidence($1) }
    case .together(let parts):
      mark(5)
      list(parts) { $0.evidence($1) }
    case .value(let element, let comparison):
      mark(6)
      self.element(element)
      self.comparison(comparison)
    }
  }

  mutating func timing(_ timing: Timing) {
    switch timing {
    case .once(let anchor, let opens, let late, let closes):
      mark(1)
      number(anchor.rawValue)
      window(opens, late, closes)
    case .every(let period, let first, let anchor):
      mark(2)
      span(period)
      span(first)
      number(anchor.rawValue)
    case .rounds(let months):
      mark(3)
      number(months)
    case .whenever(let late):
      mark(4)
      span(late)
    case .afterVisit(let purpose, let due, let late, let closes):
      mark(5)
      number(purpose.rawValue)
      window(due, late, closes)
    case .milestones(let anchor, let ages, let late, let ends):
      mark(6)
      number(anchor.rawValue)
      list(ages) { $0.span($1) }
      span(late)
      span(ends)
    case .following(let element, let comparison, let opens, let late, let closes):
      mark(7)
      self.element(element)
      self.comparison(comparison)
      window(opens, late, closes)
    }
  }

  private mutating func window(_ opens: Span, _ late: Span, _ closes: Span?) {
    span(opens)
    span(late)
    optional(closes)
  }

  mutating func service(_ service: CareService) {
    number(service.number)
    text(service.name)
    source(service.source)
    criterion(service.applies)
    timing(service.timing)
    evidence(service.evidence)
    number(service.settings.rawValue)
  }

  mutating func series(_ series: ContactSeries) {
    source(series.source)
    criterion(series.applies)
    number(series.anchor.rawValue)
    number(series.purpose.rawValue)
    number(series.performers.rawValue)
    mark(series.showing == nil ? 0 : 1)
    if let element = series.showing { self.element(element) }
    list(series.distances) { writer, distance in
      writer.optional(distance.until)
      writer.span(distance.apart)
    }
    list(series.slots) { writer, slot in
      writer.number(slot.number)
      writer.text(slot.name)
      writer.window(slot.opens, slot.late, slot.closes)
    }
  }

  mutating func matrix(_ matrix: CareMatrix) {
    source(matrix.source)
    criterion(matrix.applies)
    list(matrix.series.slots) { $0.number($1.number) }
    list(matrix.rows) { writer, row in
      writer.number(row.number)
      writer.text(row.name)
      writer.evidence(row.evidence)
      writer.list(row.visits) { $0.number($1) }
      writer.list(row.onIndication) { $0.number($1) }
      writer.criterion(row.indication)
      writer.number(row.settings.rawValue)
    }
  }

  mutating func sign(_ sign: DangerSign) {
    element(sign.element)
    number(sign.urgency.rawValue)
    criterion(sign.applies)
    comparison(sign.comparison)
    period(sign.shownFor)
    source(sign.source)
    // Only where there is any, so that chapters without first aid stay signed.
    if let aid = sign.firstAid {
      actions(aid.actions)
      source(aid.source)
    }
  }

  mutating func form(_ form: VisitForm) {
    number(form.number)
    text(form.name)
    number(form.purposes.rawValue)
    criterion(form.applies)
    list(form.sections) { writer, section in
      writer.text(section.name)
      writer.mark(section.areSigns ? 1 : 0)
      writer.list(section.questions) { writer, question in
        writer.element(question.element)
        writer.criterion(question.when)
        writer.mark(question.isNeeded ? 1 : 0)
        writer.number(question.performers.rawValue)
      }
    }
  }

  mutating func doses(_ table: DosingTable) {
    number(table.number)
    text(table.name)
    source(table.source)
    number(table.key.rawValue)
    number(table.manner.rawValue)
    list(table.forms) { $0.text($1) }
    number(table.hours?.number ?? 0)
    list([table.most].compactMap(\.self)) { $0.amount($1) }
    list(table.rows) { writer, row in
      writer.number(row.from)
      writer.optional(row.until)
      writer.list(row.doses) { $0.amount($1) }
      writer.list(row.minutes) { $0.number($1) }
    }
  }

  private mutating func amount(_ dose: DoseAmount) {
    number(dose.numerator)
    number(dose.denominator)
    number(dose.unit.rawValue)
  }

  mutating func guideline(_ guideline: Guideline) {
    number(guideline.number)
    text(guideline.name)
    source(guideline.source)
    criterion(guideline.applies)
    list(guideline.services) { $0.service($1) }
    list(guideline.series) { $0.series($1) }
    list(guideline.matrices) { $0.matrix($1) }
    list(guideline.tables) { $0.table($1) }
    list(guideline.instruments) { $0.instrument($1) }
    list(guideline.dangerSigns) { $0.sign($1) }
  }
}
