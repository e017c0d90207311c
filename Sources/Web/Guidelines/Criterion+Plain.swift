import Guidance

/// A condition as people read it: nothing denied twice, no group within a group of its kind.
extension Criterion {
  /// The same condition, told plainly: whatever is known of its parts, it is answered yes, no or
  /// unknown as the condition itself is. For printing only: what is computed stays as it was
  /// written.
  var plain: Criterion {
    switch self {
    case .all(let parts):
      let told = parts.flatMap { part -> [Criterion] in
        if case .all(let inner) = part.plain { inner } else { [part.plain] }
      }
      return told.count == 1 ? told[0] : .all(told)
    case .one(let parts):
      let told = parts.flatMap { part -> [Criterion] in
        if case .one(let inner) = part.plain { inner } else { [part.plain] }
      }
      return told.count == 1 ? told[0] : .one(told)
    case .atLeast(let count, let parts): return .atLeast(count, of: parts.map(\.plain))
    case .asObserved(let element, let scope, let part):
      return .asObserved(element, scope, part.plain)
    case .not(let part): return part.plain.denied
    default: return self
    }
  }

  /// That a plain condition does not hold, told plainly. Not all of them is one that is not; none of
  /// them stays so unless one of them is denied already.
  private var denied: Criterion {
    switch self {
    case .not(let part): return part
    case .all(let parts): return Criterion.one(parts.map { .not($0) }).plain
    case .one(let parts) where parts.contains(where: \.isDenied):
      return Criterion.all(parts.map { .not($0) }).plain
    default: return .not(self)
    }
  }

  private var isDenied: Bool { if case .not = self { true } else { false } }
}
