import Health
import Monitoring
import Programmes
import Samples
import Testing

extension Story {
  /// What the child adds to each month.
  func months(settings: GrowthSettings = GrowthSettings()) throws -> [ChildMonth] {
    try timeline.reading {
      try GrowthRecord(timeline: $0, settings: settings).childMonths(settings: settings)
    }
  }

  /// A random childhood: visits, moves, corrections, withdrawals, departure, death.
  static func random(person: Int, using numbers: inout SeededNumbers) -> Story {
    let sex = [Sex.male, .female, nil].randomElement(using: &numbers) ?? nil
    let born = day("2021-01-01") + AgeInDays(.random(in: 0..<700, using: &numbers))
    var story = Story(person: person)
    var told = [story.person(sex: sex, born: numbers.once(in: 30) ? nil : born)]
    if !numbers.once(in: 15) { told.append(story.lives(at: id(900), since: born)) }
    for _ in 0..<Int.random(in: 0...20, using: &numbers) {
      let date = born + AgeInDays(.random(in: -5...1_900, using: &numbers))
      var body = MeasurementBody()
      let age = (date - born).count
      if !numbers.once(in: 6) {
        body.weight = Mass(
          grams: 3_000 + max(0, age) * 8 + .random(in: -1_500...1_500, using: &numbers))
      }
      if !numbers.once(in: 4) {
        body.length = Length(
          tenthsOfMillimetre: 5_000 + max(0, age) * 4 + .random(in: -600...600, using: &numbers))
      }
      if numbers.once(in: 25) { body.hasOedema = true }
      if numbers.once(in: 3) { body.hasChildHealthBook = numbers.once(in: 2) }
      let older = numbers.once(in: 6) ? told.randomElement(using: &numbers) : nil
      told.append(story.tell(.measurement, on: date, replacing: older, body: body.bytes))
      if numbers.once(in: 10) {
        told.append(story.lives(at: id(900 + .random(in: 0...3, using: &numbers)), since: date))
      }
      if numbers.once(in: 15), let older = told.randomElement(using: &numbers) {
        told.append(story.withdraw(older, on: date))
      }
      if numbers.once(in: 40) { told.append(story.tell(.departure, on: date)) }
      if numbers.once(in: 60) { told.append(story.tell(.death, on: date)) }
    }
    return story
  }
}

@Suite("Packed contributions and cells")
struct PackingTests {
  static func unpack(_ bytes: [UInt8]) throws -> [ChildMonth] {
    try bytes.withUnsafeBufferPointer { try PackedContributions.unpack($0) }
  }

  static func cell(_ bytes: [UInt8]) throws -> CubeCell {
    try bytes.withUnsafeBufferPointer { try CubeCell(packed: $0) }
  }

  @Test("Another version, and nothing at all, are refused", arguments: [0, 1, 255] as [UInt8])
  func version(version: UInt8) {
    #expect(throws: WireError.unknownVersion(version)) { try Self.unpack([version]) }
    #expect(throws: WireError.unknownVersion(version)) { try Self.cell([version]) }
    #expect(throws: WireError.endsEarly) { try Self.unpack([]) }
    #expect(throws: WireError.endsEarly) { try Self.cell([]) }
  }

  @Test("Bytes of another number of indicators are refused, and not read under the wrong names")
  func indicators() throws {
    var numbers = SeededNumbers(seed: 24)
    let months = try Story.random(person: 1, using: &numbers).months()
    var cell = CubeCell()
    for month in months { cell.add(month, times: 1) }
    for change in [-1, 1] {
      var contributions = PackedContributions.pack(months)
      #expect(contributions[1] == UInt8(Indicator.allCases.count))
      contributions[1] = UInt8(Indicator.allCases.count + change)
      #expect(throws: WireError.unknownForm) { try Self.unpack(contributions) }
      var packed = cell.packed
      packed[1] = UInt8(Indicator.allCases.count + change)
      #expect(throws: WireError.unknownForm) { try Self.cell(packed) }
    }
  }

  @Test("A month read alone is the month read with all others")
  func oneMonth() throws {
    var numbers = SeededNumbers(seed: 25)
    var found = 0
    for person in 1...100 {
      let months = try Story.random(person: person, using: &numbers).months()
      let bytes = PackedContributions.pack(months)
      guard let first = months.first?.month, let last = months.last?.month else { continue }
      for number in first.number - 2...last.number + 2 {
        let month = CivilMonth(number: number)
        let alone = try bytes.withUnsafeBufferPointer {
          try PackedContributions.unpack(month, from: $0)
        }
        #expect(alone == months.first { $0.month == month })
        found += alone == nil ? 0 : 1
      }
    }
    #expect(found > 1_000)
  }

  @Test("Contributions come back as they were")
  func contributions() throws {
    var numbers = SeededNumbers(seed: 21)
    for person in 1...400 {
      let months = try Story.random(person: person, using: &numbers).months()
      #expect(try Self.unpack(PackedContributions.pack(months)) == months)
    }
  }

  @Test("Cells come back as they were, and are empty once everybody is taken away")
  func cells() throws {
    var numbers = SeededNumbers(seed: 22)
    var cell = CubeCell()
    #expect(try Self.cell(cell.packed) == cell)
    var added: [ChildMonth] = []
    for person in 1...60 {
      added += try Story.random(person: person, using: &numbers).months()
    }
    for month in added { cell.add(month, times: 1) }
    #expect(!cell.isEmpty)
    #expect(try Self.cell(cell.packed) == cell)
    for month in added.shuffled(using: &numbers) { cell.add(month, times: -1) }
    #expect(cell.isEmpty)
    #expect(cell == CubeCell())
  }

  @Test("A contribution's byte means one standing and one reason, or is refused")
  func bytes() {
    var seen = 0
    for byte in UInt8.min ... .max {
      guard let contribution = Contribution(rawValue: byte) else { continue }
      seen += 1
      #expect(Contribution(contribution.standing, contribution.reason) == contribution)
      #expect(contribution.rawValue == byte)
    }
    #expect(seen == Standing.allCases.count * Reason.allCases.count)
  }

  @Test("Damaged bytes are refused or read, 20,000 times each, and never end the program")
  func damage() async {
    await #expect(processExitsWith: .success) {
      var numbers = SeededNumbers(seed: 23)
      let months = try (1...20).map {
        try Story.random(person: $0, using: &numbers).months()
      }.filter { !$0.isEmpty }
      let contributions = months.map(PackedContributions.pack)
      let cells = months.map { months in
        var cell = CubeCell()
        for month in months { cell.add(month, times: 1) }
        return cell.packed
      }
      var (read, refused) = (0, 0)
      for round in 0..<20_000 {
        do {
          let bytes = numbers.damaged(contributions[round % contributions.count])
          let months = try PackingTests.unpack(bytes)
          read += 1
          try #require(try PackingTests.unpack(PackedContributions.pack(months)) == months)
        } catch is WireError { refused += 1 }
        do {
          let cell = try PackingTests.cell(numbers.damaged(cells[round % cells.count]))
          try #require(try PackingTests.cell(cell.packed) == cell)
        } catch is WireError { refused += 1 }
      }
      try #require(read > 500 && refused > 500)
    }
  }

  @Test("A few bytes cannot ask for much room")
  func bomb() async {
    await #expect(processExitsWith: .success) {
      var writer = ByteWriter()
      writer.byte(2)
      writer.byte(UInt8(Indicator.allCases.count))
      writer.unsigned(UInt64.max)
      do {
        _ = try PackingTests.unpack(writer.bytes)
        Issue.record("a count beyond all limits was read")
      } catch WireError.limitExceeded {}
      do {
        _ = try PackingTests.cell(writer.bytes)
        Issue.record("a count beyond all limits was read")
      } catch WireError.limitExceeded {}
    }
  }

  @Test("Strata and positions are one to one")
  func strata() {
    var seen: Set<Stratum> = []
    for position in 0..<Stratum.count {
      guard let stratum = Stratum(position: position) else {
        Issue.record("position \(position) has no stratum")
        continue
      }
      #expect(stratum.position == position)
      seen.insert(stratum)
    }
    #expect(seen.count == Stratum.count)
    #expect(Stratum(position: -1) == nil)
    #expect(Stratum(position: Stratum.count) == nil)
    #expect(Stratum(position: .max) == nil)
  }
}
