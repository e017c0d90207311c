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
  private let visit: Visit
  private let care: PersonCare
  private let form: VisitForm
  private let text: CareText
  private var entered: [String: String] = [:]
  private var problems: [String: String] = [:]
  private var preview: Fields?

  private var words: Words { visit.words }

  init(_ visit: Visit, care: PersonCare, form: VisitForm) {
    self.visit = visit
    self.care = care
    self.form = form
    text = CareText(format: visit.format, settings: ClinicalSettings())
  }

  static func address(of person: Identifier, _ form: VisitForm) -> String {
    Links.address("/people/\(person.text)/visit", [("form", "\(form.name)")])
  }

  /// What is asked of this person by this visitor.
  private func sections() -> [FormSection] {
    var evaluation = Evaluation(care.record)
    let matters = visit.visitor.rights.sensitiveMatters
    return form.sections(asking: &evaluation).map { section in
      FormSection(
        section.name, section.questions.filter { matters.isSuperset(of: $0.element.matter) })
    }.filter { !$0.questions.isEmpty }
  }

  func rendering() -> Rendering {
    let name = visit.name(of: care.person)
    let title = words["care.forms.\(form.name)"]
    let fields = PersonFields(visit: visit)
    return Rendering(
      template: "visit", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: care.person.id, named: name, title),
      fields: [
        "name": name, "title": title, "age": fields.age(care.person),
        "action": VisitPage.address(of: care.person.id, form),
        "back": "/people/\(care.person.id.text)/care",
        "form_token": visit.visitor.formToken,
        "on": entered["on"] ?? Format.iso(visit.today), "today": Format.iso(visit.today),
        "problem_on": problems["on"], "has_problems": !problems.isEmpty,
        "settings": CareSetting.allCases.map { setting -> Fields in
          [
            "value": "\(setting.rawValue)", "name": words["care.places.\(setting.code)"],
            "chosen": entered["setting"] == "\(setting.rawValue)",
          ]
        },
        "performers": CarePerformer.allCases.map { performer -> Fields in
          [
            "value": "\(performer.rawValue)", "name": words["care.performers.\(performer.code)"],
            "chosen": entered["performer"] == "\(performer.rawValue)",
          ]
        },
        "sections": sections().map { section -> Fields in
          [
            "title": words["care.sections.\(section.name)"],
            "questions": section.questions.map(question),
          ]
        },
        "preview": preview,
      ])
  }

  private func question(_ question: FormQuestion) -> Fields {
    let element = question.element
    let name = "e\(element.code)"
    var fields: Fields = [
      "id": name, "label": text.element(element), "value": entered[name],
      "problem": problems[name], "is_needed": question.isNeeded,
    ]
    switch element.form {
    case .yesNo:
      fields["is_yes_no"] = true
      fields["is_yes"] = entered[name] == "1"
      fields["is_no"] = entered[name] == "0"
    case .choice(let count):
      fields["is_choice"] = true
      fields["options"] = (1...Int32(count)).map { choice -> Fields in
        [
          "value": "\(choice)", "name": text.value(choice, of: element),
          "chosen": entered[name] == "\(choice)",
        ]
      }
    case .day: fields["is_day"] = true
    case .quantity(let unit, let range):
      fields["is_quantity"] = true
      fields["unit"] = words("care.units.\(unit.code)", ["value": ""])
        .trimmingCharacters(in: .whitespaces)
      fields["range"] = words(
        "care.range",
        ["from": text.amount(range.lowerBound, unit), "to": text.amount(range.upperBound, unit)])
      fields["asks_position"] = element == .lengthOrHeight
      fields["is_lying"] = entered["position"] == "1"
      fields["is_standing"] = entered["position"] == "2"
    }
    return fields
  }

  /// Reads the form and makes the facts; nothing where something on it means nothing.
  mutating func facts(_ sent: Form) -> [Fact]? {
    for name in ["on", "setting", "performer", "position"] { entered[name] = sent[name] }
    var entry = VisitEntry()
    entry.setting = UInt8(sent["setting"]).flatMap(CareSetting.init)
    entry.performer = UInt8(sent["performer"]).flatMap(CarePerformer.init)
    entry.position = UInt8(sent["position"]).flatMap(BodyPosition.init)
    for section in sections() {
      for question in section.questions { read(question, sent, into: &entry) }
    }
    let day = self.day(sent["on"])
    if entry.values.isEmpty, problems.isEmpty { problems["on"] = words["care.problems.empty"] }
    guard problems.isEmpty, let day else { return nil }
    return entry.facts(
      by: form, of: care.person.id, on: day, at: care.person.place, visit.recording)
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
    _ question: FormQuestion, _ sent: Form, into entry: inout VisitEntry
  ) {
    let element = question.element
    let name = "e\(element.code)"
    let written = sent[name]
    entered[name] = written
    guard !written.isEmpty else {
      if question.isNeeded { problems[name] = words["care.problems.needed"] }
      return
    }
    guard let value = VisitPage.value(written, of: element) else {
      problems[name] = words["care.problems.not_a_number"]
      return
    }
    guard element.believes(value) else {
      if case .quantity(let unit, let range) = element.form {
        problems[name] = words(
          "care.problems.out_of_range",
          [
            "value": text.amount(value, unit), "from": text.amount(range.lowerBound, unit),
            "to": text.amount(range.upperBound, unit),
          ])
      } else {
        problems[name] = words["care.problems.not_a_number"]
      }
      return
    }
    entry.values[element] = value
  }

  /// A value as it was written, in the element's own unit: `11,5` cm are 1150.
  static func value(_ written: String, of element: DataElement) -> Int32? {
    guard case .quantity(let unit, _) = element.form else {
      if case .day = element.form {
        guard case .success(let day?) = PersonForm.day(written) else { return nil }
        return day.dayNumber
      }
      return Int32(written)
    }
    let plain = written.replacing(",", with: ".")
    guard plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      plain.utf8.count <= 12, let number = Double(plain)
    else { return nil }
    let scaled = (number * Double(unit.parts)).rounded()
    // More decimals than can be kept would be lost without a word.
    guard abs(scaled - number * Double(unit.parts)) < 1e-6 else { return nil }
    return Int32(exactly: scaled)
  }

  /// What follows from the draft, beside what stands already.
  mutating func show(_ draft: [Fact]) throws {
    guard let day = draft.first?.occurredOn,
      let after = try visit.district.care(of: care.person.id, on: day, with: draft)
    else { return }
    let rows = CareRows(care: after, text: text, matters: visit.visitor.rights.sensitiveMatters)
    preview = rows.fields()
  }
}

extension Visit {
  /// The form of that name, where it is for this person.
  func visitPage(_ id: Identifier) throws -> VisitPage {
    guard let care = try district.care(of: id, on: today) else { throw PageProblem.notFound }
    try require(.recordCare, of: care.person)
    var evaluation = Evaluation(care.record)
    guard let form = VisitForm.all.first(where: { "\($0.name)" == query["form"] }),
      evaluation.answer(form.applies) == .yes, care.person.diedOn == nil
    else { throw PageProblem.notFound }
    return VisitPage(self, care: care, form: form)
  }

  /// Keeps a visit, or shows what would follow from it.
  func keepVisit(of id: Identifier, _ form: Form) async throws -> Response {
    var page = try visitPage(id)
    guard let facts = page.facts(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    guard form["act"] == "save" else {
      try page.show(facts)
      return try respond(page.rendering())
    }
    _ = try await write(
      facts, action: .recordCare, route: "POST /people/{id}/visit", subjects: [id])
    return redirect(
      to: Links.address("/people/\(id.text)/care", [("done", "saved")]))
  }
}

extension CareSetting {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .posyandu: "posyandu"
    case .pustu: "pustu"
    case .puskesmas: "puskesmas"
    case .home: "home"
    case .school: "school"
    case .privateFacility: "private_facility"
    case .hospital: "hospital"
    }
  }
}

extension CarePerformer {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .kader: "kader"
    case .midwife: "midwife"
    case .nurse: "nurse"
    case .doctor: "doctor"
    case .dentist: "dentist"
    case .otherHealthWorker: "other"
    case .teacher: "teacher"
    }
  }
}
