import Guidance
import Health
import Programmes
import Services
import Simulation
import Testing

@Suite("Vaccinations of the synthetic population")
struct CareVaccinationTests {
  private struct Dose {
    let day: CivilDate
    let fact: Fact
    let body: VaccinationBody
    var written: String { String(decoding: body.dose, as: UTF8.self) }
  }

  private let people: PopulationSample
  private let doses: [Identifier: [Dose]]

  init() throws {
    people = try PopulationSample.usual.get()
    var found: [Identifier: [Dose]] = [:]
    for fact in people.facts where fact.kind == .vaccination {
      let body = try fact.read { bytes throws(WireError) in try VaccinationBody(bytes) }
      found[fact.subject, default: []].append(
        Dose(day: fact.occurredOn, fact: fact, body: body))
    }
    doses = found.mapValues { $0.sorted { $0.day < $1.day } }
  }

  /// The true birth of those who were born within the plan's days.
  private func birth(of child: Identifier) -> CivilDate? {
    people.residences[child]?.first.flatMap { $0.body.reason == .birth ? $0.day : nil }
  }

  /// Children born so long before the last day, who live there.
  private func children(ofMonths months: ClosedRange<Int32>) -> [Identifier] {
    people.residences.keys.filter { child in
      guard let birth = birth(of: child), people.ends[child] == nil else { return false }
      return months.contains(people.plan.lastDay.completedMonths(since: birth).count)
    }
  }

  private func share(of children: [Identifier], with written: [String]) -> Double {
    Double(
      children.count { child in
        let own = Set((doses[child] ?? []).map(\.written))
        return written.allSatisfy { own.contains($0) }
      }) / Double(children.count)
  }

  @Test("No dose before birth, too young, twice, too soon after another, or after death")
  func order() throws {
    let least: [String: Int32] = [
      "DPT-HB-Hib 1": 2, "PCV 1": 2, "RV 1": 2, "DPT-HB-Hib 3": 4, "IPV 1": 4, "MR 1": 9,
      "PCV 3": 12, "MR 2": 18,
    ]
    for (child, own) in doses {
      #expect(Set(own.map(\.written)).count == own.count || people.last[child]?.sex == .female)
      if let end = people.ends[child] { #expect(own.allSatisfy { $0.day <= end }) }
      if let birth = birth(of: child) {
        for dose in own {
          #expect(dose.day >= birth)
          let months = dose.day.completedMonths(since: birth).count
          if let least = least[dose.written] { #expect(months >= least) }
          if dose.body.product == VaccineName.rotavirus.rawValue { #expect(months < 7) }
        }
      }
      let polio = own.filter { $0.written.hasPrefix("OPV") }.map(\.day)
      for (earlier, later) in zip(polio, polio.dropFirst()) {
        #expect((later - earlier).count >= 28)
      }
      let series = own.filter { $0.written.hasPrefix("DPT") }.map(\.written)
      #expect(series == series.sorted())
    }
  }

  @Test("As many are vaccinated as surveys say; some late, some never")
  func rates() throws {
    let children = children(ofMonths: 13...30)
    #expect(children.count > 150)
    #expect((0.82...0.99).contains(share(of: children, with: ["BCG"])))
    #expect((0.78...0.96).contains(share(of: children, with: ["DPT-HB-Hib 3"])))
    #expect((0.64...0.92).contains(share(of: children, with: ["MR 1"])))
    let basic = [
      "HB0", "BCG", "OPV 4", "DPT-HB-Hib 1", "DPT-HB-Hib 2", "DPT-HB-Hib 3", "IPV 1", "MR 1",
    ]
    #expect((0.5...0.82).contains(share(of: children, with: basic)))
    let none = children.filter { doses[$0] == nil }
    #expect((0.005...0.1).contains(Double(none.count) / Double(children.count)))
    let second = share(of: self.children(ofMonths: 24...35), with: ["MR 2", "DPT-HB-Hib 4"])
    #expect((0.4...0.8).contains(second))
    let late = children.filter { child in
      guard let birth = birth(of: child),
        let dose = doses[child]?.first(where: { $0.written == "DPT-HB-Hib 1" })
      else { return false }
      return (dose.day - birth).count > 90
    }
    #expect((0.05...0.6).contains(Double(late.count) / Double(children.count)))
  }

  @Test("What was given here has a batch that is still good; what the book tells has none")
  func batches() throws {
    var here = 0, book = 0, spoiled = 0
    for dose in doses.values.flatMap({ $0 }) {
      if dose.body.origin == .givenHere {
        here += 1
        #expect(!dose.body.batch.isEmpty)
        #expect(try #require(dose.body.expiry) > dose.day)
      } else {
        book += 1
        #expect(dose.body.batch.isEmpty && dose.body.origin == .book)
      }
      if dose.body.spoiled != nil { spoiled += 1 }
      #expect(VaccineName(rawValue: dose.body.product) != nil)
    }
    #expect(here > 2000 && book > 1500)
    #expect(spoiled < here / 200)
  }

  /// A vaccine that was offered and not given.
  private struct NotGiven {
    let child: Identifier
    let day: CivilDate
    let vaccine: OfferedVaccine
    let reason: RefusalBody.Reason
  }

  private func notGiven() throws -> [NotGiven] {
    try people.facts.filter { $0.kind == .refusal }.compactMap { fact in
      let body = try fact.read { bytes throws(WireError) in try RefusalBody(bytes) }
      guard let vaccine = OfferedVaccine(service: body.service) else { return nil }
      return NotGiven(
        child: fact.subject, day: fact.occurredOn, vaccine: vaccine,
        reason: try #require(body.reason))
    }
  }

  @Test("What was offered and not given was not given that day, nor before its age or twice")
  func notGivenFits() throws {
    let all = try notGiven()
    #expect(!all.isEmpty)
    for one in all {
      let own = doses[one.child] ?? []
      let products = Set(one.vaccine.products(forDose: 1).map(\.rawValue))
      #expect(!own.contains { $0.day == one.day && products.contains($0.body.product) })
      #expect(one.day >= people.plan.firstCareMonth.firstDay && one.day <= people.plan.lastDay)
      if let birth = birth(of: one.child) { #expect(one.day >= birth) }
      if let end = people.ends[one.child] { #expect(one.day <= end) }
    }
    let days = Dictionary(grouping: all) { "\($0.child) \($0.day) \($0.vaccine)" }
    #expect(days.values.allSatisfy { $0.count == 1 })
  }

  @Test("Families that refuse are few, fear comes first; some are ill, some vaccines run out")
  func refusals() throws {
    let all = try notGiven()
    let children = Set(self.children(ofMonths: 13...30))
    let byFamily: Set<RefusalBody.Reason> = [.fear, .family, .declined, .faith]
    let refusing = Set(all.filter { byFamily.contains($0.reason) }.map(\.child))
    // 4 % refuse all of them; some of those who come for no more of them say so.
    let share = Double(children.count { refusing.contains($0) }) / Double(children.count)
    #expect((0.01...0.2).contains(share), "\(share)")
    let never = children.filter { (doses[$0] ?? []).isEmpty && refusing.contains($0) }
    #expect(!never.isEmpty)
    // An occasion has one reason, whatever number of vaccines was offered.
    let occasions = Dictionary(grouping: all) { "\($0.child) \($0.day)" }
    #expect(occasions.values.allSatisfy { Set($0.map(\.reason)).count == 1 })
    let reasons = occasions.values.compactMap { $0.first?.reason }
    func count(_ reason: RefusalBody.Reason) -> Int { reasons.count { $0 == reason } }
    let told = reasons.count { byFamily.contains($0) }
    #expect(told > 20)
    #expect((0.25...0.65).contains(Double(count(.fear)) / Double(told)))
    #expect((0.2...0.62).contains(Double(count(.family)) / Double(told)))
    #expect(Double(count(.declined) + count(.faith)) / Double(told) < 0.35)
    #expect(count(.unwell) > 20)
    // Rotavirus is missing most often.
    let missing = all.filter { $0.reason == .outOfStock }
    let rotavirus = missing.count { $0.vaccine == .card(.rotavirus) }
    #expect(rotavirus * 3 > missing.count)
    #expect(!all.contains { $0.reason == .other })
  }

  @Test("Pregnant women are given Td")
  func tetanus() {
    let women = doses.filter { $0.value.contains { $0.written == "Td" } }
    #expect(women.count > 50)
    #expect(women.keys.allSatisfy { people.last[$0]?.sex == .female })
  }

  @Test("The national schedule counts what was given")
  func schedule() throws {
    let schedule = IndonesianImmunization.schedule()
    var forecaster = ImmunizationForecaster(schedule)
    var given = 0, valid = 0
    for child in children(ofMonths: 13...30) {
      guard let own = doses[child], let birth = birth(of: child) else { continue }
      forecaster.assess(
        ImmunizationPerson(birth: birth, sex: people.last[child]?.sex),
        doses: own.map { GivenDose(ProductCode($0.body.product), on: $0.day) },
        on: people.plan.lastDay)
      for antigen in [ProgrammeAntigen.tuberculosis, .oralPolio, .pertussis, .measles] {
        for number in 1...4 where forecaster.day(ofValidDose: number, of: antigen.antigen) != nil {
          valid += 1
        }
      }
      given += own.count { dose in
        ["BCG", "OPV", "DPT", "MR"].contains { dose.written.hasPrefix($0) }
      }
    }
    #expect(given > 1000)
    #expect(Double(valid) / Double(given) > 0.97)
  }
}
