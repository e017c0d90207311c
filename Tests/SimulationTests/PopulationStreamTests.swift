import Health
import Simulation
import Testing

@Suite("The synthetic population as a stream of facts")
struct PopulationStreamTests {
  let sample: PopulationSample

  init() throws { sample = try PopulationSample.usual.get() }

  @Test("The same plan gives the same facts, another seed gives others")
  func seedDecides() throws {
    let plan = PopulationSample.plan(people: 900)
    let once = try PopulationSample(plan)
    let again = try PopulationSample(plan)
    #expect(once.facts == again.facts && once.truth.same == again.truth.same)
    let other = try PopulationSample(PopulationSample.plan(people: 900, seed: 8))
    #expect(Set(once.facts.map(\.id)).isDisjoint(with: other.facts.map(\.id)))
    #expect(Set(once.last.keys).isDisjoint(with: other.last.keys))
  }

  @Test("About as many people as were asked for, in small batches, each fact with its own id")
  func sizes() {
    #expect((7600...8400).contains(sample.founders.count))
    #expect(Set(sample.facts.map(\.id)).count == sample.facts.count)
    var count = 0
    SyntheticPopulation(sample.plan, on: PopulationSample.ground).forEachBatch { batch in
      #expect(!batch.isEmpty && batch.count <= SyntheticPopulation.batchLimit)
      count += batch.count
    }
    #expect(count == sample.facts.count)
    // About 7.3 facts a person: 2.9 million for the whole district.
    #expect((6.0...8.6).contains(Double(count) / Double(sample.plan.people)))
  }

  @Test("Nothing happens or is recorded after the last day, or is recorded before it happens")
  func times() {
    let end = Int64(sample.plan.lastDay.dayNumber + 1) * 86_400_000 - 7 * 3_600_000
    for fact in sample.facts {
      #expect(fact.recordedAt.milliseconds < end)
      #expect(fact.occurredOn <= fact.recordedAt.day(hoursEastOfGreenwich: 7))
      #expect(fact.place != nil || fact.kind.subject == .place)
      #expect(fact.recorder != nil && fact.device != nil)
    }
  }

  @Test("In one Puskesmas facts about people come in order of recording")
  func order() throws {
    var plan = PopulationSample.plan(people: 1200)
    plan.puskesmasCount = 1
    let ground = DistrictGround.example(subdistricts: 1, villagesEach: 3)
    var moments: [Instant] = []
    SyntheticPopulation(plan, on: ground).forEachBatch { batch in
      moments += batch.filter { [.person, .household].contains($0.kind.subject) }.map(\.recordedAt)
    }
    #expect(moments.count > 3000)
    #expect(zip(moments, moments.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test("Every body reads back as it was written, and all kinds are there")
  func bodies() throws {
    var kinds: Set<FactKind> = []
    for fact in sample.facts {
      kinds.insert(fact.kind)
      let again: [UInt8]? = try fact.read { bytes throws(WireError) in
        switch fact.kind {
        case .person: try PersonBody(bytes).bytes
        case .residence: try ResidenceBody(bytes).bytes
        case .measurement: try MeasurementBody(bytes).bytes
        case .relation: try RelationBody(bytes).bytes
        case .place: try PlaceBody(bytes)?.bytes
        case .worker: try WorkerBody(bytes).bytes
        case .catchment: try CatchmentBody(bytes).bytes
        case .agreement: try AgreementBody(bytes).bytes
        case .household: try HouseholdBody(bytes).bytes
        case .dwelling: try DwellingBody(bytes).bytes
        case .assignment: try AssignmentBody(bytes).bytes
        case .kaderSkill: try KaderSkillBody(bytes).bytes
        case .vaccination: try VaccinationBody(bytes).bytes
        case .refusal: try RefusalBody(bytes).bytes
        case .visit: try VisitBody(bytes).bytes
        case .pregnancy: try PregnancyBody(bytes).bytes
        case .pregnancyEnd: try PregnancyEndBody(bytes).bytes
        default: []
        }
      }
      #expect(again == fact.body, "kind \(fact.kind.rawValue)")
    }
    #expect(
      kinds == [
        .person, .residence, .measurement, .death, .departure, .withdrawal, .relation, .place,
        .worker, .catchment, .agreement, .household, .dwelling, .assignment, .kaderSkill,
        .visit, .vaccination, .pregnancy, .pregnancyEnd, .refusal,
      ])
  }

  @Test("What is replaced is about the same person and was recorded before")
  func replacements() throws {
    let byId = Dictionary(uniqueKeysWithValues: sample.facts.map { ($0.id, $0) })
    let replacing = sample.facts.filter { $0.replaces != nil }
    #expect(replacing.contains { $0.kind == .person })
    #expect(replacing.contains { $0.kind == .measurement })
    for fact in replacing {
      let older = try #require(fact.replaces.flatMap { byId[$0] })
      #expect(older.subject == fact.subject && older.recordedAt <= fact.recordedAt)
      #expect(fact.kind == .withdrawal || older.kind == fact.kind)
    }
  }

  @Test("People come to be known before anything else is said about them")
  func introductions() {
    var known: Set<Identifier> = []
    for fact in sample.facts where fact.kind.subject == .person {
      #expect(fact.kind == .person || known.contains(fact.subject))
      known.insert(fact.subject)
    }
  }
}
