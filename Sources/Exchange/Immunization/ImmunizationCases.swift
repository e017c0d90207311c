import Foundation
import Guidance
import Health

/// What is wrong with one case of a file of cases; the others are answered all the same.
public struct ImmunizationCaseProblem: Hashable, Sendable {
  /// The kinds of problem. The raw value is the name in catalogues, under `errors.case`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// It is no object with names and values.
    case notAnObject = "not_an_object"
    /// Something that it must have is not there, or of another kind.
    case missing
    /// It has no date of birth, so that nothing can be told.
    case noBirthDate = "no_birth_date"
    /// The group is none of the schedule's.
    case unknownGroup = "unknown_group"
    /// The calendar has no such day, or it lies outside what facts may carry.
    case impossibleDay = "impossible_day"
    /// The day lies before birth.
    case beforeBirth = "before_birth"
    /// The sex is not M, F or U.
    case unknownSex = "unknown_sex"
    /// The schedule does not know the vaccine, so that its dose is not judged.
    case unknownVaccine = "unknown_vaccine"
    /// There are more doses than are looked at.
    case tooManyDoses = "too_many_doses"
  }

  /// What kind of problem it is.
  public let code: Code
  /// The name in the file, with the dose's number where it is of one: `doses 2 date`.
  public let field: String
  /// What is written there.
  public let value: String

  /// A problem of a case.
  public init(code: Code, field: String, value: String) {
    self.code = code
    self.field = field
    self.value = value
  }

  /// Whether nothing can be told about the case; otherwise the rest of it is answered.
  public var leavesUnanswered: Bool {
    switch code {
    case .unknownVaccine, .tooManyDoses: false
    case .beforeBirth: !field.hasPrefix("doses")
    default: true
    }
  }
}

/// One case of a file of cases: a person, the doses given, and the group that is asked about.
public struct ImmunizationCase: Hashable, Sendable {
  /// A dose with what the file says of it.
  public struct Dose: Hashable, Sendable {
    /// The day, as it is written.
    public let date: String
    /// The product's code, as it is written.
    public let cvx: String
    /// The dose, where day and code could be read.
    public let given: GivenDose?
  }

  /// The case's own name; its place in the file, as `[3]`, where it has none.
  public let id: String
  /// The place of the group in the schedule.
  public let group: Int?
  /// The person.
  public let person: ImmunizationPerson
  /// The doses, in the file's order.
  public let doses: [Dose]
  /// The day of the answer.
  public let day: CivilDate?
  /// What is wrong with it.
  public let problems: [ImmunizationCaseProblem]

  /// Whether it can be answered.
  public var canBeAnswered: Bool { !problems.contains(where: \.leavesUnanswered) }
}

/// A file of cases, in the form of CDC's published CDSi test cases made JSON: a list of objects
/// with "id", "group", "dob", "sex", "assessment_date" and "doses" of "date" and "cvx".
public struct ImmunizationCases: Sendable {
  /// The cases.
  public let cases: [ImmunizationCase]

  /// Reads cases from the bytes of their file. A case in which something is wrong says so itself.
  ///
  /// - Throws: ``ScheduleFileProblem`` where the bytes are no list in JSON.
  public init(_ bytes: Data, for file: ScheduleFile) throws(ScheduleFileProblem) {
    let forms: [ImmunizationCaseForm] = try decodeForm(bytes)
    var reading = ImmunizationCaseReading(file)
    cases = forms.enumerated().map { reading.read($1, place: $0 + 1) }
  }
}

/// Turns the forms of cases into cases.
private struct ImmunizationCaseReading {
  private let file: ScheduleFile
  private let products: Set<ProductCode>
  private var problems: [ImmunizationCaseProblem] = []

  init(_ file: ScheduleFile) {
    self.file = file
    products = Set(file.schedule.products.map(\.code))
  }

  mutating func read(_ form: ImmunizationCaseForm, place: Int) -> ImmunizationCase {
    problems = []
    let id = form.id.text ?? "[\(place)]"
    if !form.isObject { note(.notAnObject, "", "") }
    let group = form.group.text.flatMap { file.groupNames.firstIndex(of: $0) }
    if form.isObject, group == nil { note(.unknownGroup, "group", form.group.text ?? "") }
    let birth = form.isObject ? birthDay(form.dob) : nil
    let today = form.isObject ? day(form.assessmentDate, "assessment_date") : nil
    if let birth, let today, today < birth {
      note(.beforeBirth, "assessment_date", form.assessmentDate.text ?? "")
    }
    let sex = sex(form.sex)
    if form.doses == nil { note(.missing, "doses", "") }
    let doses = (form.doses ?? []).enumerated().map { dose($1, number: $0 + 1, birth: birth) }
    if doses.count > ImmunizationForecaster.mostDoses {
      note(.tooManyDoses, "doses", "\(doses.count)")
    }
    return ImmunizationCase(
      id: id, group: group, person: ImmunizationPerson(birth: birth, sex: sex), doses: doses,
      day: today, problems: problems)
  }

  private mutating func note(
    _ code: ImmunizationCaseProblem.Code, _ field: String, _ value: String
  ) {
    problems.append(ImmunizationCaseProblem(code: code, field: field, value: value))
  }

  private mutating func birthDay(_ value: LooseValue) -> CivilDate? {
    if value == .absent || value == .text("") {
      note(.noBirthDate, "dob", "")
      return nil
    }
    return day(value, "dob")
  }

  private mutating func day(_ value: LooseValue, _ field: String) -> CivilDate? {
    guard let text = value.text, !text.isEmpty else {
      note(.missing, field, "")
      return nil
    }
    let day = CivilDate(written: text)
    if day == nil { note(.impossibleDay, field, text) }
    return day
  }

  private mutating func sex(_ value: LooseValue) -> Sex? {
    switch value {
    case .text("M"): return .male
    case .text("F"): return .female
    case .absent, .text("U"), .text(""): return nil
    default:
      note(.unknownSex, "sex", value.text ?? "")
      return nil
    }
  }

  private mutating func dose(
    _ form: ImmunizationCaseForm.Dose, number: Int, birth: CivilDate?
  ) -> ImmunizationCase.Dose {
    let place = "doses \(number)"
    if !form.isObject { note(.notAnObject, place, "") }
    let given = form.isObject ? day(form.date, "\(place) date") : nil
    if let given, let birth, given < birth {
      note(.beforeBirth, "\(place) date", form.date.text ?? "")
    }
    let code = form.cvx.text.flatMap { UInt16($0) }.map { ProductCode($0) }
    if form.isObject, code.map({ products.contains($0) }) != true {
      note(.unknownVaccine, "\(place) cvx", form.cvx.text ?? "")
    }
    var dose: GivenDose?
    if let given, let code {
      dose = GivenDose(
        code, on: given, brand: file.brand(named: form.vaccine.text),
        isSubstandard: form.substandard == .flag(true))
    }
    return ImmunizationCase.Dose(
      date: form.date.text ?? "", cvx: form.cvx.text ?? "", given: dose)
  }
}

/// The form of a case, read so that nothing in one case stops the others.
private struct ImmunizationCaseForm: Decodable {
  struct Dose: Decodable {
    private(set) var isObject = false
    private(set) var date = LooseValue.absent
    private(set) var cvx = LooseValue.absent
    private(set) var vaccine = LooseValue.absent
    private(set) var substandard = LooseValue.absent

    private enum CodingKeys: String, CodingKey { case date, cvx, vaccine, substandard }

    init(from decoder: any Decoder) throws {
      guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else { return }
      isObject = true
      date = LooseValue(fields, .date)
      cvx = LooseValue(fields, .cvx)
      vaccine = LooseValue(fields, .vaccine)
      substandard = LooseValue(fields, .substandard)
    }
  }

  private(set) var isObject = false
  private(set) var id = LooseValue.absent
  private(set) var group = LooseValue.absent
  private(set) var dob = LooseValue.absent
  private(set) var sex = LooseValue.absent
  private(set) var assessmentDate = LooseValue.absent
  /// Nothing where what stands there is no list.
  private(set) var doses: [Dose]? = []

  private enum CodingKeys: String, CodingKey {
    case id, group, dob, sex, doses
    case assessmentDate = "assessment_date"
  }

  init(from decoder: any Decoder) throws {
    guard let fields = try? decoder.container(keyedBy: CodingKeys.self) else { return }
    isObject = true
    id = LooseValue(fields, .id)
    group = LooseValue(fields, .group)
    dob = LooseValue(fields, .dob)
    sex = LooseValue(fields, .sex)
    assessmentDate = LooseValue(fields, .assessmentDate)
    if LooseValue(fields, .doses) != .absent {
      doses = try? fields.decode([Dose].self, forKey: .doses)
    }
  }
}

/// A value of a case, whatever its kind.
private enum LooseValue: Decodable, Equatable {
  case absent
  case text(String)
  case flag(Bool)
  case other

  init<Key>(_ fields: KeyedDecodingContainer<Key>, _ key: Key) {
    self = (try? fields.decodeIfPresent(LooseValue.self, forKey: key)) ?? .absent
  }

  init(from decoder: any Decoder) throws {
    guard let value = try? decoder.singleValueContainer() else {
      self = .other
      return
    }
    if value.decodeNil() {
      self = .absent
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Int.self) {
      self = .text("\(number)")
    } else {
      self = .other
    }
  }

  /// The text, or a whole number's digits.
  var text: String? {
    if case .text(let text) = self { text } else { nil }
  }
}
