import Health
import Journal

/// Who writes a fact down, and with what.
struct Author: Sendable {
  let recorder: Identifier
  let device: Identifier
}

/// A worker's role as a worker fact carries it.
enum WorkerRole: Int32, Sendable {
  case kader = 1
  case bidan = 2
}

/// A Posyandu of the synthetic district, with those who write for it.
struct SyntheticPosyandu: Sendable {
  let id: Identifier
  /// Opens on this day of every month, which every month has.
  let dayOfMonth: Int
  /// The people it looks after, beside the others.
  let size: Double
  /// How readily families come, beside the others (on the scale of log-odds).
  let leaning: Double
  let kader: Author
  let bidan: Author

  /// The same Posyandu on a day when another kader writes.
  func written(by kader: Author) -> SyntheticPosyandu {
    SyntheticPosyandu(
      id: id, dayOfMonth: dayOfMonth, size: size, leaning: leaning, kader: kader, bidan: bidan)
  }
}

/// The places of one Puskesmas with their workers, and the facts that tell of them.
struct SyntheticPlaces: Sendable {
  private(set) var posyandu: [SyntheticPosyandu] = []
  private(set) var facts: [Fact] = []

  private let plan: SimulationPlan
  private let number: Int
  private var moment: Instant

  /// The places of the Puskesmas with that number, counted from 0, written down from `moment` on.
  init(_ plan: SimulationPlan, puskesmas number: Int, at moment: Instant) {
    self.plan = plan
    self.number = number
    self.moment = moment
    var random = SeededRandom(seed: plan.seed, stream: UInt64(number) * 2 + 1)
    let office = SyntheticPlaces.office(of: plan)
    let area = "99.\(SyntheticNames.padded(1 + number / 99, to: 2))"
    let code = "\(area).\(SyntheticNames.padded(1 + number % 99, to: 2))"
    let digits = code.filter { $0 != "." }
    let puskesmas = add(
      .puskesmas, number + 1, name: "Puskesmas Contoh", code: "P\(digits)0101",
      partOf: SyntheticPlaces.district(of: plan), by: office, &random)
    var villages: [(id: Identifier, code: String, bidan: Author)] = []
    for village in 0..<plan.villagesPerPuskesmas {
      let code = "\(code).\(2001 + village)"
      let serial = number * plan.villagesPerPuskesmas + village + 1
      let id = add(
        .village, serial, name: "Desa Contoh", code: code, partOf: puskesmas, by: office, &random)
      villages.append((id, code, addWorker(.bidan, serial, at: id, by: office, &random)))
    }
    guard !villages.isEmpty else { return }
    for place in 0..<plan.posyanduPerPuskesmas {
      let village = villages[place * villages.count / plan.posyanduPerPuskesmas]
      let serial = number * plan.posyanduPerPuskesmas + place + 1
      let id = add(
        .posyandu, serial, name: "Posyandu Contoh",
        code: "\(village.code).\(SyntheticNames.padded(place + 1, to: 2))", partOf: village.id,
        by: office, &random)
      posyandu.append(
        SyntheticPosyandu(
          id: id, dayOfMonth: 4 + (place * 7 + random.whole(0...2)) % 22,
          size: 0.65 + 0.7 * random.fraction(), leaning: random.normal(deviation: 0.5),
          kader: addWorker(.kader, serial, at: id, by: office, &random), bidan: village.bidan))
    }
  }

  /// The identifier of something in the district of that plan.
  static func identifier(_ plan: SimulationPlan, _ what: String) -> Identifier {
    Identifier.ofContent("simulation", Array("seed \(plan.seed)/\(what)".utf8))
  }

  private static func district(of plan: SimulationPlan) -> Identifier {
    identifier(plan, "district")
  }

  private static func office(of plan: SimulationPlan) -> Author {
    Author(
      recorder: identifier(plan, "district office"), device: identifier(plan, "district computer"))
  }

  /// The fact that tells of the district itself.
  static func districtFact(_ plan: SimulationPlan, at moment: Instant) -> Fact {
    var random = SeededRandom(seed: plan.seed, stream: .max)
    let office = office(of: plan)
    let body = PlaceBody(
      kind: .district, name: Array("Kabupaten Contoh".utf8), code: Array("99.01".utf8),
      partOf: nil, codeIsExample: true)
    return Fact(
      id: random.identifier(at: moment), subject: district(of: plan), kind: .place,
      occurredOn: plan.firstDay, recordedAt: moment, recorder: office.recorder,
      device: office.device, body: body.bytes)
  }

  private mutating func add(
    _ kind: PlaceKind, _ serial: Int, name: String, code: String, partOf: Identifier,
    by author: Author, _ random: inout SeededRandom
  ) -> Identifier {
    let full = "\(name) \(SyntheticNames.padded(serial, to: 2))"
    let id = SyntheticPlaces.identifier(plan, full)
    let body = PlaceBody(
      kind: kind, name: Array(full.utf8), code: Array(code.utf8), partOf: partOf,
      codeIsExample: true)
    write(.place, about: id, body.bytes, by: author, &random)
    return id
  }

  private mutating func addWorker(
    _ role: WorkerRole, _ serial: Int, at place: Identifier, by author: Author,
    _ random: inout SeededRandom
  ) -> Author {
    let title = role == .kader ? "Kader" : "Bidan"
    let id = SyntheticPlaces.identifier(plan, "\(title) \(serial)")
    var body = FieldWriter()
    body.bytes(1, Array(SyntheticNames.worker(title, serial, &random).utf8))
    body.number(2, role.rawValue)
    body.identifier(3, place)
    write(.worker, about: id, body.bytes, by: author, &random)
    return Author(
      recorder: id, device: SyntheticPlaces.identifier(plan, "phone of \(title) \(serial)"))
  }

  private mutating func write(
    _ kind: FactKind, about subject: Identifier, _ body: [UInt8], by author: Author,
    _ random: inout SeededRandom
  ) {
    facts.append(
      Fact(
        id: random.identifier(at: moment), subject: subject, kind: kind,
        occurredOn: plan.firstDay, recordedAt: moment, recorder: author.recorder,
        device: author.device, body: body))
    moment = Instant(milliseconds: moment.milliseconds + 20)
  }
}
