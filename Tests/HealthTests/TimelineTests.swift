import Health
import Samples
import Testing

@Suite("Packed timelines")
struct TimelineTests {
  /// A child's history with everything that an entry can carry.
  static func history(seed: UInt64, facts: Int) -> [Fact] {
    var numbers = SeededNumbers(seed: seed)
    return (1...facts).map { number in
      Fact(
        id: id(number), subject: id(0),
        kind: FactKind(rawValue: .random(in: 1...7, using: &numbers)),
        occurredOn: day("2024-01-01") + AgeInDays(.random(in: 0...9, using: &numbers)),
        recordedAt: Instant(milliseconds: .random(in: -2...2, using: &numbers)),
        place: numbers.once(in: 2) ? id(900) : nil,
        replaces: numbers.once(in: 3) ? id(number - 1) : nil,
        body: (0..<Int.random(in: 0...40, using: &numbers)).map { UInt8($0) })
    }
  }

  static func timeline(_ facts: [Fact]) throws -> Timeline {
    var timeline = Timeline()
    for fact in facts { try timeline.insert(fact) }
    return timeline
  }

  static func entries(_ timeline: Timeline) throws -> [Fact] {
    try timeline.reading { bytes in
      var reader = try TimelineReader(bytes)
      var facts: [Fact] = []
      while let entry = try reader.next() {
        facts.append(
          Fact(
            id: entry.id, subject: id(0), kind: entry.kind, occurredOn: entry.occurredOn,
            recordedAt: entry.recordedAt, place: entry.place, replaces: entry.replaces,
            body: Array(entry.body)))
      }
      return facts
    }
  }

  @Test("Bytes that do not start with the mark are refused")
  func mark() {
    #expect(throws: WireError.endsEarly) { try Timeline(packed: []) }
    #expect(throws: WireError.endsEarly) { try Timeline(packed: [0x53, 0x54]) }
    #expect(throws: WireError.notThisFormat) { try Timeline(packed: [0x53, 0x55, 1]) }
    #expect(throws: WireError.notThisFormat) { try Timeline(packed: [0x54, 0x54, 1]) }
  }

  @Test("A version that is not known is refused by its number", arguments: [0, 2, 255] as [UInt8])
  func version(version: UInt8) {
    #expect(throws: WireError.unknownVersion(version)) {
      try Timeline(packed: [0x53, 0x54, version])
    }
  }

  @Test("Flags that are not known are refused", arguments: [4, 8, 0x80, 0xFF] as [UInt8])
  func flags(flags: UInt8) {
    var entry = ByteWriter()
    entry.identifier(id(1))
    entry.unsigned(3)
    entry.signed(0)
    entry.signed(0)
    entry.byte(flags)
    for _ in 0..<3 { entry.identifier(id(2)) }
    #expect(throws: WireError.unknownForm) {
      try Timeline(packed: Timeline().bytes + [UInt8(entry.bytes.count)] + entry.bytes)
    }
  }

  @Test("Entries out of order, or one twice, are refused")
  func order() throws {
    let facts = Self.history(seed: 9, facts: 2)
    let one = try Array(Self.timeline([facts[0]]).bytes.dropFirst(3))
    let other = try Array(Self.timeline([facts[1]]).bytes.dropFirst(3))
    let header = Timeline().bytes
    let isInOrder = (try? Timeline(packed: header + one + other)) != nil
    let isInOtherOrder = (try? Timeline(packed: header + other + one)) != nil
    #expect(isInOrder != isInOtherOrder)
    #expect(throws: WireError.fieldsOutOfOrder) { try Timeline(packed: header + one + one) }
  }

  @Test("An entry larger than the limit is refused before it is read")
  func limit() {
    var writer = ByteWriter()
    writer.raw(Timeline().bytes)
    writer.unsigned(UInt64(Timeline.bodyLimit) + 129)
    #expect(throws: WireError.limitExceeded) { try Timeline(packed: writer.bytes) }
  }

  @Test("An empty timeline is its header")
  func empty() throws {
    #expect(try Timeline(packed: Timeline().bytes) == Timeline())
    #expect(Timeline(trusted: []) == Timeline())
    #expect(try Self.entries(Timeline()).isEmpty)
  }

  @Test("The same facts in any order give the same bytes", arguments: 1...20 as ClosedRange<UInt64>)
  func insertionOrder(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    var facts = Self.history(seed: seed, facts: 25)
    let expected = try Self.timeline(facts)
    for _ in 0..<10 {
      facts.shuffle(using: &numbers)
      #expect(try Self.timeline(facts) == expected)
    }
    let sorted = facts.sorted {
      ($0.occurredOn, $0.recordedAt, $0.id) < ($1.occurredOn, $1.recordedAt, $1.id)
    }
    #expect(try Self.entries(expected) == sorted)
    #expect(try Timeline(packed: expected.bytes) == expected)
  }

  @Test("The same id twice is one fact, whatever else differs")
  func twice() throws {
    var facts = Self.history(seed: 11, facts: 5)
    var timeline = try Self.timeline(facts)
    let before = timeline
    for position in facts.indices {
      facts[position].occurredOn = day("2020-01-01")
      #expect(try !timeline.insert(facts[position]))
    }
    #expect(timeline == before)
  }

  @Test("Every cut of a timeline is refused or is a shorter timeline, wherever the bytes lie")
  func cuts() throws {
    let whole = try Self.timeline(Self.history(seed: 12, facts: 12)).bytes
    var shorter = 0
    for length in 0..<whole.count {
      let copied = try? Self.entries(Timeline(packed: Array(whole[..<length]))).count
      // The rest of the timeline lies right behind this one: reading on would succeed.
      let inPlace = whole.withUnsafeBufferPointer { buffer in
        let cut = UnsafeBufferPointer(rebasing: buffer[..<length])
        return try? TimelineReader.standingFacts(of: cut).count
      }
      #expect((copied == nil) == (inPlace == nil))
      if let copied {
        #expect(copied < 12)
        shorter += 1
      }
    }
    #expect(shorter == 12)
  }

  @Test("Damaged bytes are refused or read, 20,000 times, and never end the program")
  func damage() async {
    await #expect(processExitsWith: .success) {
      var numbers = SeededNumbers(seed: 13)
      let packed = try (1...20).map {
        try TimelineTests.timeline(TimelineTests.history(seed: $0, facts: 15)).bytes
      }
      var refused = 0
      for round in 0..<20_000 {
        let bytes = numbers.damaged(packed[round % packed.count])
        do {
          let timeline = try Timeline(packed: bytes)
          _ = try timeline.standing
          let entries = try TimelineTests.entries(timeline)
          // Damage may make one id of two; then the second is not added again.
          let again = try TimelineTests.timeline(entries)
          try #require(try TimelineTests.entries(again).count == Set(entries.map(\.id)).count)
        } catch is WireError { refused += 1 }
      }
      try #require(refused > 5_000 && refused < 20_000)
    }
  }
}
