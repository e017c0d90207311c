/// Who a person is. Text is UTF-8; the clinical core never formats or compares it.
public struct PersonBody: Hashable, Sendable {
  /// The name as spoken.
  public var name: [UInt8] = []
  /// The day of birth.
  public var birthDate: CivilDate?
  /// How far the day of birth can be trusted.
  public var birthDateCertainty: BirthDateCertainty?
  /// The sex.
  public var sex: Sex?
  /// Nomor Induk Kependudukan, sixteen digits.
  public var nationalIdentityNumber: [UInt8] = []
  /// The mother's name.
  public var motherName: [UInt8] = []
  /// Weight at birth.
  public var birthWeight: Mass?
  /// Length at birth.
  public var birthLength: Length?
  /// Gestational age at birth, in days: 36+2 weeks are 254.
  public var gestationalAgeAtBirth: AgeInDays?
  /// What the file or facility that the person came from calls them.
  public var localIdentifier: [UInt8] = []
  /// The mother, where she is in the registry.
  public var mother: Identifier?
  /// The father, where he is in the registry.
  public var father: Identifier?
  /// The place among the children of one birth: 1 for the first, 2 for a second twin.
  public var birthOrder: UInt8?
  /// The mother's NIK, by which a newborn is known that has none of its own yet.
  public var motherNationalIdentityNumber: [UInt8] = []
  /// Where the person was born.
  public var birthPlace: [UInt8] = []
  /// Telephone, of the person or of a parent.
  public var telephone: [UInt8] = []
  /// The father's name.
  public var fatherName: [UInt8] = []
  /// Head circumference at birth.
  public var birthHeadCircumference: Length?
  /// What was told where the NIK belongs and is none, as it was typed: a number of other than
  /// sixteen digits. Nobody is found or matched by it.
  public var toldIdentityNumber: [UInt8] = []

  /// Nothing known yet.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var fields = FieldReader(body)
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .bytes(let text)): name = [UInt8](text)
      case (2, .number(let day)): birthDate = try PersonBody.date(day)
      case (3, .number(let code)):
        birthDateCertainty = BirthDateCertainty(rawValue: UInt8(truncatingIfNeeded: code))
      case (4, .number(let code)): sex = Sex(rawValue: UInt8(truncatingIfNeeded: code))
      case (5, .bytes(let text)): nationalIdentityNumber = [UInt8](text)
      case (6, .bytes(let text)): motherName = [UInt8](text)
      case (7, .number(let grams)): birthWeight = Mass(grams: Int32(truncatingIfNeeded: grams))
      case (8, .number(let length)):
        birthLength = Length(tenthsOfMillimetre: Int32(truncatingIfNeeded: length))
      case (9, .number(let days)):
        gestationalAgeAtBirth = AgeInDays(Int32(truncatingIfNeeded: days))
      case (10, .bytes(let text)): localIdentifier = [UInt8](text)
      case (11, .bytes(let id)) where id.count == 16: mother = Identifier { id[$0] }
      case (12, .bytes(let id)) where id.count == 16: father = Identifier { id[$0] }
      case (13, .number(let order)): birthOrder = UInt8(exactly: order)
      case (14, .bytes(let text)): motherNationalIdentityNumber = [UInt8](text)
      case (15, .bytes(let text)): birthPlace = [UInt8](text)
      case (16, .bytes(let text)): telephone = [UInt8](text)
      case (17, .bytes(let text)): fatherName = [UInt8](text)
      case (18, .number(let length)):
        birthHeadCircumference = Length(tenthsOfMillimetre: Int32(truncatingIfNeeded: length))
      case (19, .bytes(let text)): toldIdentityNumber = [UInt8](text)
      default: continue
      }
    }
  }

  /// What care needs to know of somebody's birth.
  public struct BirthDetails: Hashable, Sendable {
    /// The day of birth.
    public var birthDate: CivilDate?
    /// How far the day of birth can be trusted.
    public var certainty: BirthDateCertainty?
    /// The sex.
    public var sex: Sex?
    /// Weight at birth.
    public var weight: Mass?
    /// Length at birth.
    public var length: Length?
    /// Gestational age at birth.
    public var gestationalAge: AgeInDays?
    /// Head circumference at birth.
    public var headCircumference: Length?
  }

  /// Reads only what care needs, without copying any text.
  public static func birth(
    _ body: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> BirthDetails {
    var fields = FieldReader(body)
    var details = BirthDetails()
    while let (field, value) = try fields.next() {
      guard case .number(let number) = value else { continue }
      let short = Int32(truncatingIfNeeded: number)
      switch field {
      case 2: details.birthDate = try date(number)
      case 3: details.certainty = BirthDateCertainty(rawValue: UInt8(truncatingIfNeeded: number))
      case 4: details.sex = Sex(rawValue: UInt8(truncatingIfNeeded: number))
      case 7: details.weight = Mass(grams: short)
      case 8: details.length = Length(tenthsOfMillimetre: short)
      case 9: details.gestationalAge = AgeInDays(short)
      case 18: details.headCircumference = Length(tenthsOfMillimetre: short)
      default: continue
      }
    }
    return details
  }

  /// What is told here, and where nothing is, what an earlier fact told. Two lists that each know a
  /// part of a person so add up; a correction takes the older fact's place as a whole, and can take
  /// away what was wrong.
  public func filled(from earlier: PersonBody) -> PersonBody {
    func text(_ mine: [UInt8], _ theirs: [UInt8]) -> [UInt8] { mine.isEmpty ? theirs : mine }
    var filled = self
    filled.name = text(name, earlier.name)
    if birthDate == nil {
      filled.birthDate = earlier.birthDate
      filled.birthDateCertainty = earlier.birthDateCertainty
    }
    filled.sex = sex ?? earlier.sex
    filled.nationalIdentityNumber = text(nationalIdentityNumber, earlier.nationalIdentityNumber)
    filled.motherName = text(motherName, earlier.motherName)
    filled.birthWeight = birthWeight ?? earlier.birthWeight
    filled.birthLength = birthLength ?? earlier.birthLength
    filled.gestationalAgeAtBirth = gestationalAgeAtBirth ?? earlier.gestationalAgeAtBirth
    filled.localIdentifier = text(localIdentifier, earlier.localIdentifier)
    filled.mother = mother ?? earlier.mother
    filled.father = father ?? earlier.father
    filled.birthOrder = birthOrder ?? earlier.birthOrder
    filled.motherNationalIdentityNumber = text(
      motherNationalIdentityNumber, earlier.motherNationalIdentityNumber)
    filled.birthPlace = text(birthPlace, earlier.birthPlace)
    filled.telephone = text(telephone, earlier.telephone)
    filled.fatherName = text(fatherName, earlier.fatherName)
    filled.birthHeadCircumference = birthHeadCircumference ?? earlier.birthHeadCircumference
    // Once the NIK is known, what was told in its place says nothing any more.
    filled.toldIdentityNumber =
      filled.nationalIdentityNumber.isEmpty
      ? text(toldIdentityNumber, earlier.toldIdentityNumber) : []
    return filled
  }

  private static func date(_ day: Int64) throws(WireError) -> CivilDate {
    guard CivilDate.recordable.contains(day) else { throw .numberTooLarge }
    return CivilDate(dayNumber: Int32(day))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, name)
    writer.number(2, birthDate?.dayNumber)
    writer.number(3, birthDateCertainty.map { Int32($0.rawValue) })
    writer.number(4, sex.map { Int32($0.rawValue) })
    writer.bytes(5, nationalIdentityNumber)
    writer.bytes(6, motherName)
    writer.number(7, birthWeight?.grams)
    writer.number(8, birthLength?.tenthsOfMillimetre)
    writer.number(9, gestationalAgeAtBirth?.count)
    writer.bytes(10, localIdentifier)
    writer.identifier(11, mother)
    writer.identifier(12, father)
    writer.number(13, birthOrder.map(Int64.init))
    writer.bytes(14, motherNationalIdentityNumber)
    writer.bytes(15, birthPlace)
    writer.bytes(16, telephone)
    writer.bytes(17, fatherName)
    writer.number(18, birthHeadCircumference?.tenthsOfMillimetre)
    writer.bytes(19, toldIdentityNumber)
    return writer.bytes
  }
}
