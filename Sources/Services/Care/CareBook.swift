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
    /// The guideline.
    public let guideline: UInt16
    /// The sensitive matters that it tells of.
    public let matters: SensitiveMatters
  }

  /// The guidelines, in the order in which a plan shows them.
  public let guidelines: [Guideline]
  /// Services and counted visits, by number.
  public let services: [UInt16: Entry]
  /// Tables, by number.
  public let tables: [UInt16: DecisionTable]
  /// Questionnaires, by number.
  public let instruments: [UInt16: Instrument]
  /// Data elements that are observed, by code.
  public let elements: [UInt16: DataElement]

  /// The guidelines for mothers and children.
  public static let motherAndChild = CareBook(Guideline.motherAndChild, forms: VisitForm.all)

  /// The book of these guidelines and forms.
  public init(_ guidelines: [Guideline], forms: [VisitForm]) {
    self.guidelines = guidelines
    var services: [UInt16: Entry] = [:]
    var tables: [UInt16: DecisionTable] = [:]
    var instruments: [UInt16: Instrument] = [:]
    var elements: [UInt16: DataElement] = [:]
    for guideline in guidelines {
      for service in guideline.services {
        services[service.number] = Entry(
          name: service.name, source: service.source, guideline: guideline.number,
          matters: service.evidence.matters)
      }
      for series in guideline.series {
        for slot in series.slots {
          services[slot.number] = Entry(
            name: slot.name, source: series.source, guideline: guideline.number, matters: [])
        }
      }
      for table in guideline.tables { tables[table.number] = table }
      for instrument in guideline.instruments { instruments[instrument.number] = instrument }
      for sign in guideline.dangerSigns { elements[sign.element.code] = sign.element }
    }
    for form in forms {
      for section in form.sections {
        for question in section.questions {
          elements[question.element.code] = question.element
        }
      }
    }
    self.services = services
    self.tables = tables
    self.instruments = instruments
    self.elements = elements
  }
}

extension Evidence {
  /// The sensitive matters of what it looks at.
  var matters: SensitiveMatters {
    switch self {
    case .contact: []
    case .observed(let element), .yes(let element): element.matter
    case .one(let parts): parts.reduce(into: []) { $0.formUnion($1.matters) }
    }
  }
}
