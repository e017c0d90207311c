import Health
import Journal
import Services

/// How the members of a family are insured, where the family's data is.
extension FamilyEditPage {
  /// The insurances that hold today. One that has ended is asked for anew.
  static func insurances(
    of family: Family, _ visit: Visit
  ) throws -> [Identifier: InsuranceBody] {
    var held: [Identifier: InsuranceBody] = [:]
    for member in family.present {
      guard let insurance = try visit.district.person(member.id)?.summary.insurance,
        insurance.until.map({ visit.today <= $0 }) ?? true
      else { continue }
      held[member.id] = insurance
    }
    return held
  }

  private static func field(of member: PersonEntry) -> String { "insurance_\(member.id.text)" }

  private func standing(of member: PersonEntry) -> String {
    insurances[member.id].map { "\($0.kind.rawValue)" } ?? ""
  }

  /// What was entered, else what stands.
  private func chosen(of member: PersonEntry) -> String {
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
    family.present.map { member -> Fields in
      let chosen = chosen(of: member)
      return [
        "field": FamilyEditPage.field(of: member), "member": visit.name(of: member),
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
    family.present.filter { chosen(of: $0) != standing(of: $0) }.map { member -> Fields in
      [
        "label": "\(visit.words["people.field_insurance"]): \(visit.name(of: member))",
        "mine": name(chosen(of: member)), "theirs": name(standing(of: member)),
      ]
    }
  }

  /// The insurances that are told otherwise than they stand. The number stays where JKN stays JKN.
  func insuranceFacts(_ form: Form) -> [Fact] {
    family.present.compactMap { member -> Fact? in
      let known = insurances[member.id]
      guard
        let kind = UInt8(form[FamilyEditPage.field(of: member)]).flatMap(InsuranceKind.init),
        kind != known?.kind
      else { return nil }
      var body = InsuranceBody(kind: kind)
      if let known, known.kind.isNational, kind.isNational { body.number = known.number }
      return visit.recording.fact(
        .insurance, of: member.id, on: visit.today, at: member.place, body.bytes)
    }
  }
}
