import Health

/// One measurement of a child with all that the standards say of it.
public struct RecordedMeasurement: Hashable, Sendable {
  /// The fact that it came from.
  public let fact: Identifier
  /// The day.
  public let occurredOn: CivilDate
  /// The calendar month of that day.
  public let month: CivilMonth
  /// Where it was taken.
  public let place: Identifier?
  /// What was read.
  public let body: MeasurementBody
  /// Age in days; nothing without a birth date or before birth.
  public let age: AgeInDays?
  /// Completed calendar months; nothing without a birth date or before birth.
  public let ageMonths: CompletedMonths?
  /// The indices until five years.
  public internal(set) var assessment: GrowthAssessment
  /// What makes this measurement doubtful beside the one before it.
  public let doubts: MeasurementDoubts
}

/// Soft checks: the value stands, and somebody should look again.
public struct MeasurementDoubts: OptionSet, Hashable, Sendable {
  /// The flags as bits.
  public let rawValue: UInt8
  /// These flags.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// The child is shorter than it was.
  public static let heightFell = MeasurementDoubts(rawValue: 1)
  /// Weight changed by more within a month than a child's weight does.
  public static let weightJumped = MeasurementDoubts(rawValue: 2)
}

/// Where a child counts from a day on.
public struct ResidencePeriod: Hashable, Sendable {
  /// Since this day.
  public let since: CivilDate
  /// The Posyandu or village; nothing while the child lives elsewhere.
  public let place: Identifier?
}

/// A child's growth, read from the timeline: who, where, every measurement and every month.
public struct GrowthRecord: Hashable, Sendable {
  /// The sex.
  public var sex: Sex?
  /// The day of birth.
  public var birthDate: CivilDate?
  /// How far the day of birth can be trusted.
  public var birthDateCertainty: BirthDateCertainty?
  /// The measurements in order of their day.
  public var measurements: [RecordedMeasurement] = []
  /// The KMS, month by month.
  public var weighingMonths: [WeighingMonth] = []
  /// Where the child counts, in order.
  public var residences: [ResidencePeriod] = []
  /// The day of death.
  public var diedOn: CivilDate?

  /// Works out the record of a packed timeline.
  public init(
    timeline: UnsafeBufferPointer<UInt8>, settings: GrowthSettings = GrowthSettings()
  ) throws(WireError) {
    var visits: [(entry: TimelineEntry, body: MeasurementBody)] = []
    for entry in try TimelineReader.standingFacts(of: timeline) {
      switch entry.kind {
      case .person:
        // As PersonBody.filled(from:): what a later fact leaves open, an earlier one told.
        let told = try PersonBody.birth(entry.body)
        if told.birthDate != nil {
          (birthDate, birthDateCertainty) = (told.birthDate, told.certainty)
        }
        sex = told.sex ?? sex
      case .residence:
        residences.append(
          ResidencePeriod(since: entry.occurredOn, place: try ResidenceBody(entry.body).place))
      case .departure:
        residences.append(ResidencePeriod(since: entry.occurredOn, place: nil))
      case .death: diedOn = entry.occurredOn
      case .measurement: visits.append((entry, try MeasurementBody(entry.body)))
      default: continue
      }
    }
    measurements.reserveCapacity(visits.count)
    for visit in visits {
      measurements.append(judged(visit.entry, visit.body, settings: settings))
    }
    weighingMonths = WeighingMonth.months(of: measurements, sex: sex, settings: settings)
  }

  private func judged(
    _ entry: TimelineEntry, _ body: MeasurementBody, settings: GrowthSettings
  ) -> RecordedMeasurement {
    var age: AgeInDays?
    var months: CompletedMonths?
    if let birthDate, birthDate <= entry.occurredOn {
      age = entry.occurredOn - birthDate
      months = entry.occurredOn.completedMonths(since: birthDate)
    }
    let isBeforeBirth = birthDate != nil && age == nil
    let measurement = GrowthMeasurement(body, sex: isBeforeBirth ? nil : sex, age: age)
    return RecordedMeasurement(
      fact: entry.id, occurredOn: entry.occurredOn, month: entry.occurredOn.month,
      place: entry.place, body: body, age: age,
      ageMonths: months, assessment: ChildGrowthStandards.shared.assess(measurement),
      doubts: doubts(of: body, on: entry.occurredOn, settings: settings))
  }

  private func doubts(
    of body: MeasurementBody, on day: CivilDate, settings: GrowthSettings
  ) -> MeasurementDoubts {
    var doubts: MeasurementDoubts = []
    if let length = body.length, let earlier = measurements.last(where: { $0.body.length != nil }),
      let before = earlier.body.length, earlier.body.position == body.position,
      before.tenthsOfMillimetre - length.tenthsOfMillimetre
        > settings.doubtfulHeightLoss.tenthsOfMillimetre
    {
      doubts.insert(.heightFell)
    }
    if let weight = body.weight, let earlier = measurements.last(where: { $0.body.weight != nil }),
      let before = earlier.body.weight, (day - earlier.occurredOn).count <= 31
    {
      let change = abs(weight.grams - before.grams)
      // A newborn may double within two months; the share is doubted only after that.
      let isNewborn = (birthDate.map { (day - $0).count } ?? 0) < 61
      if change > settings.doubtfulWeightChange.grams
        || (!isNewborn
          && Int64(change) &* 100 > Int64(before.grams)
            &* Int64(settings.doubtfulWeightChangePercent))
      {
        doubts.insert(.weightJumped)
      }
    }
    return doubts
  }

  /// Where the child counts at the end of a day.
  public func place(on day: CivilDate) -> Identifier? {
    residences.last { $0.since <= day }?.place
  }
}
