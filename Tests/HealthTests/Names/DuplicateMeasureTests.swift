import Health
import Samples
import Testing

/// How well duplicates are found among 20,000 made-up persons, 1,000 of them entered twice.
@Suite("Duplicates found in a made-up population")
struct DuplicateMeasureTests {
  struct Population: Sendable {
    let people: [SyntheticIdentities.Record]
    let evidence: [IdentityEvidence]

    init(seed: UInt64, count: Int = 20_000, without: SyntheticIdentities.Record.Without = .nothing)
    {
      people =
        SyntheticIdentities(persons: count, duplicatesPerThousand: 50, seed: seed).records
      var evidence = people.map { $0.evidence(NameReader(), without: without) }
      let frequencies = NameFrequencies(evidence)
      for place in evidence.indices { frequencies.weigh(&evidence[place]) }
      IdentityEvidence.markTwins(&evidence)
      self.evidence = evidence
    }

    func measure(
      _ score: DuplicateScore = DuplicateScore(), ignoringBrakes: Bool = false
    ) -> DuplicateMeasure {
      DuplicateMeasure.of(people, evidence, score, ignoringBrakes: ignoringBrakes)
    }
  }

  static let seed: UInt64 = 2026
  static let whole = Population(seed: seed)
  /// A smaller one, for what is measured several times.
  static let part = Population(seed: seed, count: 6_000)

  @Test("Precision and recall at the thresholds")
  func found() {
    let measure = Self.whole.measure()
    print("starting estimates:", measure.line)
    #expect(measure.truth > 900)
    #expect(measure.comparedTrue * 100 > measure.truth * 97)
    #expect(measure.likelyPrecision > 0.985)
    #expect(measure.likelyRecall > 0.88)
    #expect(measure.proposedRecall > 0.98)
    #expect(measure.proposedPrecision > 0.75)
    #expect(measure.likelyTwins == 0)
  }

  @Test("Each of sounds, mothers and the brake on twins is worth something")
  func controls() {
    let measure = Self.part.measure()
    let withoutSounds = Population(seed: Self.seed, count: 6_000, without: .sounds).measure()
    let withoutMothers = Population(seed: Self.seed, count: 6_000, without: .mother).measure()
    let withoutBrakes = Self.part.measure(ignoringBrakes: true)
    print("without sounds:", withoutSounds.line)
    print("without mothers:", withoutMothers.line)
    print("without brakes:", withoutBrakes.line)
    #expect(withoutSounds.likelyRecall < measure.likelyRecall - 0.05)
    #expect(withoutSounds.proposedRecall < measure.proposedRecall)
    #expect(withoutMothers.proposedRecall < measure.proposedRecall)
    #expect(withoutBrakes.likelyPrecision < measure.likelyPrecision)
    #expect(withoutBrakes.likelyTwins > 3)
  }

  @Test("Shares counted on one population serve another")
  func counted() {
    let taught = Population(seed: 77, count: 10_000)
    let score = DuplicateScore()
    var counts = EvidenceCounts()
    var places: [Int: Int] = [:]
    for (place, person) in taught.people.enumerated() {
      if let other = places.updateValue(place, forKey: person.person) {
        let evidence = score.score(taught.evidence[place], taught.evidence[other])
        counts.count(evidence, isSame: true)
      }
    }
    var random = SeededNumbers(seed: 1)
    for _ in 0..<100_000 {
      let left = Int.random(in: taught.people.indices, using: &random)
      let right = Int.random(in: taught.people.indices, using: &random)
      if taught.people[left].person != taught.people[right].person {
        counts.count(score.score(taught.evidence[left], taught.evidence[right]), isSame: false)
      }
    }
    let table = counts.table(from: .startingEstimates)
    for row in table.rows {
      print(row.level, "m", row.amongSame, "u", row.amongDifferent, "weight", row.weight)
    }
    let measure = Self.whole.measure(DuplicateScore(table))
    print("counted on another population:", measure.line)
    #expect(measure.likelyPrecision > 0.97)
    #expect(measure.likelyRecall > 0.80)
    #expect(measure.proposedRecall > 0.96)
    #expect(measure.likelyTwins == 0)
  }
}
