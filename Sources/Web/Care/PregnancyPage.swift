import Foundation
import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// A pregnancy that comes to be known, and its end.
struct PregnancyPage {
  private let visit: Visit
  private let record: PersonRecord
  private let care: PersonCare
  private let isEnd: Bool
  private var entered: Entries
  /// The identifier of the fact that the form makes: one that is sent twice records once.
  private(set) var entry: Identifier

  /// What is asked once more: the values that hardly fit together, by which the answer is known to be
  /// of them. See ``doubt(about:at:_:)`` and ``PregnancyDoubt``.
  private var doubted: String?

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord, care: PersonCare, isEnd: Bool) {
    self.visit = visit
    self.record = record
    self.care = care
    self.isEnd = isEnd
    entry = .fresh(at: visit.site.now)
    entered = Entries(visit.words, ["on": Format.iso(visit.today)])
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let form = EntryForm(
      group: "care", code: isEnd ? "pregnancy_end" : "pregnancy",
      action: "/people/\(record.person.id.text)/pregnancy" + (isEnd ? "/end" : ""),
      entries: isEnd ? endEntries : pregnancyEntries)
    let title = words["care.form_\(form.code)"]
    return Rendering(
      template: "pregnancy", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: form.fields(visit, entered)
        .merging(["name": name, "title": title, "entry": entry.text]))
  }

  private func choices(_ group: String, _ all: [(UInt8, String)]) -> [Entry.Option] {
    all.map { Entry.Option(value: "\($0.0)", text: words["care.\(group).\($0.1)"]) }
  }

  private var pregnancyEntries: [Entry] {
    var shown = [
      Entry(name: "on", kind: .date, isNeeded: true), Entry(name: "last_period", kind: .date),
      Entry(name: "scan_on", kind: .date), Entry(name: "scan_weeks", kind: .number, longest: 2),
      Entry(name: "scan_days", kind: .number, longest: 1),
    ]
    shown += ["gravida", "para", "losses", "living_children", "fetuses"].map {
      Entry(name: $0, kind: .number, longest: 2)
    }
    shown.append(Entry(name: "last_pregnancy_ended", kind: .date))
    return shown + sureEntries
  }

  private var endEntries: [Entry] {
    [
      Entry(name: "on", kind: .date, isNeeded: true),
      Entry(
        name: "outcome", kind: .select,
        options: choices("outcomes", PregnancyOutcome.allCases.map { ($0.rawValue, $0.code) }),
        isNeeded: true),
      Entry(
        name: "mode", kind: .select,
        options: choices("modes", BirthMode.allCases.map { ($0.rawValue, $0.code) })),
      Entry(
        name: "setting", kind: .select,
        options: choices("birth_places", BirthPlace.offered.map { ($0.rawValue, $0.code) })),
      Entry(
        name: "attendant", kind: .select,
        options: choices("attendants", BirthAttendant.offered.map { ($0.rawValue, $0.code) })),
      Entry(name: "born_alive", kind: .number, longest: 1),
      Entry(name: "born_dead", kind: .number, longest: 1),
      Entry(name: "complications", kind: .checks, options: complicationOptions),
    ] + sureEntries
  }

  /// What stands for no complication among those that can be ticked.
  private static let noComplication = "0"

  private var complicationOptions: [Entry.Option] {
    [.init(value: PregnancyPage.noComplication, text: words["care.complications_none"])]
      + DataElement.birthComplications.map { element, told in
        .init(value: "\(told.rawValue)", text: words["care.elements.\(element.name)"])
      }
  }

  /// Where something is asked once more: the box that says that it is right.
  private var sureEntries: [Entry] {
    guard let doubted else { return [] }
    return [
      Entry(
        name: "sure", kind: .checks,
        options: [.init(value: doubted, text: words["care.is_right"])])
    ]
  }

  // MARK: Reading

  /// Reads the form and makes the fact; nothing where something on it means nothing.
  mutating func fact(_ sent: Form) -> Fact? {
    let shown = isEnd ? endEntries : pregnancyEntries
    entered = Entries(sent, shown.map(\.name) + ["sure"], words)
    if let known = Identifier(text: sent["entry"]) { entry = known }
    let day = entered.day("on", isNeeded: true)
    if let day, day > visit.today { entered.complain("on", "in_future") }
    let body = isEnd ? end(on: day) : pregnancy(on: day)
    guard entered.isFit, let day else { return nil }
    return visit.recording.fact(
      isEnd ? .pregnancyEnd : .pregnancy, of: record.person.id, on: day,
      at: record.person.place, body
    ).identified(as: entry)
  }

  /// Somebody's pregnancy that is known already, which the form tells more of.
  private var episode: PregnancyEpisode? {
    care.record.pregnancies.last.flatMap { $0.endedOn == nil ? $0 : nil }
  }

  private mutating func number(_ name: String, within range: ClosedRange<Int32>) -> Int32? {
    let text = entered[name]
    guard !text.isEmpty else { return nil }
    guard let value = Int32(text), range.contains(value) else {
      entered.complain(
        name,
        saying: words(
          "care.problems.number_between",
          ["from": "\(range.lowerBound)", "to": "\(range.upperBound)"]))
      return nil
    }
    return value
  }

  private mutating func pregnancy(on day: CivilDate?) -> [UInt8] {
    var body = PregnancyBody()
    body.episode = episode?.id
    body.lastMenstrualPeriod = entered.day("last_period")
    if let period = body.lastMenstrualPeriod {
      if period > visit.today {
        entered.complain("last_period", "in_future")
      } else if (day ?? visit.today) > period + .days(PregnancyEpisode.length + 42) {
        // By the day of the entry: an earlier pregnancy is written down with a day of its own.
        entered.complain("last_period", saying: words["care.problems.period_too_old"])
      }
    }
    body.ultrasoundOn = entered.day("scan_on")
    let weeks = number("scan_weeks", within: 4...42)
    let days = number("scan_days", within: 0...6)
    if let weeks { body.ultrasoundGestation = weeks * 7 + (days ?? 0) }
    if (body.ultrasoundOn == nil) != (weeks == nil) {
      entered.complain(
        weeks == nil ? "scan_weeks" : "scan_on", saying: words["care.problems.scan_both"])
    }
    body.gravida = number("gravida", within: 1...25)
    body.para = number("para", within: 0...25)
    body.losses = number("losses", within: 0...25)
    body.livingChildren = number("living_children", within: 0...25)
    body.fetuses = number("fetuses", within: 1...8)
    body.lastPregnancyEnded = entered.day("last_pregnancy_ended")
    askOfDoubts(about: body, on: day)
    return body.bytes
  }

  private mutating func end(on day: CivilDate?) -> [UInt8] {
    guard let outcome = UInt8(entered["outcome"]).flatMap(PregnancyOutcome.init) else {
      entered.complain("outcome", saying: words["care.problems.outcome_missing"])
      return []
    }
    if let day, let beginning = episode?.beginning, day < beginning {
      entered.complain("on", saying: words["care.problems.before_pregnancy"])
    } else if let day {
      askOfDoubt(about: outcome, on: day)
    }
    var body = PregnancyEndBody(outcome: outcome, episode: episode?.id)
    body.mode = UInt8(entered["mode"]).flatMap(BirthMode.init)
    body.setting = UInt8(entered["setting"]).flatMap(BirthPlace.init(rawValue:))
    body.attendant = UInt8(entered["attendant"]).flatMap(BirthAttendant.init(rawValue:))
    body.bornAlive = number("born_alive", within: 0...8)
    body.bornDead = number("born_dead", within: 0...8)
    body.complications = complications()
    if outcome == .liveBirth, body.bornAlive == 0 {
      entered.complain("born_alive", saying: words["care.problems.none_alive"])
    }
    return body.bytes
  }
}

extension PregnancyPage {
  /// What was ticked of complications; nothing where nothing was.
  private mutating func complications() -> BirthComplications? {
    let ticked = entered.all("complications")
    guard !ticked.isEmpty else { return nil }
    let told = DataElement.birthComplications.map(\.told)
      .filter { ticked.contains("\($0.rawValue)") }
    if !told.isEmpty, ticked.contains(PregnancyPage.noComplication) {
      entered.complain("complications", saying: words["care.problems.complications_none"])
    }
    return BirthComplications(told)
  }
}

/// Whether what is told of a pregnancy fits together.
extension PregnancyPage {
  /// Asks once more, or takes the answer where it is of these very values.
  private mutating func askOfDoubts(about body: PregnancyBody, on day: CivilDate?) {
    var doubts = PregnancyDoubt.all(of: body)
    if episode == nil, let ended = care.evaluation.pregnancy?.endedOn, let day, ended <= day,
      day <= ended + .days(PregnancyEpisode.daysAfterEnd),
      care.evaluation.pregnancy?.end?.outcome.isEarlyLoss == false
    {
      doubts.append(.soonAfterBirth(days: (day - ended).count))
    }
    guard !doubts.isEmpty else { return }
    let values = doubts.map(\.code).joined(separator: " ")
    doubted = values
    guard !entered.all("sure").contains(values) else { return }
    for doubt in doubts {
      entered.complain(
        doubt.field, saying: words("care.problems.\(doubt.name)", doubt.figures))
    }
  }
}

/// Whether an end fits the weeks.
extension PregnancyPage {
  /// Asks once more, or takes the answer where it is of this very end.
  private mutating func askOfDoubt(about outcome: PregnancyOutcome, on day: CivilDate) {
    guard let gestation = episode?.gestation(on: day),
      let doubt = PregnancyPage.doubt(
        about: outcome, at: gestation, visit.district.edition.care)
    else { return }
    let end = "\(outcome.rawValue) \(Format.iso(day))"
    doubted = end
    guard !entered.all("sure").contains(end) else { return }
    entered.complain(
      "outcome",
      saying: words(
        "care.problems.end_\(doubt.name)",
        [
          "weeks": "\(gestation.count / 7)", "days": "\(gestation.count % 7)",
          "limit": "\(doubt.limit / 7)",
        ]))
  }

  /// Why an end hardly fits the weeks, and the limit in days; nothing where it fits. A stillbirth
  /// before the limit is a miscarriage, a loss from it on is a stillbirth, and no child lives that
  /// was born so early.
  static func doubt(
    about outcome: PregnancyOutcome, at gestation: AgeInDays, _ settings: ClinicalSettings
  ) -> (name: String, limit: Int32)? {
    let stillbirth = settings[.stillbirthFromDays]
    let alive = settings[.liveBirthFromDays]
    switch outcome {
    case .liveBirth: return gestation.count < alive ? ("alive_early", alive) : nil
    case .stillbirth: return gestation.count < stillbirth ? ("dead_early", stillbirth) : nil
    case .miscarriage, .ectopic, .molar:
      return gestation.count >= stillbirth ? ("lost_late", stillbirth) : nil
    }
  }
}

extension Visit {
  /// The page on which a pregnancy is told, or its end where there is one.
  func pregnancyPage(_ id: Identifier, isEnd: Bool) throws -> PregnancyPage {
    guard let record = try district.person(id) else { throw PageProblem.notFound }
    try require(.recordCare, of: record.person)
    let holders = try onlyCare(of: record.person)
    guard
      let care = try district.care(
        of: id, on: today, heldBy: holders, knowing: visitor.rights.sensitiveMatters)
    else {
      throw PageProblem.notFound
    }
    let isPregnant = care.evaluation.isPregnant
    guard record.person.sex == .female, record.person.diedOn == nil, !isEnd || isPregnant else {
      throw PageProblem.notFound
    }
    return PregnancyPage(self, record: record, care: care, isEnd: isEnd)
  }

  /// Keeps a pregnancy, or its end.
  func keepPregnancy(of id: Identifier, isEnd: Bool, _ form: Form) async throws -> Response {
    if let answer = try keptBefore(form, of: id) { return answer }
    var page = try pregnancyPage(id, isEnd: isEnd)
    guard let fact = page.fact(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await write(
      [fact], provided: [.unrecorded(fact.id)], action: .recordCare,
      route: "POST /people/{id}/pregnancy" + (isEnd ? "/end" : ""), subjects: [id])
    return afterCare(of: id, isWritten ? .saved : .savedBefore)
  }
}

extension PregnancyOutcome {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .liveBirth: "live_birth"
    case .stillbirth: "stillbirth"
    case .miscarriage: "miscarriage"
    case .ectopic: "ectopic"
    case .molar: "molar"
    }
  }
}
