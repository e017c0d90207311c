import Guidance
import Health
import Journal
import Services

/// What of today's plan goes, and what comes, once a visit, a pregnancy or its end is taken back:
/// signs of danger and grave classes before all, for a plan without them reads as if all were well.
struct WithdrawalConsequences {
  /// What is dangerous today and would be judged no longer, or less gravely.
  let gone: [String]
  /// What would stand as dangerous instead.
  let come: [String]
  /// What would be owed no longer.
  let owedNoLonger: [String]
  /// What would be owed instead.
  let owedInstead: [String]

  /// - Parameter withdrawals: what would take it back, which is not written yet.
  init?(_ visit: Visit, of person: PersonEntry, _ withdrawals: [Fact]) throws {
    let holders = try visit.onlyCare(of: person)
    func care(with draft: [Fact]) throws -> PersonCare? {
      try visit.district.care(
        of: person.id, on: visit.today, with: draft, heldBy: holders,
        knowing: visit.visitor.rights.sensitiveMatters)
    }
    guard let before = try care(with: []), let after = try care(with: withdrawals) else {
      return nil
    }
    let text = CareText(visit)
    func lines(_ care: PersonCare) throws -> CareLines {
      var rows = try CareRows(visit, care, text, matters: visit.visitor.rights.sensitiveMatters)
      rows.isOwn = visit.ownFacts(of: person)
      return rows.lines()
    }
    let lost = try lines(before.changes(since: after, at: []))
    let found = try lines(after.changes(since: before, at: []))
    (gone, come) = (lost.dangerous, found.dangerous)
    (owedNoLonger, owedInstead) = (lost.owed, found.owed)
  }

  func fields(_ text: CareText) -> Fields {
    func sentence(_ name: String, _ names: [String]) -> String? {
      names.isEmpty
        ? nil : text.words("care.correction.\(name)", ["names": text.fewest(names)])
    }
    return [
      "has_gone": !gone.isEmpty, "gone": gone.map { ["text": $0] as Fields },
      "has_come": !come.isEmpty, "come": come.map { ["text": $0] as Fields },
      "owed_no_longer": sentence("owed_no_longer", owedNoLonger),
      "owed_instead": sentence("owed_instead", owedInstead),
    ]
  }
}

extension CareLines {
  /// Signs of danger with how urgent they are, and grave classes.
  fileprivate var dangerous: [String] {
    dangers.map { "\($0.name): \($0.fields["urgency"] as? String ?? "")" }
      + grave.map { "\($0.name): \($0.fields["class"] as? String ?? "")" }
  }

  /// What is owed now.
  fileprivate var owed: [String] { groups["now"]?.all.map(\.name) ?? [] }
}
