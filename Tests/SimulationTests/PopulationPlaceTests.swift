import Health
import Simulation
import Testing

@Suite("Places and workers of the synthetic population")
struct PopulationPlaceTests {
  let sample: PopulationSample

  init() throws { sample = try PopulationSample.usual.get() }

  @Test("Villages lie in their kecamatan, belong to a Puskesmas, and have Posyandu")
  func tree() throws {
    let places = sample.places
    func count(_ kind: PlaceKind) -> Int { places.values.count { $0.kind == kind } }
    #expect(count(.district) == 1 && count(.subdistrict) == 3)
    #expect(count(.puskesmas) == 4 && count(.village) == 12)
    #expect(count(.posyandu) >= 12 && count(.pustu) >= 4 && count(.hospital) == 1)
    for place in places.values {
      let above = place.partOf.flatMap { places[$0]?.kind }
      switch place.kind {
      case .puskesmas: #expect(above == .district)
      case .village:
        #expect(above == .puskesmas)
        #expect(place.within.flatMap { places[$0]?.kind } == .subdistrict)
      case .posyandu: #expect(above == .village)
      case .pustu: #expect(above == .puskesmas)
      default: #expect(above == nil)
      }
      #expect(place.codeIsExample || place.code.isEmpty)
    }
    let named = Set(places.values.map(\.name))
    #expect(named.count == places.count)
    for fact in sample.facts {
      if let place = fact.place { #expect(places[place] != nil) }
    }
  }

  @Test("Pustu look after every village once; private facilities have agreements")
  func network() throws {
    var villages: [Identifier] = []
    for fact in sample.facts where fact.kind == .catchment {
      let body = try fact.read { bytes throws(WireError) in try CatchmentBody(bytes) }
      #expect(sample.places[body.village]?.kind == .village)
      if sample.places[fact.subject]?.kind == .pustu { villages.append(body.village) }
    }
    #expect(villages.count == 12 && Set(villages).count == 12)
    let facilities = sample.places.filter { $0.value.kind.isNetworkFacility }.map(\.key)
    let agreed = Set(sample.facts.filter { $0.kind == .agreement }.map(\.subject))
    #expect(facilities.count == 13 && Set(facilities) == agreed)
  }

  @Test("Every Posyandu has five kader, every Puskesmas its head, and each demo account its role")
  func workers() throws {
    var accounts: [String: Identifier] = [:]
    var numbers: [String: String] = [:]
    var roles: [Identifier: (role: Role, place: Identifier)] = [:]
    for fact in sample.facts {
      if fact.kind == .worker {
        let body = try fact.read { bytes throws(WireError) in try WorkerBody(bytes) }
        #expect(sample.text(body.name).contains("Contoh"))
        let userName = sample.text(body.userName)
        if !userName.isEmpty { accounts[userName] = fact.subject }
        if !body.registrationNumber.isEmpty {
          numbers[userName] = sample.text(body.registrationNumber)
        }
      } else if fact.kind == .assignment {
        let body = try fact.read { bytes throws(WireError) in try AssignmentBody(bytes) }
        #expect(roles[fact.subject] == nil && sample.places[body.place] != nil)
        roles[fact.subject] = (body.role, body.place)
      }
    }
    #expect(accounts.count == SyntheticPopulation.demoAccounts.count)
    for (role, userName) in SyntheticPopulation.demoAccounts {
      #expect(accounts[userName].flatMap { roles[$0]?.role } == role, "\(userName)")
    }
    #expect(Set(SyntheticPopulation.demoAccounts.map(\.role)) == Set(Role.allCases))
    // Who tries the demo signs a guideline at once.
    #expect(numbers == ["demo.kapus": "STR-CONTOH-0001", "demo.kabupaten": "STR-CONTOH-0002"])
    let kader = Dictionary(grouping: roles.values.filter { $0.role == .kader }, by: \.place)
    #expect(kader.count == sample.places.values.count { $0.kind == .posyandu })
    #expect(kader.values.allSatisfy { $0.count == 5 })
    for role in [Role.puskesmasHead, .dataManager] {
      #expect(Set(roles.values.filter { $0.role == role }.map(\.place)).count == 4)
    }
    // Whoever records works here.
    let recorders = Set(sample.facts.filter { $0.kind.subject == .person }.compactMap(\.recorder))
    #expect(recorders.allSatisfy { roles[$0] != nil })
  }

  @Test("Kader have shown different numbers of the 25 skills")
  func skills() throws {
    var shown: [Identifier: Set<UInt8>] = [:]
    for fact in sample.facts where fact.kind == .kaderSkill {
      let body = try fact.read { bytes throws(WireError) in try KaderSkillBody(bytes) }
      #expect(body.assessor != nil)
      if body.isMastered { shown[fact.subject, default: []].insert(body.skill) }
    }
    #expect(shown.values.contains { $0.count == 25 })
    #expect(shown.values.contains { $0.count < 18 })
  }

  @Test("Puskesmas are shared out so that the fullest kecamatan has two")
  func shares() {
    let counts = SyntheticPopulation(sample.plan, on: PopulationSample.ground).placeCounts
    #expect(counts.puskesmas == 4 && counts.villages == 12)
    var few = sample.plan
    few.puskesmasCount = 100
    // No more Puskesmas than villages.
    #expect(SyntheticPopulation(few, on: PopulationSample.ground).placeCounts.puskesmas == 12)
  }

  @Test("A ground without a village, or with two districts, is none")
  func grounds() {
    let district = PopulationSample.ground.district
    #expect(DistrictGround([district]) == nil)
    var second = district
    second.code = "99.04"
    let areas =
      [district] + PopulationSample.ground.subdistricts
      + PopulationSample.ground.villages.flatMap { $0 }
    #expect(DistrictGround(areas) != nil)
    #expect(DistrictGround(areas + [second]) == nil)
  }
}
