import Foundation
import Guidance
import Health
import Journal
import Services

/// What was entered of a person, read with a complaint for each field that means nothing.
struct PersonForm {
  /// A field, as forms and catalogues name it.
  enum Field: String, CaseIterable {
    case name, sex, born, estimated, nik, mother, mother_nik, father, birth_place, telephone
    case birth_order, birth_weight, birth_length, place, card, relation, since, came_from, reason
  }

  /// The fields of who somebody is, as they are corrected.
  static let corrected: [Field] = [
    .name, .sex, .born, .estimated, .nik, .mother, .mother_nik, .birth_order, .father, .birth_place,
    .telephone,
  ]

  /// Those of them that are folded together until they are looked for.
  static let folded: Set<Field> = [.mother_nik, .birth_order, .father, .birth_place, .telephone]

  private(set) var values: [Field: String] = [:]
  private(set) var problems: [Field: String] = [:]
  private(set) var person = PersonBody()
  private(set) var place: Identifier?
  private(set) var relation: HouseholdRelation?
  private(set) var since: CivilDate?
  /// Whether what stands for a NIK is none, and can be kept as it was typed with one more press.
  private(set) var offersToKeepNumber = false
  /// Whether it was said that it is to be kept so.
  private(set) var keepsNumber = false

  /// Takes away the woman whose record was joined as the mother's, where another name was entered
  /// than hers, or none: she is not meant. Another spelling of her name is hers.
  ///
  /// - Returns: whether she was taken away.
  mutating func part(from mother: PersonEntry, known: PersonBody) -> Bool {
    guard person.mother != nil, person.motherName != known.motherName else { return false }
    let terms = SearchTerms()
    let (entered, hers) = (terms.keys(of: values[.mother] ?? ""), terms.keys(of: mother.name))
    let likeness = NameSimilarity.jaroWinkler(entered.letters, hers.letters)
    guard entered.agreement(with: hers) == .different, likeness < PersonForm.similarMother else {
      return false
    }
    person.mother = nil
    return true
  }

  /// Names at least so similar are one name with a slip of the finger.
  private static let similarMother = EvidenceTable.startingEstimates.similarMother

  /// What stands on an empty form.
  init() {}

  /// Complains about the date of birth.
  mutating func refuseBirth(_ problem: String) { problems[.born] = problem }

  /// Up to this age in days the form asks for weight and length at birth, as told: until the visits
  /// of a newborn are over.
  private static let newbornDays: Int32 = 28

  /// Whether the form is that of a newborn, by the day of birth on it.
  func isOfNewborn(on today: CivilDate) -> Bool {
    guard case .success(let born?) = PersonForm.day(values[.born] ?? "") else { return false }
    return (0...PersonForm.newbornDays).contains(today.dayNumber - born.dayNumber)
  }

  /// Reads weight and length at birth, which may stay open.
  mutating func readBirth(_ format: Format) {
    let words = format.words
    person.birthWeight = measure(.birth_weight, of: .birthWeight, words, PersonForm.grams) {
      "\(format.whole($0)) \(words["common.g"])"
    }.map { Mass(grams: $0) }
    person.birthLength = measure(.birth_length, of: .birthLength, words) {
      "\(format.centimetres(Length(tenthsOfMillimetre: $0).centimetres)) \(words["common.cm"])"
    }.map { Length(tenthsOfMillimetre: $0) }
  }

  /// Books write grams and scales kilograms; no newborn is both.
  private static func grams(_ written: String, of element: DataElement) -> Int32? {
    guard let grams = VisitPage.value(written, of: element) else { return nil }
    if grams < PersonForm.leastThousandfold { return grams }
    return grams % 1000 == 0 ? grams / 1000 : nil
  }

  /// From 20 on a number is one of grams, though it was read as one of kilograms.
  private static let leastThousandfold: Int32 = 20_000

  /// A measure of the birth, or a complaint about it, with the ends of what is possible.
  private mutating func measure(
    _ field: Field, of element: DataElement, _ words: Words,
    _ read: (String, DataElement) -> Int32? = VisitPage.value(_:of:), said: (Int32) -> String
  ) -> Int32? {
    let written = (values[field] ?? "").trimmingCharacters(in: .whitespaces)
    guard !written.isEmpty, case .quantity(_, let range) = element.form else { return nil }
    guard let value = read(written, element) else {
      problems[field] = words["care.problems.not_a_number"]
      return nil
    }
    guard range.contains(value) else {
      problems[field] = words(
        "care.problems.out_of_range",
        ["value": said(value), "from": said(range.lowerBound), "to": said(range.upperBound)])
      return nil
    }
    return value
  }

  /// What stands on the form of a person who is known.
  init(_ record: PersonRecord) {
    let body = record.summary.person
    person = body
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    values[.name] = text(body.name)
    values[.sex] = body.sex?.code
    values[.born] = body.birthDate.map { Format.iso($0) }
    if body.birthDateCertainty == .estimatedFromAge { values[.estimated] = "1" }
    values[.nik] = text(
      body.nationalIdentityNumber.isEmpty ? body.toldIdentityNumber : body.nationalIdentityNumber)
    keepsNumber = body.nationalIdentityNumber.isEmpty && !body.toldIdentityNumber.isEmpty
    values[.mother] = text(body.motherName)
    values[.mother_nik] = text(body.motherNationalIdentityNumber)
    values[.father] = text(body.fatherName)
    values[.birth_place] = text(body.birthPlace)
    values[.telephone] = text(body.telephone)
    values[.birth_order] = body.birthOrder.map { "\($0)" }
  }

  /// Reads a form.
  ///
  /// - Parameter known: what is known already, of which fields that are not on the form stay.
  init(_ form: Form, known: PersonBody = PersonBody(), today: CivilDate, words: Words) {
    person = known
    for field in Field.allCases { values[field] = form[field.rawValue] }
    let wrong = Complaint(words: words)
    person.name = name(.name, wrong)
    if person.name.isEmpty {
      problems[.name] = wrong("name_missing")
    } else if problems[.name] == nil, NameCheck(person.name).letters == 0 {
      problems[.name] = wrong("no_letters")
    }
    switch values[.sex] {
    case "male": person.sex = .male
    case "female": person.sex = .female
    default: person.sex = nil
    }
    if person.sex == nil { problems[.sex] = wrong("sex_missing") }
    person.birthDate = nil
    person.birthDateCertainty = nil
    switch PersonForm.day(values[.born] ?? "") {
    case .success(let day?):
      if day > today {
        problems[.born] = wrong("in_future")
      } else if day < PersonForm.earliest {
        problems[.born] = wrong("too_early")
      }
      person.birthDate = day
      person.birthDateCertainty = values[.estimated]?.isEmpty == false ? .estimatedFromAge : .exact
    case .success(nil): problems[.born] = wrong("birth_missing")
    case .failure: problems[.born] = wrong("no_date")
    }
    readNumbers(
      wrong, kept: [form["keep_nik"], String(decoding: known.toldIdentityNumber, as: UTF8.self)])
    person.motherName = name(.mother, wrong)
    person.fatherName = name(.father, wrong)
    person.birthPlace = name(.birth_place, wrong)
    person.telephone = text(.telephone, wrong, longest: 30)
    if let sign = PersonForm.strangeSign(inTelephone: values[.telephone] ?? "") {
      problems[.telephone] = wrong("telephone", ["sign": sign])
    }
    let order = values[.birth_order] ?? ""
    person.birthOrder = UInt8(order).flatMap { (1...9).contains($0) ? $0 : nil }
    if !order.isEmpty, person.birthOrder == nil { problems[.birth_order] = wrong("birth_order") }
  }

  /// - Parameter kept: what may stand for a NIK though it is none, for somebody has said so.
  private mutating func readNumbers(_ wrong: Complaint, kept: [String]) {
    person.nationalIdentityNumber = number(.nik, wrong)
    person.motherNationalIdentityNumber = number(.mother_nik, wrong)
    person.toldIdentityNumber = []
    let typed = values[.nik] ?? ""
    guard problems[.nik] != nil, typed.count <= PersonForm.longestNumber,
      NameCheck(typed.utf8).found == nil
    else { return }
    keepsNumber = kept.contains(typed)
    offersToKeepNumber = !keepsNumber
    if keepsNumber {
      problems[.nik] = nil
      person.toldIdentityNumber = Array(typed.utf8)
    }
  }

  private mutating func text(
    _ field: Field, _ wrong: Complaint, longest: Int = 100
  ) -> [UInt8] {
    let value = values[field] ?? ""
    if value.count > longest { problems[field] = wrong("too_long", ["count": "\(longest)"]) }
    return Array(value.utf8)
  }

  /// A name without what nobody can see or say, which would stand in it for ever.
  private mutating func name(_ field: Field, _ wrong: Complaint) -> [UInt8] {
    let name = text(field, wrong)
    if let problem = PersonForm.problem(inName: values[field] ?? "", wrong.words) {
      problems[field] = problem
    }
    return name
  }

  /// What is wrong with the characters of a name or place, where, and how to mend it.
  static func problem(inName name: String, _ words: Words) -> String? {
    guard let found = NameCheck(name.utf8).found else { return nil }
    let before = String(String.UnicodeScalarView(name.unicodeScalars.prefix(found.position)))
    let code = found.fault == .picture ? "picture" : "invisible"
    return before.isEmpty
      ? words["people.problems.\(code)_first"]
      : words("people.problems.\(code)", ["before": String(before.suffix(20))])
  }

  /// A character that is in no telephone number; also where there is no digit at all.
  private static func strangeSign(inTelephone text: String) -> String? {
    let isFit: (Character) -> Bool = { ("0"..."9").contains($0) || "+ -()".contains($0) }
    if let sign = text.first(where: { !isFit($0) }) {
      return NameCheck(String(sign).utf8).found == nil ? String(sign) : "?"
    }
    return text.isEmpty || text.contains(where: \.isNumber) ? nil : text
  }

  private mutating func number(_ field: Field, _ wrong: Complaint) -> [UInt8] {
    let typed = TypedDigits((values[field] ?? "").utf8)
    guard typed.isEmpty || (typed.digits.count == 16 && typed.otherCharacters == 0) else {
      problems[field] =
        typed.otherCharacters > 0
        ? wrong("digits_only")
        : wrong("sixteen_digits", ["count": "\(typed.digits.count)"])
      return []
    }
    return typed.digits
  }

  /// Reads where the person lives, for those who come into the register or move.
  mutating func readHome(
    _ form: Form, tree: PlaceTree, allowed: (Identifier) -> Bool, today: CivilDate, words: Words
  ) {
    let wrong = Complaint(words: words)
    if let problem = PersonForm.problem(inName: form["came_from"], words) {
      problems[.came_from] = problem
    }
    if let problem = PersonForm.problem(inName: form["card"], words) { problems[.card] = problem }
    if form["card"].count > 40 { problems[.card] = wrong("too_long", ["count": "40"]) }
    place = Identifier(text: form["place"]).flatMap { tree.places[$0]?.id }
    if place.map({ !allowed($0) }) ?? true {
      place = nil
      problems[.place] = wrong("place_missing")
    }
    relation = UInt8(form["relation"]).flatMap(HouseholdRelation.init)
    if relation == nil { problems[.relation] = wrong("relation_missing") }
    switch PersonForm.day(form["since"]) {
    case .success(let day): since = day ?? today
    case .failure: problems[.since] = wrong("no_date")
    }
    if let since, since > today { problems[.since] = wrong("in_future") }
    if let since, let born = person.birthDate, since < born {
      problems[.since] = wrong("before_birth")
    }
  }

  /// What is wrong, in words.
  private struct Complaint {
    let words: Words

    func callAsFunction(_ code: String, _ details: [String: String] = [:]) -> String {
      words("people.problems.\(code)", details)
    }
  }

  /// Whether all fields mean something.
  var isFit: Bool { problems.isEmpty }

  /// Sixteen digits in groups, and a few characters too many.
  private static let longestNumber = 30

  static let earliest = CivilDate(year: 1890, month: 1, day: 1) ?? CivilDate(dayNumber: 0)

  /// What is no date at all.
  struct NoDate: Error {}

  /// `2024-02-29`, or `29-02-2024` and `29/02/2024` where a browser has no field for dates.
  static func day(_ text: String) -> Result<CivilDate?, NoDate> {
    if text.isEmpty { return .success(nil) }
    let parts = text.split { $0 == "-" || $0 == "/" || $0 == "." }.map(String.init)
    guard parts.count == 3, let first = Int(parts[0]), let month = Int(parts[1]),
      let last = Int(parts[2])
    else { return .failure(NoDate()) }
    let date =
      parts[0].count == 4
      ? CivilDate(year: first, month: month, day: last)
      : parts[2].count == 4 ? CivilDate(year: last, month: month, day: first) : nil
    return date.map { .success($0) } ?? .failure(NoDate())
  }

  /// Takes over what stands now in each field that was not changed from what the form was opened
  /// with: whoever changed one field of it says nothing of the others.
  mutating func takeOver(_ now: PersonForm, unlessChangedFrom opened: [Field: String]) {
    for (field, value) in opened where value == values[field] ?? "" {
      values[field] = now.values[field]
      if field == .nik { keepsNumber = now.keepsNumber }
    }
  }

  /// Sets what stands in a field, as a form that leads here may.
  mutating func set(_ field: Field, _ value: String) { values[field] = value }
}
