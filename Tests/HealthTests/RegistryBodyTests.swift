import Health
import Samples
import Testing

/// Bodies of the kinds that tell of people, families, places and workers.
@Suite("Registry bodies")
struct RegistryBodyTests {
  private func read<Body>(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Body
  ) throws -> Body {
    try bytes.withUnsafeBufferPointer { try body($0) }
  }

  @Test("What was told as NIK and is none stays until the NIK is known, and is never taken for it")
  func toldNumber() throws {
    var told = PersonBody()
    told.name = Array("Contoh".utf8)
    told.toldIdentityNumber = Array("6203-0157".utf8)
    #expect(try read(told.bytes) { try PersonBody($0) } == told)
    var other = PersonBody()
    other.fatherName = Array("Ayah".utf8)
    #expect(other.filled(from: told).toldIdentityNumber == told.toldIdentityNumber)
    other.nationalIdentityNumber = Array("9901010101200001".utf8)
    #expect(other.filled(from: told).toldIdentityNumber.isEmpty)
    #expect(told.filled(from: other).toldIdentityNumber.isEmpty)
    #expect(told.filled(from: other).nationalIdentityNumber == other.nationalIdentityNumber)
  }

  @Test("Each keeps what it holds, whatever of it is there")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<500 {
      func maybe<Value>(_ value: Value) -> Value? { numbers.once(in: 2) ? value : nil }
      func text(_ value: String) -> [UInt8] { numbers.once(in: 2) ? Array(value.utf8) : [] }
      var household = HouseholdBody()
      household.familyCardNumber = text("9901010101200001")
      household.head = maybe(id(1))
      household.place = maybe(id(2))
      household.neighbourhood = text("003")
      household.communityUnit = text("001")
      household.address = text("Jalan Contoh 7")
      household.latitude = maybe(-2_721_966)
      household.longitude = maybe(111_731_170)
      household.endedOn = maybe(day("2024-02-29"))
      household.localIdentifier = text("RT3-17")
      #expect(try read(household.bytes) { try HouseholdBody($0) } == household)

      var dwelling = DwellingBody()
      dwelling.water = maybe(.rain)
      dwelling.latrine = maybe(.unimproved)
      dwelling.hasSmokeInside = maybe(numbers.once(in: 2))
      dwelling.hasHandWashing = maybe(numbers.once(in: 2))
      dwelling.hasSolidFloor = maybe(numbers.once(in: 2))
      #expect(try read(dwelling.bytes) { try DwellingBody($0) } == dwelling)

      var residence = ResidenceBody(
        place: maybe(id(3)), household: maybe(id(4)), relation: maybe(.grandchild),
        reason: maybe(.marriage))
      residence.cameFrom = text("Banjarmasin")
      residence.isTemporary = numbers.once(in: 2)
      #expect(try read(residence.bytes) { try ResidenceBody($0) } == residence)

      var worker = WorkerBody()
      worker.name = text("Contoh Bidan")
      worker.place = maybe(id(5))
      worker.nationalIdentityNumber = text("9901014101900001")
      worker.userName = text("bidan.contoh")
      worker.endedOn = maybe(day("2025-12-31"))
      #expect(try read(worker.bytes) { try WorkerBody($0) } == worker)

      let assignment = AssignmentBody(
        role: .pustuWorker, place: id(6), clusters: maybe([.motherAndChild, .adult]) ?? [],
        until: maybe(day("2026-01-31")), sensitiveMatters: maybe([.violence]) ?? [])
      #expect(try read(assignment.bytes) { try AssignmentBody($0) } == assignment)

      var place = PlaceBody(
        kind: .midwifePractice, name: text("Praktik Contoh"), code: [], partOf: maybe(id(7)))
      place.within = maybe(id(8))
      place.endedOn = maybe(day("2024-06-30"))
      place.successor = maybe(id(9))
      place.source = text("Kepmendagri")
      place.latitude = maybe(-2_000_000)
      place.longitude = maybe(112_000_000)
      place.organizationNumber = text("100012345")
      #expect(try read(place.bytes) { try PlaceBody($0) } == place)
    }
  }

  @Test("An anchor of the log keeps its numbers, and refuses no entries, another link, no day")
  func anchor() throws {
    let head = (0..<32).map { UInt8($0) }
    let anchor = AuditAnchorBody(entries: 10_000, head: head, day: day("2026-11-22"))
    #expect(try read(anchor.bytes) { try AuditAnchorBody($0) } == anchor)
    for (entries, head, date) in [
      (Int64(0), head, Optional(day("2026-11-22"))), (-1, head, day("2026-11-22")),
      (1, Array(head.dropLast()), day("2026-11-22")), (1, [], day("2026-11-22")), (1, head, nil),
    ] {
      var writer = FieldWriter()
      writer.number(1, entries)
      writer.bytes(2, head)
      writer.day(3, date)
      #expect(throws: WireError.unknownForm) {
        try read(writer.bytes) { try AuditAnchorBody($0) }
      }
    }
    #expect(FactKind.auditAnchor.subject == .system)
  }

  @Test("A relation, merge, assignment, catchment or agreement that names nobody is refused")
  func empty() {
    #expect(throws: WireError.unknownForm) { try read([]) { try RelationBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try SamenessBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try AssignmentBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try CatchmentBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try AgreementBody($0) } }
    #expect(throws: WireError.unknownForm) { try read([]) { try KaderSkillBody($0) } }
  }

  @Test("A role that is not known here grants nothing")
  func unknownRole() {
    var writer = FieldWriter()
    writer.number(1, Int32(200))
    writer.identifier(2, id(1))
    #expect(throws: WireError.unknownForm) {
      try read(writer.bytes) { try AssignmentBody($0) }
    }
  }

  @Test("A skill outside the list of 25 is refused", arguments: [0, 26, -1, 256])
  func unknownSkill(number: Int64) {
    var writer = FieldWriter()
    writer.number(1, number)
    writer.flag(2, true)
    #expect(throws: WireError.unknownForm) {
      try read(writer.bytes) { try KaderSkillBody($0) }
    }
  }

  @Test("A place of the first version reads as it did")
  func olderPlace() throws {
    var writer = FieldWriter()
    writer.number(1, Int32(4))
    writer.bytes(2, Array("Posyandu Contoh".utf8))
    writer.identifier(4, id(3))
    writer.number(5, Int32(1))
    let place = PlaceBody(
      kind: .posyandu, name: Array("Posyandu Contoh".utf8), code: [], partOf: id(3),
      codeIsExample: true)
    #expect(try read(writer.bytes) { try PlaceBody($0) } == place)
    #expect(place.bytes == writer.bytes)
  }

  @Test("Kinds are about what their number says, known here or not")
  func subjects() {
    #expect(FactKind.merge.subject == .person)
    #expect(FactKind.catchment.subject == .place)
    #expect(FactKind.importBatch.subject == .system)
    #expect(FactKind.worker.subject == .worker)
    #expect(FactKind.kaderSkill.subject == .worker)
    #expect(FactKind.household.subject == .household)
    #expect(FactKind(rawValue: 40).subject == .person)
    #expect(FactKind(rawValue: 127).subject == .system)
    #expect(FactKind(rawValue: 9_000).subject == .person)
  }
}
