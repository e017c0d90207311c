import Health
import Journal
import Programmes

/// What one worker may do today: the table of permissions over the roles that hold, at the places
/// where they hold. Worked out anew whenever a role or the tree of places changes, and never kept
/// in a session.
public struct Rights: Sendable {
  /// A role with the places that it reaches.
  private struct Held: Sendable {
    let role: Role
    /// The place of the assignment.
    let place: Identifier
    /// That place and all below; nothing for a district, which is everything there is.
    let area: Set<Identifier>?

    func covers(_ place: Identifier?) -> Bool {
      guard let area else { return true }
      return place.map { area.contains($0) } ?? false
    }
  }

  private let held: [Held]
  /// Whether these are the rights of a test.
  package let isEverything: Bool
  /// The places that a recorded purpose has opened.
  private var opened: Set<Identifier>
  /// The persons whom an emergency has opened.
  private var openedPersons: Set<Identifier> = []
  /// Matters that the worker may see: what assignments give, and where a role looks after mothers
  /// losses of pregnancies and tests for syphilis and hepatitis B.
  public let sensitiveMatters: SensitiveMatters
  /// The places of the roles that hold, each once, in the order of the assignments.
  public let places: [Identifier]
  /// The roles that hold, each once.
  public let roles: [Role]

  /// The rights of a worker on a day.
  ///
  /// - Parameters:
  ///   - catchments: which villages facilities look after.
  public init(
    of worker: Worker, on day: CivilDate, tree: PlaceTree, catchments: [Catchment]
  ) {
    let holding = worker.isActive(on: day) ? worker.assignments.filter { $0.holds(on: day) } : []
    held = holding.map { assignment in
      Held(
        role: assignment.body.role, place: assignment.body.place,
        area: Rights.area(assignment.body.place, on: day, tree, catchments))
    }
    var places: [Identifier] = []
    var roles: [Role] = []
    var matters: SensitiveMatters = []
    for assignment in holding {
      if !places.contains(assignment.body.place) { places.append(assignment.body.place) }
      if !roles.contains(assignment.body.role) { roles.append(assignment.body.role) }
      // Whatever an assignment says: these never reach a kader.
      if assignment.body.role != .kader { matters.formUnion(assignment.body.sensitiveMatters) }
    }
    // What comes with looking after mothers is for those who do, and for no kader.
    matters.subtract(.ofRole)
    if roles.contains(where: { $0 != .kader && Permissions.reach(of: .recordCare, for: $0) != nil })
    {
      matters.formUnion(.ofRole)
    }
    self.places = places
    self.roles = roles
    sensitiveMatters = matters
    opened = []
    isEverything = false
  }

  private init(isEverything: Bool) {
    held = []
    opened = []
    places = []
    roles = []
    sensitiveMatters = isEverything ? .ofRole : []
    self.isEverything = isEverything
  }

  /// Those of somebody who has not signed in.
  public static let none = Rights(isEverything: false)

  /// Every right there is, for tests of pages that are about something else; no session gives it.
  package static let everything = Rights(isEverything: true)

  /// A place with all below it and what it looks after; nothing for a district. A private facility
  /// or hospital sees its own patients, wherever they live: its catchment opens nobody to it.
  static func area(
    _ id: Identifier, on day: CivilDate, _ tree: PlaceTree, _ catchments: [Catchment]
  ) -> Set<Identifier>? {
    if let place = tree.places[id], place.kind == .district || place.kind == .province {
      return nil
    }
    var area = Set(tree.subtree(of: id).map(\.id)).union([id])
    if tree.places[id]?.kind.isNetworkFacility == true { return area }
    for catchment in catchments where catchment.facility == id && catchment.holds(on: day) {
      area.formUnion(tree.subtree(of: catchment.village).map(\.id))
    }
    return area
  }

  /// Whether some role allows it somewhere: what menus ask.
  public func may(_ action: Action) -> Bool {
    isEverything || Permissions.everybody[action] != nil
      || held.contains { Permissions.reach(of: action, for: $0.role) != nil }
  }

  /// Whether some role allows it at a place, or of somebody who lives there.
  public func may(_ action: Action, at place: Identifier?) -> Bool {
    if isEverything { return true }
    return held.contains { held in
      switch Permissions.reach(of: action, for: held.role) {
      case .everywhere: true
      case .area, .hidingSmallCounts: held.covers(place)
      case .opened: place.map { opened.contains($0) } ?? false
      case .ownPatients, .ownEntries, nil: false
      }
    }
  }

  /// These rights with what the worker has open just now.
  ///
  /// - Parameters:
  ///   - places: those that a recorded purpose has opened.
  ///   - persons: those whom an emergency has opened.
  public func opening(_ places: Set<Identifier>, persons: Set<Identifier>) -> Rights {
    var rights = self
    rights.opened = places
    rights.openedPersons = persons
    return rights
  }

  /// Whether it is allowed of a person because an emergency has opened the record: the worker must
  /// still have a role that may open so, and that may do this with persons of its own.
  public func mayInEmergency(_ action: Action, with person: Identifier) -> Bool {
    openedPersons.contains(person) && Permissions.openedByEmergency.contains(action)
      && held.contains {
        Permissions.reach(of: .breakGlass, for: $0.role) != nil
          && Permissions.reach(of: action, for: $0.role) != nil
      }
  }

  /// Whether a place is seen only because a purpose has opened it.
  public func isOpened(_ place: Identifier?) -> Bool {
    place.map { opened.contains($0) } ?? false
  }

  /// Whether a role may be given at a place: see ``Permissions/mayGrant(_:by:)``.
  public func mayGrant(_ role: Role, at place: Identifier) -> Bool {
    isEverything
      || held.contains { held in
        Permissions.reach(of: .changeWorkers, for: held.role) == .area && held.covers(place)
          && Permissions.mayGrant(role, by: held.role)
      }
  }

  /// Whether it is allowed of a person only where the worker's facility has a tie to the person.
  public func mayForOwnPatients(_ action: Action) -> Bool {
    held.contains { Permissions.reach(of: action, for: $0.role) == .ownPatients }
  }

  /// Whether it is allowed for what the worker recorded, for two days.
  public func mayForOwnEntries(_ action: Action, at place: Identifier?) -> Bool {
    held.contains {
      Permissions.reach(of: action, for: $0.role) == .ownEntries && $0.covers(place)
    }
  }

  /// Whether it is allowed for what the worker recorded of a patient of the own facility, for two
  /// days.
  public func mayForOwnEntriesOfPatients(_ action: Action) -> Bool {
    held.contains {
      $0.role == .privateFacility && Permissions.reach(of: action, for: $0.role) == .ownEntries
    }
  }

  /// Where the worker has which role, in the order of the assignments.
  public var workplaces: [(role: Role, place: Identifier)] { held.map { ($0.role, $0.place) } }

  /// The facilities whose patients the worker may see.
  public var ownFacilities: [Identifier] {
    held.filter { $0.role == .privateFacility }.map(\.place)
  }

  /// The places where an action is allowed, for filters; nothing where there is no limit.
  public func area(of action: Action) -> Set<Identifier>? {
    if isEverything { return nil }
    var whole: Set<Identifier> = []
    for held in held {
      switch Permissions.reach(of: action, for: held.role) {
      case .everywhere: return nil
      case .area, .hidingSmallCounts:
        guard let area = held.area else { return nil }
        whole.formUnion(area)
      case .opened: whole.formUnion(opened)
      case .ownPatients, .ownEntries, nil: continue
      }
    }
    return whole
  }

  /// Whether small counts of a place are hidden: no role that shows them reaches it.
  public func hidesSmallCounts(at place: Identifier) -> Bool {
    !isEverything
      && !held.contains { held in
        Permissions.reach(of: .seeFigures, for: held.role) == .area && held.covers(place)
      }
  }
}

extension Rights {
  /// The items of the family health index that are hidden: those that tell of an illness from
  /// whoever is a kader and nothing else, and that of a mental disorder from all who have no right
  /// to see such matters.
  public var hiddenItems: Set<FamilyIndexItem> {
    if !roles.isEmpty && roles.allSatisfy({ $0 == .kader }) {
      return Set(FamilyIndexItem.allCases.filter(\.tellsOfIllness))
    }
    return isEverything || sensitiveMatters.contains(.mentalHealth) ? [] : [.mentalDisorderTreated]
  }
}
