import Health
import Journal
import Services

/// What of a role is chosen before its form is shown: the role first, for each has its own kinds of
/// place; and of a whole district the Puskesmas, for hundreds of places fit into no list on a phone.
struct RoleSteps {
  /// So many places are still found in one list.
  private static let mostPlaces = 60

  /// The role; nothing before it is chosen.
  let role: Role?
  /// Under what the place stands: see ``Visit/groupPlace(of:)``; nothing for everything.
  let group: Identifier?

  init(role: Role?, group: Identifier?) {
    self.role = role
    self.group = group
  }

  /// As the address of the page says.
  init(_ visit: Visit) throws {
    role = try visit.query.required("role") { UInt8($0).flatMap(Role.init) }
    group = try visit.query.place(in: visit.tree)?.id
  }

  /// As a form was sent: what was chosen on it stays within reach.
  init(_ visit: Visit, _ entered: Entries) {
    role = UInt8(entered["role"]).flatMap(Role.init)
    group = Identifier(text: entered["place"]).flatMap { visit.tree.places[$0] }
      .map { visit.groupPlace(of: $0).id }
  }

  /// What is to be chosen next; nothing where the form can be shown.
  ///
  /// - Parameter path: the page.
  func next(_ visit: Visit, at path: String) -> Fields? {
    let form = WorkerForm(visit)
    let words = visit.words
    guard let role else {
      return [
        "says": words["administration.choose_role"],
        "links": form.roles().map { role -> Fields in
          [
            "step_url": Links.address(path, [("role", "\(role.rawValue)")]),
            "text": words["roles.\(role.code)"],
          ]
        },
      ]
    }
    let places = form.places(for: role)
    let groups = Dictionary(grouping: places) { visit.groupPlace(of: $0) }
    guard group == nil, places.count > RoleSteps.mostPlaces, groups.count > 1 else { return nil }
    return [
      "says": words("administration.choose_group", ["role": words["roles.\(role.code)"]]),
      "links": groups.map { ($0.key.id, visit.named($0.key), $0.value.count) }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { id, name, count -> Fields in
          [
            "step_url": Links.address(
              path, [("role", "\(role.rawValue)"), ("place", id.text)]),
            "text": name,
            "about": words("administration.places_count", ["count": visit.format.whole(count)]),
          ]
        },
    ]
  }
}

extension WorkerForm {
  /// The roles that the visitor may give somewhere.
  func roles() -> [Role] { Role.allCases.filter { !places(for: $0).isEmpty } }

  /// The places that are there today at which the visitor may give a role.
  func places(for role: Role) -> [Place] {
    visit.tree.places.values.filter { place in
      place.endedOn == nil && Permissions.placeKinds(of: role).contains(place.kind)
        && visit.visitor.rights.mayGrant(role, at: place.id)
    }
  }
}
