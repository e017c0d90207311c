import Health

/// Rows in memory of their own, checked on every access but without the counting of references
/// that arrays do: a child is judged in a microsecond, of which that would take most.
///
/// Whoever makes them frees them, and sees to it that nobody else writes to them.
struct Rows<Row: Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Row>
  /// How many there are.
  let count: Int

  init(_ rows: [Row]) {
    count = rows.count
    base = .allocate(capacity: max(rows.count, 1))
    for (place, row) in rows.enumerated() { (base + place).initialize(to: row) }
  }

  func free() {
    base.deinitialize(count: count)
    base.deallocate()
  }

  @inline(__always)
  subscript(_ place: Int) -> Row {
    get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such row")
      return base[place]
    }
    nonmutating _modify {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "no such row")
      yield &base[place]
    }
  }

  /// The row at a place and the one after it.
  @inline(__always)
  func pair(_ place: Int) -> (Row, Row) {
    precondition(UInt(bitPattern: place) < UInt(bitPattern: count &- 1), "no such rows")
    return (base[place], base[place &+ 1])
  }

  var indices: Range<Int> { 0..<count }
}

/// A schedule, laid out in flat tables so that a child is judged without a search.
///
/// Nothing is written to it after it is made, so that it may be read from anywhere.
final class ScheduleTables: @unchecked Sendable {
  /// The number of a product that the schedule does not know.
  static let unknownProduct: UInt8 = 255

  let months: MonthTable
  let completeSeries: CompleteSeriesChoice
  let longestSeries: Int
  let antigens: Rows<AntigenRow>
  let series: Rows<SeriesRow>
  let doses: Rows<DoseRow>
  let ages: Rows<AgeRow>
  let intervals: Rows<IntervalRow>
  let productSets: Rows<ProductSet>
  let choices: Rows<ChoiceRow>
  let skips: Rows<SkipRow>
  let skipSets: Rows<SkipSetRow>
  let conditions: Rows<SkipConditionRow>
  let indications: Rows<SeriesIndication>
  let products: Rows<ProductRow>
  let contents: Rows<ContentRow>
  let conflicts: Rows<ConflictRow>
  let immunity: Rows<ImmunityRule>
  let contraindications: Rows<Contraindication>
  let groups: Rows<GroupRow>
  /// The place of the schedule's series in the schedule's own list, for each row of ``series``.
  let seriesPlaces: Rows<UInt16>
  private let codes: Rows<UInt8>

  init(_ schedule: VaccineSchedule) {
    let built = ScheduleBuilder(schedule)
    months = MonthTable(overflow: schedule.monthOverflow)
    completeSeries = schedule.completeSeries
    longestSeries = built.longestSeries
    antigens = Rows(built.antigens)
    series = Rows(built.series)
    doses = Rows(built.doses)
    ages = Rows(built.ages)
    intervals = Rows(built.intervals)
    productSets = Rows(built.productSets)
    choices = Rows(built.choices)
    skips = Rows(built.skips)
    skipSets = Rows(built.skipSets)
    conditions = Rows(built.conditions)
    indications = Rows(built.indications)
    products = Rows(built.products)
    contents = Rows(built.contents)
    conflicts = Rows(built.conflicts)
    immunity = Rows(built.immunity)
    contraindications = Rows(built.contraindications)
    groups = Rows(built.groups)
    seriesPlaces = Rows(built.seriesPlaces)
    codes = Rows(built.codes)
  }

  deinit {
    antigens.free()
    series.free()
    doses.free()
    ages.free()
    intervals.free()
    productSets.free()
    choices.free()
    skips.free()
    skipSets.free()
    conditions.free()
    indications.free()
    products.free()
    contents.free()
    conflicts.free()
    immunity.free()
    contraindications.free()
    groups.free()
    seriesPlaces.free()
    codes.free()
  }

  /// The place of a product, or ``unknownProduct``.
  @inline(__always)
  func place(of code: ProductCode) -> UInt8 {
    let number = Int(code.number)
    return number < codes.count ? codes[number] : ScheduleTables.unknownProduct
  }
}
