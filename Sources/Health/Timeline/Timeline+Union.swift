extension Timeline {
  /// The facts of several records of one person in one order, as if they had all been recorded of
  /// one. A fact that stands in two of them comes once.
  public static func union(_ timelines: [Timeline]) throws(WireError) -> Timeline {
    guard timelines.count != 1, let first = timelines.first else {
      return timelines.first ?? Timeline()
    }
    var facts: [(key: TimelineKey, packed: [UInt8])] = []
    for timeline in [first] + timelines.dropFirst() { facts += try timeline.packedFacts() }
    facts.sort { $0.key < $1.key }
    var writer = ByteWriter()
    writer.raw(Timeline().bytes)
    var last: Identifier?
    for fact in facts where fact.key.id != last {
      writer.unsigned(UInt64(fact.packed.count))
      writer.raw(fact.packed)
      last = fact.key.id
    }
    return Timeline(trusted: writer.bytes)
  }

  private func packedFacts() throws(WireError) -> [(key: TimelineKey, packed: [UInt8])] {
    let read: Result<[(key: TimelineKey, packed: [UInt8])], WireError> =
      bytes.withUnsafeBufferPointer { buffer in
        do throws(WireError) {
          var facts: [(key: TimelineKey, packed: [UInt8])] = []
          var reader = try TimelineReader(buffer)
          while let entry = try reader.next() { facts.append((entry.key, [UInt8](entry.packed))) }
          return .success(facts)
        } catch { return .failure(error) }
      }
    return try read.get()
  }
}
