import Health

/// What somebody should look at again in a row that was taken: a warning never blocks.
public struct RowWarning: Hashable, Sendable {
  /// What is doubtful. The raw value names the explanation in the catalogues.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The NIK's birth digits are no day, or its serial number is 0000.
    case identityNumberImpossible = "identity_number_impossible"
    /// The NIK tells another day of birth than the row.
    case identityNumberOtherBirthDate = "identity_number_other_birth_date"
    /// The NIK tells the other sex than the row.
    case identityNumberOtherSex = "identity_number_other_sex"
    /// A value is back that a later file had corrected.
    case earlierValueReturned = "earlier_value_returned"
    /// The file was read before, and what it says of the visit was corrected since.
    case correctedSince = "corrected_since"
  }

  /// What is doubtful.
  public let code: Code
  /// The field whose column it stands in.
  public let field: MeasurementField
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  init(
    _ code: Code, _ field: MeasurementField, value: String, details: [String: String] = [:]
  ) {
    self.code = code
    self.field = field
    self.value = value
    self.details = details
  }

  /// Where a NIK says otherwise than its row. A day of birth that was worked out from an age is not
  /// held against it.
  static func contradictions(
    of number: NationalIdentityNumber, with row: MeasurementRow
  ) -> [RowWarning] {
    let text = String(decoding: number.digits, as: UTF8.self)
    func warning(_ code: Code, _ details: [String: String] = [:]) -> RowWarning {
      RowWarning(code, .nationalIdentityNumber, value: text, details: details)
    }
    guard number.followsTheRule else { return [warning(.identityNumberImpossible)] }
    var warnings: [RowWarning] = []
    if let birth = row.birthDate, row.birthDateCertainty == .exact,
      number.contradicts(birthDate: birth)
    {
      let told = number.birthDateCandidates.map(DateText.iso).joined(separator: " / ")
      warnings.append(
        warning(
          .identityNumberOtherBirthDate, ["told": told, "birth": DateText.iso(birth)]))
    }
    if let sex = row.sex, number.contradicts(sex: sex) {
      warnings.append(warning(.identityNumberOtherSex, ["sex": sex == .male ? "L" : "P"]))
    }
    return warnings
  }
}

/// A row that was taken with a warning.
public struct DoubtfulRow: Hashable, Sendable {
  /// The line in the file, from 1.
  public let line: Int
  /// The column as the file calls it.
  public let column: String
  /// What is doubtful.
  public let warning: RowWarning
}
