import Health

/// What the growth standards are asked about: one child on one day, in kilograms and centimetres.
///
/// Skinfolds are in millimetres. Anything may be missing.
public struct GrowthMeasurement: Hashable, Sendable {
  /// The sex; without it there is no z-score.
  public var sex: Sex?
  /// Age in days, which may have a fraction where it was worked out from months.
  public var ageDays: Double?
  /// Weight in kilograms.
  public var weight: Double?
  /// Length or height in centimetres, as read.
  public var length: Double?
  /// Lying or standing, where it was written down.
  public var position: BodyPosition?
  /// Head circumference in centimetres.
  public var headCircumference: Double?
  /// Mid-upper-arm circumference in centimetres.
  public var armCircumference: Double?
  /// Triceps skinfold in millimetres.
  public var tricepsSkinfold: Double?
  /// Subscapular skinfold in millimetres.
  public var subscapularSkinfold: Double?
  /// Whether both feet have pitting oedema.
  public var hasOedema = false

  /// Nothing measured.
  public init() {}

  /// A recorded measurement of a child of that sex and age.
  public init(_ body: MeasurementBody, sex: Sex?, age: AgeInDays?) {
    self.sex = sex
    ageDays = age.map { Double($0.count) }
    weight = body.weight?.kilograms
    length = body.length?.centimetres
    position = body.position
    headCircumference = body.headCircumference?.centimetres
    armCircumference = body.armCircumference?.centimetres
    tricepsSkinfold = body.tricepsSkinfold?.millimetres
    subscapularSkinfold = body.subscapularSkinfold?.millimetres
    hasOedema = body.hasOedema ?? false
  }
}

/// Why a length was changed, or not, before it was compared with the standard.
public enum LengthCorrection: UInt8, Hashable, Sendable {
  /// Taken in the position that the standard expects at that age, or the position is not known.
  case none = 0
  /// Taken standing before 24 months: 0.7 cm are added.
  case standingBeforeTwoYears = 1
  /// Taken lying from 24 months: 0.7 cm are taken off.
  case lyingAfterTwoYears = 2
  /// "Standing" before 9 months is not possible and is ignored.
  case standingIgnoredBeforeNineMonths = 3
}

/// How a measured length or height is compared with the standard.
public struct AdjustedLength: Hashable, Sendable {
  /// Centimetres after the correction.
  public let centimetres: Double
  /// The correction.
  public let correction: LengthCorrection
  /// Whether the recumbent-length table applies, or the standing-height one.
  public let isLength: Bool
  /// Whether the position was not written down and was taken from the age or the length.
  public let positionAssumed: Bool
}
