import Guidance
import Health
import Programmes

extension CarePlan {
  /// What is new or other in it than in an earlier plan: signs of danger, classes that were found,
  /// scores, what was done and what is owed now. What merely comes later is left out.
  ///
  /// - Parameter purposes: for what somebody is being seen. Tables of such a visit that cannot tell
  ///   yet are kept, though they could not tell before either: what was not examined is not well.
  public func changes(since before: CarePlan, at purposes: CarePurpose) -> CarePlan {
    let known = Set(before.services.map { Standing(of: $0) })
    let classes = Dictionary(
      before.classes.map { ($0.table, $0.answer.row) }, uniquingKeysWith: { $1 })
    let scores = Set(before.scores)
    let dangers = Set(before.dangers)
    return CarePlan(
      day: day, holdsUntil: holdsUntil,
      services: services.filter { planned in
        let standing = Standing(of: planned)
        return standing.kind != .other && !known.contains(standing)
      },
      classes: self.classes.filter { planned in
        if case .unknown = planned.answer {
          return !classes.keys.contains(planned.table) || classes[planned.table] != .some(nil)
            || CarePlan.isAsked(planned.table, at: purposes)
        }
        return planned.answer.row != nil && planned.answer.row != (classes[planned.table] ?? nil)
      },
      scores: self.scores.filter { !scores.contains($0) },
      dangers: self.dangers.filter { !dangers.contains($0) })
  }

  /// Whether a table is asked as of a visit for one of these purposes.
  private static func isAsked(_ table: UInt16, at purposes: CarePurpose) -> Bool {
    guard case .lastVisit(let purpose, _)? = CareBook.motherAndChild.tables[table]?.moment else {
      return false
    }
    return !purpose.isDisjoint(with: purposes)
  }

  /// A service as far as it matters to whoever enters something.
  private struct Standing: Hashable {
    enum Kind: Hashable {
      case done
      case owed
      case missed
      case other
    }

    let service: UInt16
    let kind: Kind
    let on: CivilDate?

    init(of planned: PlannedService) {
      service = planned.service
      switch planned.status {
      case .done(let day, _): (kind, on) = (.done, day)
      case .due, .overdue: (kind, on) = (.owed, nil)
      case .missed: (kind, on) = (.missed, nil)
      default: (kind, on) = (.other, nil)
      }
    }
  }
}

extension TableAnswer {
  /// The place of the row that was found.
  fileprivate var row: UInt8? { if case .row(let place, _) = self { place } else { nil } }
}
