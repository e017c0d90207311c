/// A given dose, laid out for judging.
struct DoseItem: Sendable {
  var on: SplitDay
  var product: UInt8
  var brand: UInt8
  var isSubstandard: Bool
  /// Its place among the doses as they were handed over.
  var place: UInt16
  /// Grows with the day, then the product, the trade name and whether it was spoiled.
  let order: UInt64

  init(on: SplitDay, product: UInt8, brand: UInt8, isSubstandard: Bool, place: UInt16) {
    self.on = on
    self.product = product
    self.brand = brand
    self.isSubstandard = isSubstandard
    self.place = place
    let day = UInt64(UInt32(bitPattern: on.day) ^ 0x8000_0000)
    order =
      day &<< 24 | UInt64(product) &<< 16 | UInt64(brand) &<< 8 | (isSubstandard ? 1 : 0)
  }
}

/// How far one series has come for the person at hand. Sets of doses are bits, in the order of
/// the days on which they were given.
struct SeriesState: Sendable {
  /// Stands for "no day".
  static let noDay = Int32.max

  var valid: UInt64 = 0
  var notValid: UInt64 = 0
  var extraneous: UInt64 = 0
  var substandard: UInt64 = 0
  var inadvertent: UInt64 = 0
  /// The doses' reasons, one bit of each a set.
  private var reasonBits: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// The dose of the series that is looked at next.
  var target = 0
  /// How many doses of the series were satisfied.
  var satisfied: Int32 = 0
  /// How many of them count for the number of the next dose: those of this season.
  var numbered: Int32 = 0
  var isRelevant = false
  var status = SeriesStatus.notComplete
  var reason = ForecastReason.age
  var earliest = SeriesState.noDay
  var recommended = SeriesState.noDay
  var pastDue = SeriesState.noDay
  var latest = SeriesState.noDay

  /// The doses that later ones keep their distance from.
  @inline(__always)
  var spacing: UInt64 { (valid | notValid) & ~inadvertent }
  var isInProcess: Bool { satisfied > 0 && status == .notComplete }

  /// Notes what a dose is worth.
  @inline(__always)
  mutating func note(_ found: DoseEvaluation, at place: Int) {
    let bit = UInt64.bit(place)
    switch found.status {
    case .valid: valid |= bit
    case .notValid: notValid |= bit
    case .extraneous: extraneous |= bit
    case .substandard: substandard |= bit
    }
    guard found.reason != .asRecommended else { return }
    let number = found.reason.rawValue
    if number & 1 != 0 { reasonBits.0 |= bit }
    if number & 2 != 0 { reasonBits.1 |= bit }
    if number & 4 != 0 { reasonBits.2 |= bit }
    if number & 8 != 0 { reasonBits.3 |= bit }
  }

  /// What a dose is worth; nothing where it was not judged.
  func evaluation(at place: Int) -> DoseEvaluation? {
    let bit = UInt64.bit(place)
    let number: UInt8 =
      (reasonBits.0 & bit != 0 ? 1 : 0) | (reasonBits.1 & bit != 0 ? 2 : 0)
      | (reasonBits.2 & bit != 0 ? 4 : 0) | (reasonBits.3 & bit != 0 ? 8 : 0)
    let reason = DoseReason(rawValue: number) ?? .asRecommended
    if valid & bit != 0 { return DoseEvaluation(.valid, reason) }
    if notValid & bit != 0 { return DoseEvaluation(.notValid, reason) }
    if extraneous & bit != 0 { return DoseEvaluation(.extraneous, reason) }
    if substandard & bit != 0 { return DoseEvaluation(.substandard, reason) }
    return nil
  }
}

/// What a distance needs to know of the doses before.
struct PastDoses: Sendable {
  let spacing: UInt64
  let inadvertent: UInt64
  let target: Int

  @inline(__always)
  init(_ state: borrowing SeriesState) {
    spacing = (state.valid | state.notValid) & ~state.inadvertent
    inadvertent = state.inadvertent
    target = state.target
  }
}

/// How one antigen stands for the person at hand.
struct AntigenState: Sendable {
  /// The doses that hold it.
  var doses: UInt64 = 0
  /// The best series, as bits from its first series on.
  var best: UInt64 = 0
  /// The antigen whose answer this one's is: itself, or one with the same rules that was given in
  /// the same doses.
  var standsFor = 0
  /// Why there is no series, where there is none.
  var whyNone = SeriesStatus.notApplicable
}

extension UInt64 {
  /// The set with one member.
  @inline(__always)
  static func bit(_ place: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: place) }
  /// All members before a place.
  @inline(__always)
  static func before(_ place: Int) -> UInt64 { (1 &<< UInt64(truncatingIfNeeded: place)) &- 1 }
  /// The last member, or −1.
  @inline(__always)
  var last: Int { 63 &- leadingZeroBitCount }
}
