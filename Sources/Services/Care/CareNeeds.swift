import GRDB
import Guidance
import Health
import Journal

/// How much somebody needs on a day, in counts, for lists of persons.
public struct CareNeeds: Hashable, Sendable {
  /// Services and doses of vaccines that are late.
  public var overdue = 0
  /// Services and doses of vaccines that are owed and not late.
  public var due = 0
  /// Signs of danger.
  public var dangers = 0
  /// Whether there is nothing.
  public var isEmpty: Bool { self == CareNeeds() }

  init() {}

  /// What a plan tells whoever may know of these sensitive matters.
  init(_ plan: CarePlan, knowing matters: SensitiveMatters) {
    let book = CareBook.motherAndChild
    for planned in plan.services {
      let own = book.services[planned.service]?.matters
      // That somebody is vaccinated tells of no sensitive matter.
      let about = own ?? (OfferedVaccine(service: planned.service) == nil ? nil : [])
      guard let about, matters.isSuperset(of: about) else { continue }
      switch planned.status {
      case .overdue: overdue += 1
      case .due: due += 1
      default: continue
      }
    }
    for danger in plan.dangers {
      guard let element = book.elements[danger.element], matters.isSuperset(of: element.matter)
      else { continue }
      dangers += 1
    }
  }
}

extension District {
  /// What persons need on a day, by their short numbers: from their stored plans, and worked out
  /// where a stored plan does not hold on that day.
  public func careNeeds(
    of persons: [PersonEntry], on day: CivilDate, knowing matters: SensitiveMatters
  ) throws -> [Int64: CareNeeds] {
    let planning = planning
    return try journal.pool.read { db in
      var needs: [Int64: CareNeeds] = [:]
      for person in persons {
        var plan = try StoredCarePlan.fetch(person.number, in: db)
        if plan?.holds(on: day, in: planning.edition) != true {
          let timeline = try PersonEntry.countedTimeline(person.number, in: db)
          plan = try planning.plan(of: timeline, on: day)
        }
        // A stored plan is that of a reader who may know of losses.
        if !matters.contains(.loss), person.sex != .male {
          let timeline = try PersonEntry.countedTimeline(person.number, in: db)
          plan = try planning.planWithoutLosses(of: timeline, on: day) ?? plan
        }
        needs[person.number] = try plan.map { CareNeeds(try $0.plan(), knowing: matters) }
      }
      return needs
    }
  }
}
