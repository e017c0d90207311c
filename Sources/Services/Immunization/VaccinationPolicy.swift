import Health
import Journal

/// What somebody may write down about vaccinations.
public enum VaccinationAct: Hashable, Sendable, CaseIterable {
  /// That they gave a dose, with its batch.
  case give
  /// What the book tells, a card or the family.
  case copy
  /// That a vaccine was not given, and why.
  case noteNotGiven
}

/// Who may write down what about vaccinations, of those who may record care at all. Whatever does
/// not stand here is refused.
///
/// A vaccine is an injection or a medicine by a health worker's order (UU 17/2023 on health); a kader
/// of the Posyandu calls, weighs and keeps the book (KMK HK.01.07/MENKES/2015/2023): from memory.
public enum VaccinationPolicy {
  /// What a role may write down.
  public static let table: [Role: Set<VaccinationAct>] = [
    // Copies into the record what the midwife has written into the book.
    .kader: [.copy, .noteNotGiven],
    .pustuWorker: [.give, .copy, .noteNotGiven],
    .clusterWorker: [.give, .copy, .noteNotGiven],
    .privateFacility: [.give, .copy, .noteNotGiven],
  ]

  /// Facilities that vaccinate nobody and keep nobody's book.
  public static let withoutVaccinations: Set<PlaceKind> = [.pharmacy, .laboratory]

  /// What may be written down in a role at a place of some kind; nothing of the kind where the place
  /// is not known.
  public static func acts(for role: Role, at kind: PlaceKind?) -> Set<VaccinationAct> {
    if let kind, withoutVaccinations.contains(kind) { return [] }
    return table[role] ?? []
  }
}

extension Rights {
  /// What the worker may write down about vaccinations: a midwife who is a kader too stays one.
  public func vaccinationActs(in tree: PlaceTree) -> Set<VaccinationAct> {
    if isEverything { return Set(VaccinationAct.allCases) }
    return workplaces.reduce(into: []) { acts, workplace in
      acts.formUnion(
        VaccinationPolicy.acts(for: workplace.role, at: tree.places[workplace.place]?.kind))
    }
  }
}
