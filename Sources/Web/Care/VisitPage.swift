import Foundation
import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// The form of a visit: asks only what this person needs today, checks what is entered, and shows
/// what follows from it before it is kept.
struct VisitPage {
  let visit: Visit
  let care: PersonCare
  let form: VisitForm
  let text: CareText
  var defaults: VisitDefaults
  /// Whose care alone the visitor reads; nothing where that of all.
  let holders: [Identifier]?
  /// The identifier of the first fact that the form makes: made once for a form, so that one that
  /// is sent twice records once.
  var entry: Identifier
  /// The person with what was answered so far, which opens further questions.
  var asking: HealthRecord
  /// What stands in the form's fields, by their names.
  var entered: [String: String]
  /// What is wrong with it, by the same names.
  var problems: [String: String] = [:]
  /// What is asked about values that are hardly believed, by the same names.
  var doubts: [String: String] = [:]
  /// What the form says without values that are hardly believed and not said to be right yet;
  /// nothing where there is no such value.
  var believed: [Fact]?
  /// Where the weight is believed beside the length that was entered with it.
  var besideLength: LikelyRange?
  /// The person on the form's day without what is entered: what values are compared with.
  var before: PersonCare
  /// The questions that answers have opened and that were not on the page yet.
  var opened: Set<UInt16> = []
  /// Whether the gestation at birth that the form opens with is reckoned from the mother's pregnancy.
  private var knowsGestationFromMother = false
  /// The doses that may be given at this visit, where the form has them.
  var vaccines: VaccineEntries?
  /// The day that is over of which the form was asked for; nothing where it is for today.
  private(set) var past: CivilDate?
  private var preview: Fields?
  /// What is dangerous by what is known already, where answers have opened questions.
  var known: Fields?
  /// The visit that the form corrects; nothing where it writes a new one.
  var correction: VisitCorrection?
  /// Whether a correction says what was there before.
  var isUnchanged = false
  /// What was measured on the form's day already, by other visits.
  var measured: [KeptVisit] = []
  /// Those of them whose place a new measurement takes.
  var replaceable: [KeptVisit] = []

  var words: Words { visit.words }

  init(_ visit: Visit, care: PersonCare, form: VisitForm, heldBy holders: [Identifier]?) {
    self.visit = visit
    self.care = care
    self.form = form
    self.holders = holders
    entry = .fresh(at: visit.site.now)
    asking = care.record
    before = care
    text = CareText(visit)
    defaults = VisitDefaults(visit)
    entered = [
      "setting": defaults.setting.map { "\($0.rawValue)" } ?? "",
      "performer": defaults.performer.map { "\($0.rawValue)" } ?? "",
    ]
  }

  /// A question with more letters stands above its answers, one with fewer beside them.
  private static let longestBeside = 60
  /// A list with a longer option stands below its question.
  private static let longestOption = 16

  /// - Parameter past: a day that is over, of which a form that is not for today is asked for.
  static func address(
    of person: Identifier, _ form: VisitForm, on past: CivilDate? = nil
  ) -> String {
    Links.address(
      "/people/\(person.text)/visit", [("form", "\(form.name)"), ("on", past.map(Format.iso))])
  }

  /// Whether answers have opened questions that were not on the page yet.
  var hasMore: Bool { !opened.isEmpty }

  /// Whether all that is hardly believed was said to be right.
  var isConfirmed: Bool {
    !hasDoubts && vaccines?.isConfirmed ?? true
  }

  /// Whether a value is hardly believed, and nobody said that it is right.
  var hasDoubts: Bool { doubts.keys.contains(where: isUnsure) }

  /// Whether the value of a field is hardly believed, and nobody said that it is right.
  func isUnsure(_ field: String) -> Bool {
    doubts[field] != nil && entered[VisitPage.confirmation(of: field)] != "1"
  }

  /// The field by which a value is said to be right.
  static func confirmation(of field: String) -> String { "c\(field.dropFirst())" }

  /// What is asked of this person by this visitor: what the record leaves open, and what answers
  /// have opened, of that which the visitor asks at all. A question does not go away because it was
  /// just answered, nor because what is corrected would no longer be asked.
  func sections() -> [FormSection] {
    var before = care.evaluation
    var after = Evaluation(asking, settings: care.settings)
    let matters = visit.visitor.rights.sensitiveMatters
    var asked: Set<UInt16> = []
    let told = correction?.told ?? []
    return (form.sections + (correction.map { [$0.rest] } ?? [])).map { section in
      section.asking(
        section.questions.filter { question in
          !question.performers.isDisjoint(with: defaults.claims.performers)
            && matters.asked.isSuperset(of: question.element.matter)
            && (told.contains(question.element.code)
              || before.answer(question.when) != .no || after.answer(question.when) != .no)
            && asked.insert(question.element.code).inserted
        })
    }.filter { !$0.questions.isEmpty }
  }

  func rendering() -> Rendering {
    let sections = sections()
    let claims = defaults.claims
    let name = visit.name(of: care.person)
    let title = words["care.forms.\(form.name)"]
    let fields = PersonFields(visit: visit)
    // Something to mend takes the focus, then a danger, then what there is to answer.
    let isSound = !hasDoubts && problems.isEmpty
    let isDangerous = known?["has_dangers"] as? Bool == true
    return Rendering(
      template: "visit", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: care.person.id, named: name, title),
      fields: [
        "name": name, "title": title, "age": fields.age(care.person),
        "action": correction.map { visit.address(of: $0.kept, of: care.person.id) }
          ?? VisitPage.address(of: care.person.id, form, on: past),
        "correction": correction?.fields(visit, person: care.person.id),
        "back": "/people/\(care.person.id.text)/\(correction == nil ? "care" : "history")",
        "form_token": visit.visitor.formToken, "entry": entry.text,
        "on": entered["on"] ?? Format.iso(visit.today), "today": Format.iso(visit.today),
        "born": care.person.birthDate.map(Format.iso),
        "doubt_on": doubts["on"].map {
          ["text": $0, "is_confirmed": !isUnsure("on")] as Fields
        },
        "problem_on": problems["on"], "has_problems": !problems.isEmpty,
        "has_doubts": hasDoubts, "has_alert": !isSound,
        "to_mend": toMend(sections), "to_answer": toAnswer(sections), "known": known,
        "danger_takes_focus": isSound && isDangerous,
        "list_takes_focus": isSound && !isDangerous,
        "tests_of_others": form.number == VisitForm.antenatal.number ? visit.testsOfOthers : nil,
        "settings": Fields.choices(
          CareSetting.allCases.filter(claims.allows)
            .map { ("\($0.rawValue)", words["care.places.\($0.code)"]) },
          chosen: entered["setting"] ?? ""),
        "problem_setting": problems["setting"], "problem_performer": problems["performer"],
        "only_performer": claims.onlyPerformer.map {
          words("care.visit_by_only", ["who": words["care.performers.\($0.code)"]])
        },
        // Who is known may be mended, and not be left out.
        "knows_performer": defaults.performer != nil && entered["performer"]?.isEmpty == false,
        "performers": Fields.choices(
          CarePerformer.allCases.filter(claims.allows)
            .map { ("\($0.rawValue)", words["care.performers.\($0.code)"]) },
          chosen: entered["performer"] ?? ""),
        "consequences": correction.map {
          visit.address(of: $0.kept, of: care.person.id, "/consequences")
        }
          ?? Links.address(
            "/people/\(care.person.id.text)/visit/consequences",
            [("form", "\(form.name)"), ("on", past.map(Format.iso))]),
        "sections": sections.map { section($0) },
        "asked": sections.flatMap(\.questions).map { "\($0.element.code)" }
          .joined(separator: " "),
        "has_more": hasMore, "vaccines": vaccines?.fields(),
        "preview": preview,
        "answer_also": hasMore
          ? words(
            "care.answer_also",
            [
              "what": toAnswer(sections).compactMap { $0["label"] as? String }
                .joined(separator: ", ")
            ]) : nil,
      ])
  }

  /// The ways from the message above the form to each field that has to be mended or confirmed, in
  /// the order in which they stand.
  private func toMend(_ sections: [FormSection]) -> [Fields] {
    let head = [("on", "on"), ("setting", "place"), ("performer", "by")]
      .map { ($0.0, words["care.visit_\($0.1)"]) }
    let asked = sections.flatMap(\.questions).map {
      ("e\($0.element.code)", text.element($0.element))
    }
    return (head + asked).filter { problems[$0.0] != nil || isUnsure($0.0) }
      .map { ["field": $0.0, "label": $0.1] }
  }

  /// The ways to the questions that answers have opened, in the order in which they stand.
  private func toAnswer(_ sections: [FormSection]) -> [Fields] {
    sections.flatMap(\.questions).map(\.element).filter { opened.contains($0.code) }
      .map { ["field": VisitPage.anchor(of: $0), "label": text.element($0)] }
  }

  /// Where a question stands on the page: yes and no have no field of that name to go to.
  private static func anchor(of element: DataElement) -> String {
    element.form == .yesNo ? "e\(element.code)-label" : "e\(element.code)"
  }

  /// A part of the form.
  ///
  /// - Parameter isOpened: whether answers have just opened it: then it is not folded.
  func section(_ section: FormSection, isOpened: Bool = false) -> Fields {
    let rest = section.rest
    let sheet = sheet(of: section)
    var fields: Fields = [
      "title": words["care.sections.\(section.name)"],
      "place": form.sections.firstIndex { "\($0.name)" == "\(section.name)" }.map { "\($0)" },
      "questions": section.questions.enumerated().map { place, asked in
        var fields = question(asked)
        // The text is on another sheet: rows stand in fives, so that no answer slips by one.
        fields["opens_five"] = sheet != nil && place > 0 && place.isMultiple(of: 5)
        return fields
      },
      "sheet": sheet,
      "are_signs": section.areSigns, "rest": rest,
      "rest_label": rest == nil
        ? nil
        : words.find("care.rest.\(section.name)") ?? words["care.rest.any"],
    ]
    guard section.folds else { return fields }
    let codes = section.questions.map(\.element.code)
    let owed = CareBook.motherAndChild.owedElements(of: before.plan)
    let count = codes.count { owed.contains($0) }
    fields["folds"] = true
    fields["is_open"] = isOpened || count > 0 || codes.contains(where: isTouched)
    fields["owed_today"] = count == 0 ? nil : words("care.owed_today", ["count": "\(count)"])
    fields["inside"] = section.questions.map { text.element($0.element) }.joined(separator: ", ")
    return fields
  }

  /// Whether a question was answered, has something wrong, or was opened by an answer.
  private func isTouched(_ code: UInt16) -> Bool {
    let name = "e\(code)"
    return entered[name]?.isEmpty == false || problems[name] != nil || opened.contains(code)
  }

  /// Which official sheet must lie beside a part whose questions are not ours to print; nothing where
  /// the questions stand on the page.
  private func sheet(of section: FormSection) -> String? {
    guard let sheet = words.find("care.sheets.\(section.name)") else { return nil }
    let questionnaire = section.questions.first.flatMap {
      DevelopmentQuestionnaire.item($0.element.code)?.questionnaire
    }
    return sheet.replacing("{months}", with: questionnaire.map { "\($0.months)" } ?? "")
  }

  private func question(_ question: FormQuestion) -> Fields {
    let element = question.element
    let name = "e\(element.code)"
    let label = text.element(element)
    var fields: Fields = [
      "id": name, "label": label, "value": entered[name], "problem": problems[name],
      "is_needed": question.isNeeded, "is_long": label.count > VisitPage.longestBeside,
    ]
    switch element.form {
    case .yesNo:
      fields["is_yes_no"] = true
      fields["is_yes"] = entered[name] == "1"
      fields["is_no"] = entered[name] == "0"
    case .choice where element == .bodyPosition:
      fields["is_position"] = true
      fields["is_lying"] = entered["position"] == "1"
      fields["is_standing"] = entered["position"] == "2"
    case .choice(let count):
      let options = (1...Int32(count)).map {
        (value: "\($0)", text: text.value($0, of: element))
      }
      fields["is_choice"] = true
      fields["is_long"] = options.contains { $0.text.count > VisitPage.longestOption }
      fields["options"] = Fields.choices(options, chosen: entered[name] ?? "")
    case .day: fields["is_day"] = true
    case .quantity where element == .gestationAtBirth:
      fields["is_gestation"] = true
      fields["days_id"] = VisitPage.gestationDays
      fields["days"] = entered[VisitPage.gestationDays]
      fields["from_mother"] = knowsGestationFromMother
    case .quantity(let unit, let range):
      fields = fields.merging(checks(of: element, unit, within: range))
      fields["is_quantity"] = true
      fields["unit"] = text.hint(unit, range)
    }
    return fields
  }

  /// Opens the form for a visit of a time that is over. Its day is left to be written: one that
  /// stood there would be kept unread.
  mutating func open(ofPast day: CivilDate) {
    past = day
    entered["on"] = ""
  }

  /// Opens the form with the gestation at birth that the mother's own pregnancy tells.
  mutating func open(withGestation gestation: AgeInDays) {
    knowsGestationFromMother = true
    entered[VisitPage.gestationWeeks] = "\(gestation.count / 7)"
    entered[VisitPage.gestationDays] = "\(gestation.count % 7)"
  }

  /// The lines of a plan, as this visitor may see them.
  func rows(_ care: PersonCare) throws -> CareRows {
    var rows = try CareRows(visit, care, text, matters: visit.visitor.rights.sensitiveMatters)
    rows.isOwn = visit.ownFacts(of: care.person)
    return rows
  }

  /// What is new in today's plan with a draft of an earlier day: what was known later, as a
  /// pregnancy, makes a sign of danger of what was none on that day. Nothing of a draft of today.
  func urgentToday(_ draft: [Fact]) throws -> CareLines {
    guard let day = draft.first?.occurredOn, day != visit.today else { return CareLines() }
    func today(_ facts: [Fact]) throws -> PersonCare? {
      try visit.district.care(
        of: care.person.id, on: visit.today, with: facts, heldBy: holders,
        knowing: visit.visitor.rights.sensitiveMatters)
    }
    guard let before = try today(withoutCorrected), let after = try today(draft) else {
      return CareLines()
    }
    return try rows(after.changes(since: before, at: form.purposes)).lines()
  }

  /// What follows from the draft, beside what stands already.
  mutating func show(_ draft: [Fact]) throws {
    guard let day = draft.first?.occurredOn,
      let after = try visit.district.careAndImmunization(
        of: care.person.id, on: day, with: draft, heldBy: holders,
        knowing: visit.visitor.rights.sensitiveMatters)
    else { return }
    var rows = try rows(after.care)
    var lines = rows.lines()
    if let believed {
      guard
        let sure = try visit.district.care(
          of: care.person.id, on: day, with: believed, heldBy: holders,
          knowing: visit.visitor.rights.sensitiveMatters)
      else { return }
      rows = try self.rows(sure)
      lines = rows.lines().warning(of: lines)
    }
    lines = lines.adding(urgent: try urgentToday(draft))
    var shown = rows.fields(of: lines)
    shown["immunization"] = try ImmunizationRows(
      visit: visit, immunization: after.immunization, mayRecord: false, marks: rows.marks
    ).fields()
    preview = shown
  }
}
