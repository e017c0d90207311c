import Exchange
import GRDB
import Health
import Journal

/// What a row of a list would change, in codes and texts: a page of any language can tell it, and
/// it can be kept beside an upload.
public struct ListedChange: Codable, Hashable, Sendable {
  /// What is known, or would be.
  public struct Value: Codable, Hashable, Sendable {
    /// What ``text`` is: `text`, `day`, `place`, `subject`, or a branch of the catalogue with the
    /// key in ``text``; `nothing` where nothing is known.
    public let form: String
    /// The text, the day as 2001-08-05, the identifier, or the key.
    public let text: String
    /// A role's place, where it is one.
    public var place: String?
  }

  /// The name of what changes, under `lists.attributes`.
  public let attribute: String
  /// What is known.
  public let old: Value
  /// What would be.
  public let new: Value

  init(_ change: ListChange) {
    attribute = change.attribute.rawValue
    old = Value(change.old)
    new = Value(change.new)
  }
}

extension ListedChange.Value {
  init(_ value: ListChange.Value) {
    switch value {
    case .nothing: self.init(form: "nothing", text: "")
    case .text(let text), .new(let text): self.init(form: "text", text: text)
    case .day(let day): self.init(form: "day", text: DateText.iso(day))
    case .sex(let sex): self.init(form: "sexes", text: sex == .male ? "male" : "female")
    case .relation(let relation): self.init(form: "relations", text: relation.code)
    case .water(let water): self.init(form: "water", text: String(water.rawValue))
    case .latrine(let latrine): self.init(form: "latrine", text: String(latrine.rawValue))
    case .insurance(let kind):
      self.init(form: "insurance_kinds", text: String(kind.rawValue))
    case .place(let id): self.init(form: "place", text: id.text)
    case .household(let id), .person(let id): self.init(form: "subject", text: id.text)
    case .role(let role, let place):
      self.init(form: "roles", text: role.code, place: place.text)
    case .clusters(let clusters):
      self.init(form: "clusters", text: clusters.listCodes.joined(separator: ","))
    }
  }

  /// The day, where it is one.
  public var day: CivilDate? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard form == "day", parts.count == 3 else { return nil }
    return CivilDate(year: parts[0], month: parts[1], day: parts[2])
  }

  /// The person, household or place that it names; of a role its place.
  public var named: Identifier? {
    switch form {
    case "place", "subject": Identifier(text: text)
    case "roles": place.flatMap { Identifier(text: $0) }
    default: nil
    }
  }

  /// The value in words.
  ///
  /// - Parameters:
  ///   - word: the catalogue's text of a dotted key.
  ///   - name: what somebody or a place with that identifier is called.
  public func text(_ word: (String) -> String, name: (Identifier) -> String) -> String {
    switch form {
    case "nothing": return word("lists.nothing")
    case "text", "day": return text
    case "place", "subject": return Identifier(text: text).map(name) ?? text
    case "clusters":
      return text.split(separator: ",").map { word("clusters.\($0)") }.joined(separator: ", ")
    case "roles":
      let role = word("roles.\(text)")
      guard let place = place.flatMap({ Identifier(text: $0) }) else { return role }
      return "\(role), \(name(place))"
    default: return word("\(form).\(text)")
    }
  }
}

extension District {
  /// What a person, household, worker or place is called; the identifier where nobody tells, or
  /// the person is hidden from whoever looks.
  public func name(ofSubject id: Identifier, in tree: PlaceTree) throws -> String {
    try names(ofSubjects: [id], in: tree)[id] ?? id.text
  }

  /// What persons, households, workers and places are called, as ``name(ofSubject:in:)`` has it: all
  /// of a batch are read at once.
  public func names(
    ofSubjects ids: Set<Identifier>, in tree: PlaceTree
  ) throws -> [Identifier: String] {
    try journal.pool.read { db in
      var names: [Identifier: String] = [:]
      for id in ids {
        names[id] = try tree.places[id]?.name ?? name(of: id, in: db)
      }
      return names
    }
  }

  private func name(of id: Identifier, in db: Database) throws -> String {
    if let person = try PersonEntry.fetch(id, in: db) {
      return shown(person).flatMap { $0.name.isEmpty ? nil : $0.name } ?? id.text
    }
    if let worker = try Worker.fetch(id, in: db) { return worker.name }
    if let household = try Household.fetch(id, in: db) {
      let card = household.body.familyCardNumber
      return String(
        decoding: card.isEmpty ? household.body.localIdentifier : card, as: UTF8.self)
    }
    return id.text
  }

  /// What a list's row would change, in words: `telephone (empty) → 0812…`.
  public func text(of row: ListedRow, _ words: Phrases, in tree: PlaceTree) -> String {
    row.changes.map { change in
      let change = ListedChange(change)
      func text(_ value: ListedChange.Value) -> String {
        value.text({ words[$0] }, name: { (try? name(ofSubject: $0, in: tree)) ?? $0.text })
      }
      return words(
        "commands.list_one_change",
        [
          "what": words["lists.attributes.\(change.attribute)"], "old": text(change.old),
          "new": text(change.new),
        ])
    }.joined(separator: "; ")
  }

  /// The places of which a list for a place may tell: the place, all below and what it looks after;
  /// nothing for a district, which is everything there is.
  public func reach(
    of place: Identifier, on day: CivilDate, in tree: PlaceTree
  ) throws -> Set<Identifier>? {
    let catchments = try journal.pool.read { try PlaceRows.catchments(in: $0) }
    return Rights.area(place, on: day, tree, catchments)
  }
}

extension Clusters {
  /// The names in catalogues.
  var listCodes: [String] {
    let all: [(Clusters, String)] = [
      (.management, "management"), (.motherAndChild, "mother_and_child"), (.adult, "adult"),
      (.communicable, "communicable"), (.crossCluster, "cross_cluster"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}
