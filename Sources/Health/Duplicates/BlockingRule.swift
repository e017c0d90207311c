/// What two records must have in common to be compared at all. Each rule finds what others lose;
/// a pair that meets by any of them is scored.
public enum BlockingRule: UInt8, CaseIterable, Sendable {
  /// The same NIK.
  case sameNumber = 1
  /// The loose key of the longest word, and the year of birth; the years beside it too where the
  /// birth date is an estimate.
  case soundAndBirthYear = 2
  /// The same name without spaces, in either reading, in one Puskesmas, or in one village where
  /// the Puskesmas is not known.
  case nameAndPuskesmas = 3
  /// The day of birth and the Puskesmas. Of a day that stands for "some day" also the sex and the
  /// first three sounds of any word.
  case birthDateAndPuskesmas = 4
  /// The mother's name without spaces and the month of birth.
  case motherAndBirthMonth = 5
  /// The family card and the sex; born at most a year apart.
  case familyCardAndSex = 6
  /// NIK with a slip that makes it impossible, in the region (last ten digits equal) or in the
  /// serial number (first twelve equal). A slip within its birth date is left to the other rules:
  /// region and serial number alone are shared by too many.
  case numberWithSlip = 7
  /// The mother's name without spaces and the first three sounds of any word.
  case motherAndBeginning = 8

  /// The keys under which a record is found by this rule, at most four; none where it does not
  /// know what the rule asks. Two records meet where they share one and ``admits(_:_:)`` agrees:
  /// an index of these keys answers "is this person already there?" at entry.
  public func keys(of record: IdentityEvidence) -> [UInt64] {
    let all = packedKeys(of: record)
    var result: [UInt64] = []
    for place in 0..<4 where all[place] != 0 && !result.contains(all[place]) {
      result.append(all[place])
    }
    return result
  }

  /// The keys, 0 where there is none.
  @inline(__always)
  func packedKeys(of record: IdentityEvidence) -> InlineArray<4, UInt64> {
    var keys = InlineArray<4, UInt64>(repeating: 0)
    switch self {
    case .sameNumber: keys[0] = record.nationalIdentityNumber
    case .soundAndBirthYear:
      if record.loose != 0, record.hasBirthDay {
        let years = record.hasRoughBirthDate ? 3 : 1
        for slot in 0..<years {
          // The year, the one before, the one after.
          let year = record.birthYear &+ Int16(slot == 1 ? -1 : slot == 2 ? 1 : 0)
          keys[slot] = UInt64(record.loose) << 16 | UInt64(UInt16(bitPattern: year))
        }
      }
    case .nameAndPuskesmas:
      // The highest bit tells villages from Puskesmas.
      let area = record.puskesmas != 0 ? record.puskesmas : record.village | 1 << 31
      if record.hasName, record.puskesmas != 0 || record.village != 0 {
        keys[0] = UInt64(record.joined) << 32 | UInt64(area)
        keys[1] = UInt64(record.joinedOpen) << 32 | UInt64(area)
      }
    case .birthDateAndPuskesmas: keys = birthDateKeys(of: record)
    case .motherAndBirthMonth:
      if record.motherJoined != 0, record.hasBirthDay {
        let month = Int(record.birthYear) * 12 + Int(record.birthMonth)
        keys[0] = UInt64(record.motherJoined) << 32 | UInt64(UInt32(truncatingIfNeeded: month))
      }
    case .familyCardAndSex:
      if record.familyCard != 0, let sex = record.sex {
        keys[0] = record.familyCard << 2 | UInt64(sex.rawValue)
      }
    case .numberWithSlip:
      let number = record.nationalIdentityNumber
      if number != 0 {
        keys[0] = number / 10_000 << 1
        keys[1] = number % 10_000_000_000 << 1 | 1
      }
    case .motherAndBeginning:
      if record.motherJoined != 0 {
        for place in 0..<4 {
          let beginning = record.beginning(place)
          if beginning != 0 {
            keys[place] = BlockingRule.mixed(UInt64(record.motherJoined) << 20, beginning)
          }
        }
      }
    }
    return keys
  }

  private func birthDateKeys(of record: IdentityEvidence) -> InlineArray<4, UInt64> {
    var keys = InlineArray<4, UInt64>(repeating: 0)
    guard record.hasBirthDay, record.puskesmas != 0 else { return keys }
    let day = UInt64(UInt32(bitPattern: record.birthDay)) << 32
    guard record.hasRoughBirthDate else {
      keys[0] = day | UInt64(record.puskesmas)
      return keys
    }
    guard let sex = record.sex else { return keys }
    let group = UInt64(record.puskesmas) << 1 | UInt64(sex.rawValue & 1)
    for place in 0..<4 {
      let beginning = record.beginning(place)
      if beginning != 0 {
        keys[place] = BlockingRule.mixed(day ^ group &* 0x9E37_79B1, beginning)
      }
    }
    return keys
  }

  /// Whether two records that share a key are worth comparing by this rule.
  @inline(__always)
  public func admits(_ left: IdentityEvidence, _ right: IdentityEvidence) -> Bool {
    switch self {
    case .familyCardAndSex:
      left.hasBirthDay && right.hasBirthDay && abs(left.birthYear - right.birthYear) <= 1
    case .numberWithSlip:
      NumberSlip.isTelling(left, right)
    default: true
    }
  }

  @inline(__always)
  private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var mixed = (left ^ right << 17) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 31 ^ right) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 29 | 1
  }
}
