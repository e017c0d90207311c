import Guidance
import Health
import Programmes

/// The doses that are owed on a day, as a stored care plan keeps them: for lists, without reasons.
struct OwedVaccines: Equatable {
  /// By ``OfferedVaccine/service``, in the card's order.
  private(set) var services: [PlannedService] = []
  /// The first later day on which they can be others although no fact arrives; nothing where there
  /// is none.
  private(set) var holdsUntil: CivilDate?

  fileprivate mutating func add(_ vaccine: OfferedVaccine, since: CivilDate, late: CivilDate?) {
    services.append(
      PlannedService(service: vaccine.service, status: .due(since: since, late: late)))
  }

  fileprivate mutating func add(
    _ vaccine: OfferedVaccine, lateSince late: CivilDate, _ since: CivilDate
  ) {
    services.append(
      PlannedService(service: vaccine.service, status: .overdue(since: since, late: late)))
  }

  /// Notes a day on which something changes.
  fileprivate mutating func note(_ change: CivilDate, after day: CivilDate) {
    guard change > day, holdsUntil.map({ change < $0 }) ?? true else { return }
    holdsUntil = change
  }
}

extension VaccinationBook {
  /// Whether a vaccine may be owed to somebody at all: not to adults who are not pregnant, who are
  /// most of those whose plans are worked out.
  static func mayOwe(to record: HealthRecord) -> Bool {
    guard record.diedOn == nil else { return false }
    return record.isPregnant || record.birthDate.map { record.day < $0 + adulthood } ?? false
  }

  /// What is owed to a person on a day: the same doses as ``answer(_:on:)`` has as owed.
  func owed(to person: VaccinatedPerson, on day: CivilDate) -> OwedVaccines {
    if person.isPregnant { return tetanusOwed(to: person, on: day) }
    guard let birth = person.birth, day < birth + VaccinationBook.adulthood else {
      return OwedVaccines()
    }
    let given = person.given
    var owed: OwedVaccines = ask { forecaster in
      forecaster.assess(person.asked, doses: given, on: day)
      var owed = OwedVaccines()
      let groups = forecaster.groups
      for vaccine in CardVaccine.allCases {
        let forecast = groups[vaccine.place]
        let late = forecast.pastDue.map { $0 + .days(1) }
        for change in [forecast.earliest, late, forecast.latest.map { $0 + .days(1) }] {
          if let change { owed.note(change, after: day) }
        }
        switch VaccinationBook.state(of: forecast, on: day) {
        case .due: owed.add(.card(vaccine), since: forecast.earliest ?? birth, late: late)
        case .overdue:
          owed.add(.card(vaccine), lateSince: late ?? day, forecast.earliest ?? birth)
        default: continue
        }
      }
      return owed
    }
    for age in lastAges { owed.note(birth + age, after: day) }
    owed.note(birth + VaccinationBook.adulthood, after: day)
    return owed
  }

  private func tetanusOwed(to person: VaccinatedPerson, on day: CivilDate) -> OwedVaccines {
    var owed = OwedVaccines()
    guard isOfWomanhood(person, on: day) else { return owed }
    let status = TetanusStatus(
      birth: person.birth, doses: person.given, told: person.tetanusAsked, settings: settings)
    guard let next = tetanus(status, person, on: day) else { return owed }
    if let earliest = next.earliest { owed.note(earliest, after: day) }
    if next.isOwed {
      owed.add(.tetanus, since: next.earliest ?? person.pregnantSince ?? day, late: nil)
    }
    return owed
  }

  /// The ages from which doses are no longer given: what a series that was not the best leaves by
  /// being past them can make another one the best.
  static func lastAges(of schedule: VaccineSchedule) -> [Period] {
    var ages: [Period] = []
    for series in schedule.series {
      for dose in series.doses {
        for age in dose.ages {
          if let maximum = age.maximum, !ages.contains(maximum) { ages.append(maximum) }
        }
      }
    }
    return ages
  }

  /// The ages and distances of the schedule's doses as bytes: whoever keeps what is owed by them
  /// knows by these that it was another schedule.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    func write(_ period: Period?) {
      writer.signed(Int64(period?.months ?? -1))
      writer.signed(Int64(period?.days ?? -1))
    }
    writer.raw(Array("\(edition.name)".utf8))
    for setting in ImmunizationSetting.allCases {
      writer.unsigned(UInt64(setting.rawValue))
      writer.signed(Int64(settings[setting]))
    }
    for series in schedule.series {
      writer.byte(series.antigen.index)
      writer.unsigned(UInt64(series.doses.count))
      for dose in series.doses {
        for age in dose.ages {
          for period in [age.absoluteMinimum, age.minimum, age.pastDue, age.maximum] {
            write(period)
          }
        }
        for interval in dose.intervals {
          for period in [interval.absoluteMinimum, interval.minimum, interval.pastDue] {
            write(period)
          }
        }
        writer.byte(dose.schoolMonth?.month ?? 0)
        writer.byte(dose.schoolMonth?.age ?? 0)
      }
    }
    return writer.bytes
  }
}

extension HealthRecord {
  /// The pregnancy that has not ended; nothing where she is not pregnant.
  var openPregnancy: PregnancyEpisode? { pregnancies.last.flatMap { $0.endedOn == nil ? $0 : nil } }

  /// Whether she is pregnant on the record's day.
  fileprivate var isPregnant: Bool { openPregnancy != nil }
}
