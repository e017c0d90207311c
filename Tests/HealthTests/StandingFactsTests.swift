import Health
import Samples
import Testing

@Suite("Facts that stand")
struct StandingFactsTests {
  static let today = day("2024-03-01")

  /// A weighing, `story` starting with it: fact 1001.
  static func weighed() -> (story: Story, fact: Identifier) {
    var story = Story()
    let fact = story.visit("2024-02-01", grams: 9_000)
    return (story, fact)
  }

  @Test("Without corrections all stand")
  func plain() throws {
    var (story, first) = Self.weighed()
    let second = story.visit("2024-03-01", grams: 9_300)
    #expect(try story.timeline.standing == [first, second])
  }

  @Test("A correction stands in the place of what it corrects")
  func correction() throws {
    var (story, first) = Self.weighed()
    let correction = story.visit("2024-02-01", grams: 9_100, replacing: first)
    #expect(try story.timeline.standing == [correction])
  }

  @Test("A correction of a correction stands alone")
  func correctionOfCorrection() throws {
    var (story, first) = Self.weighed()
    let second = story.visit("2024-02-01", grams: 9_100, replacing: first)
    let third = story.visit("2024-02-02", grams: 9_200, replacing: second)
    #expect(try story.timeline.standing == [third])
  }

  @Test("What is withdrawn does not stand")
  func withdrawal() throws {
    var (story, first) = Self.weighed()
    story.withdraw(first, on: Self.today)
    #expect(try story.timeline.standing.isEmpty)
  }

  @Test("A withdrawal that is withdrawn brings the fact back")
  func withdrawalOfWithdrawal() throws {
    var (story, first) = Self.weighed()
    let withdrawal = story.withdraw(first, on: Self.today)
    let second = story.withdraw(withdrawal, on: Self.today)
    #expect(try story.timeline.standing == [first])
    story.withdraw(second, on: Self.today)
    #expect(try story.timeline.standing.isEmpty)
  }

  @Test("Withdrawing a correction brings back the original")
  func withdrawalOfCorrection() throws {
    var (story, first) = Self.weighed()
    let correction = story.visit("2024-02-01", grams: 9_100, replacing: first)
    story.withdraw(correction, on: Self.today)
    #expect(try story.timeline.standing == [first])
  }

  @Test("Withdrawing the later of two corrections leaves the earlier one")
  func withdrawalOfSecondCorrection() throws {
    var (story, first) = Self.weighed()
    let second = story.visit("2024-02-01", grams: 9_100, replacing: first)
    let third = story.visit("2024-02-01", grams: 9_200, replacing: second)
    story.withdraw(third, on: Self.today)
    #expect(try story.timeline.standing == [second])
  }

  @Test(
    "Of two people's corrections of one fact the later recorded stands, of equal ones the greater id",
    arguments: [(500, 600, 1), (600, 500, 0), (500, 500, 1)] as [(Int64, Int64, Int)])
  func concurrent(one: Int64, other: Int64, winner: Int) throws {
    var (story, first) = Self.weighed()
    let corrections = [one, other].map { moment in
      story.tell(.measurement, on: day("2024-02-01"), recordedAt: moment, replacing: first)
    }
    #expect(try story.timeline.standing == [corrections[winner]])
  }

  @Test("A correction of what is not here stands, and alone beside another one of it")
  func unknownOriginal() throws {
    var story = Story()
    let one = story.visit("2024-02-01", grams: 9_000, replacing: id(77))
    #expect(try story.timeline.standing == [one])
    let other = story.visit("2024-02-01", grams: 9_100, replacing: id(77))
    #expect(try story.timeline.standing == [other])
  }

  @Test("A withdrawal that names no fact stands for nothing, alone or beside a correction")
  func withdrawalOfNothing() throws {
    var (story, first) = Self.weighed()
    story.tell(.withdrawal, on: Self.today)
    #expect(try story.timeline.standing == [first])
    let correction = story.visit("2024-02-01", grams: 9_100, replacing: first)
    #expect(try story.timeline.standing == [correction])
  }

  @Test("Facts that withdraw each other, or themselves, do not hang or trap")
  func cycles() throws {
    var story = Story()
    story.tell(.withdrawal, on: Self.today, replacing: id(1_002))
    story.tell(.withdrawal, on: Self.today, replacing: id(1_001))
    story.tell(.withdrawal, on: Self.today, replacing: id(1_003))
    story.tell(.measurement, on: Self.today, replacing: id(1_005))
    story.tell(.measurement, on: Self.today, replacing: id(1_004))
    #expect(try story.timeline.standing.count <= 2)
  }

  @Test("Random histories: as the definition says, whatever order the facts came in")
  func randomHistories() throws {
    var numbers = SeededNumbers(seed: 14)
    for round in 0..<2_000 {
      var facts = Self.history(using: &numbers)
      let expected = NaiveStanding(facts).ids
      for _ in 0..<3 {
        facts.shuffle(using: &numbers)
        let standing = try TimelineTests.timeline(facts).standing
        #expect(standing == expected, "round \(round)")
      }
    }
  }

  /// Facts of which some correct or withdraw an earlier one, or one that never arrived.
  static func history(using numbers: inout SeededNumbers) -> [Fact] {
    var facts: [Fact] = []
    for number in 1...Int.random(in: 2...12, using: &numbers) {
      let isWithdrawal = number > 1 && numbers.once(in: 3)
      var older: Identifier?
      if number > 1, isWithdrawal || numbers.once(in: 2) {
        let targets = facts.filter { isWithdrawal || $0.kind != .withdrawal }
        older = targets.randomElement(using: &numbers)?.id
        if numbers.once(in: 20) { older = id(500) }
      }
      facts.append(
        Fact(
          id: id(number), subject: id(0), kind: isWithdrawal ? .withdrawal : .measurement,
          occurredOn: today + AgeInDays(.random(in: 0...3, using: &numbers)),
          recordedAt: Instant(milliseconds: .random(in: 0...5, using: &numbers)),
          replaces: older, body: []))
    }
    return facts
  }
}

/// What stands, straight from the definition and slow.
private struct NaiveStanding {
  let facts: [Fact]

  init(_ facts: [Fact]) { self.facts = facts }

  private func isWithdrawn(_ fact: Fact) -> Bool {
    facts.contains { $0.kind == .withdrawal && $0.replaces == fact.id && !isWithdrawn($0) }
  }

  private func isCandidate(_ fact: Fact) -> Bool {
    fact.kind != .withdrawal && !isWithdrawn(fact)
      && !facts.contains {
        $0.kind != .withdrawal && $0.replaces == fact.id && !isWithdrawn($0)
      }
  }

  private func origin(_ fact: Fact) -> Identifier {
    guard let older = fact.replaces else { return fact.id }
    return facts.first { $0.id == older }.map(origin) ?? older
  }

  var ids: [Identifier] {
    let groups = Dictionary(grouping: facts.filter(isCandidate), by: origin)
    let latest = groups.values.compactMap { group in
      group.max { ($0.recordedAt, $0.id) < ($1.recordedAt, $1.id) }
    }
    return latest.sorted {
      ($0.occurredOn, $0.recordedAt, $0.id) < ($1.occurredOn, $1.recordedAt, $1.id)
    }.map(\.id)
  }
}
