/// What was measured at one visit. Every field may be missing; missing is not zero.
public struct MeasurementBody: Hashable, Sendable {
  /// Body weight.
  public var weight: Mass?
  /// Length or height as it was read, before any correction for the position.
  public var length: Length?
  /// Lying or standing, as it was done; nothing where nobody wrote it down.
  public var position: BodyPosition?
  /// Head circumference (lingkar kepala).
  public var headCircumference: Length?
  /// Mid-upper-arm circumference (LiLA).
  public var armCircumference: Length?
  /// Triceps skinfold.
  public var tricepsSkinfold: Length?
  /// Subscapular skinfold.
  public var subscapularSkinfold: Length?
  /// Whether both feet were found to have pitting oedema.
  public var hasOedema: Bool?
  /// Whether the family showed the Buku KIA or KMS.
  public var hasChildHealthBook: Bool?
  /// The line of the file that it was read from, where it came from a file.
  public var sourceLine: Int32?

  /// The largest number that a field may hold: ten tonnes, a kilometre. Within it no arithmetic on
  /// measurements can overflow.
  static let largestNumber: Int64 = 10_000_000

  /// Nothing measured yet.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var fields = FieldReader(body)
    while let (field, value) = try fields.next() {
      guard case .number(let wide) = value else { continue }
      guard wide >= 0, wide <= MeasurementBody.largestNumber else { throw .numberTooLarge }
      let number = Int32(wide)
      switch field {
      case 1: weight = Mass(grams: number)
      case 2: length = Length(tenthsOfMillimetre: number)
      case 3: position = BodyPosition(rawValue: UInt8(truncatingIfNeeded: number))
      case 4: headCircumference = Length(tenthsOfMillimetre: number)
      case 5: armCircumference = Length(tenthsOfMillimetre: number)
      case 6: tricepsSkinfold = Length(tenthsOfMillimetre: number)
      case 7: subscapularSkinfold = Length(tenthsOfMillimetre: number)
      case 8: hasOedema = number != 0
      case 9: hasChildHealthBook = number != 0
      case 10: sourceLine = number
      default: continue
      }
    }
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, weight?.grams)
    writer.number(2, length?.tenthsOfMillimetre)
    writer.number(3, position.map { Int32($0.rawValue) })
    writer.number(4, headCircumference?.tenthsOfMillimetre)
    writer.number(5, armCircumference?.tenthsOfMillimetre)
    writer.number(6, tricepsSkinfold?.tenthsOfMillimetre)
    writer.number(7, subscapularSkinfold?.tenthsOfMillimetre)
    writer.number(8, hasOedema.map { $0 ? Int32(1) : 0 })
    writer.number(9, hasChildHealthBook.map { $0 ? Int32(1) : 0 })
    writer.number(10, sourceLine)
    return writer.bytes
  }
}
