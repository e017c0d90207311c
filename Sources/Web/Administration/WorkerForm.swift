import Health
import Journal
import Services

/// What is entered of a worker, and of a role.
struct WorkerForm {
  static let details = ["name", "nik", "telephone", "str", "sip", "user_name"]
  static let role = ["role", "place", "clusters", "since", "until", "sensitive"]

  let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// The fields of who somebody is.
  static let detailEntries = [
    Entry(name: "name", isNeeded: true), Entry(name: "nik", longest: 20),
    Entry(name: "telephone", kind: .tel, longest: 30), Entry(name: "str", longest: 40),
    Entry(name: "sip", longest: 60), Entry(name: "user_name", longest: 40),
  ]

  /// The fields of a role, with what the visitor may give, as far as it is chosen already.
  func roleEntries(_ steps: RoleSteps) -> [Entry] {
    let roles = self.roles().filter { steps.role == nil || $0 == steps.role }
    let places = Set(roles.flatMap { self.places(for: $0) }).filter { place in
      steps.group.map { visit.groupPlace(of: place).id == $0 } ?? true
    }
    return [
      Entry(
        name: "role", kind: .select,
        options: roles.map {
          Entry.Option(value: "\($0.rawValue)", text: visit.words["roles.\($0.code)"])
        }, isNeeded: true),
      Entry(
        name: "place", kind: .select,
        options: places.map {
          Entry.Option(value: $0.id.text, text: pathText($0), group: visit.groupName(of: $0))
        }.sorted { ($0.group, $0.text, $0.value) < ($1.group, $1.text, $1.value) },
        isNeeded: true),
      Entry(
        name: "clusters", kind: .checks,
        options: Clusters.named.map {
          Entry.Option(value: "\($0.cluster.rawValue)", text: visit.words["clusters.\($0.code)"])
        }),
      Entry(name: "since", kind: .date, isNeeded: true), Entry(name: "until", kind: .date),
      Entry(
        name: "sensitive", kind: .checks,
        options: SensitiveMatters.named.map {
          Entry.Option(value: "\($0.matter.rawValue)", text: visit.words["sensitive.\($0.code)"])
        }),
    ]
  }

  private func pathText(_ place: Place) -> String {
    let path = visit.tree.path(from: place.id)
    let shown = path.count > 1 && place.kind == .posyandu ? path.prefix(2) : path.prefix(1)
    return shown.reversed().map { visit.named($0) }.joined(separator: ", ")
  }

  /// What stands on the form of a worker who is known: the user name of the register, else the one
  /// of the account, which saving the form writes down.
  func entries(of worker: Worker) throws -> Entries {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    let body = worker.body
    return Entries(
      visit.words,
      [
        "name": worker.name, "nik": text(body.nationalIdentityNumber),
        "telephone": text(body.telephone), "str": text(body.registrationNumber),
        "sip": text(body.practiceLicence),
        "user_name": try body.userName.isEmpty
          ? visit.userNameOfAccount(worker) : text(body.userName),
      ])
  }

  /// What stands on the form of a role that nobody has entered yet.
  func emptyRole(_ steps: RoleSteps) -> Entries {
    Entries(
      visit.words,
      ["since": Format.iso(visit.today), "role": steps.role.map { "\($0.rawValue)" } ?? ""])
  }

  /// Reads who somebody is.
  ///
  /// - Parameter known: what is known already, of which fields that are not on the form stay.
  func body(_ entered: inout Entries, known: Worker? = nil) throws -> WorkerBody {
    var body = known?.body ?? WorkerBody()
    body.name = entered.text("name", orElse: "worker_name_missing")
    body.nationalIdentityNumber = entered.sixteenDigits("nik")
    body.telephone = entered.text("telephone", longest: 30)
    body.registrationNumber = entered.text("str", longest: 40)
    body.practiceLicence = entered.text("sip", longest: 60)
    let entry = entered["user_name"]
    body.userName = Array(Worker.foldedUserName(entry).utf8)
    if entry.isEmpty {
      let signsIn = try known.map { try visit.hasAccount($0) } ?? false
      if signsIn { entered.complain("user_name", "user_name_needed") }
    } else {
      if UserName(entry) == nil {
        let key = "access.refusals.user_name_unfit"
        entered.complain(
          "user_name", saying: "\(visit.words["\(key).what"]) \(visit.words["\(key).mend"])")
      } else if let other = try visit.worker(calledSo: entry), other.id != known?.id {
        entered.complain("user_name", "user_name_taken", ["name": shownName(other)])
      }
    }
    let number = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
    if let other = try visit.district.worker(nationalIdentityNumber: number, except: known?.id) {
      entered.complain("nik", "nik_taken", ["name": shownName(other)])
    }
    return body
  }

  /// The name of somebody else, where the visitor may see who it is.
  private func shownName(_ other: Worker) -> String {
    visit.visitor.rights.may(.seeWorkers, of: other, on: visit.today)
      ? other.name : visit.words["administration.somebody_elsewhere"]
  }

  /// Reads a role; nothing where a field means nothing or the visitor may not give it.
  func assignment(_ entered: inout Entries) -> (body: AssignmentBody, since: CivilDate)? {
    let role = UInt8(entered["role"]).flatMap(Role.init)
    let place = Identifier(text: entered["place"]).flatMap { visit.tree.places[$0] }
    if role == nil { entered.complain("role", "role_missing") }
    if place == nil { entered.complain("place", "place_missing") }
    let since = entered.day("since", isNeeded: true)
    let until = entered.day("until")
    // Nothing is recorded that has not happened: a role is given on its first day.
    if let since, since > visit.today { entered.complain("since", "in_future") }
    if let since, let until, until < since { entered.complain("until", "until_before_since") }
    let clusters = entered.all("clusters").reduce(into: Clusters()) { all, text in
      all.formUnion(Clusters(rawValue: (UInt8(text) ?? 0) & 31))
    }
    let matters = entered.all("sensitive").reduce(into: SensitiveMatters()) { all, text in
      all.formUnion(SensitiveMatters(rawValue: (UInt8(text) ?? 0) & 15))
    }
    if let role, let place {
      if place.endedOn != nil { entered.complain("place", "place_ended") }
      if !Permissions.placeKinds(of: role).contains(place.kind) {
        let kinds = Permissions.placeKinds(of: role).map { visit.words["kinds.\($0.code)"] }
        entered.complain("place", "place_unfit", ["kinds": kinds.joined(separator: ", ")])
      } else if !visit.visitor.rights.mayGrant(role, at: place.id) {
        entered.complain("role", "may_not_grant")
      }
      if role == .kader, !matters.isEmpty { entered.complain("sensitive", "no_matters_for_kader") }
    }
    guard entered.isFit, let role, let place, let since else { return nil }
    let body = AssignmentBody(
      role: role, place: place.id, clusters: clusters, until: until, sensitiveMatters: matters)
    return (body, since)
  }
}

extension Visit {
  /// Under what a place stands among many: the Puskesmas to which it belongs, or the kecamatan or
  /// district in which it lies.
  func groupName(of place: Place) -> String { named(groupPlace(of: place)) }

  /// See ``groupName(of:)``.
  func groupPlace(of place: Place) -> Place {
    let above = tree.path(from: place.id).first { $0.kind == .puskesmas }
    let area = tree.administrativePath(of: place.id).first {
      $0.kind == .subdistrict || $0.kind == .district
    }
    return above ?? area ?? place
  }
}

extension Clusters {
  /// Each with its name in catalogues, under `clusters`.
  static let named: [(cluster: Clusters, code: String)] = [
    (.management, "management"), (.motherAndChild, "mother_and_child"), (.adult, "adult"),
    (.communicable, "communicable"), (.crossCluster, "cross_cluster"),
  ]
}

extension SensitiveMatters {
  /// Each with its name in catalogues, under `sensitive`.
  static let named: [(matter: SensitiveMatters, code: String)] = [
    (.infection, "infection"), (.mentalHealth, "mental_health"), (.violence, "violence"),
    (.abortion, "abortion"),
  ]
}
