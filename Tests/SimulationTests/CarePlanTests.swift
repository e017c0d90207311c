import Guidance
import Health
import Programmes
import Simulation
import Testing

@Suite("Guidelines read the care of the synthetic population")
struct CarePlanTests {
  let sample: CareSample

  init() throws { sample = try CareSample.usual.get() }

  private func timelines(of people: Set<Identifier>) throws -> [Identifier: Timeline] {
    var timelines: [Identifier: Timeline] = [:]
    for fact in sample.people.facts where people.contains(fact.subject) {
      try timelines[fact.subject, default: Timeline()].insert(fact)
    }
    return timelines
  }

  private func record(_ timeline: Timeline, on day: CivilDate) throws -> HealthRecord {
    try timeline.bytes.withUnsafeBufferPointer { try HealthRecord(timeline: $0, on: day) }
  }

  @Test("A woman's episodes are those that were written, whatever was recorded first")
  func episodes() throws {
    let own = Dictionary(grouping: sample.pregnancies, by: \.mother)
    let timelines = try timelines(of: Set(own.keys))
    var dated = 0
    for (mother, pregnancies) in own {
      let record = try record(#require(timelines[mother]), on: sample.people.plan.lastDay)
      #expect(record.pregnancies.count == pregnancies.count)
      #expect(
        Set(record.pregnancies.compactMap(\.endedOn)) == Set(pregnancies.compactMap(\.end?.day)))
      dated += record.pregnancies.count { $0.beginning != nil }
    }
    #expect(Double(dated) / Double(sample.pregnancies.count) > 0.95)
  }

  @Test("Plans of mothers and children hold what was simulated: done, owed, dangerous, classified")
  func plans() throws {
    let seen = Set(sample.visits.map(\.person)).union(sample.pregnancies.map(\.mother))
    let timelines = try timelines(of: seen)
    var pregnant = 0, done = 0, owed = 0, missed = 0, dangers = 0
    var classes: Set<UInt16> = []
    for timeline in timelines.values {
      var record = try record(timeline, on: sample.people.plan.lastDay)
      record.observeDerived()
      let plan = CarePlan(Guideline.motherAndChild, for: record)
      if record.pregnancies.contains(where: { $0.endedOn == nil }) { pregnant += 1 }
      dangers += plan.dangers.count
      for planned in plan.classes {
        if case .row = planned.answer { classes.insert(planned.table) }
      }
      for planned in plan.services {
        switch planned.status {
        case .done: done += 1
        case .due, .overdue: owed += 1
        case .missed: missed += 1
        default: break
        }
      }
    }
    #expect(pregnant > 60)
    #expect(done > 2000 && owed > 200 && missed > 40)
    #expect(dangers > 0)
    #expect(classes.count > 20)
  }
}
