import Health

/// Why a list of areas or facilities, or a map, cannot be taken: what, where, and what a person needs
/// to mend it.
public struct DistrictProblem: Error, Hashable, Sendable {
  /// What is wrong. The raw value names the explanation in the catalogues.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// A value that every row needs is missing.
    case missingValue = "missing_value"
    /// The row has another number of columns than the heading.
    case wrongColumnCount = "wrong_column_count"
    /// Text stands behind a closing quotation mark.
    case textBehindQuote = "text_behind_quote"
    /// The row is not UTF-8.
    case notUTF8 = "not_utf8"
    /// A cell of a spreadsheet that shows an error, or was merged: ``CellProblem``, whose code is the
    /// detail `cell`.
    case unreadableCell = "unreadable_cell"
    /// Longer than any name or number.
    case tooLong = "too_long"
    /// Not one of the words for the kind.
    case unknownKind = "unknown_kind"
    /// Not yes or no.
    case unknownFlag = "unknown_flag"
    /// Not a date.
    case notADate = "not_a_date"
    /// The calendar has no such day.
    case noSuchDay = "no_such_day"
    /// The day has not come.
    case dateInFuture = "date_in_future"
    /// Not a number of degrees.
    case notACoordinate = "not_a_coordinate"
    /// One of two coordinates is missing.
    case halfAPosition = "half_a_position"
    /// The position lies outside Indonesia.
    case outsideIndonesia = "outside_indonesia"
    /// The position lies in Indonesia once latitude and longitude change places.
    case swappedCoordinates = "swapped_coordinates"
    /// Not a Kemendagri code of that kind of area.
    case badAreaCode = "bad_area_code"
    /// Ten digits without dots, as BPS writes its codes.
    case statisticsCode = "statistics_code"
    /// The code comes twice.
    case codeTwice = "code_twice"
    /// The area does not lie where its code says.
    case wrongParent = "wrong_parent"
    /// The area that it lies in is not in the table.
    case missingParent = "missing_parent"
    /// No village or code like that.
    case unknownVillage = "unknown_village"
    /// Several villages of that name.
    case ambiguousVillage = "ambiguous_village"
    /// No Puskesmas of that name.
    case unknownPuskesmas = "unknown_puskesmas"
    /// A village is in the catchment of two Puskesmas.
    case villageOfTwo = "village_of_two"
    /// The facility comes twice.
    case facilityTwice = "facility_twice"
    /// A catchment of a facility that has none.
    case unexpectedCatchment = "unexpected_catchment"
    /// An agreement of a facility that has none.
    case unexpectedAgreement = "unexpected_agreement"
    /// An agreement without its first day.
    case agreementWithoutStart = "agreement_without_start"
    /// The agreement ends before it starts.
    case endBeforeStart = "end_before_start"
    /// Not a telephone number.
    case badTelephone = "bad_telephone"
    /// A feature without a shape, or of another shape than an area.
    case notAnArea = "not_an_area"
    /// A feature without a code.
    case featureWithoutCode = "feature_without_code"
    /// A ring does not end where it begins.
    case unclosedRing = "unclosed_ring"
    /// A ring has fewer than three corners.
    case tooFewPoints = "too_few_points"
    /// A feature has more points than can be kept.
    case tooManyPoints = "too_many_points"

    /// Those whose explanation proposes names that are like the one that stood there.
    static let proposing: Set<Code> = [.unknownVillage, .unknownPuskesmas]
    /// Ends the key of an explanation that proposes none.
    static let unlike = "_unlike"
  }

  /// What is wrong.
  public let code: Code
  /// The line of the file, or the number of the feature on a map, from 1.
  public let line: Int
  /// The column as the file calls it, or empty.
  public let column: String
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  /// The key of the explanation in the catalogues; `.what` and `.mend` stand below it.
  public var key: String {
    if code == .unreadableCell, let cell = details["cell"] { return "errors.cell.\(cell)" }
    // Where no name is alike, none is proposed.
    let isUnlike = Code.proposing.contains(code) && details["near"] == nil
    return "errors.district.\(code.rawValue)" + (isUnlike ? Code.unlike : "")
  }

  /// A problem at a place of a file.
  public init(
    _ code: Code, line: Int, column: String = "", value: String = "",
    details: [String: String] = [:]
  ) {
    self.code = code
    self.line = line
    self.column = column
    self.value = value
    self.details = details
  }
}

/// What somebody should look at again in a file that is taken all the same.
public struct DistrictWarning: Hashable, Sendable {
  /// What is doubtful. The raw value names the explanation in the catalogues.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// A Puskesmas without villages: nobody counts in its figures.
    case puskesmasWithoutVillages = "puskesmas_without_villages"
    /// A facility in a village that no Puskesmas looks after.
    case villageWithoutPuskesmas = "village_without_puskesmas"
    /// A village that the list leaves out stays with its Puskesmas.
    case villageLeftOut = "village_left_out"
    /// A feature of a map whose code nobody knows is passed over.
    case unknownCode = "unknown_code"
    /// The area's known position lies outside its boundary.
    case centreOutside = "centre_outside"
  }

  /// What is doubtful.
  public let code: Code
  /// The line of the file, or the number of the feature on a map, from 1.
  public let line: Int
  /// The column as the file calls it, or empty.
  public let column: String
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  /// A warning at a place of a file.
  public init(
    _ code: Code, line: Int, column: String = "", value: String = "",
    details: [String: String] = [:]
  ) {
    self.code = code
    self.line = line
    self.column = column
    self.value = value
    self.details = details
  }
}

/// Why a list cannot be read at all.
public enum DistrictTableProblem: Error, Hashable, Sendable {
  /// The file has no column for something that is needed.
  case missingColumn(String, headings: [String])
  /// Two columns tell the same thing.
  case columnTwice(String, headings: [String])
  /// The file has more rows than any district.
  case tooManyRows(limit: Int)
}

/// A position on the ground in millionths of a degree.
public struct Position: Hashable, Sendable {
  /// Millionths of a degree north.
  public let latitude: Int32
  /// Millionths of a degree east.
  public let longitude: Int32

  /// Why degrees are no position in Indonesia.
  public enum Doubt: Hashable, Sendable {
    /// Outside the country, and outside also where they change places.
    case outsideIndonesia
    /// Inside the country where they change places.
    case swapped
  }

  /// Reads degrees; the country lies between 94 and 142 degrees east, −12 and 7 degrees north.
  public init(latitude: Double, longitude: Double) throws(PositionProblem) {
    guard Position.isInside(latitude, longitude) else {
      throw PositionProblem(
        doubt: Position.isInside(longitude, latitude) ? .swapped : .outsideIndonesia)
    }
    self.latitude = Int32((latitude * 1_000_000).rounded())
    self.longitude = Int32((longitude * 1_000_000).rounded())
  }

  private static func isInside(_ latitude: Double, _ longitude: Double) -> Bool {
    (-12.0...7).contains(latitude) && (94.0...142).contains(longitude)
  }
}

/// Degrees are no position in Indonesia.
public struct PositionProblem: Error, Hashable, Sendable {
  /// In which way.
  public let doubt: Position.Doubt
}
