import Health
import Journal
import Services

/// Where kader sign in on a phone that their midwife has enrolled: the name, then the PIN.
struct KaderPage {
  private let visit: Visit
  private let device: Device?
  private let names: [(id: Identifier, name: String)]
  var refusal: AccessRefusal?
  var chosen: Identifier?
  var asksForName = false

  init(_ visit: Visit) throws {
    self.visit = visit
    device = try visit.deviceKey.flatMap { try visit.access.device($0) }
    let workers = device?.kind == .phone ? device?.workers ?? [] : []
    names = try visit.district.workers(workers).map { ($0.id, $0.name) }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  func rendering() -> Rendering {
    let words = visit.words
    let place = device?.place.flatMap { visit.tree.places[$0] }
    let path = place.map { visit.tree.path(from: $0.id).dropLast().map { visit.named($0) } }
    let next = SignInPage.ownPath(visit.query["next"])
    let locked = visit.visitor.session?.worker
    // Whoever is locked out cannot come in by another try; others on this phone can.
    let barred = refusal == .pinLocked ? chosen ?? locked : nil
    let names = names.filter { $0.id != barred }
    return Rendering(
      template: "kader", title: words["sign_in.kader_title"],
      fields: [
        "is_enrolled": device?.kind == .phone && device?.revokedAt == nil,
        "offers_form": barred == nil || !names.isEmpty,
        "place": path?.joined(separator: ", "), "next": next,
        "ended": SignInPage.ended(visit),
        "official_url": Links.address("/sign-in", [("next", next == "/" ? nil : next)]),
        "workers": names.map { worker -> Fields in
          [
            "id": worker.id.text, "name": worker.name,
            "chosen": worker.id == (chosen ?? locked) || names.count == 1,
          ]
        },
        "refusal": refusal.map { AccessText(visit).sentence($0) }
          ?? (asksForName ? words["sign_in.choose_name"] : nil),
      ])
  }
}
