import Health

extension ByteReader {
  /// A fact's canonical bytes, as ``ByteWriter/fact(_:)`` writes them. Days and moments outside all
  /// calendars are read too: facts are kept apart because of them.
  public mutating func fact() throws(WireError) -> Fact {
    let version = try byte()
    guard version == 1 else { throw .unknownVersion(version) }
    let id = try identifier()
    let subject = try identifier()
    guard let kind = UInt16(exactly: try unsigned()) else { throw .numberTooLarge }
    let day = try signed32()
    let moment = try signed()
    let flags = try byte()
    guard flags & ~15 == 0 else { throw .unknownForm }
    let place = flags & 1 == 0 ? nil : try identifier()
    let recorder = flags & 2 == 0 ? nil : try identifier()
    let device = flags & 4 == 0 ? nil : try identifier()
    let replaces = flags & 8 == 0 ? nil : try identifier()
    let length = try count(limit: remaining)
    let body = [UInt8](try bytes(length))
    guard isAtEnd else { throw .unknownForm }
    return Fact(
      id: id, subject: subject, kind: FactKind(rawValue: kind),
      occurredOn: CivilDate(dayNumber: day), recordedAt: Instant(milliseconds: moment),
      place: place, recorder: recorder, device: device, replaces: replaces, body: body)
  }
}
