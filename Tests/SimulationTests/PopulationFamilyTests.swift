import Health
import Simulation
import Testing

@Suite("Families of the synthetic population")
struct PopulationFamilyTests {
  let sample: PopulationSample

  init() throws { sample = try PopulationSample.usual.get() }

  @Test("Nobody is their own mother; mothers are women, fathers men, and twelve years older")
  func parents() throws {
    var mothers = 0
    for (id, person) in sample.last {
      #expect(person.mother != id && person.father != id)
      if let mother = person.mother {
        mothers += 1
        let known = try #require(sample.last[mother])
        #expect(known.sex == .female)
        let (older, younger) = (try #require(known.birthDate), try #require(person.birthDate))
        #expect((younger - older).count >= 12 * 365)
      }
      if let father = person.father {
        let known = try #require(sample.last[father])
        #expect(known.sex == .male)
        let (older, younger) = (try #require(known.birthDate), try #require(person.birthDate))
        #expect((younger - older).count >= 12 * 365)
      }
    }
    #expect(Double(mothers) / Double(sample.last.count) > 0.35)
  }

  @Test("Twins share mother and day, and are the first and the second")
  func twins() throws {
    #expect(sample.truth.twins.count >= 10)
    for pair in sample.truth.twins {
      let one = try #require(sample.last[pair.first])
      let other = try #require(sample.last[pair.second])
      // The mother may have died or left before the register was opened.
      #expect(one.mother == other.mother && (one.mother ?? one.father) != nil)
      #expect(one.father == other.father)
      #expect(one.birthOrder == 1 && other.birthOrder == 2)
      // A slip in one of them may stand until it is corrected.
      let days = try #require(one.birthDate) - (try #require(other.birthDate))
      let isCorrect = sample.first[pair.first]?.birthDate == sample.first[pair.second]?.birthDate
      #expect(days.count == 0 || !isCorrect)
    }
    let sharing = try sample.truth.twins.count { pair in
      let one = try #require(sample.last[pair.first])
      return one.birthDate == sample.last[pair.second]?.birthDate
    }
    #expect(Double(sharing) / Double(sample.truth.twins.count) > 0.9)
    let seconds = sample.last.filter { $0.value.birthOrder == 2 }.map(\.key)
    let known = Set(sample.truth.twins.map(\.second)).union(sample.truth.same.map(\.second))
    #expect(Set(seconds).isSubset(of: known))
  }

  @Test("Nobody lives in two places on one day, or anywhere after death or departure")
  func oneHome() throws {
    for (id, homes) in sample.residences {
      #expect(Set(homes.map(\.day)).count == homes.count)
      if let end = sample.ends[id] { #expect(homes.allSatisfy { $0.day <= end }) }
    }
    let ended = sample.facts.filter { $0.kind == .death || $0.kind == .departure }
    #expect(Set(ended.map(\.subject)).count == ended.count)
  }

  @Test("Households exist, in known places, and each has one head: the one that it says")
  func heads() throws {
    var members: [Identifier: [(Identifier, HouseholdRelation)]] = [:]
    for (id, homes) in sample.residences where sample.ends[id] == nil {
      for home in homes { #expect(sample.places[try #require(home.body.place)] != nil) }
      guard let home = homes.last?.body, let household = home.household else { continue }
      #expect(sample.households[household] != nil)
      members[household, default: []].append((id, try #require(home.relation)))
    }
    var several = 0
    for (household, people) in members {
      let heads = people.filter { $0.1 == .head }.map(\.0)
      // What happened last in the plan may be recorded only after its end.
      if heads != [sample.households[household]?.head] { several += 1 }
      #expect(people.count { $0.1 == .spouse } <= 1)
    }
    #expect(Double(several) / Double(members.count) < 0.005)
    let ended = sample.households.filter { $0.value.endedOn != nil }
    #expect(!ended.isEmpty)
    #expect(ended.allSatisfy { members[$0.key] == nil })
  }

  @Test("Marriages are told of both, and end with death")
  func marriages() throws {
    var married: [Identifier: Identifier] = [:]
    var ended = 0
    for fact in sample.facts where fact.kind == .relation {
      let body = try fact.read { bytes throws(WireError) in try RelationBody(bytes) }
      #expect(body.kind == .spouse && body.other != fact.subject)
      if body.hasEnded {
        ended += 1
        #expect(married[fact.subject] == body.other && sample.ends[body.other] != nil)
        married[fact.subject] = nil
      } else {
        married[fact.subject] = body.other
      }
    }
    #expect(ended > 20)
    for (one, other) in married where sample.ends[one] == nil && sample.ends[other] == nil {
      #expect(married[other] == one)
      #expect(sample.last[one]?.sex != sample.last[other]?.sex)
      #expect(
        sample.residences[one]?.last?.body.household
          == sample.residences[other]?.last?.body.household)
    }
  }

  @Test("Families move together, also to another Puskesmas, where they are then weighed")
  func moves() throws {
    var moved = 0
    for fact in sample.facts where fact.kind == .measurement && fact.replaces == nil {
      let homes = try #require(sample.residences[fact.subject])
      let home = try #require(homes.last { $0.day <= fact.occurredOn })
      #expect(fact.place == home.body.place)
      if home.body.reason == .otherPuskesmas { moved += 1 }
    }
    #expect(moved > 0)
  }
}
