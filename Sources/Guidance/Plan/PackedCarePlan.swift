import Health

/// A care plan as bytes: what the core gives to a page on the phone, and what the server keeps for
/// each person. Format: docs/formats/care-plan.md.
public enum PackedCarePlan {
  /// The first two bytes of every packed plan.
  public static let mark: (UInt8, UInt8) = (0x53, 0x50)
  /// The version that this program writes.
  public static let version: UInt8 = 1
  /// The most services, classes, scores or signs of one plan: far more than guidelines have.
  static let limit = 4_096

  /// A plan as bytes. Days are written as distances from the plan's own.
  public static func pack(_ plan: CarePlan) -> [UInt8] {
    var writer = ByteWriter(capacity: 32 + plan.services.count * 24)
    writer.byte(mark.0)
    writer.byte(mark.1)
    writer.byte(version)
    writer.signed(Int64(plan.day.dayNumber))
    writer.signed(Int64(plan.holdsUntil.dayNumber))
    writer.unsigned(UInt64(plan.services.count))
    for planned in plan.services {
      writer.unsigned(UInt64(planned.service))
      pack(planned.status, since: plan.day, to: &writer)
    }
    writer.unsigned(UInt64(plan.classes.count))
    for planned in plan.classes {
      writer.unsigned(UInt64(planned.table))
      pack(planned.answer, to: &writer)
    }
    writer.unsigned(UInt64(plan.scores.count))
    for planned in plan.scores {
      writer.unsigned(UInt64(planned.instrument))
      let score = planned.score
      writer.signed(Int64(score.least))
      writer.signed(Int64(score.most))
      writer.unsigned(UInt64(score.unanswered))
      writer.unsigned(UInt64(score.missing?.rawValue ?? 0))
      writer.byte(score.band.number)
      writer.byte(score.bandAtMost.number)
    }
    writer.unsigned(UInt64(plan.dangers.count))
    for danger in plan.dangers {
      writer.unsigned(UInt64(danger.element))
      writer.byte(danger.urgency.rawValue)
      writer.signed(Int64(danger.on.dayNumber - plan.day.dayNumber))
      writer.identifier(danger.fact)
    }
    return writer.bytes
  }

  private static func pack(
    _ status: ServiceStatus, since day: CivilDate, to writer: inout ByteWriter
  ) {
    func write(_ code: UInt8, _ days: CivilDate?...) {
      writer.byte(code)
      for date in days {
        // A day that is not there is told by the code.
        if let date { writer.signed(Int64(date.dayNumber - day.dayNumber)) }
      }
    }
    switch status {
    case .notApplicable: write(0)
    case .done(let on, let fact):
      write(1, on)
      writer.identifier(fact)
    case .due(let since, nil): write(2, since)
    case .due(let since, let late?): write(3, since, late)
    case .overdue(let since, let late): write(4, since, late)
    case .upcoming(let from): write(5, from)
    case .missed(let since): write(6, since)
    case .refused(let on, let fact):
      write(7, on)
      writer.identifier(fact)
    case .unknown(let missing):
      write(8)
      writer.unsigned(UInt64(missing.rawValue))
    }
  }

  private static func pack(_ answer: TableAnswer, to writer: inout ByteWriter) {
    switch answer {
    case .notApplicable: writer.byte(0)
    case .none: writer.byte(1)
    case .unknown(let missing):
      writer.byte(2)
      writer.unsigned(UInt64(missing.rawValue))
    case .row(let place, let missing):
      writer.byte(3)
      writer.byte(place)
      writer.unsigned(UInt64(missing?.rawValue ?? 0))
    }
  }
}
