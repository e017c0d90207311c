/// How well the day is known on which a vaccine was given.
public enum VaccinationDay: UInt8, Hashable, Sendable, CaseIterable {
  /// Only the month is known; the fact's day is the 15th of it.
  case month = 2
  /// Only the year is known; the fact's day is 1 July of it.
  case year = 3
}

/// From where a vaccination is known.
public enum VaccinationOrigin: UInt8, Hashable, Sendable, CaseIterable {
  /// It was given here, by whoever recorded it.
  case givenHere = 1
  /// Another facility gave it and told us.
  case givenElsewhere = 2
  /// It stands in the Buku KIA, on a card or a certificate.
  case book = 3
  /// The family told it, without anything written.
  case told = 4
}

/// Where on the body a vaccine was given.
public enum VaccinationSite: UInt8, Hashable, Sendable, CaseIterable {
  /// The left upper arm.
  case leftArm = 1
  /// The right upper arm.
  case rightArm = 2
  /// The left thigh.
  case leftThigh = 3
  /// The right thigh.
  case rightThigh = 4
  /// The mouth.
  case mouth = 5
  /// Elsewhere.
  case other = 6
}

/// How a vaccine was given.
public enum VaccinationRoute: UInt8, Hashable, Sendable, CaseIterable {
  /// Into a muscle.
  case intramuscular = 1
  /// Under the skin.
  case subcutaneous = 2
  /// Into the skin.
  case intradermal = 3
  /// By drops.
  case oral = 4
}

/// Why a dose is worth nothing.
public enum SpoiledVaccine: UInt8, Hashable, Sendable, CaseIterable {
  /// It was past its last day.
  case expired = 1
  /// It was frozen, too warm, or its vial monitor (VVM) had reached C or D.
  case coldChain = 2
  /// It was recalled.
  case recalled = 3
  /// Not all of it was given.
  case partlyGiven = 4
}

/// A vaccine was given on the fact's day. A dose that was offered and not taken is no vaccination
/// but a refusal.
public struct VaccinationBody: Hashable, Sendable {
  /// What was given: the product's code in the schedules (CDC's CVX, from 1000 on our own).
  public var product: UInt16
  /// The dose as it is written, as "DPT-HB-Hib 2", or empty. What it counts as is worked out.
  public var dose: [UInt8]
  /// How well the day is known; nothing where it is.
  public var dayKnownBy: VaccinationDay?
  /// From where it is known; nothing where nobody said.
  public var origin: VaccinationOrigin?
  /// The batch's number, or empty.
  public var batch: [UInt8]
  /// The last day on which the batch may be used.
  public var expiry: CivilDate?
  /// Where on the body.
  public var site: VaccinationSite?
  /// How.
  public var route: VaccinationRoute?
  /// The facility that gave it, as it is written, where it is none of ours; or empty.
  public var facility: [UInt8]
  /// Why the dose is worth nothing; nothing where it is sound.
  public var spoiled: SpoiledVaccine?
  /// The trade name, or empty.
  public var tradeName: [UInt8]
  /// Words of the one who wrote it down, or empty.
  public var note: [UInt8]

  /// A vaccination of which only the product is known.
  public init(
    product: UInt16, dose: [UInt8] = [], dayKnownBy: VaccinationDay? = nil,
    origin: VaccinationOrigin? = nil
  ) {
    self.product = product
    self.dose = dose
    self.dayKnownBy = dayKnownBy
    self.origin = origin
    batch = []
    facility = []
    tradeName = []
    note = []
  }

  /// Reads the fields; those that this version does not know are passed over. A vaccination with
  /// nothing is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let number = fields.number(1), let product = UInt16(exactly: number) else {
      throw .unknownForm
    }
    self.init(
      product: product, dose: fields.text(2), dayKnownBy: fields.code(3), origin: fields.code(4))
    batch = fields.text(5)
    expiry = try fields.day(6)
    site = fields.code(7)
    route = fields.code(8)
    facility = fields.text(9)
    spoiled = fields.code(10)
    tradeName = fields.text(11)
    note = fields.text(12)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, Int64(product))
    writer.bytes(2, dose)
    writer.code(3, dayKnownBy)
    writer.code(4, origin)
    writer.bytes(5, batch)
    writer.day(6, expiry)
    writer.code(7, site)
    writer.code(8, route)
    writer.bytes(9, facility)
    writer.code(10, spoiled)
    writer.bytes(11, tradeName)
    writer.bytes(12, note)
    return writer.bytes
  }
}
