/// What somebody should look at again in a NIK or KK. It never blocks: numbers that contradict the
/// person who carries them were issued and stay in use.
public enum IdentityWarning: Hashable, Sendable {
  /// So many characters are no digits, as the letter O for a zero.
  case otherCharacters(count: Int)
  /// There are so many digits instead of sixteen; it is kept as typed, and not as NIK or KK.
  case notSixteenDigits(count: Int)
  /// A spreadsheet kept it as a number and replaced the last digit by 0; it is asked for again, and
  /// not kept as NIK or KK.
  case lastDigitProbablyLost
  /// All digits are the same: something was filled in so that something stood there.
  case allSameDigits
  /// No province has the first two digits of this code of six digits.
  case unknownRegion(code: Int)
  /// Digits 7 to 12 are no day.
  case impossibleDay
  /// Digits 7 to 12 are a day that has not come yet: this one.
  case laterThanToday(told: CivilDate)
  /// The day of birth is a woman's (plus 40), and the person a man.
  case womanDayButMale
  /// The day of birth is a man's, and the person a woman.
  case manDayButFemale
  /// The day of birth differs by so many days from the number's nearest reading: this one.
  case birthDateDiffers(days: Int, told: CivilDate)
  /// The last four digits are 0000, which is never issued.
  case serialZero
  /// The NIK is the household's KK.
  case looksLikeFamilyCard
  /// The KK is a NIK: a member's, or one with a woman's day of birth.
  case looksLikeNationalIdentityNumber

  /// Which warning it is, without what it carries. The name is the one in the catalogues.
  public enum Code: UInt8, Hashable, Sendable, CaseIterable {
    /// ``IdentityWarning/otherCharacters(count:)``.
    case otherCharacters = 1
    /// ``IdentityWarning/notSixteenDigits(count:)``.
    case notSixteenDigits = 2
    /// ``IdentityWarning/lastDigitProbablyLost``.
    case lastDigitProbablyLost = 3
    /// ``IdentityWarning/allSameDigits``.
    case allSameDigits = 4
    /// ``IdentityWarning/unknownRegion(code:)``.
    case unknownRegion = 5
    /// ``IdentityWarning/impossibleDay``.
    case impossibleDay = 6
    /// ``IdentityWarning/laterThanToday(told:)``.
    case laterThanToday = 7
    /// ``IdentityWarning/womanDayButMale``.
    case womanDayButMale = 8
    /// ``IdentityWarning/manDayButFemale``.
    case manDayButFemale = 9
    /// ``IdentityWarning/birthDateDiffers(days:told:)``.
    case birthDateDiffers = 10
    /// ``IdentityWarning/serialZero``.
    case serialZero = 11
    /// ``IdentityWarning/looksLikeFamilyCard``.
    case looksLikeFamilyCard = 12
    /// ``IdentityWarning/looksLikeNationalIdentityNumber``.
    case looksLikeNationalIdentityNumber = 13

    /// The name in the catalogues, under `identity_warnings.nik` and `identity_warnings.kk`.
    public var name: StaticString {
      switch self {
      case .otherCharacters: "other_characters"
      case .notSixteenDigits: "not_sixteen_digits"
      case .lastDigitProbablyLost: "last_digit_probably_lost"
      case .allSameDigits: "all_same_digits"
      case .unknownRegion: "unknown_region"
      case .impossibleDay: "impossible_day"
      case .laterThanToday: "later_than_today"
      case .womanDayButMale: "woman_day_but_male"
      case .manDayButFemale: "man_day_but_female"
      case .birthDateDiffers: "birth_date_differs"
      case .serialZero: "serial_zero"
      case .looksLikeFamilyCard: "looks_like_family_card"
      case .looksLikeNationalIdentityNumber: "looks_like_national_identity_number"
      }
    }

    /// Whether a NIK can have it.
    public var isOfNationalIdentityNumber: Bool { self != .looksLikeNationalIdentityNumber }

    /// Whether a KK can have it.
    public var isOfFamilyCardNumber: Bool {
      switch self {
      case .womanDayButMale, .manDayButFemale, .birthDateDiffers, .looksLikeFamilyCard: false
      default: true
      }
    }
  }

  /// Which warning it is.
  public var code: Code {
    switch self {
    case .otherCharacters: .otherCharacters
    case .notSixteenDigits: .notSixteenDigits
    case .lastDigitProbablyLost: .lastDigitProbablyLost
    case .allSameDigits: .allSameDigits
    case .unknownRegion: .unknownRegion
    case .impossibleDay: .impossibleDay
    case .laterThanToday: .laterThanToday
    case .womanDayButMale: .womanDayButMale
    case .manDayButFemale: .manDayButFemale
    case .birthDateDiffers: .birthDateDiffers
    case .serialZero: .serialZero
    case .looksLikeFamilyCard: .looksLikeFamilyCard
    case .looksLikeNationalIdentityNumber: .looksLikeNationalIdentityNumber
    }
  }
}

/// Checks a NIK or KK as it was typed against the rule it is made by and against what else is known
/// of the person. Handbook §12.
///
/// What is not known contradicts nothing. The region is never compared with where the person
/// lives: it is where the number was first issued.
public struct IdentityCheck: Hashable, Sendable {
  /// The day on which it is checked.
  public var today: CivilDate
  /// The person's day of birth as stated. One that was worked out from an age is not held against
  /// the number.
  public var birthDate: CivilDate?
  /// How far the stated day can be trusted.
  public var birthDateCertainty: BirthDateCertainty?
  /// The person's sex as stated.
  public var sex: Sex?
  /// The household's KK as typed, or empty.
  public var familyCardNumber: [UInt8] = []
  /// Whether the cell of a spreadsheet that it comes from held a number and no text.
  public var wasStoredAsNumber = false
  /// Whether numbers of the province 99, which are made up, are in order here.
  public var acceptsExamples = false

  /// Nothing known of the person.
  public init(today: CivilDate) { self.today = today }

  /// The NIK in a text; nothing where it is no sixteen digits or has probably lost its last one.
  public func nationalIdentityNumber(in text: [UInt8]) -> NationalIdentityNumber? {
    digits(in: text).flatMap { NationalIdentityNumber($0) }
  }

  /// The KK in a text; nothing where it is no sixteen digits or has probably lost its last one.
  public func familyCardNumber(in text: [UInt8]) -> FamilyCardNumber? {
    digits(in: text).flatMap { FamilyCardNumber($0) }
  }

  private func digits(in text: [UInt8]) -> [UInt8]? {
    let typed = TypedDigits(text)
    return formWarnings(typed).isEmpty ? typed.digits : nil
  }

  /// What is doubtful in a NIK as typed; nothing where there is none.
  public func warnings(ofNationalIdentityNumber text: [UInt8]) -> [IdentityWarning] {
    let typed = TypedDigits(text)
    if typed.isEmpty { return [] }
    let form = formWarnings(typed)
    guard form.isEmpty, let number = NationalIdentityNumber(typed.digits) else { return form }
    if IdentityCheck.areAllSame(typed.digits) { return [.allSameDigits] }
    var warnings: [IdentityWarning] = []
    if TypedDigits(familyCardNumber).digits == typed.digits {
      warnings.append(.looksLikeFamilyCard)
    }
    if let warning = regionWarning(number.regionCode) { warnings.append(warning) }
    warnings += birthWarnings(of: number)
    if number.serial == 0 { warnings.append(.serialZero) }
    return warnings
  }

  /// What is doubtful in a KK as typed; nothing where there is none.
  ///
  /// - Parameter members: the NIK of the household's members.
  public func warnings(
    ofFamilyCardNumber text: [UInt8], members: [NationalIdentityNumber] = []
  ) -> [IdentityWarning] {
    let typed = TypedDigits(text)
    if typed.isEmpty { return [] }
    let form = formWarnings(typed)
    guard form.isEmpty, let number = FamilyCardNumber(typed.digits) else { return form }
    if IdentityCheck.areAllSame(typed.digits) { return [.allSameDigits] }
    var warnings: [IdentityWarning] = []
    let isWomansDay = (41...71).contains(number.dayDigits)
    if isWomansDay || members.contains(where: { $0.number == number.number }) {
      warnings.append(.looksLikeNationalIdentityNumber)
    }
    if let warning = regionWarning(number.regionCode) { warnings.append(warning) }
    if let issued = number.issuedOn {
      if issued > today { warnings.append(.laterThanToday(told: issued)) }
    } else if !isWomansDay {
      warnings.append(.impossibleDay)
    }
    if number.serial == 0 { warnings.append(.serialZero) }
    return warnings
  }

  /// What keeps a text from being sixteen digits at all.
  private func formWarnings(_ typed: TypedDigits) -> [IdentityWarning] {
    if typed.isWrittenAsNumber { return [.lastDigitProbablyLost] }
    var warnings: [IdentityWarning] = []
    if typed.otherCharacters > 0 {
      warnings.append(.otherCharacters(count: typed.otherCharacters))
    }
    if typed.digits.count != NationalIdentityNumber.digitCount {
      warnings.append(.notSixteenDigits(count: typed.digits.count))
    } else if wasStoredAsNumber, typed.digits.last == 0x30 {
      warnings.append(.lastDigitProbablyLost)
    }
    return warnings
  }

  private static func areAllSame(_ digits: [UInt8]) -> Bool {
    digits.allSatisfy { $0 == digits[0] }
  }

  private func regionWarning(_ code: Int) -> IdentityWarning? {
    let province = code / 10_000
    if Provinces.isKnown(province) || (acceptsExamples && province == Provinces.examples) {
      return nil
    }
    return .unknownRegion(code: code)
  }

  private func birthWarnings(of number: NationalIdentityNumber) -> [IdentityWarning] {
    let readings = number.birthDateCandidates
    guard let last = readings.last else { return [.impossibleDay] }
    var warnings: [IdentityWarning] = []
    if let sex, number.contradicts(sex: sex) {
      warnings.append(sex == .male ? .womanDayButMale : .manDayButFemale)
    }
    let past = readings.filter { $0 <= today }
    guard let nearest = nearest(of: past) else {
      return warnings + [.laterThanToday(told: last)]
    }
    if let birthDate, birthDateCertainty != .estimatedFromAge, nearest != birthDate {
      let days = abs(Int(nearest.dayNumber) - Int(birthDate.dayNumber))
      warnings.append(.birthDateDiffers(days: days, told: nearest))
    }
    return warnings
  }

  /// The reading nearest to the stated day; of equally near ones, and without a stated day, the
  /// later.
  private func nearest(of readings: [CivilDate]) -> CivilDate? {
    guard let birthDate else { return readings.last }
    var found: CivilDate?
    var least = Int.max
    for reading in readings {
      let distance = abs(Int(reading.dayNumber) - Int(birthDate.dayNumber))
      if distance <= least {
        least = distance
        found = reading
      }
    }
    return found
  }
}
