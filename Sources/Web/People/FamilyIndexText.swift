import Health
import Programmes
import Services

/// The family health index in words.
struct FamilyIndexText {
  private let visit: Visit
  private let index: FamilyHealthIndex

  private var words: Words { visit.words }

  init(_ visit: Visit, _ index: FamilyHealthIndex) {
    self.visit = visit
    self.index = index
  }

  /// The items that somebody with these rights is asked about, and whose replies are taken.
  static func items(for rights: Rights) -> [FamilyIndexItem] {
    FamilyIndexItem.allCases.filter { !rights.hiddenItems.contains($0) }
  }

  private var hidden: Set<FamilyIndexItem> { visit.visitor.rights.hiddenItems }
  private var score: FamilyIndexScore { index.score(without: hidden) }

  /// - Parameter entered: the reply that a form holds for an item, as the form writes it.
  func fields(entered: (FamilyIndexItem) -> String = { _ in "" }) -> Fields {
    [
      "class": words["family_index.classes.\(classCode)"], "tone": tone,
      "value": value, "part": hidden.isEmpty ? nil : words["family_index.part"],
      "items": index.items.filter { !hidden.contains($0.item) }.map(item),
      "asks": Self.items(for: visit.visitor.rights).map { question($0, entered($0)) },
    ]
  }

  private var classCode: String {
    switch score.familyClass {
    case .known(let known): "\(known.name)"
    case .unknown: "unknown"
    case .doesNotApply: "does_not_apply"
    }
  }

  private var tone: String {
    switch score.familyClass {
    case .known(.healthy): "good"
    case .known(.preHealthy): "fair"
    case .known(.unhealthy): "bad"
    default: "none"
    }
  }

  /// `0,636`, or `0,500–0,750` where something is not known.
  private var value: String? {
    guard let lowest = score.lowest, let highest = score.highest else { return nil }
    func share(_ share: FamilyIndexShare) -> String {
      visit.format.number(Double(share.thousandths) / 1000, digits: 3)
    }
    return lowest == highest ? share(lowest) : "\(share(lowest))–\(share(highest))"
  }

  private func item(_ result: FamilyIndexResult) -> Fields {
    let standing = standing(result.standing)
    return [
      "name": words["family_index.items.\(result.item.name).name"],
      "long": words["family_index.items.\(result.item.name).long"],
      "standing": words["family_index.standings.\(standing.code)"], "tone": standing.tone,
      "why": why(result),
    ]
  }

  private func standing(_ standing: FamilyIndexStanding) -> (code: String, tone: String) {
    switch standing {
    case .good: ("good", "good")
    case .notGood: ("not_good", "bad")
    case .doesNotApply: ("does_not_apply", "none")
    case .unknown: ("unknown", "fair")
    }
  }

  private func why(_ result: FamilyIndexResult) -> String? {
    if case .unknown(let reason) = result.standing {
      return words["family_index.unknown.\(reason.name)"]
    }
    guard let origin = result.origin else { return nil }
    let text = words["family_index.origins.\(origin.name)"]
    return result.on.map { "\(text), \(visit.format.date($0))" } ?? text
  }

  private func question(_ item: FamilyIndexItem, _ entered: String) -> Fields {
    [
      "number": "\(item.rawValue)", "name": words["family_index.items.\(item.name).long"],
      "replies": Self.replies.map { reply -> Fields in
        [
          "value": reply.value, "text": words["family_index.standings.\(reply.code)"],
          "chosen": reply.value == entered,
        ]
      },
    ]
  }

  /// The replies of the form, and what they mean.
  private static let replies = [
    (value: "1", code: "good"), (value: "2", code: "not_good"),
    (value: "3", code: "does_not_apply"),
  ]

  /// Items to which a form replies something else than what stands.
  func differences(entered: (FamilyIndexItem) -> String) -> [Fields] {
    Self.items(for: visit.visitor.rights).compactMap { item -> Fields? in
      guard let reply = Self.replies.first(where: { $0.value == entered(item) }) else { return nil }
      let now = index.items.first { $0.item == item }.map { standing($0.standing).code }
      if now == reply.code { return nil }
      return [
        "label": words["family_index.items.\(item.name).long"],
        "mine": words["family_index.standings.\(reply.code)"],
        "theirs": words["family_index.standings.\(now ?? "unknown")"],
      ]
    }
  }
}
