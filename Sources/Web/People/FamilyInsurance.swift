import Health
import Journal
import Services

/// What is known of a member's insurance.
struct KnownInsurance {
  /// The one that holds today; one that has ended is asked for anew.
  var held: InsuranceBody?
  /// The number of JKN that was told last, also where that has ended; or empty.
  var nationalNumber: [UInt8] = []
}

/// How the members of a family are insured, where the family's data is.
extension FamilyEditPage {
  static func insurances(
    of members: [PersonEntry], _ visit: Visit
  ) throws -> [Identifier: KnownInsurance] {
    var known: [Identifier: KnownInsurance] = [:]
    for member in members {
      guard let summary = try visit.district.person(member.id)?.summary else { continue }
      let holds = summary.insurance?.until.map { visit.today <= $0 } ?? true
      known[member.id] = KnownInsurance(
        held: holds ? summary.insurance : nil, nationalNumber: summary.nationalInsuranceNumber)
    }
    return known
  }

  private func held(by member: PersonEntry) -> InsuranceBody? { insurances[member.id]?.held }

  /// The number of JKN that is recorded again where JKN is chosen again: its last four digits, which
  /// tell it from others.
  private func offeredNumber(of member: PersonEntry) -> String? {
    guard let known = insurances[member.id], !(known.held?.kind.isNational ?? false) else {
      return nil
    }
    let number = String(decoding: known.nationalNumber, as: UTF8.self)
    return number.isEmpty ? nil : "•••\(number.suffix(4))"
  }

  private static func field(of member: PersonEntry) -> String { "insurance_\(member.id.text)" }

  private func standing(of member: PersonEntry) -> String {
    held(by: member).map { "\($0.kind.rawValue)" } ?? ""
  }

  /// What stands, by the name of its field.
  func insurancesStanding() -> [(String, String)] {
    present.map { (FamilyEditPage.field(of: $0), standing(of: $0)) }
  }

  /// What was entered, else what stands.
  private func chosen(of member: PersonEntry) -> String {
    if isLeft(FamilyEditPage.field(of: member)) { return standing(of: member) }
    let entered = form?[FamilyEditPage.field(of: member)] ?? ""
    return entered.isEmpty ? standing(of: member) : entered
  }

  private func name(_ value: String) -> String {
    value.isEmpty
      ? visit.words["common.not_known"] : visit.words["insurance_kinds.\(value)"]
  }

  /// What is known once is not made unknown again: the empty answer is offered where nothing is.
  private func choices(for member: PersonEntry) -> [String] {
    (standing(of: member).isEmpty ? [""] : [])
      + InsuranceKind.allCases.map { "\($0.rawValue)" }
  }

  func insuranceFields() -> [Fields] {
    present.map { member -> Fields in
      let chosen = chosen(of: member)
      return [
        "field": FamilyEditPage.field(of: member), "member": visit.name(of: member),
        "number": offeredNumber(of: member).map {
          visit.words("people.insurance_number_again", ["number": $0])
        },
        "choices": choices(for: member).map { value -> Fields in
          [
            "value": value, "name": value.isEmpty ? "–" : name(value), "chosen": value == chosen,
          ]
        },
      ]
    }
  }

  /// What was entered, and what stands now.
  func insuranceDifferences() -> [Fields] {
    present.filter { chosen(of: $0) != standing(of: $0) }.map { member -> Fields in
      [
        "label": "\(visit.words["people.field_insurance"]): \(visit.name(of: member))",
        "mine": name(chosen(of: member)), "theirs": name(standing(of: member)),
      ]
    }
  }

  /// The insurances that are told otherwise than they stand. The number of JKN comes with JKN, also
  /// where it had ended.
  func insuranceFacts(_ form: Form) -> [Fact] {
    present.compactMap { member -> Fact? in
      let known = insurances[member.id]
      guard
        let kind = UInt8(form[FamilyEditPage.field(of: member)]).flatMap(InsuranceKind.init),
        kind != known?.held?.kind
      else { return nil }
      var body = InsuranceBody(kind: kind)
      if let known, kind.isNational { body.number = known.nationalNumber }
      return visit.recording.fact(
        .insurance, of: member.id, on: visit.today, at: member.place, body.bytes)
    }
  }
}
