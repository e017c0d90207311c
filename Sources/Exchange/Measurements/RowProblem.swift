/// Why a row of a file is refused: what, where, and what a person needs to mend it.
public struct RowProblem: Error, Hashable, Sendable {
  /// What is wrong. The raw value names the explanation in the catalogues.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// A value that every row needs is missing.
    case missingValue = "missing_value"
    /// Neither NIK nor local number nor name with day of birth tells who the child is.
    case noIdentity = "no_identity"
    /// Nothing was measured.
    case nothingMeasured = "nothing_measured"
    /// Not a number.
    case notANumber = "not_a_number"
    /// A number that no child has.
    case outOfRange = "out_of_range"
    /// Not a date.
    case notADate = "not_a_date"
    /// The calendar has no such day.
    case noSuchDay = "no_such_day"
    /// A day before 1900.
    case dateTooEarly = "date_too_early"
    /// The visit lies in the future.
    case dateInFuture = "date_in_future"
    /// The visit lies before birth.
    case beforeBirth = "before_birth"
    /// Not one of the words for sex.
    case unknownSex = "unknown_sex"
    /// Not one of the words for the position.
    case unknownPosition = "unknown_position"
    /// Not yes or no.
    case unknownFlag = "unknown_flag"
    /// Neither weeks nor weeks and days.
    case notGestationalAge = "not_gestational_age"
    /// NIK is sixteen digits.
    case wrongIdentityNumber = "wrong_identity_number"
    /// No village or code like that.
    case unknownVillage = "unknown_village"
    /// Several villages of that name.
    case ambiguousVillage = "ambiguous_village"
    /// The village has no such Posyandu.
    case unknownPosyandu = "unknown_posyandu"
    /// The row has another number of columns than the heading.
    case wrongColumnCount = "wrong_column_count"
    /// Text stands behind a closing quotation mark.
    case textBehindQuote = "text_behind_quote"
    /// The row is not UTF-8.
    case notUTF8 = "not_utf8"
    /// The register knows the child with another day of birth.
    case otherBirthDate = "other_birth_date"
    /// The register knows the child with another sex.
    case otherSex = "other_sex"
    /// Several children in the register fit.
    case ambiguousChild = "ambiguous_child"
    /// Another row of this file tells something else of the same child and day.
    case contradictsRow = "contradicts_row"
    /// Somebody measured the child on that day otherwise than by this kind of file.
    case measuredOtherwise = "measured_otherwise"
    /// The journal refused the fact.
    case refusedFact = "refused_fact"
  }

  /// What is wrong.
  public let code: Code
  /// The field whose column it stands in, where it is one column.
  public let field: MeasurementField?
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  init(
    _ code: Code, _ field: MeasurementField? = nil, value: String = "",
    details: [String: String] = [:]
  ) {
    self.code = code
    self.field = field
    self.value = value
    self.details = details
  }
}
