import Health
import Samples

/// Makes new, late, corrected, withdrawn, moved, departed and died facts of forty children.
struct RandomDistrict {
  var numbers: SeededNumbers
  private var told: [Identifier: [Fact]] = [:]
  private var births: [Identifier: CivilDate] = [:]
  private var count = 0

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  /// The next facts, in the order in which they arrive.
  mutating func batch(of size: Int) -> [Fact] {
    var facts: [Fact] = []
    while facts.count < size {
      let child = id(.random(in: 1...40, using: &numbers))
      facts += births[child] == nil ? born(child) : event(of: child)
    }
    // Some arrive before what they correct, some twice.
    if numbers.once(in: 2) { facts.shuffle(using: &numbers) }
    if let again = facts.randomElement(using: &numbers) { facts.append(again) }
    return facts
  }

  private mutating func make(
    _ kind: FactKind, _ child: Identifier, on date: CivilDate, replaces: Identifier? = nil,
    body: [UInt8] = []
  ) -> Fact {
    count += 1
    let fact = Fact(
      id: id(100_000 + count), subject: child, kind: kind, occurredOn: date,
      recordedAt: Instant(milliseconds: .random(in: 0...Int64(count), using: &numbers)),
      replaces: replaces, body: body)
    told[child, default: []].append(fact)
    return fact
  }

  private mutating func born(_ child: Identifier) -> [Fact] {
    let birth = day("2020-06-01") + AgeInDays(.random(in: 0..<1_200, using: &numbers))
    births[child] = birth
    return [make(.person, child, on: birth, body: person(born: birth)), move(child, on: birth)]
  }

  private mutating func person(born: CivilDate) -> [UInt8] {
    var body = PersonBody()
    body.name = Array("Anak Contoh \(count)".utf8)
    body.sex = [Sex.male, .female, nil].randomElement(using: &numbers) ?? nil
    body.birthDate = born
    return body.bytes
  }

  private mutating func move(_ child: Identifier, on date: CivilDate) -> Fact {
    // A place that nobody knows, a village, or a Posyandu.
    let places = ExamplePlaces.posyandu + [ExamplePlaces.villages[1], id(899)]
    let body = ResidenceBody(place: places.randomElement(using: &numbers)).bytes
    return make(.residence, child, on: date, body: body)
  }

  private mutating func visit(
    _ child: Identifier, on date: CivilDate, replaces: Identifier? = nil
  ) -> Fact {
    let age = max(0, (date - (births[child] ?? date)).count)
    var body = MeasurementBody()
    if !numbers.once(in: 6) {
      body.weight = Mass(grams: 3_200 + age * 7 + .random(in: -1_500...1_500, using: &numbers))
    }
    if !numbers.once(in: 4) {
      body.length = Length(
        tenthsOfMillimetre: 5_000 + age * 3 + .random(in: -700...700, using: &numbers))
    }
    if numbers.once(in: 20) { body.hasOedema = true }
    if numbers.once(in: 3) { body.hasChildHealthBook = numbers.once(in: 2) }
    return make(.measurement, child, on: date, replaces: replaces, body: body.bytes)
  }

  private mutating func event(of child: Identifier) -> [Fact] {
    let birth = births[child] ?? day("2021-01-01")
    let date = birth + AgeInDays(.random(in: -3...900, using: &numbers))
    let older = told[child]?.randomElement(using: &numbers)
    switch Int.random(in: 0..<21, using: &numbers) {
    case 0..<11: return [visit(child, on: date)]
    case 11..<14:
      guard let older, older.kind != .withdrawal else { return [visit(child, on: date)] }
      return [correction(of: older, child)]
    case 14..<16:
      return [make(.withdrawal, child, on: date, replaces: older?.id ?? id(5))]
    case 16..<18: return [move(child, on: date)]
    case 18: return [make(.departure, child, on: date)]
    case 19:
      let other = id(.random(in: 1...40, using: &numbers))
      return [make(.merge, child, on: date, body: SamenessBody(other: other).bytes)]
    default: return numbers.once(in: 3) ? [make(.death, child, on: date)] : []
    }
  }

  private mutating func correction(of older: Fact, _ child: Identifier) -> Fact {
    switch older.kind {
    case .person:
      let birth = older.occurredOn + AgeInDays(.random(in: -40...40, using: &numbers))
      return make(.person, child, on: birth, replaces: older.id, body: person(born: birth))
    case .measurement: return visit(child, on: older.occurredOn, replaces: older.id)
    default:
      let date = older.occurredOn + AgeInDays(.random(in: -40...40, using: &numbers))
      return make(older.kind, child, on: date, replaces: older.id, body: older.body)
    }
  }
}
