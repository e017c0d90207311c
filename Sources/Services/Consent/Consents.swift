import GRDB
import Health
import Journal

/// A text that asks for consent. Its words stand in the catalogues, under
/// `consents.texts.<code>.<edition>`; an edition that somebody decided on is never changed.
public struct ConsentText: Hashable, Sendable {
  /// The name in facts and catalogues.
  public let code: String
  /// The edition that is asked now, from 1.
  public let edition: Int32
  /// For what it asks.
  public let scope: ConsentScope

  /// The texts, in the order in which pages show them. Care itself needs none of them: it follows
  /// from the law.
  public static let all = [
    ConsentText(code: "reminders", edition: 1, scope: .reminders),
    network,
    ConsentText(code: "otherSectors", edition: 1, scope: .otherSectors),
    ConsentText(code: "research", edition: 1, scope: .research),
    ConsentText(code: "pictures", edition: 1, scope: .pictures),
  ]

  /// Whether private facilities may see what others have recorded.
  public static let network = ConsentText(code: "network", edition: 1, scope: .network)
}

/// One decision of a person on a text.
public struct ConsentRecord: Hashable, Sendable {
  /// The text's name, one of ``ConsentText/all`` or one that is asked no more.
  public let code: String
  /// What was decided, on which edition, by whom.
  public let body: ConsentBody
  /// On which day.
  public let on: CivilDate
  /// Who wrote it down, where the register knows them.
  public let recorder: String?

  /// Whether it permits: a yes. A no, a withdrawal and silence do not.
  public var permits: Bool { body.decision == .yes }
}

extension ConsentRecord {
  /// The fact by which this consent is taken back: what is taken back is what was agreed to, in the
  /// edition of then.
  ///
  /// - Parameter request: the request that is fulfilled so.
  public func withdrawal(
    of person: PersonEntry, answering request: Identifier, _ recording: Recording,
    on today: CivilDate
  ) -> Fact {
    var withdrawn = ConsentBody(
      text: body.text, edition: body.edition, decision: .withdrawn, scope: body.scope)
    withdrawn.request = request
    return recording.fact(
      .consent, of: person.id, on: today, at: person.place, withdrawn.bytes)
  }
}

extension District {
  /// Every standing decision of a person, the newest first: of a text the first one counts.
  public func consents(of person: PersonEntry) throws -> [ConsentRecord] {
    try journal.pool.read { db in
      try District.decisions(of: person, in: db).map { consent in
        ConsentRecord(
          code: String(decoding: consent.body.text, as: UTF8.self), body: consent.body,
          on: consent.on,
          recorder: try FactRow.fetch(consent.id, in: db)?.recorder.flatMap {
            try WorkerName.fetch($0, in: db)
          })
      }
    }
  }

  /// The consents that hold: of each text the last decision, where it is a yes.
  public func consentsInForce(of person: PersonEntry) throws -> [ConsentRecord] {
    var seen: Set<String> = []
    return try consents(of: person).filter { seen.insert($0.code).inserted && $0.permits }
  }

  /// Whether the last decision of a person on a text is a yes. A no, a withdrawal and silence permit
  /// nothing.
  public func permits(_ text: ConsentText, of person: PersonEntry) throws -> Bool {
    try journal.pool.read { try District.permits(text, of: person, in: $0) }
  }

  /// Whether facilities may see the care of a person: they recorded all of it themselves, or the
  /// person agreed that it is shared.
  public func sharesCare(of person: PersonEntry, with facilities: [Identifier]) throws -> Bool {
    try shares(of: person, with: facilities) { $0.isCare }
  }

  /// Whether facilities may see with whom a person lives and how: they registered the person, or the
  /// person agreed that it is shared.
  public func sharesHome(of person: PersonEntry, with facilities: [Identifier]) throws -> Bool {
    try shares(of: person, with: facilities) { $0 == .residence }
  }

  /// Whether facilities may see all that a person's record tells beside care: they recorded it
  /// themselves, or the person agreed that it is shared. Who says that somebody is a patient is not
  /// thereby shown what others know.
  public func sharesIdentity(
    of person: PersonEntry, with facilities: [Identifier]
  ) throws -> Bool {
    let kinds: Set<FactKind> = [
      .person, .residence, .departure, .death, .relation, .merge, .insurance,
    ]
    return try shares(of: person, with: facilities) { kinds.contains($0) }
  }

  private func shares(
    of person: PersonEntry, with facilities: [Identifier], _ isAsked: (FactKind) -> Bool
  ) throws -> Bool {
    try journal.pool.read { db in
      if try District.permits(.network, of: person, in: db) { return true }
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return true }
      return try timeline.bytes.withUnsafeBufferPointer { bytes in
        try TimelineReader.standingFacts(of: bytes).allSatisfy { entry in
          !isAsked(entry.kind) || (entry.place.map { facilities.contains($0) } ?? false)
        }
      }
    }
  }

  private static func permits(
    _ text: ConsentText, of person: PersonEntry, in db: Database
  ) throws -> Bool {
    try decisions(of: person, in: db).first { $0.body.text == Array(text.code.utf8) }?
      .body.decision == .yes
  }

  /// The newest first.
  private static func decisions(
    of person: PersonEntry, in db: Database
  ) throws -> [(id: Identifier, body: ConsentBody, on: CivilDate)] {
    guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
    return try timeline.bytes.withUnsafeBufferPointer { bytes in
      try TimelineReader.standingFacts(of: bytes).filter { $0.kind == .consent }
        .map { ($0.id, try ConsentBody($0.body), $0.occurredOn) }.reversed()
    }
  }
}
