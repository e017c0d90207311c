import Guidance
import Health

extension ScheduleReading {
  /// A period written as "12 months - 4 days"; nothing where nothing is written.
  func period(
    _ text: String?, at place: String
  ) throws(ScheduleFileProblem) -> Period? {
    guard let text else { return nil }
    guard let period = Period(written: text) else { throw .period(at: place, text) }
    return period
  }

  /// A day written as 2025-12-31; nothing where nothing is written.
  func day(_ text: String?, at place: String) throws(ScheduleFileProblem) -> CivilDate? {
    guard let text else { return nil }
    guard let day = CivilDate(written: text) else { throw .day(at: place, text) }
    return day
  }

  /// Codes of products that the file knows.
  func codes(_ numbers: [Int], at place: String) throws(ScheduleFileProblem) -> [ProductCode] {
    var result: [ProductCode] = []
    for number in numbers {
      guard let code = UInt16(exactly: number) else { throw .product(at: place, "\(number)") }
      result.append(ProductCode(code))
    }
    return result
  }

  func days(
    _ limits: ScheduleFileForm.Limits, at place: String
  ) throws(ScheduleFileProblem) -> RuleDays {
    RuleDays(
      from: try day(limits.from, at: place) ?? CivilDate(dayNumber: .min),
      to: try day(limits.to, at: place) ?? CivilDate(dayNumber: .max))
  }

  func interval(
    _ limits: ScheduleFileForm.Limits, at place: String
  ) throws(ScheduleFileProblem) -> DoseInterval {
    let start: DoseInterval.Start
    if let products = limits.afterProducts {
      start = .latest(try codes(products, at: place))
    } else if let observation = limits.afterObservation {
      start = .observation(observation)
    } else {
      switch limits.after {
      case .previous: start = .previousDose
      case .dose(let number): start = .dose(number)
      case nil: throw .unreadable(at: place, "after")
      }
    }
    return DoseInterval(
      from: start, absoluteMinimum: try period(limits.absoluteMinimum, at: place),
      minimum: try period(limits.minimum, at: place),
      recommended: try period(limits.recommended, at: place),
      pastDue: try period(limits.pastDue, at: place), isPriority: limits.priority ?? false,
      inForce: try days(limits, at: place))
  }

  mutating func choices(
    _ items: [ScheduleFileForm.Choice], at place: String
  ) throws(ScheduleFileProblem) -> [VaccineChoice] {
    var result: [VaccineChoice] = []
    for item in items {
      var brand: UInt8 = 0
      if let name = item.brand { brand = try number(ofBrand: name) }
      for code in try codes(item.products, at: place) {
        result.append(
          VaccineChoice(
            code, from: try period(item.fromAge, at: place),
            until: try period(item.untilAge, at: place), brand: brand))
      }
    }
    return result
  }

  func skip(
    _ item: ScheduleFileForm.Skip, at place: String
  ) throws(ScheduleFileProblem) -> ConditionalSkip {
    let context: ConditionalSkip.Context =
      switch item.when {
      case "evaluation": .evaluation
      case "forecast": .forecast
      case "both": .both
      default: throw .word(at: "\(place) when", item.when)
      }
    var sets: [SkipSet] = []
    for set in item.sets {
      var conditions: [SkipCondition] = []
      for condition in set.conditions {
        conditions.append(try self.condition(condition, at: place))
      }
      sets.append(
        SkipSet(
          needsAll: !(set.any ?? false),
          inForce: RuleDays(
            from: try day(set.from, at: place) ?? CivilDate(dayNumber: .min),
            to: try day(set.to, at: place) ?? CivilDate(dayNumber: .max)),
          conditions: conditions))
    }
    return ConditionalSkip(context, needsAllSets: item.all ?? false, sets: sets)
  }

  private func condition(
    _ item: ScheduleFileForm.Condition, at place: String
  ) throws(ScheduleFileProblem) -> SkipCondition {
    let from = try period(item.fromAge, at: place)
    let until = try period(item.untilAge, at: place)
    switch item.type {
    case "age": return .age(from: from, until: until)
    case "completedSeries":
      var groups: UInt32 = 0
      for group in item.groups ?? [] where group < 32 { groups |= 1 << UInt32(group) }
      return .completedSeries(groups: groups)
    case "interval":
      guard let period = try period(item.interval, at: place) else {
        throw .unreadable(at: place, "interval")
      }
      return .interval(period)
    case "count":
      let comparison: DoseCount.Comparison =
        switch item.is {
        case "greater than": .moreThan
        case "equal to": .equalTo
        case "less than": .fewerThan
        default: throw .word(at: "\(place) is", item.is ?? "")
        }
      guard let number = item.number else { throw .unreadable(at: place, "number") }
      return .count(
        DoseCount(
          products: try codes(item.products ?? [], at: place), onlyValid: item.valid ?? false,
          from: from, until: until, firstDay: try day(item.fromDay, at: place),
          endDay: try day(item.untilDay, at: place), comparison, number))
    default: throw .word(at: "\(place) condition type", item.type)
    }
  }
}

extension Period {
  /// A period as CDC and our schedule files write it: "6 weeks", "12 months - 4 days".
  init?(written text: String) {
    var months: Int32 = 0
    var days: Int32 = 0
    var sign: Int32 = 1
    var count: Int32?
    for word in text.split(separator: " ") {
      switch (word, count) {
      case ("+", nil): sign = 1
      case ("-", nil): sign = -1
      case ("day", let number?), ("days", let number?): (days, count) = (days + number, nil)
      case ("week", let number?), ("weeks", let number?): (days, count) = (days + number * 7, nil)
      case ("month", let number?), ("months", let number?):
        (months, count) = (months + number, nil)
      case ("year", let number?), ("years", let number?):
        (months, count) = (months + number * 12, nil)
      case (_, nil):
        guard let number = Int32(word), (0...15_000).contains(number) else { return nil }
        count = sign * number
        sign = 1
      default: return nil
      }
      guard (-180_000...180_000).contains(months), (-180_000...180_000).contains(days) else {
        return nil
      }
    }
    // So far months can be added to every day that facts may carry.
    guard count == nil, !text.isEmpty, (-60...2160).contains(months),
      (-15_000...15_000).contains(days)
    else { return nil }
    self.init(months: months, days: days)
  }
}

extension CivilDate {
  /// A day written as 2025-12-31.
  init?(written text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CivilDate(year: year, month: month, day: day),
      CivilDate.recordable.contains(Int64(date.dayNumber))
    else { return nil }
    self = date
  }

  /// The day as 2025-12-31.
  var written: String {
    let parts = components
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
  }
}
