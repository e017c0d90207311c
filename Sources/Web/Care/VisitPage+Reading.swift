import Foundation
import Guidance
import Health
import Journal
import Programmes
import Services

extension VisitPage {
  /// Reads the form and makes the facts; nothing where something on it means nothing.
  mutating func facts(_ sent: Form) throws -> [Fact]? {
    let draft = try read(sent)
    if draft.isEmpty, problems.isEmpty {
      problems["on"] = words[isUnchanged ? "care.problems.unchanged" : "care.problems.empty"]
    }
    return problems.isEmpty ? draft : nil
  }

  /// Reads the form and makes the facts of what means something on it; ``problems`` says of the
  /// rest what is wrong, ``doubts`` what is hardly believed.
  mutating func read(_ sent: Form) throws -> [Fact] {
    for name in ["on", "setting", "performer"] { entered[name] = sent[name] }
    var entry = VisitEntry()
    entry.setting = claimed(
      "setting", sent, CareSetting.init(rawValue:), defaults.claims.allows)
    entry.performer = claimed(
      "performer", sent, CarePerformer.init(rawValue:), defaults.claims.allows)
    entry.performer = entry.performer ?? defaults.claims.onlyPerformer
    let day = self.day(sent["on"])
    if let day, problems["on"] == nil, day != before.plan.day,
      let then = try visit.district.care(
        of: care.person.id, on: day, with: withoutCorrected, heldBy: holders,
        knowing: visit.visitor.rights.sensitiveMatters)
    {
      before = then
      try findMeasured()
    }
    if past != nil, problems["on"] == nil {
      var evaluation = before.evaluation
      if !visit.offers(form, &evaluation) { problems["on"] = words["care.problems.not_then"] }
    }
    var read: Set<UInt16> = []
    var facts: [Fact] = []
    // An answer may open further questions, and their answers further ones.
    while readSections(sent, &read, into: &entry), let day {
      facts = try made(of: entry, asked: read, on: day)
      try ask(with: facts, on: day)
    }
    checkOrder(entry)
    checkWeight(beside: entry, sent)
    if let day, hasDoubts {
      var sure = entry
      sure.values = sure.values.filter { !isUnsure("e\($0.key.code)") }
      let sureOnes = read.filter { !isUnsure("e\($0)") }
      believed = sure.values.isEmpty ? [] : try made(of: sure, asked: sureOnes, on: day)
    }
    checkDay(day, sent)
    let asked = VisitPage.asked(sent)
    // An answer may also close a question that another had opened: that one is not waited for.
    let open = Set(sections().flatMap(\.questions).map(\.element.code))
    opened = asked.isEmpty ? [] : open.subtracting(asked)
    let doses = try doses(sent, on: day, entry)
    if defaults.asksPerformer, correction == nil, entry.performer == nil, !entry.values.isEmpty,
      problems["performer"] == nil
    {
      problems["performer"] = words["care.problems.performer_missing"]
    }
    // A dose alone is no visit: nothing else was asked or seen.
    isUnchanged = correction != nil && !entry.values.isEmpty
    return entry.values.isEmpty ? doses : facts + doses
  }

  /// The facts of what was entered: of a correction those that changed; else a new visit, whose
  /// measurement takes the place of those of the day.
  private func made(
    of entry: VisitEntry, asked: Set<UInt16>, on day: CivilDate
  ) throws -> [Fact] {
    let place = defaults.place(of: entry.setting, home: care.person.place, tree: visit.tree)
    if let kept = correction?.kept {
      return kept.corrected(
        by: entry, asked: asked, form: form, of: care.person.id, on: day, at: place,
        visit.recording)
    }
    return try replaceable.replaced(
      by: entry.facts(by: form, of: care.person.id, on: day, at: place, visit.recording),
      visit.recording)
  }

  /// The codes of the questions that stood on the page.
  static func asked(_ sent: Form) -> Set<UInt16> {
    Set(sent["asked"].split(separator: " ").compactMap { UInt16($0) })
  }

  /// What a field claims of the visit, where the visitor may: see ``CareClaims``.
  private mutating func claimed<Claim>(
    _ name: String, _ sent: Form, _ read: (UInt8) -> Claim?, _ allows: (Claim) -> Bool
  ) -> Claim? {
    guard !sent[name].isEmpty else { return nil }
    guard let claim = UInt8(sent[name]).flatMap(read), allows(claim) else {
      problems[name] = words["care.problems.not_yours_\(name)"]
      return nil
    }
    return claim
  }

  /// Refuses values of one visit that contradict each other.
  private mutating func checkOrder(_ entry: VisitEntry) {
    for order in ValueOrder.all {
      guard let lesser = entry.values[order.lesser], let greater = entry.values[order.greater],
        lesser >= greater
      else { continue }
      problems["e\(order.lesser.code)"] = notBelow(order)
    }
  }

  /// The vaccinations, and the vaccines that were not given.
  private mutating func doses(
    _ sent: Form, on day: CivilDate?, _ entry: VisitEntry
  ) throws -> [Fact] {
    guard let day, problems["on"] == nil, var entries = vaccines else { return [] }
    let facts = try entries.facts(
      sent, on: day,
      at: defaults.place(of: entry.setting, home: care.person.place, tree: visit.tree))
    vaccines = entries
    problems.merge(entries.problems) { $1 }
    return facts
  }

  /// Reads the questions that are asked and were not read yet.
  ///
  /// - Returns: whether there were any.
  private mutating func readSections(
    _ sent: Form, _ read: inout Set<UInt16>, into entry: inout VisitEntry
  ) -> Bool {
    var hasRead = false
    for section in sections() {
      let answersRest = section.rest.map { sent[$0] == "1" } ?? false
      for question in section.questions where read.insert(question.element.code).inserted {
        hasRead = true
        self.read(question, sent, restIsNo: answersRest, into: &entry)
      }
    }
    return hasRead
  }

  /// Takes what was answered so far into what is asked.
  private mutating func ask(with draft: [Fact], on day: CivilDate) throws {
    let person = care.person.id
    if let care = try visit.district.care(
      of: person, on: day, with: draft, heldBy: holders,
      knowing: visit.visitor.rights.sensitiveMatters)
    {
      asking = care.record
    }
  }

  private mutating func day(_ written: String) -> CivilDate? {
    guard case .success(let day?) = PersonForm.day(written) else {
      problems["on"] = words["people.problems.no_date"]
      return nil
    }
    if day > visit.today {
      problems["on"] = words["people.problems.in_future"]
    } else if let born = care.person.birthDate, day < born {
      problems["on"] = words["people.problems.before_birth"]
    }
    return day
  }

  private mutating func read(
    _ question: FormQuestion, _ sent: Form, restIsNo: Bool, into entry: inout VisitEntry
  ) {
    let element = question.element
    guard element != .bodyPosition else {
      entered["position"] = sent["position"]
      entry.position = UInt8(sent["position"]).flatMap(BodyPosition.init)
      return
    }
    guard element != .gestationAtBirth else {
      readGestation(sent, into: &entry)
      return
    }
    let name = "e\(element.code)"
    let written =
      sent[name].isEmpty && restIsNo ? element.nothingSeen.map { "\($0)" } ?? "" : sent[name]
    entered[name] = written
    guard !written.isEmpty else {
      if question.isNeeded { problems[name] = words["care.problems.needed"] }
      return
    }
    guard let value = VisitPage.value(written, of: element) else {
      problems[name] =
        words["care.problems.\(element.isWhole ? "not_a_whole_number" : "not_a_number")"]
      return
    }
    guard element.believes(value) else {
      if case .quantity(let unit, let range) = element.form {
        problems[name] = outOfRange(text.written(value, unit), unit, range)
      } else {
        problems[name] = words["care.problems.not_a_number"]
      }
      return
    }
    entry.values[element] = value
    if let doubt = doubt(about: value, of: element) {
      doubts[name] = doubt
      let confirmation = VisitPage.confirmation(of: name)
      entered[confirmation] = sent[confirmation]
    }
  }

  /// Reads weeks and days of gestation.
  private mutating func readGestation(_ sent: Form, into entry: inout VisitEntry) {
    let (weeks, days) = (VisitPage.gestationWeeks, VisitPage.gestationDays)
    (entered[weeks], entered[days]) = (sent[weeks], sent[days])
    guard !sent[weeks].isEmpty || !sent[days].isEmpty else { return }
    let more = sent[days].isEmpty ? 0 : Int32(sent[days])
    guard let whole = Int32(sent[weeks]), (0...99).contains(whole), let more,
      (0...6).contains(more), DataElement.gestationAtBirth.believes(whole * 7 + more)
    else {
      problems[weeks] = words["care.problems.gestation"]
      return
    }
    entry.values[.gestationAtBirth] = whole * 7 + more
  }

  /// The field of the completed weeks of gestation at birth.
  static let gestationWeeks = "e\(DataElement.gestationAtBirth.code)"
  /// The field of the days beside them.
  static let gestationDays = "gestation_days"

  /// A value as it was written, in the element's own unit: `11,5` cm are 1150.
  static func value(_ written: String, of element: DataElement) -> Int32? {
    guard case .quantity(let unit, _) = element.form else {
      if case .day = element.form {
        guard case .success(let day?) = PersonForm.day(written) else { return nil }
        return day.dayNumber
      }
      return Int32(written)
    }
    // Degrees are written with a plus: "+2".
    let unsigned = written.hasPrefix("+") ? written.dropFirst() : written[...]
    let plain = unsigned.replacing(",", with: ".")
    guard plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      plain.utf8.count <= 12, let number = Double(plain)
    else { return nil }
    let scaled = (number * Double(unit.parts)).rounded()
    // More decimals than can be kept would be lost without a word.
    guard abs(scaled - number * Double(unit.parts)) < 1e-6 else { return nil }
    return Int32(exactly: scaled)
  }
}

extension DataElement {
  /// Whether its values are numbers without decimals.
  fileprivate var isWhole: Bool {
    if case .quantity(let unit, _) = form { unit.decimals == 0 } else { false }
  }
}

extension FormSection {
  /// The field by which all signs of the part that were not answered are answered with no; nothing
  /// where there are too few to be worth it.
  ///
  /// A "yes" stands, whatever the field says: a danger that was seen is never undone by it.
  var rest: String? {
    areSigns && questions.count { $0.element.form == .yesNo } > 2 ? "rest-\(name)" : nil
  }
}
