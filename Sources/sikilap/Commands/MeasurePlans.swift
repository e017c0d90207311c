import ArgumentParser
import Foundation
import Guidance
import Health
import Programmes

/// `sikilap measure-plans`: how long one core takes for the care plan of a child and of a pregnant
/// woman with 60 facts each, with reading their timelines, and how much memory it keeps; for
/// benchmarks.
struct MeasurePlans: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-plans", shouldDisplay: false)

  @Option var plans = 2_000
  @Option var rounds = 15

  func run() throws {
    try inWords {
      let before = resident()
      for (name, sample, day) in [
        ("child", try Sample.child(), Sample.day(2026, 3, 1)),
        ("mother", try Sample.mother(), Sample.day(2026, 10, 1)),
      ] {
        try measure("plan_\(name)_record", sample, day) { record in record.observations.count }
        try measure("plan_\(name)", sample, day) { record in
          CarePlan(Guideline.motherAndChild, for: record).services.count
        }
      }
      if let before, let after = resident() {
        print("plans_resident \(after) kB")
        print("plans_resident_growth \(after - before) kB")
      }
    }
  }

  /// Prints the median and the best round, as processor time, so that other work on the machine
  /// counts little: from the timeline's bytes, with all that is worked out from them.
  private func measure(
    _ name: String, _ sample: Sample, _ day: CivilDate, _ ask: (HealthRecord) -> Int
  ) throws {
    var (times, sum) = ([Double](), 0)
    for _ in 0..<rounds {
      let start = clock()
      for number in 0..<plans {
        sum &+= try sample.timeline.bytes.withUnsafeBufferPointer { buffer in
          var record = try HealthRecord(timeline: buffer, on: day + .days(Int32(number % 30)))
          record.observeDerived()
          return ask(record)
        }
      }
      let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
      times.append(seconds / Double(plans) * 1_000_000)
    }
    times.sort()
    print("\(name) \(String(format: "%.1f", times[times.count / 2])) µs")
    print("\(name)_best \(String(format: "%.1f", times[0])) µs")
    print("\(name)_checksum \(sum) values")
  }

  /// Resident memory in kilobytes, where the system tells it.
  private func resident() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
    else { return nil }
    return Int(line.filter(\.isNumber))
  }

  /// A made-up person with 60 facts.
  private struct Sample {
    var timeline = Timeline()
    private var next: UInt64 = 1

    static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
      CivilDate(year: year, month: month, day: day) ?? CivilDate(dayNumber: 0)
    }

    private mutating func tell(_ kind: FactKind, on day: CivilDate, _ body: [UInt8]) throws {
      let fact = Fact(
        id: Identifier(high: 1, low: next), subject: Identifier(high: 0, low: 0), kind: kind,
        occurredOn: day,
        recordedAt: Instant(milliseconds: Int64(day.dayNumber) * 86_400_000 + Int64(next)),
        place: Identifier(high: 7, low: 7), body: body)
      try timeline.insert(fact)
      next += 1
    }

    private mutating func tell(birth: CivilDate) throws {
      var person = PersonBody()
      person.birthDate = birth
      person.sex = .female
      try tell(.person, on: birth, person.bytes)
    }

    /// Born in March 2022: a visit or a weighing every 25 days, a KPSP at every tenth.
    static func child() throws -> Sample {
      var sample = Sample()
      try sample.tell(birth: day(2022, 3, 1))
      for place in 0..<59 {
        let on = day(2022, 3, 2) + .days(Int32(place * 25))
        if place % 2 == 0 {
          var visit = VisitBody(setting: .posyandu, performer: .kader, purposes: .childDevelopment)
          visit[DataElement.vitaminA.code] = 1
          visit[DataElement.onlyBreastMilk.code] = 1
          if place % 10 == 0 {
            let form = DevelopmentQuestionnaire.all[min(place / 5, 15)]
            for item in 0..<10 { visit[form.element(item).code] = 1 }
          }
          try sample.tell(.visit, on: on, visit.bytes)
        } else {
          var measured = MeasurementBody()
          measured.weight = Mass(grams: 3_500 + Int32(place) * 180)
          measured.length = Length(tenthsOfMillimetre: 5_000 + Int32(place) * 80)
          try sample.tell(.measurement, on: on, measured.bytes)
        }
      }
      return sample
    }

    /// Pregnant since January 2026: a visit or a weighing every three days.
    static func mother() throws -> Sample {
      var sample = Sample()
      try sample.tell(birth: day(1998, 3, 1))
      var pregnancy = PregnancyBody()
      pregnancy.lastMenstrualPeriod = day(2026, 1, 10)
      pregnancy.gravida = 2
      try sample.tell(.pregnancy, on: day(2026, 3, 1), pregnancy.bytes)
      for place in 0..<58 {
        let on = day(2026, 3, 1) + .days(Int32(place * 3))
        if place % 2 == 0 {
          var visit = VisitBody(setting: .puskesmas, performer: .midwife, purposes: .antenatal)
          visit[DataElement.systolicPressure.code] = 110
          visit[DataElement.diastolicPressure.code] = 70
          visit[DataElement.haemoglobin.code] = 105
          visit[DataElement.armCircumference.code] = 2_340
          try sample.tell(.visit, on: on, visit.bytes)
        } else {
          var measured = MeasurementBody()
          measured.weight = Mass(grams: 50_000)
          measured.armCircumference = Length(tenthsOfMillimetre: 2_340)
          try sample.tell(.measurement, on: on, measured.bytes)
        }
      }
      return sample
    }
  }
}
