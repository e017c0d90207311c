import Health
import Journal
import Services

/// Persons as pages show them.
enum PersonText {
  /// A NIK with its middle hidden: `6371••••••••1007`; nothing where there is none.
  static func maskedNumber(_ number: String) -> String? {
    guard !number.isEmpty else { return nil }
    guard number.count > 8 else { return String(repeating: "•", count: number.count) }
    return number.prefix(4) + String(repeating: "•", count: number.count - 8) + number.suffix(4)
  }
}

extension Visit {
  /// The name as spoken, or that there is none.
  func name(of person: PersonEntry) -> String {
    person.name.isEmpty ? words["common.unnamed"] : person.name
  }

  /// The child with that identifier.
  func child(_ id: Identifier) throws -> ChildGrowth {
    guard let child = try district.child(id) else { throw PageProblem.notFound }
    return child
  }
}
