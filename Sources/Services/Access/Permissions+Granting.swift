import Health
import Journal

extension Permissions {
  /// Whether a role that may change workers may give another role.
  ///
  /// An administrator gives all. A head of a Puskesmas gives the roles of the own Puskesmas up to
  /// the own level; never one that reaches further, nor those that look after the program and the
  /// log.
  public static func mayGrant(_ role: Role, by granter: Role) -> Bool {
    switch granter {
    case .administrator: true
    case .puskesmasHead:
      switch role {
      case .kader, .pustuWorker, .clusterWorker, .dataManager, .puskesmasHead: true
      case .privateFacility, .districtManager, .auditor, .otherSector, .administrator: false
      }
    case .kader, .pustuWorker, .clusterWorker, .dataManager, .privateFacility, .districtManager,
      .auditor, .otherSector:
      false
    }
  }

  /// At which kinds of place somebody has a role. The program's own roles are of a Puskesmas where
  /// it serves no more than that.
  public static func placeKinds(of role: Role) -> [PlaceKind] {
    switch role {
    case .kader: [.posyandu, .village]
    case .pustuWorker: [.pustu, .village]
    case .clusterWorker, .puskesmasHead, .dataManager: [.puskesmas]
    case .privateFacility: PlaceKind.allCases.filter(\.isNetworkFacility)
    case .districtManager, .otherSector: [.district]
    case .auditor, .administrator: [.district, .puskesmas]
    }
  }
}

extension Worker {
  /// The roles that hold on a day or begin later; nothing of somebody who works no longer.
  public func rolesToCome(from day: CivilDate) -> [Assignment] {
    guard isActive(on: day) else { return [] }
    return assignments.filter { $0.body.until.map { day <= $0 } ?? true }
  }

  /// The places by which it is decided who sees the worker: of the roles that hold or come, of the
  /// former ones where there are none, else the place of work.
  public func places(on day: CivilDate) -> [Identifier] {
    let now = rolesToCome(from: day)
    let places = (now.isEmpty ? assignments : now).map(\.body.place)
    return places.isEmpty ? [body.place].compactMap(\.self) : places
  }
}

extension Rights {
  /// Whether an action is allowed of a worker: in the area of one of the places of work.
  public func may(_ action: Action, of worker: Worker, on day: CivilDate) -> Bool {
    let places = worker.places(on: day)
    return places.isEmpty ? may(action, at: nil) : places.contains { may(action, at: $0) }
  }

  /// Whether an action is allowed of a worker at all places of work: for what reaches all of them.
  public func mayEverywhere(_ action: Action, of worker: Worker, on day: CivilDate) -> Bool {
    let places = worker.places(on: day)
    return places.isEmpty ? may(action, at: nil) : places.allSatisfy { may(action, at: $0) }
  }

  /// Whether the worker as a whole may be changed: data, password, end of work. Only where every
  /// role that the worker has could be given too; else a head would get at the password of an
  /// administrator who has a role in the Puskesmas besides.
  public func mayChange(_ worker: Worker, on day: CivilDate) -> Bool {
    let roles = worker.rolesToCome(from: day)
    if roles.isEmpty { return mayEverywhere(.changeWorkers, of: worker, on: day) }
    return roles.allSatisfy { mayGrant($0.body.role, at: $0.body.place) }
  }

  /// At which Posyandu a kader's phone may be enrolled; nothing where it may not. A PIN lets in with
  /// all that somebody may do, so that those who are more than kader have none, and a kader of
  /// several Posyandu gets a code only from who may enrol at all of them.
  public func placeOfEnrolment(of worker: Worker, on day: CivilDate) -> Identifier? {
    guard worker.isActive(on: day) else { return nil }
    let roles = worker.rolesToCome(from: day)
    let isWithin = roles.allSatisfy {
      $0.body.role == .kader && may(.enrolKader, at: $0.body.place)
    }
    return isWithin ? roles.first { $0.holds(on: day) }?.body.place : nil
  }
}
