import Guidance
import Health
import Programmes

/// The guidelines by number: what a plan names by number is found here with its source.
public struct CareBook: Sendable {
  /// A service or counted visit with where it stands.
  public struct Entry: Sendable {
    /// The name in catalogues.
    public let name: StaticString
    /// Where the rule stands.
    public let source: Source
    /// To whom it is owed.
    public let applies: Criterion
    /// The sensitive matters that it tells of.
    public let matters: SensitiveMatters
    /// By what it is known to have been given; nothing for counted visits.
    public let evidence: Evidence?
    /// The rule itself.
    public let rule: Rule
  }

  /// What a number of a plan stands for.
  public enum Rule: Sendable {
    /// A service.
    case service(CareService)
    /// A counted visit.
    case visit(ContactSlot, of: ContactSeries)
    /// What visits owe.
    case content(of: CareMatrix)
  }

  /// The guidelines, in the order in which a plan shows them.
  public let guidelines: [Guideline]
  /// The forms, in the order in which pages offer them.
  public let forms: [VisitForm]
  /// Services and counted visits, by number.
  public let services: [UInt16: Entry]
  /// Tables, by number.
  public let tables: [UInt16: DecisionTable]
  /// Questionnaires, by number.
  public let instruments: [UInt16: Instrument]
  /// Data elements that are asked or that rules look at, by code.
  public let elements: [UInt16: DataElement]

  /// The guidelines for mothers and children.
  public static let motherAndChild = CareBook(Guideline.motherAndChild, forms: VisitForm.all)

  /// The book of these guidelines and forms.
  public init(_ guidelines: [Guideline], forms: [VisitForm]) {
    self.guidelines = guidelines
    self.forms = forms
    var services: [UInt16: Entry] = [:]
    var tables: [UInt16: DecisionTable] = [:]
    var instruments: [UInt16: Instrument] = [:]
    var named = NamedElements()
    for guideline in guidelines {
      for service in guideline.services {
        services[service.number] = Entry(
          name: service.name, source: service.source, applies: service.applies,
          matters: service.matter, evidence: service.evidence, rule: .service(service))
        named.add(service.applies)
        named.add(service.evidence)
      }
      for series in guideline.series {
        for slot in series.slots {
          services[slot.number] = Entry(
            name: slot.name, source: series.source, applies: series.applies, matters: [],
            evidence: nil, rule: .visit(slot, of: series))
        }
      }
      for matrix in guideline.matrices {
        for row in matrix.rows {
          services[row.number] = Entry(
            name: row.name, source: matrix.source, applies: matrix.applies,
            matters: row.matter, evidence: row.evidence,
            rule: .content(of: matrix))
          named.add(row.indication)
          named.add(row.evidence)
        }
      }
      for table in guideline.tables {
        tables[table.number] = table
        named.add(table)
      }
      for instrument in guideline.instruments {
        instruments[instrument.number] = instrument
        named.add(instrument)
      }
      for sign in guideline.dangerSigns {
        named.add(sign.element)
        named.add(sign.applies)
      }
    }
    for form in forms {
      for section in form.sections {
        for question in section.questions { named.add(question.element) }
      }
    }
    self.services = services
    self.tables = tables
    self.instruments = instruments
    elements = named.byCode
  }

  /// By which sign of which guideline a plan shows a danger, and its place among the guideline's signs;
  /// nothing where the record does not show it.
  public func sign(
    of danger: SeenDanger, _ evaluation: inout Evaluation
  ) -> (guideline: Guideline, place: Int)? {
    for guideline in guidelines {
      for (place, sign) in guideline.dangerSigns.enumerated()
      where sign.element.code == danger.element && sign.urgency == danger.urgency
        && sign.seen(&evaluation)?.fact == danger.fact
      {
        return (guideline, place)
      }
    }
    return nil
  }

  /// The codes of the elements by whose observation something would be done that a plan owes on its
  /// day, in time or late.
  public func owedElements(of plan: CarePlan) -> Set<UInt16> {
    var named = NamedElements()
    for planned in plan.services {
      switch planned.status {
      case .due, .overdue:
        if let evidence = services[planned.service]?.evidence { named.add(evidence) }
      default: continue
      }
    }
    return Set(named.byCode.keys)
  }
}

/// The data elements that rules name.
private struct NamedElements {
  private(set) var byCode: [UInt16: DataElement] = [:]

  mutating func add(_ element: DataElement) { byCode[element.code] = element }

  mutating func add(_ evidence: Evidence) {
    switch evidence {
    case .contact: break
    case .observed(let element), .yes(let element), .value(let element, _): add(element)
    case .one(let parts), .together(let parts): for part in parts { add(part) }
    }
  }

  mutating func add(_ table: DecisionTable) {
    add(table.applies)
    for row in table.rows { add(row.when) }
  }

  mutating func add(_ instrument: Instrument) {
    add(instrument.applies)
    for item in instrument.items {
      add(item.when)
      if let counted = item.counted { add(counted) }
    }
  }

  mutating func add(_ criterion: Criterion) {
    switch criterion {
    case .latest(let element, _, _), .any(let element, _, _), .whereObserved(let element, _, _):
      add(element)
    case .asObserved(let element, _, let part):
      add(element)
      add(part)
    case .later(let element, let other, _, _):
      add(element)
      add(other)
    case .all(let parts), .one(let parts), .atLeast(_, of: let parts):
      for part in parts { add(part) }
    case .not(let part): add(part)
    case .inClass(let table, _): add(table)
    case .score(let instrument, _): add(instrument)
    case .contacts(let count): if let element = count.showing { add(element) }
    case .always, .sex, .after, .pregnant, .afterBirth, .pregnancyFigure, .setting: break
    }
  }
}
