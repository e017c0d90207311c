import Health
import Programmes
import Simulation
import Testing

/// 2,000 people in 4 villages with 5 Posyandu through the year 2025.
private func smallPlan(seed: UInt64 = 1) -> SimulationPlan {
  var plan = SimulationPlan.puskesmas(
    lastMonth: CivilMonth(year: 2025, ordinal: 12), months: 12, seed: seed)
  plan.peoplePerPuskesmas = 2000
  plan.villagesPerPuskesmas = 4
  plan.posyanduPerPuskesmas = 5
  return plan
}

private func facts(of plan: SimulationPlan) -> [Fact] {
  SyntheticDistrict(plan).batches().flatMap { $0 }
}

private func person(_ fact: Fact) throws -> PersonBody {
  try fact.body.withUnsafeBufferPointer { try PersonBody($0) }
}

private func place(_ fact: Fact) throws -> PlaceBody {
  try #require(try fact.body.withUnsafeBufferPointer { try PlaceBody($0) })
}

/// The growth records of all people, from their timelines.
private func records(of facts: [Fact]) throws -> [GrowthRecord] {
  var timelines: [Identifier: Timeline] = [:]
  for fact in facts where fact.kind != .place && fact.kind != .worker {
    try timelines[fact.subject, default: Timeline()].insert(fact)
  }
  return try timelines.values.map { timeline in
    try timeline.bytes.withUnsafeBufferPointer { try GrowthRecord(timeline: $0) }
  }
}

@Suite("The synthetic district as a stream of facts")
struct SyntheticDistrictTests {
  @Test("The same plan gives the same facts, another seed gives others")
  func seedDecides() {
    let once = facts(of: .tiny)
    #expect(once == facts(of: .tiny))
    var other = SimulationPlan.tiny
    other.seed += 1
    #expect(Set(once.map(\.id)).isDisjoint(with: facts(of: other).map(\.id)))
  }

  @Test("Facts come in order of recording, in small batches, each with an id of its own")
  func orderAndBatches() {
    let plan = smallPlan()
    let all = facts(of: plan)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
    #expect(Set(all.map(\.id)).count == all.count)
    let end = Int64(plan.lastDay.dayNumber + 1) * 86_400_000 - 7 * 3_600_000
    #expect(all.allSatisfy { $0.recordedAt.milliseconds < end && $0.occurredOn <= plan.lastDay })
    var handed: [Fact] = []
    SyntheticDistrict(plan).forEachBatch { batch in
      #expect(!batch.isEmpty && batch.count <= SyntheticDistrict.batchLimit)
      handed += batch
    }
    #expect(handed == all)
  }

  @Test("Two Puskesmas share the district and nothing else")
  func twoPuskesmas() throws {
    var plan = SimulationPlan.tiny
    plan.puskesmasCount = 2
    let all = facts(of: plan)
    let places = try all.filter { $0.kind == .place }.map(place)
    #expect(places.filter { $0.kind == .district }.count == 1)
    #expect(places.filter { $0.kind == .puskesmas }.count == 2)
    #expect(Set(places.map(\.name)).count == places.count)
    let numbers = try all.filter { $0.kind == .person }.map(person)
      .map(\.nationalIdentityNumber).filter { !$0.isEmpty }
    #expect(Set(numbers).count == numbers.count)
  }

  @Test("The tiny district has the places that it promises, each inside the next")
  func tinyPlaces() throws {
    let told = facts(of: .tiny).filter { $0.kind == .place }
    let subjects = Dictionary(uniqueKeysWithValues: told.map { ($0.subject, $0) })
    let parents = try told.map { fact -> String in
      let body = try place(fact)
      let code = String(decoding: body.code, as: UTF8.self)
      #expect(body.codeIsExample && (code.hasPrefix("99.") || code.hasPrefix("P99")))
      let above = try body.partOf.flatMap { subjects[$0] }.map(place)
      return String(decoding: body.name + Array(" < ".utf8) + (above?.name ?? []), as: UTF8.self)
    }
    #expect(
      Set(parents) == [
        "Kabupaten Contoh < ",
        "Puskesmas Contoh 01 < Kabupaten Contoh",
        "Desa Contoh 01 < Puskesmas Contoh 01",
        "Desa Contoh 02 < Puskesmas Contoh 01",
        "Posyandu Contoh 01 < Desa Contoh 01",
        "Posyandu Contoh 02 < Desa Contoh 02",
      ])
  }

  @Test("Every body is readable, canonical, and of a kind that is known")
  func bodies() throws {
    var kinds: Set<FactKind> = []
    for fact in facts(of: smallPlan()) {
      kinds.insert(fact.kind)
      try fact.body.withUnsafeBufferPointer { bytes in
        switch fact.kind {
        case .person: #expect(try PersonBody(bytes).bytes == fact.body)
        case .residence: #expect(try ResidenceBody(bytes).bytes == fact.body)
        case .measurement: #expect(try MeasurementBody(bytes).bytes == fact.body)
        case .place: #expect(try PlaceBody(bytes)?.bytes == fact.body)
        default:
          var fields = FieldReader(bytes)
          while try fields.next() != nil {}
        }
      }
    }
    #expect(
      kinds == [
        .place, .worker, .person, .residence, .measurement, .death, .departure, .withdrawal,
      ])
  }
}

@Suite("The people of the synthetic district")
struct SyntheticPeopleTests {
  @Test("Nobody can be taken for a real person")
  func namesAndNumbers() throws {
    var numbers: Set<[UInt8]> = []
    var withNumber = 0
    for fact in facts(of: smallPlan()) where fact.kind == .person {
      let body = try person(fact)
      #expect(String(decoding: body.name, as: UTF8.self).contains("Contoh"))
      if !body.motherName.isEmpty {
        #expect(String(decoding: body.motherName, as: UTF8.self).hasPrefix("Contoh "))
      }
      guard !body.nationalIdentityNumber.isEmpty else { continue }
      withNumber += 1
      numbers.insert(body.nationalIdentityNumber)
      let text = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
      #expect(text.count == 16 && text.hasPrefix("99"))
      let birth = try #require(body.birthDate).components
      let day = birth.day + (body.sex == .female ? 40 : 0)
      #expect(Int(text.dropFirst(6).prefix(2)) == day)
      #expect(Int(text.dropFirst(8).prefix(2)) == birth.month)
      #expect(Int(text.dropFirst(10).prefix(2)) == birth.year % 100)
    }
    #expect(numbers.count == withNumber)
  }

  @Test("About nine in a hundred are under five, and about as many as should be are born")
  func population() throws {
    let plan = smallPlan()
    let people = try facts(of: plan).filter { $0.kind == .person }.map(person)
    let births = people.compactMap(\.birthDate)
    let first = births.filter { $0 < plan.firstDay }
    let underFive = first.filter { plan.firstDay.completedMonths(since: $0).count < 60 }
    #expect((0.07...0.12).contains(Double(underFive.count) / 2000))
    #expect((20...60).contains(births.count - first.count))
  }

  @Test("Worked-out birth dates and people without a NIK exist")
  func imperfections() throws {
    let people = try facts(of: smallPlan()).filter { $0.kind == .person }.map(person)
    #expect(people.contains { $0.birthDateCertainty == .estimatedFromAge })
    #expect(people.contains { $0.nationalIdentityNumber.isEmpty })
    #expect(people.allSatisfy { $0.sex != nil && $0.birthDate != nil })
  }
}

@Suite("What the Posyandu of the synthetic district measure")
struct SyntheticMeasurementTests {
  @Test("Corrections, withdrawals and late entries happen, about the right person and day")
  func amendments() throws {
    let all = facts(of: smallPlan())
    let byId = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })
    let measurements = all.filter { $0.kind == .measurement }
    let corrections = measurements.filter { $0.replaces != nil }
    #expect(!corrections.isEmpty)
    for correction in corrections {
      let older = try #require(correction.replaces.flatMap { byId[$0] })
      #expect(older.subject == correction.subject && older.occurredOn == correction.occurredOn)
      #expect(older.recordedAt < correction.recordedAt && older.body != correction.body)
    }
    for withdrawal in all where withdrawal.kind == .withdrawal {
      let older = try #require(withdrawal.replaces.flatMap { byId[$0] })
      #expect(older.subject == withdrawal.subject && older.kind == .measurement)
    }
    #expect(
      measurements.contains {
        ($0.recordedAt.day(hoursEastOfGreenwich: 7) - $0.occurredOn).count >= 10
          && $0.replaces == nil
      })
  }

  @Test("Stunting, wasting and underweight lie where they are meant to")
  func prevalences() throws {
    var stunted = 0, lengths = 0, wasted = 0, both = 0, light = 0, weights = 0
    for measurement in try records(of: facts(of: smallPlan())).flatMap(\.measurements) {
      if let score = measurement.assessment.lengthHeightForAge, !score.isImplausible {
        lengths += 1
        if score.hundredths < -200 { stunted += 1 }
      }
      if let score = measurement.assessment.weightForLengthHeight, !score.isImplausible {
        both += 1
        if score.hundredths < -200 { wasted += 1 }
      }
      if let score = measurement.assessment.weightForAge, !score.isImplausible {
        weights += 1
        if score.hundredths < -200 { light += 1 }
      }
    }
    // 180 children: chance moves these shares by several points.
    #expect((0.12...0.28).contains(Double(stunted) / Double(lengths)))
    #expect((0.03...0.13).contains(Double(wasted) / Double(both)))
    #expect((0.07...0.22).contains(Double(light) / Double(weights)))
    #expect((0.65...0.76).contains(Double(lengths) / Double(weights)))
  }

  @Test("D/S and N/D lie where they are meant to")
  func participation() throws {
    let plan = smallPlan()
    var targets = 0, weighed = 0, comparable = 0, gained = 0
    for record in try records(of: facts(of: plan)) {
      guard let birth = record.birthDate else { continue }
      for step in 1..<12 {
        let month = plan.firstDay.month.advanced(by: step)
        let age = month.lastDay.completedMonths(since: birth).count
        guard (0..<60).contains(age), record.place(on: month.lastDay) != nil,
          record.diedOn.map({ $0 > month.lastDay }) ?? true
        else { continue }
        targets += 1
        guard let entry = record.weighingMonths.first(where: { $0.month == month }) else {
          continue
        }
        weighed += 1
        if entry.status == .gained { gained += 1 }
        if entry.status == .gained || entry.status == .notGained { comparable += 1 }
      }
    }
    #expect((0.68...0.92).contains(Double(weighed) / Double(targets)))
    #expect((0.45...0.67).contains(Double(gained) / Double(weighed)))
    #expect((0.55...0.75).contains(Double(gained) / Double(comparable)))
  }
}

@Suite("Curves of the growth standards")
struct CurveTests {
  @Test("A curve by age is the opposite of the z-score, beyond three deviations too")
  func curvesByAge() throws {
    let standards = ChildGrowthStandards.shared
    for day in [0, 91, 400, 730, 731, 1826] {
      for score in [-3.5, -2.0, 0.0, 1.0, 3.5] {
        var child = GrowthMeasurement()
        child.sex = .female
        child.ageDays = Double(day)
        child.weight = standards.measurement(
          .weightForAge, sex: .female, day: day, zScore: score)
        child.length = standards.measurement(
          .lengthHeightForAge, sex: .female, day: day, zScore: score)
        let result = standards.assess(child)
        #expect(abs(try #require(result.weightForAge).exact - score) < 1e-9)
        #expect(abs(try #require(result.lengthHeightForAge).exact - score) < 1e-9)
      }
    }
    #expect(standards.measurement(.weightForAge, sex: .male, day: 1827, zScore: 0) == nil)
    #expect(standards.measurement(.weightForLengthHeight, sex: .male, day: 9, zScore: 0) == nil)
  }

  @Test("A curve by length ends where the standard does")
  func curvesByLength() throws {
    let standards = ChildGrowthStandards.shared
    let median = try #require(
      standards.weight(sex: .male, centimetres: 65, isLength: true, zScore: 0))
    #expect(abs(median - 7.2666) < 1e-9)
    #expect(standards.weight(sex: .male, centimetres: 44.9, isLength: true, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 64.9, isLength: false, zScore: 0) == nil)
    #expect(standards.weight(sex: .male, centimetres: 120, isLength: false, zScore: 0) != nil)
  }
}
