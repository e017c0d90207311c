import Guidance
import Health
import Journal

/// What somebody may write down of a visit: where it was, and by whom.
///
/// A worker claims what the role can know: a kader enters for no doctor, a practice for no Posyandu.
/// In a Puskesmas what kader and others wrote on paper is typed in, so its workers may name anybody.
/// The cells are this project's decision: see docs/decisions/0046-forms-by-role.md.
public struct CareClaims: Hashable, Sendable {
  /// Where.
  public private(set) var settings: CareSettings
  /// By whom: what is asked follows from it, too.
  public private(set) var performers: Performers

  /// What may be claimed.
  init(_ settings: CareSettings, by performers: Performers) {
    self.settings = settings
    self.performers = performers
  }

  /// Nothing.
  static let none = CareClaims([], by: [])
  /// Anything: the workers of a Puskesmas.
  static let everything = CareClaims(.everywhere, by: .anybody)

  /// What each role that records care may claim. A private facility's claims go by its kind.
  public static let table: [Role: CareClaims] = [
    .kader: CareClaims([.posyandu, .home, .school], by: .kader),
    .pustuWorker: CareClaims(
      [.pustu, .home, .posyandu, .school],
      by: [Performers(.midwife), Performers(.nurse), Performers(.otherHealthWorker)]),
    .clusterWorker: .everything,
  ]

  /// What a facility of the network may claim.
  public static let facilities: [PlaceKind: CareClaims] = [
    .clinic: CareClaims([.privateFacility, .home], by: .anyHealthWorker),
    .hospital: CareClaims([.hospital, .home], by: .anyHealthWorker),
    .midwifePractice: CareClaims([.privateFacility, .home], by: Performers(.midwife)),
    .doctorPractice: CareClaims([.privateFacility, .home], by: .healthWorkers),
    .pharmacy: CareClaims(.privateFacility, by: Performers(.otherHealthWorker)),
    .laboratory: CareClaims(.privateFacility, by: Performers(.otherHealthWorker)),
  ]

  /// What a role may claim at a place of some kind.
  static func claims(of role: Role, at kind: PlaceKind?) -> CareClaims {
    if let claims = table[role] { return claims }
    guard role == .privateFacility else { return .none }
    return kind.flatMap { facilities[$0] }
      ?? CareClaims([.privateFacility, .home], by: .anyHealthWorker)
  }

  /// Whether a visit may be said to have been there.
  public func allows(_ setting: CareSetting) -> Bool { settings.contains(CareSettings(setting)) }

  /// Whether a visit may be said to have been by them.
  public func allows(_ performer: CarePerformer) -> Bool {
    performers.contains(Performers(performer))
  }

  /// What may be claimed of a visit that is corrected: what was by a kader stays so where a health
  /// worker of the Posyandu, who answers for it, sets it right.
  public func correcting(_ performer: CarePerformer?) -> CareClaims {
    guard performer == .kader, onlyPerformer != .kader, allows(.posyandu) else { return self }
    return CareClaims(settings, by: [performers, Performers(.kader)])
  }

  /// By whom every visit is, where there is no choice.
  public var onlyPerformer: CarePerformer? {
    let allowed = CarePerformer.allCases.filter(allows)
    return allowed.count == 1 ? allowed[0] : nil
  }
}

extension Rights {
  /// What the worker may claim of a visit: what any of the roles that record care may. Who is a
  /// midwife in one place is one everywhere.
  public func careClaims(in tree: PlaceTree) -> CareClaims {
    if isEverything { return .everything }
    var settings: CareSettings = []
    var performers: Performers = []
    for workplace in workplaces
    where Permissions.reach(of: .recordCare, for: workplace.role) != nil {
      let claims = CareClaims.claims(
        of: workplace.role, at: tree.places[workplace.place]?.kind)
      settings.formUnion(claims.settings)
      performers.formUnion(claims.performers)
    }
    return CareClaims(settings, by: performers)
  }
}
