import Health

/// Lays out a schedule in flat tables.
struct ScheduleBuilder {
  let grace: Period
  private(set) var antigens: [AntigenRow] = []
  private(set) var series: [SeriesRow] = []
  private(set) var doses: [DoseRow] = []
  private(set) var ages: [AgeRow] = []
  private(set) var intervals: [IntervalRow] = []
  private(set) var productSets: [ProductSet] = []
  private(set) var choices: [ChoiceRow] = []
  var skips: [SkipRow] = []
  var skipSets: [SkipSetRow] = []
  var conditions: [SkipConditionRow] = []
  private(set) var indications: [SeriesIndication] = []
  private(set) var products: [ProductRow] = []
  private(set) var contents: [ContentRow] = []
  private(set) var conflicts: [ConflictRow] = []
  private(set) var immunity: [ImmunityRule] = []
  private(set) var contraindications: [Contraindication] = []
  private(set) var groups: [GroupRow] = []
  /// The place of the schedule's series in the schedule's own list, for each row of ``series``.
  private(set) var seriesPlaces: [UInt16] = []
  private(set) var longestSeries = 1
  private(set) var codes: [UInt8] = []
  private var codesOfProducts: [ProductCode] = []

  /// The place of a product, or ``unknownProduct``.
  @inline(__always)
  func place(of code: ProductCode) -> UInt8 {
    let number = Int(code.number)
    return number < codes.count ? codes[number] : ScheduleTables.unknownProduct
  }

  init(_ schedule: VaccineSchedule) {
    precondition(schedule.antigenCount <= 64, "a schedule has at most 64 antigens")
    precondition(schedule.products.count <= 255, "a schedule has at most 255 products")
    precondition(schedule.groups.count <= 64, "a schedule has at most 64 groups")
    grace = schedule.grace
    addProducts(schedule)
    addConflicts(schedule)
    addSeries(schedule)
    for group in schedule.groups {
      var bits: UInt64 = 0
      for antigen in group.antigens { bits |= 1 &<< UInt64(antigen.index) }
      for place in products.indices where holds(place, anyOf: bits) {
        products[place].groups |= 1 &<< UInt64(groups.count)
      }
      groups.append(GroupRow(antigens: bits, isGivenWhole: group.isGivenWhole))
    }
    for (antigen, earlier) in ScheduleBuilder.equalAntigens(in: schedule).enumerated() {
      antigens[antigen].sameAs = earlier
    }
  }

  private func holds(_ product: Int, anyOf antigens: UInt64) -> Bool {
    if products[product].antigens & antigens != 0 { return true }
    return products[product].contents.range.contains { row in
      antigens & contents[row].antigens != 0
    }
  }

  private mutating func addProducts(_ schedule: VaccineSchedule) {
    for (place, product) in schedule.products.enumerated() {
      let number = Int(product.code.number)
      while codes.count <= number { codes.append(ScheduleTables.unknownProduct) }
      codes[number] = UInt8(place)
      codesOfProducts.append(product.code)
      var row = ProductRow()
      let firstContent = contents.count
      for content in product.contents {
        if content.from == nil, content.until == nil {
          row.antigens |= 1 &<< UInt64(content.antigen.index)
        } else {
          add(content, since: firstContent)
        }
      }
      row.contents = RowRange(firstContent..<contents.count)
      products.append(row)
    }
  }

  private mutating func add(_ content: AntigenContent, since first: Int) {
    let row = ContentRow(
      antigens: .bit(Int(content.antigen.index)), from: PackedPeriod(content.from),
      until: PackedPeriod(content.until))
    for place in first..<contents.count
    where contents[place].from == row.from && contents[place].until == row.until {
      contents[place].antigens |= row.antigens
      return
    }
    contents.append(row)
  }

  private mutating func addConflicts(_ schedule: VaccineSchedule) {
    for place in products.indices {
      let first = conflicts.count
      let code = schedule.products[place].code
      for conflict in schedule.conflicts where conflict.later == code {
        let earlier = self.place(of: conflict.earlier)
        guard earlier != ScheduleTables.unknownProduct else { continue }
        let row = ConflictRow(
          begins: PackedPeriod(conflict.begins),
          endsAfterValid: PackedPeriod(conflict.endsAfterValid), ends: PackedPeriod(conflict.ends))
        var known = first
        while known < conflicts.count, !conflicts[known].lasts(as: row) { known += 1 }
        if known == conflicts.count { conflicts.append(row) }
        conflicts[known].earlier.insert(earlier)
        products[Int(earlier)].standsInWay = true
      }
      products[place].conflicts = RowRange(first..<conflicts.count)
    }
  }

  private mutating func addSeries(_ schedule: VaccineSchedule) {
    for antigen in 0..<schedule.antigenCount {
      var row = AntigenRow()
      let firstSeries = series.count
      for (place, item) in schedule.series.enumerated() where Int(item.antigen.index) == antigen {
        let isSecond = schedule.series.contains { other in
          other.antigen == item.antigen && other.selection.isDefault && other.kind == .standard
            && other.sexes == .everybody && other.selection.group == item.selection.group
            && !item.selection.isDefault && item.kind == .standard
        }
        add(item, at: place, isSecond: isSecond)
      }
      row.series = RowRange(firstSeries..<series.count)
      let firstRule = immunity.count
      immunity += schedule.immunity.filter { Int($0.antigen.index) == antigen }
      row.immunity = RowRange(firstRule..<immunity.count)
      let firstReason = contraindications.count
      contraindications += schedule.contraindications.filter {
        Int($0.antigen.index) == antigen
      }
      row.contraindications = RowRange(firstReason..<contraindications.count)
      antigens.append(row)
    }
  }

  private mutating func add(_ item: VaccineSeries, at place: Int, isSecond: Bool) {
    let firstIndication = indications.count
    indications += item.indications
    let firstDose = doses.count
    var asksOthers = false
    var notesDays = false
    for dose in item.doses {
      add(dose, of: item.antigen)
      for interval in dose.intervals + dose.allowableIntervals {
        if case .dose = interval.start { notesDays = true }
      }
      for skip in dose.skips {
        for set in skip.sets {
          for case .completedSeries in set.conditions { asksOthers = true }
        }
      }
    }
    longestSeries = max(longestSeries, item.doses.count)
    seriesPlaces.append(UInt16(place))
    series.append(
      SeriesRow(
        antigen: item.antigen.index, kind: item.kind, sexes: item.sexes,
        selection: item.selection,
        indications: RowRange(firstIndication..<indications.count),
        doses: RowRange(firstDose..<doses.count), isJudgedLast: asksOthers,
        isForEverybody: item.sexes == .everybody && item.kind != .risk,
        notesDays: notesDays,
        needsOwnProduct: isSecond && item.doses.allSatisfy { !$0.takesAnyProduct },
        ownProducts: productSet(item.doses.flatMap { $0.productCodes }),
        minimumAge: PackedPeriod(item.selection.minimumAge),
        startsBefore: PackedPeriod(item.selection.startsBefore),
        startsFrom: PackedPeriod(item.selection.startsFrom)))
  }

  private mutating func add(_ dose: SeriesDose, of antigen: Antigen) {
    var row = DoseRow()
    row.ages = RowRange(ages.count..<(ages.count + dose.ages.count))
    for age in dose.ages {
      ages.append(
        AgeRow(
          absoluteMinimum: PackedPeriod(age.absoluteMinimum ?? age.minimum.map { $0 - grace }),
          minimum: PackedPeriod(age.minimum), recommended: PackedPeriod(age.recommended),
          pastDue: PackedPeriod(age.pastDue), maximum: PackedPeriod(age.maximum),
          inForce: age.inForce))
    }
    row.intervals = add(dose.intervals)
    row.allowableIntervals = add(dose.allowableIntervals)
    row.takesAnyProduct = dose.takesAnyProduct
    let bit = UInt64.bit(Int(antigen.index))
    let any = row.takesAnyProduct ? products.indices.filter { holds($0, anyOf: bit) } : []
    row.preferable = add(dose.preferable + any.map { VaccineChoice(codesOfProducts[$0]) })
    row.allowable = add(dose.allowable)
    row.mayConflict =
      !row.preferable.isEmpty
      && row.preferable.range.allSatisfy {
        !products[Int(choices[$0].product)].conflicts.isEmpty
      }
    row.schoolMonth = dose.schoolMonth?.month ?? 0
    row.schoolAge = dose.schoolMonth?.age ?? 0
    if !dose.inadvertent.isEmpty {
      row.inadvertent = Int16(productSets.count)
      productSets.append(productSet(dose.inadvertent))
    }
    row.isRecurring = dose.isRecurring
    if let season = dose.season {
      row.hasSeason = true
      row.seasonFirst = season.lowerBound.dayNumber
      row.seasonLast = season.upperBound.dayNumber
    }
    row.skips = add(dose.skips)
    doses.append(row)
  }

  private mutating func add(_ items: [DoseInterval]) -> RowRange {
    let first = intervals.count
    for item in items {
      var start = IntervalRow.Start.previousDose
      var number: UInt16 = 0
      var set = ProductSet()
      switch item.start {
      case .previousDose: break
      case .dose(let target): (start, number) = (.dose, UInt16(target) - 1)
      case .latest(let codes): (start, set) = (.latest, productSet(codes))
      case .observation(let code): (start, number) = (.observation, code)
      }
      intervals.append(
        IntervalRow(
          start: start, isPriority: item.isPriority, number: number, products: set,
          absoluteMinimum: PackedPeriod(
            item.absoluteMinimum ?? item.minimum.map { $0 - grace }),
          minimum: PackedPeriod(item.minimum), recommended: PackedPeriod(item.recommended),
          pastDue: PackedPeriod(item.pastDue), inForce: item.inForce))
    }
    return RowRange(first..<intervals.count)
  }

  private mutating func add(_ items: [VaccineChoice]) -> RowRange {
    let first = choices.count
    for item in items {
      let product = place(of: item.product)
      guard product != ScheduleTables.unknownProduct else { continue }
      choices.append(
        ChoiceRow(
          product: product, brand: item.brand, from: PackedPeriod(item.from),
          until: PackedPeriod(item.until)))
    }
    return RowRange(first..<choices.count)
  }

  func productSet(_ codes: [ProductCode]) -> ProductSet {
    var set = ProductSet()
    for code in codes {
      let product = place(of: code)
      if product != ScheduleTables.unknownProduct { set.insert(product) }
    }
    return set
  }
}
