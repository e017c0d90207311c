import Guidance
import Health

extension CarePlan {
  /// What is new or other in it than in an earlier plan: signs of danger, classes that were found,
  /// scores, what was done and what is owed now. What merely comes later is left out.
  public func changes(since before: CarePlan) -> CarePlan {
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
        planned.answer.row != nil && planned.answer.row != (classes[planned.table] ?? nil)
      },
      scores: self.scores.filter { !scores.contains($0) },
      dangers: self.dangers.filter { !dangers.contains($0) })
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
