import Health
import Journal
import Services

/// What is doubtful about a person's numbers and name, in words: always warnings, never a reason to refuse.
struct IdentityWarnings {
  private let visit: Visit
  private let record: PersonRecord

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
  }

  func fields() throws -> [Fields] {
    let body = record.summary.person
    var check = IdentityCheck(today: visit.today)
    check.birthDate = body.birthDate
    check.birthDateCertainty = body.birthDateCertainty
    check.sex = body.sex
    check.acceptsExamples = visit.site.demo != nil
    var found: [Fields] = []
    if NameCheck(body.name).letters == 1 {
      found.append([
        "what": words["identity_warnings.name.one_letter.what"],
        "mend": words["identity_warnings.name.one_letter.mend"],
      ])
    }
    found += kin()
    found += check.warnings(
      ofNationalIdentityNumber: body.nationalIdentityNumber.isEmpty
        ? body.toldIdentityNumber : body.nationalIdentityNumber
    ).map { text($0, of: "nik") }
    found += try familyCard(check)
    let others = try visit.district.search(number: record.person.nationalIdentityNumber)
      .filter {
        $0.id != record.person.id
          && $0.nationalIdentityNumber == record.person.nationalIdentityNumber
      }
    if !others.isEmpty {
      found.append([
        "what": words("people.nik_used", ["count": visit.format.whole(others.count)]),
        "mend": words[
          try visit.may(.decideMerge, with: record.person)
            ? "people.nik_used_mend" : "people.nik_used_tell"],
      ])
    }
    return found
  }

  /// What is doubtful about mother and spouses, where it shows that one of the records is wrong.
  private func kin() -> [Fields] {
    var found: [Fields] = []
    if let born = record.person.birthDate, let herBirth = record.mother?.birthDate {
      let age = herBirth <= born ? Int(born.completedYears(since: herBirth).count) : -1
      if !Visit.agesOfMothers.contains(age) {
        found.append(kin("mother_age", ["age": "\(max(age, 0))"]))
      }
    }
    for spouse in record.spouses where spouse.sex != nil && spouse.sex == record.person.sex {
      found.append(kin("spouse_sex", ["name": visit.name(of: spouse)]))
    }
    return found
  }

  private func kin(_ code: String, _ values: [String: String]) -> Fields {
    [
      "what": words("identity_warnings.kin.\(code).what", values),
      "mend": words("identity_warnings.kin.\(code).mend", values),
    ]
  }

  /// What is doubtful about the family's number, for those who see the family: also where it is
  /// none, and was kept as it was typed.
  private func familyCard(_ check: IdentityCheck) throws -> [Fields] {
    guard let household = record.person.household,
      try visit.may(.seeFamily, with: record.person),
      let body = try visit.district.household(household)?.body
    else { return [] }
    let typed = body.familyCardNumber.isEmpty ? body.localIdentifier : body.familyCardNumber
    return check.warnings(ofFamilyCardNumber: typed).map { text($0, of: "kk") }
  }

  private func text(_ warning: IdentityWarning, of number: String) -> Fields {
    let key = "identity_warnings.\(number).\(warning.code.name)"
    let values = values(of: warning)
    return ["what": words("\(key).what", values), "mend": words("\(key).mend", values)]
  }

  private func values(of warning: IdentityWarning) -> [String: String] {
    switch warning {
    case .otherCharacters(let count), .notSixteenDigits(let count): ["count": "\(count)"]
    case .unknownRegion(let region): ["region": "\(region)"]
    case .laterThanToday(let told): ["told": visit.format.date(told)]
    case .birthDateDiffers(let days, let told):
      ["told": visit.format.date(told), "days": "\(abs(days))"]
    default: [:]
    }
  }
}
