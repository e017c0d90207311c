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
    ConsentText(code: "network", edition: 1, scope: .network),
    ConsentText(code: "otherSectors", edition: 1, scope: .otherSectors),
    ConsentText(code: "research", edition: 1, scope: .research),
    ConsentText(code: "pictures", edition: 1, scope: .pictures),
  ]
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

extension District {
  /// Every standing decision of a person, the newest first: of a text the first one counts.
  public func consents(of person: PersonEntry) throws -> [ConsentRecord] {
    try journal.pool.read { db in
      guard let timeline = try PersonEntry.timeline(person.number, in: db) else { return [] }
      var found: [(id: Identifier, body: ConsentBody, on: CivilDate)] = []
      try timeline.bytes.withUnsafeBufferPointer { bytes in
        for entry in try TimelineReader.standingFacts(of: bytes) where entry.kind == .consent {
          found.append((entry.id, try ConsentBody(entry.body), entry.occurredOn))
        }
      }
      return try found.reversed().map { consent in
        ConsentRecord(
          code: String(decoding: consent.body.text, as: UTF8.self), body: consent.body,
          on: consent.on,
          recorder: try FactRow.fetch(consent.id, in: db)?.recorder.flatMap {
            try WorkerName.fetch($0, in: db)
          })
      }
    }
  }
}
