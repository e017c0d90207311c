import Health
import Services
import Testing

@testable import Journal

/// Who may give which role.
@Suite struct GrantingTests {
  private static func id(_ number: UInt64) -> Identifier { Identifier(high: 77, low: number) }

  private static let day = CivilDate(dayNumber: 20_000)
  private static let puskesmas = id(1)
  private static let posyandu = id(2)
  private static let elsewhere = id(3)

  private static let tree = PlaceTree([
    place(1, .puskesmas, nil), place(2, .posyandu, id(1)), place(3, .puskesmas, nil),
  ])

  private static func place(_ number: UInt64, _ kind: PlaceKind, _ above: Identifier?) -> Place {
    Place(
      number: Int64(number), id: id(number), kind: kind, name: "Contoh \(number)", code: "",
      codeIsExample: true, partOf: above)
  }

  private static func worker(_ roles: [(Role, Identifier)]) throws -> Worker {
    var timeline = Timeline()
    let subject = id(100)
    var body = WorkerBody()
    body.name = Array("Contoh".utf8)
    var facts: [(FactKind, [UInt8])] = [(.worker, body.bytes)]
    facts += roles.map { (.assignment, AssignmentBody(role: $0.0, place: $0.1).bytes) }
    for (number, fact) in facts.enumerated() {
      try timeline.insert(
        Fact(
          id: id(200 + UInt64(number)), subject: subject, kind: fact.0, occurredOn: day,
          recordedAt: Instant(milliseconds: 1), body: fact.1))
    }
    return try #require(try Worker(subject, StandingSubject(timeline: timeline)))
  }

  private static func rights(_ roles: (Role, Identifier)...) throws -> Rights {
    Rights(of: try worker(roles), on: day, tree: tree, catchments: [])
  }

  /// What a clinic looks after is no area of its rights; what a Pustu looks after is.
  @Test func theCatchmentOfAClinicOpensNothing() throws {
    let tree = PlaceTree(
      [Self.place(2, .village, nil), Self.place(4, .clinic, nil), Self.place(5, .pustu, nil)])
    let catchments = [4, 5].map {
      Catchment(facility: Self.id($0), village: Self.id(2), since: Self.day, until: nil)
    }
    func rights(_ role: Role, _ facility: UInt64) throws -> Rights {
      Rights(
        of: try Self.worker([(role, Self.id(facility))]), on: Self.day, tree: tree,
        catchments: catchments)
    }
    #expect(try !rights(.privateFacility, 4).mayForOwnEntries(.correctPerson, at: Self.id(2)))
    #expect(try rights(.privateFacility, 4).mayForOwnEntries(.correctPerson, at: Self.id(4)))
    #expect(try rights(.pustuWorker, 5).may(.seePerson, at: Self.id(2)))
  }

  @Test func policy() {
    let ofPuskesmas: Set<Role> = [
      .kader, .pustuWorker, .clusterWorker, .dataManager, .puskesmasHead,
    ]
    for role in Role.allCases {
      #expect(Permissions.mayGrant(role, by: .administrator))
      #expect(Permissions.mayGrant(role, by: .puskesmasHead) == ofPuskesmas.contains(role))
      #expect(!Permissions.placeKinds(of: role).isEmpty)
      for granter in Role.allCases where granter != .administrator && granter != .puskesmasHead {
        #expect(!Permissions.mayGrant(role, by: granter))
      }
    }
    // Whoever may give roles may change workers, and the other way round.
    for role in Role.allCases {
      let gives = Role.allCases.contains { Permissions.mayGrant($0, by: role) }
      #expect(gives == (Permissions.reach(of: .changeWorkers, for: role) != nil))
    }
  }

  @Test func onlyInTheOwnArea() throws {
    let head = try Self.rights((.puskesmasHead, Self.puskesmas))
    #expect(head.mayGrant(.kader, at: Self.posyandu))
    #expect(!head.mayGrant(.kader, at: Self.elsewhere))
    #expect(!head.mayGrant(.administrator, at: Self.puskesmas))
  }

  @Test func nobodyChangesThoseWhoMayMore() throws {
    let head = try Self.rights((.puskesmasHead, Self.puskesmas))
    let own = try Self.worker([(.clusterWorker, Self.puskesmas)])
    let more = try Self.worker([(.clusterWorker, Self.puskesmas), (.administrator, Self.puskesmas)])
    let shared = try Self.worker([(.kader, Self.posyandu), (.clusterWorker, Self.elsewhere)])
    #expect(head.mayChange(own, on: Self.day))
    #expect(!head.mayChange(more, on: Self.day))
    #expect(!head.mayChange(shared, on: Self.day))
    #expect(head.may(.seeWorkers, of: shared, on: Self.day))
    #expect(!head.mayEverywhere(.endSessions, of: shared, on: Self.day))
  }

  @Test func phonesAreEnrolledForKaderAlone() throws {
    let data = try Self.rights((.dataManager, Self.puskesmas))
    let kader = try Self.worker([(.kader, Self.posyandu)])
    let both = try Self.worker([(.kader, Self.posyandu), (.clusterWorker, Self.puskesmas)])
    #expect(data.placeOfEnrolment(of: kader, on: Self.day) == Self.posyandu)
    #expect(data.placeOfEnrolment(of: both, on: Self.day) == nil)
    // The PIN would open the other Puskesmas, too.
    let shared = try Self.worker([(.kader, Self.posyandu), (.kader, Self.elsewhere)])
    #expect(data.placeOfEnrolment(of: shared, on: Self.day) == nil)
    let cluster = try Self.rights((.clusterWorker, Self.puskesmas))
    #expect(cluster.placeOfEnrolment(of: kader, on: Self.day) == nil)
  }
}
