import Guidance
import Health
import Journal
import Programmes
import Services

/// What the engine says of doses that are entered and not written yet.
struct DoseDrafts {
  /// What is to be read before they are kept; empty where all of them count.
  let warnings: [String]
  /// Those that are written down already: the same product on the same day.
  let known: Set<Identifier>
  /// Those that are entered twice: the same product on the same day as one before it.
  let repeated: Set<Identifier>

  /// Two doses of a vaccine that lie no further apart are rather one that was written down twice:
  /// the programme gives none less than four weeks after another.
  private static let nearestDays: Int32 = 14

  /// - Parameter replaced: the dose that one of them corrects.
  init(
    _ facts: [Fact], of person: Identifier, heldBy holders: [Identifier]?, in visit: Visit,
    replacing replaced: Identifier? = nil
  ) throws {
    let own = Set(facts.filter { $0.kind == .vaccination }.map(\.id))
    guard !own.isEmpty,
      let told = try visit.district.immunization(
        of: person, on: visit.today, with: facts, heldBy: holders)
    else {
      (warnings, known, repeated) = ([], [], [])
      return
    }
    let text = visit.immunizationText
    var warnings: [String] = []
    var known: Set<Identifier> = []
    var repeated: Set<Identifier> = []
    var before: Set<DayOfProduct> = []
    for fact in facts where fact.kind == .vaccination {
      guard let dose = told.dose(fact.id) else { continue }
      let isKnown = told.doses.contains { other in
        !own.contains(other.fact) && other.fact != replaced
          && other.body.product == dose.body.product && other.day == dose.day
      }
      if isKnown { known.insert(dose.fact) }
      if !before.insert(DayOfProduct(product: dose.body.product, day: dose.day)).inserted {
        repeated.insert(dose.fact)
      }
      let near = told.doses.filter { other in
        !isKnown && !own.contains(other.fact) && other.fact != replaced
          && DoseDrafts.mayBeOne(dose, other)
      }
      warnings += near.map { text.near(dose, $0) }
      let wrong = dose.judgements.filter { $0.evaluation.status != .valid }
      let counts = dose.judgements.contains { $0.evaluation.status == .valid }
      if dose.judgements.isEmpty {
        warnings.append(
          visit.words(
            "immunization.warns_for_nothing", ["dose": text.product(dose.body.product)]))
      } else if !counts {
        warnings += wrong.map { text.judgement($0) }
      }
    }
    self.warnings = warnings
    self.known = known
    self.repeated = repeated
  }

  private struct DayOfProduct: Hashable {
    let product: UInt16
    let day: CivilDate
  }

  /// Whether two doses may be one: of a product or vaccine in common, and nearly at one time as far
  /// as their days are known. Of a year alone that says nothing.
  private static func mayBeOne(_ dose: RecordedDose, _ other: RecordedDose) -> Bool {
    let vaccines = Set(dose.judgements.map(\.vaccine))
    guard
      dose.body.product == other.body.product
        || other.judgements.contains(where: { vaccines.contains($0.vaccine) })
    else { return false }
    guard dose.body.dayKnownBy != .year, other.body.dayKnownBy != .year else { return false }
    let own = WrittenDay(day: dose.day, knownBy: dose.body.dayKnownBy)
    let there = WrittenDay(day: other.day, knownBy: other.body.dayKnownBy)
    return own.first <= there.last + .days(nearestDays)
      && there.first <= own.last + .days(nearestDays)
  }
}

/// The day of a dose as a book tells it: `14-03-2025`, `03-2025` or `2025`.
struct WrittenDay: Equatable {
  /// The day that the fact has.
  let day: CivilDate
  /// How well it is known.
  let knownBy: VaccinationDay?

  /// Why it is none.
  enum Problem: String, Error {
    case notADay = "no_day"
    case inFuture = "in_future"
    case beforeBirth = "before_birth"
    /// The day that stands for the month or year lies before the birth or after today.
    case needsDay = "needs_day"
  }

  /// Reads a day; nothing where none is written.
  static func read(
    _ text: String, born: CivilDate?, today: CivilDate
  ) -> Result<WrittenDay?, Problem> {
    if text.isEmpty { return .success(nil) }
    let written: WrittenDay
    if case .success(let day?) = PersonForm.day(text) {
      written = WrittenDay(day: day, knownBy: nil)
    } else if let part = partly(text) {
      written = part
    } else {
      return .failure(.notADay)
    }
    let last = written.last
    if written.first > today { return .failure(.inFuture) }
    if let born, last < born { return .failure(.beforeBirth) }
    guard written.day >= PersonForm.earliest else { return .failure(.notADay) }
    if written.day > today || born.map({ written.day < $0 }) == true { return .failure(.needsDay) }
    return .success(written)
  }

  /// A month by its 15th, a year by its 1 July.
  private static func partly(_ text: String) -> WrittenDay? {
    let parts = text.split { $0 == "-" || $0 == "/" || $0 == "." }.map(String.init)
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    if parts.count == 1, parts[0].count == 4 {
      return CivilDate(year: numbers[0], month: 7, day: 1).map {
        WrittenDay(day: $0, knownBy: .year)
      }
    }
    guard parts.count == 2 else { return nil }
    let isYearFirst = parts[0].count == 4
    guard isYearFirst || parts[1].count == 4 else { return nil }
    let (year, month) = isYearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    return CivilDate(year: year, month: month, day: 15).map {
      WrittenDay(day: $0, knownBy: .month)
    }
  }

  /// The first day that it can have been.
  var first: CivilDate {
    switch knownBy {
    case nil: day
    case .month: day.month.firstDay
    case .year: CivilDate(year: day.components.year, month: 1, day: 1) ?? day
    }
  }

  /// The last day that it can have been.
  var last: CivilDate {
    switch knownBy {
    case nil: day
    case .month: day.month.lastDay
    case .year: CivilDate(year: day.components.year, month: 12, day: 31) ?? day
    }
  }

  /// As it is written into a form.
  static func text(_ day: CivilDate, knownBy: VaccinationDay?) -> String {
    switch knownBy {
    case nil: Format.iso(day)
    case .month: Format.iso(day.month)
    case .year: "\(day.components.year)"
    }
  }
}
