import Health
import Simulation
import Testing

@Suite("What registers say of the synthetic population, and what is true")
struct PopulationRecordTests {
  let sample: PopulationSample

  init() throws { sample = try PopulationSample.usual.get() }

  @Test("NIK and family card numbers lie in a province that does not exist, and follow the rule")
  func numbers() throws {
    var numbers: [[UInt8]] = []
    var fitting = 0
    let second = Set(sample.truth.same.map(\.second))
    for (id, person) in sample.last where !second.contains(id) {
      guard !person.nationalIdentityNumber.isEmpty else { continue }
      let number = try #require(NationalIdentityNumber(person.nationalIdentityNumber))
      #expect(number.regionCode / 10_000 == 99)
      numbers.append(person.nationalIdentityNumber)
      let birth = try #require(person.birthDate)
      let sex = try #require(person.sex)
      if !number.contradicts(birthDate: birth), !number.contradicts(sex: sex),
        number.followsTheRule
      {
        fitting += 1
      }
    }
    #expect(Double(Set(numbers).count) / Double(numbers.count) > 0.999)
    #expect((0.985...0.9995).contains(Double(fitting) / Double(numbers.count)))
    let cards = sample.households.values.map(\.familyCardNumber).filter { !$0.isEmpty }
    #expect(Set(cards).count == cards.count)
    #expect(cards.allSatisfy { sample.text($0).hasPrefix("9951") && $0.count == 16 })
    #expect(Set(cards).isDisjoint(with: numbers))
    #expect((0.94...0.99).contains(Double(cards.count) / Double(sample.households.count)))
  }

  @Test("Some have no NIK, and some a birth date that somebody worked out")
  func missing() {
    let adults = sample.founders.filter { sample.years($0.person) >= 5 }
    let young = sample.founders.filter { sample.years($0.person) < 5 }
    let old = sample.founders.filter { sample.years($0.person) >= 60 }
    #expect(
      (0.004...0.02).contains(share(of: adults) { $0.person.nationalIdentityNumber.isEmpty }))
    #expect((0.03...0.1).contains(share(of: young) { $0.person.nationalIdentityNumber.isEmpty }))
    let first = share(of: old) {
      let parts = $0.person.birthDate?.components
      return parts?.day == 1 && (parts?.month == 1 || parts?.month == 7)
    }
    #expect((0.2...0.42).contains(first))
    #expect(
      share(of: sample.founders) { $0.person.birthDateCertainty == .estimatedFromAge } > 0.02)
  }

  @Test("Newborns come without NIK, most of them without name, and get both later")
  func newborns() throws {
    let babies = sample.residences.filter { $0.value.first?.body.reason == .birth }.map(\.key)
    var unnamed = 0, later = 0
    for id in babies {
      let first = try #require(sample.first[id])
      #expect(first.nationalIdentityNumber.isEmpty && first.birthOrder != nil)
      let mother = try #require(first.mother)
      if sample.text(first.name).hasPrefix("By. Ny. ") {
        unnamed += 1
        if sample.first[mother]?.nationalIdentityNumber.isEmpty == false {
          #expect(!first.motherNationalIdentityNumber.isEmpty)
        }
      }
      let last = try #require(sample.last[id])
      if !last.nationalIdentityNumber.isEmpty {
        later += 1
        #expect(!sample.text(last.name).hasPrefix("By. Ny. "))
      }
    }
    #expect((0.6...0.8).contains(Double(unnamed) / Double(babies.count)))
    #expect((0.75...0.97).contains(Double(later) / Double(babies.count)))
  }

  @Test("Names are spelled in several ways, some have one word")
  func names() throws {
    let names = sample.founders.map { sample.text($0.person.name) }
    #expect((0.08...0.22).contains(share(of: names) { !$0.contains(" ") }))
    for beginning in ["Muhammad ", "Moh. ", "M. ", "Siti ", "St. ", "Abdul ", "Soe", "Dj"] {
      #expect(names.contains { $0.hasPrefix(beginning) }, "\(beginning)")
    }
    #expect(names.allSatisfy { name in name.first?.isUppercase == true && !name.contains("  ") })
    // A mother's name as her child's record has it is not always as her own has it.
    var same = 0, other = 0
    for (_, person) in sample.last {
      guard let mother = person.mother.flatMap({ sample.last[$0] }) else { continue }
      if mother.name == person.motherName { same += 1 } else { other += 1 }
    }
    #expect((0.02...0.3).contains(Double(other) / Double(same + other)))
  }

  @Test("The truth names records that exist: one person each, the second without a household")
  func truth() throws {
    let same = sample.truth.same
    #expect((0.012...0.03).contains(Double(same.count) / Double(sample.founders.count)))
    #expect(Set(same.map(\.second)).count == same.count)
    #expect(Set(same.map(\.first)).count == same.count)
    for pair in same {
      #expect(sample.last[pair.first] != nil && sample.last[pair.second] != nil)
      #expect(sample.residences[pair.second]?.count == 1)
      #expect(sample.residences[pair.second]?.first?.body.household == nil)
    }
    let known = Set(same.map(\.second))
    let alone = sample.residences.filter { id, homes in
      homes.allSatisfy { $0.body.household == nil } && !known.contains(id)
    }
    #expect(alone.isEmpty)
    for pair in sample.truth.twins + sample.truth.namesakes {
      #expect(pair.first != pair.second)
      #expect(!known.contains(pair.first) && !known.contains(pair.second))
      #expect(sample.last[pair.first] != nil && sample.last[pair.second] != nil)
    }
    #expect(sample.truth.namesakes.count > 20)
  }

  @Test("Two records of one person agree where pairs drawn at random do not")
  func sameness() throws {
    let same = sample.truth.same
    func agree(_ one: Identifier, _ other: Identifier) -> Bool {
      guard let left = sample.last[one], let right = sample.last[other] else { return false }
      let first = left.birthDate?.components, second = right.birthDate?.components
      return left.sex == right.sex && first?.year == second?.year && first?.month == second?.month
    }
    #expect(share(of: same) { agree($0.first, $0.second) } > 0.75)
    let shifted = zip(same, same.dropFirst()).map { SyntheticTruth.Pair($0.first, $1.second) }
    #expect(share(of: shifted) { agree($0.first, $0.second) } < 0.05)
    // None of the fields alone would find them all.
    func numbers(_ pair: SyntheticTruth.Pair) -> Bool {
      let number = sample.last[pair.second]?.nationalIdentityNumber ?? []
      return !number.isEmpty && number == sample.last[pair.first]?.nationalIdentityNumber
    }
    #expect((0.25...0.75).contains(share(of: same, numbers)))
    let names = share(of: same) { sample.last[$0.first]?.name == sample.last[$0.second]?.name }
    #expect((0.2...0.7).contains(names))
  }
}
