import Health
import Journal
import Services

/// What is doubtful about a person's numbers, in words: always warnings, never a reason to refuse.
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
    var found = check.warnings(ofNationalIdentityNumber: body.nationalIdentityNumber).map(text)
    let others = try visit.district.search(number: record.person.nationalIdentityNumber)
      .filter {
        $0.id != record.person.id
          && $0.nationalIdentityNumber == record.person.nationalIdentityNumber
      }
    if !others.isEmpty {
      found.append([
        "what": words("people.nik_used", ["count": visit.format.whole(others.count)]),
        "mend": words["people.nik_used_mend"],
      ])
    }
    return found
  }

  private func text(_ warning: IdentityWarning) -> Fields {
    let key = "identity_warnings.nik.\(warning.code.name)"
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
