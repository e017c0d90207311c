import Health
import Journal
import Services

/// Where and by whom a visit most likely was, from what the signed-in worker is: a form opens with
/// it, and another can be chosen of what the worker may claim.
struct VisitDefaults {
  /// What the worker may claim.
  var claims: CareClaims
  /// Where.
  var setting: CareSetting?
  /// By whom.
  var performer: CarePerformer?
  /// Whether nobody can tell for a worker by whom a visit was, so that it is asked: what has to be by
  /// a midwife or doctor would not count, and nobody would be told.
  private(set) var asksPerformer = false
  /// The facility or Posyandu of the worker, where ``setting`` speaks of it.
  private var place: Identifier?

  /// The first role of the worker that records care.
  init(_ visit: Visit) {
    claims = visit.visitor.rights.careClaims(in: visit.tree)
    let workplace = visit.visitor.rights.workplaces.first {
      Permissions.reach(of: .recordCare, for: $0.role) != nil
    }
    guard let workplace else { return }
    let kind = visit.tree.places[workplace.place]?.kind
    switch workplace.role {
    case .kader: (setting, performer) = (.posyandu, .kader)
    case .pustuWorker: (setting, performer) = (.pustu, .midwife)
    case .privateFacility:
      setting = kind == .hospital ? .hospital : .privateFacility
      performer = kind == .midwifePractice ? .midwife : kind == .doctorPractice ? .doctor : nil
    // A cluster has midwives, nurses and doctors: the role does not tell which.
    default: setting = .puskesmas
    }
    place = workplace.place
    let remembered = VisitDefaults.remembered(visit)
    // Who may claim a profession types in what a kader wrote, once: the next visit is their own.
    let own = remembered == .kader ? nil : remembered
    let likely = [own, VisitDefaults.shown(visit)].compactMap(\.self).first(where: claims.allows)
    performer = claims.onlyPerformer ?? likely ?? performer
    asksPerformer = performer == nil
  }

  /// Where the fact stands: in the worker's own place where the visit was there, else where the
  /// person lives.
  func place(of setting: CareSetting?, home: Identifier?, tree: PlaceTree) -> Identifier? {
    guard let place, let setting, setting == self.setting else { return home }
    // A kader of a whole village weighs at the Posyandu of each child.
    if setting == .posyandu, tree.places[place]?.kind != .posyandu { return home }
    return place
  }

  /// The profession that an account of a demo shows.
  private static func shown(_ visit: Visit) -> CarePerformer? {
    guard let worker = visit.visitor.worker?.id else { return nil }
    return visit.site.demo?.accounts.first { $0.worker == worker }?.performer
  }

  // MARK: What was written last

  /// What this worker wrote last in this browser; what somebody else wrote is not theirs.
  private static func remembered(_ visit: Visit) -> CarePerformer? {
    guard let mark = mark(visit), let last = visit.lastPerformer, last.hasPrefix(mark) else {
      return nil
    }
    return UInt8(last.dropFirst(mark.count)).flatMap(CarePerformer.init)
  }

  /// The cookie by which the browser remembers it for half a year.
  static func cookie(_ performer: CarePerformer?, _ visit: Visit) -> [String] {
    guard let performer, performer != .kader, let mark = mark(visit) else { return [] }
    return [Cookies.set(Cookies.performer, "\(mark)\(performer.rawValue)", seconds: 15_552_000)]
  }

  /// By which what this worker wrote is told from what others wrote in the same browser.
  static func mark(_ visit: Visit) -> String? {
    visit.visitor.worker.map { "\($0.id.text.suffix(8))." }
  }
}
