import Guidance
import Health
import Programmes
import Services
import Simulation
import Testing

@Suite("Care of mothers and children fits the register")
struct CareCourseTests {
  let sample: CareSample

  init() throws { sample = try CareSample.usual.get() }

  @Test("Each birth of the register is one pregnancy's end, of its mother, on its day")
  func birthsHavePregnancies() throws {
    var children: [Identifier: [CivilDate: Int]] = [:]
    for (child, homes) in sample.people.residences {
      guard homes.first?.body.reason == .birth, let birth = homes.first?.day,
        birth <= sample.people.plan.lastDay + AgeInDays(-60)
      else { continue }
      let mother = try #require(sample.people.first[child]?.mother)
      children[mother, default: [:]][birth, default: 0] += 1
    }
    #expect(children.values.reduce(0) { $0 + $1.count } > 350)
    for (mother, births) in children {
      for (day, count) in births {
        let ended = sample.pregnancies.filter { $0.mother == mother && $0.end?.day == day }
        #expect(ended.count == 1)
        #expect(ended.first?.end?.body.outcome == .liveBirth)
        #expect(ended.first?.end?.body.bornAlive == Int32(count))
      }
    }
    for pregnancy in sample.pregnancies where pregnancy.end?.body.outcome == .liveBirth {
      let end = try #require(pregnancy.end)
      guard end.day <= sample.people.plan.lastDay + AgeInDays(-60) else { continue }
      #expect(children[pregnancy.mother]?[end.day] != nil)
    }
  }

  @Test("Pregnancies of a woman do not overlap, and each ends once")
  func oneAtATime() {
    for (_, own) in Dictionary(grouping: sample.pregnancies, by: \.mother) {
      let ended = own.compactMap { pregnancy in
        pregnancy.beginning.flatMap { begin in pregnancy.end.map { (begin, $0.day) } }
      }.sorted { $0.0 < $1.0 }
      for (earlier, later) in zip(ended, ended.dropFirst()) { #expect(earlier.1 < later.0) }
      #expect(own.count { $0.end == nil } <= 1)
    }
    let going = sample.pregnancies.filter { $0.end == nil }
    // Nine months of births are on their way on the last day.
    #expect((60...160).contains(going.count))
  }

  @Test("No visit in pregnancy before it began or after its end")
  func antenatalVisits() throws {
    let byMother = Dictionary(grouping: sample.pregnancies, by: \.mother)
    for visit in sample.visits(for: .antenatal) {
      let own = try #require(byMother[visit.person])
      let current = own.filter { pregnancy in
        guard let known = pregnancy.known, known.occurredOn <= visit.day else { return false }
        return pregnancy.end.map { $0.day >= visit.day } ?? true
      }
      #expect(current.count == 1)
      if let beginning = current.first?.beginning {
        #expect((28...300).contains((visit.day - beginning).count))
      }
    }
  }

  @Test("Mothers are seen within 42 days of an end, newborns within 28 days of birth")
  func visitsAfterBirth() throws {
    let ends = Dictionary(grouping: sample.pregnancies.filter { $0.end != nil }, by: \.mother)
    for visit in sample.visits(for: .postnatal) {
      let own = try #require(ends[visit.person])
      #expect(
        own.contains { pregnancy in
          pregnancy.end.map { (0...42).contains((visit.day - $0.day).count) } ?? false
        })
    }
    for visit in sample.visits(for: .newborn) {
      let birth = try #require(sample.people.residences[visit.person]?.first?.day)
      #expect((0...28).contains((visit.day - birth).count))
    }
  }

  @Test("Nobody is seen before birth or arrival, after death or departure, or out of the months")
  func lives() throws {
    let months = sample.people.plan.firstCareMonth.firstDay...sample.people.plan.lastDay
    for visit in sample.visits {
      let home = try #require(sample.people.residences[visit.person]?.first)
      #expect(visit.day >= home.day && months.contains(visit.day))
      if let end = sample.people.ends[visit.person] { #expect(visit.day < end) }
    }
  }

  @Test("Visits hold only what their forms ask, with values that are believed, at known places")
  func formsAndPlaces() throws {
    var asked: [UInt32: Set<UInt16>] = [:]
    var elements: [UInt16: DataElement] = [:]
    for form in VisitForm.all {
      for question in form.sections.flatMap(\.questions) {
        asked[form.purposes.rawValue, default: []].insert(question.element.code)
        elements[question.element.code] = question.element
      }
    }
    for visit in sample.visits {
      for observed in visit.body.observations {
        #expect(
          asked[visit.body.purposes.rawValue]?.contains(observed.element) == true,
          "element \(observed.element) in a visit of \(visit.body.purposes)")
        #expect(elements[observed.element]?.believes(observed.value) == true)
      }
      let place = try #require(visit.fact.place.flatMap { sample.people.places[$0] })
      switch visit.body.setting {
      case .posyandu, .home: #expect(place.kind == .posyandu)
      case .pustu: #expect(place.kind == .pustu)
      case .puskesmas: #expect(place.kind == .puskesmas)
      case .privateFacility: #expect(place.kind == .midwifePractice)
      case .hospital: #expect(place.kind == .hospital)
      default: Issue.record("a visit without a setting")
      }
      #expect(visit.body.performer != nil)
    }
  }

  @Test("Who writes visits down is a worker of the register")
  func recorders() {
    let workers = Set(sample.people.facts.filter { $0.kind == .worker }.map(\.subject))
    for visit in sample.visits {
      #expect(visit.fact.recorder.map(workers.contains) == true)
    }
  }

  @Test("Vitamin A, medicine against worms and questionnaires come at their ages and months")
  func children() throws {
    for visit in sample.visits(for: .childDevelopment) {
      let birth = try #require(sample.birth(of: visit.person))
      // A stated birth date may be off by a year.
      guard sample.people.last[visit.person]?.birthDateCertainty == .exact else { continue }
      let months = visit.day.completedMonths(since: birth).count
      if visit.isYes(.vitaminA) {
        #expect([2, 8].contains(visit.day.month.ordinal) && (5...60).contains(months))
      }
      if visit.isYes(.deworming) {
        #expect(visit.day.month.ordinal == 8 && months >= 11)
        #expect(!visit.isYes(.feverOrIll))
      }
      for observed in visit.body.observations {
        guard let item = DevelopmentQuestionnaire.item(observed.element) else { continue }
        #expect(abs(months - item.questionnaire.months) <= 2)
      }
    }
  }

  @Test("Refusals are of services that the guidelines have, which were not given that day")
  func refusals() throws {
    let services = Dictionary(
      Guideline.motherAndChild.flatMap(\.services).map { ($0.number, "\($0.name)") },
      uniquingKeysWith: { first, _ in first })
    let given: [String: DataElement] = [
      "hiv_tested": .hivTest, "thyroid_screened": .thyroidSampleTaken, "vitamin_a": .vitaminA,
    ]
    var seen: Set<String> = []
    for fact in sample.people.facts where fact.kind == .refusal {
      let body = try fact.read { bytes throws(WireError) in try RefusalBody(bytes) }
      // Those of vaccines are looked at with the vaccinations.
      if OfferedVaccine(service: body.service) != nil { continue }
      let name = try #require(services[body.service])
      let element = try #require(given[name])
      seen.insert(name)
      #expect(body.reason != nil)
      for visit in sample.visits where visit.person == fact.subject && visit.day == fact.occurredOn
      {
        #expect(name == "hiv_tested" ? visit.value(element) == nil : !visit.isYes(element))
      }
    }
    #expect(seen == Set(given.keys))
  }
}
