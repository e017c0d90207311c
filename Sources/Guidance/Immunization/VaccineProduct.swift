import Health

/// The code of a vaccine product: CDC's CVX number, or a number of the schedule's own.
public struct ProductCode: Hashable, Comparable, Sendable {
  /// The number.
  public let number: UInt16

  /// The product with that number.
  @inlinable
  public init(_ number: UInt16) { self.number = number }

  /// The lower number comes first.
  @inlinable
  public static func < (left: ProductCode, right: ProductCode) -> Bool {
    left.number < right.number
  }
}

/// An antigen: its place in its schedule's list of antigens, 0 to 63.
public struct Antigen: Hashable, Sendable {
  /// The place.
  public let index: UInt8

  /// The antigen at that place.
  @inlinable
  public init(_ index: UInt8) { self.index = index }
}

/// That a product protects against an antigen, everybody or only those of some ages.
public struct AntigenContent: Hashable, Sendable {
  /// The antigen.
  public let antigen: Antigen
  /// The first age at which a dose counts for the antigen; nothing where every age does.
  public let from: Period?
  /// The first age at which a dose no longer counts; nothing where every age does.
  public let until: Period?

  /// That a dose counts for the antigen from one age until another.
  public init(_ antigen: Antigen, from: Period? = nil, until: Period? = nil) {
    self.antigen = antigen
    self.from = from
    self.until = until
  }
}

/// A vaccine as it is given and written down, with the antigens in it.
public struct VaccineProduct: Hashable, Sendable {
  /// Its code.
  public let code: ProductCode
  /// What it protects against.
  public let contents: [AntigenContent]

  /// A product with the antigens in it.
  public init(_ code: ProductCode, contents: [AntigenContent]) {
    self.code = code
    self.contents = contents
  }
}

/// A dose that was given, as the facts tell it.
public struct GivenDose: Hashable, Sendable {
  /// The day on which it was given.
  public let day: CivilDate
  /// What was given; where a card says only "DPT", the product of that name.
  public let product: ProductCode
  /// The trade name's number in the schedule; 0 where it is not known.
  public let brand: UInt8
  /// Whether the dose is known to be worth nothing: expired, frozen, overheated, recalled, or only
  /// partly given.
  public let isSubstandard: Bool

  /// A dose.
  @inlinable
  public init(
    _ product: ProductCode, on day: CivilDate, brand: UInt8 = 0, isSubstandard: Bool = false
  ) {
    self.product = product
    self.day = day
    self.brand = brand
    self.isSubstandard = isSubstandard
  }
}

/// Something about a person that a schedule asks for: an illness, an allergy, a pregnancy, living
/// where a disease is endemic.
public struct ImmunizationObservation: Hashable, Sendable {
  /// The schedule's number for it.
  public let code: UInt16
  /// Since when, where it is known.
  public let day: CivilDate?

  /// An observation.
  public init(_ code: UInt16, since day: CivilDate? = nil) {
    self.code = code
    self.day = day
  }
}

/// What a schedule asks about the person.
public struct ImmunizationPerson: Hashable, Sendable {
  /// The date of birth; nothing where nobody knows it.
  public var birth: CivilDate?
  /// The sex; nothing where nobody recorded it.
  public var sex: Sex?
  /// By how many years the person is in a lower class (more) or a higher class (less than 0) than
  /// others of the same year of birth; 0 where nobody knows the class.
  public var yearsBehindAtSchool: Int8
  /// What else is known of the person.
  public var observations: [ImmunizationObservation]

  /// A person.
  public init(
    birth: CivilDate?, sex: Sex?, yearsBehindAtSchool: Int8 = 0,
    observations: [ImmunizationObservation] = []
  ) {
    self.birth = birth
    self.sex = sex
    self.yearsBehindAtSchool = yearsBehindAtSchool
    self.observations = observations
  }
}
