import Exchange
import Foundation
import Health
import Journal

/// Facts that tell of areas and facilities.
enum AreaFacts {
  /// The subject of the facts about an area: the same on every machine, for its code is.
  static func identifier(ofArea code: String) -> Identifier {
    Identifier.ofContent("area", Array(code.utf8))
  }

  /// The subject of the facts about a facility of a district: by its code, or else by its name and
  /// the code of its village.
  static func identifier(
    ofFacility row: FacilityRow, in district: String, village: String
  ) -> Identifier {
    let own =
      row.code.isEmpty ? "\(PlaceNames.key(row.name, of: row.kind))|\(village)" : "code|\(row.code)"
    return Identifier.ofContent("facility", Array("\(district)|\(row.kind.code)|\(own)".utf8))
  }

  /// What these facts come through.
  static let device = Identifier.ofContent("device", Array("sikilap district".utf8))

  /// A fact whose id is a digest of its content.
  static func fact(
    _ kind: FactKind, about subject: Identifier, on day: CivilDate, recordedAt: Instant,
    replacing replaces: Identifier? = nil, body: [UInt8]
  ) -> Fact {
    var content = ByteWriter(capacity: body.count + 64)
    content.identifier(subject)
    content.unsigned(UInt64(kind.rawValue))
    content.signed(Int64(day.dayNumber))
    content.signed(recordedAt.milliseconds)
    content.byte(replaces == nil ? 0 : 1)
    if let replaces { content.identifier(replaces) }
    content.raw(body)
    return Fact(
      id: Identifier.ofContent("district-fact", content.bytes), subject: subject, kind: kind,
      occurredOn: day, recordedAt: recordedAt, device: device, replaces: replaces, body: body)
  }

  /// The same facts in the name of who tells them.
  static func attributed(_ facts: [Fact], to recorder: Identifier?) -> [Fact] {
    guard let recorder else { return facts }
    return facts.map { fact in
      // Not the one that nobody told: one id has one content.
      var content = ByteWriter(capacity: 32)
      content.identifier(fact.id)
      content.identifier(recorder)
      return Fact(
        id: Identifier.ofContent("district-fact", content.bytes), subject: fact.subject,
        kind: fact.kind, occurredOn: fact.occurredOn, recordedAt: fact.recordedAt,
        place: fact.place, recorder: recorder, device: fact.device, replaces: fact.replaces,
        body: fact.body)
    }
  }

  /// The moment at which a list's day begins in Greenwich: what a list of areas tells first is
  /// taken to be recorded then, and so is the same fact on every machine.
  static func moment(_ day: CivilDate) -> Instant {
    Instant(milliseconds: Int64(day.dayNumber) * 86_400_000)
  }
}
