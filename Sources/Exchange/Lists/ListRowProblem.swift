/// Why a row of a list is refused: what, where, and what a person needs to mend it.
public struct ListRowProblem: Error, Hashable, Sendable {
  /// What is wrong. The raw value names the explanation in the catalogues, under `errors.list`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// A value that every row needs is missing.
    case missingValue = "missing_value"
    /// Neither NIK nor day of birth tells which of the people of that name it is.
    case noIdentity = "no_identity"
    /// Longer than anybody's name or address.
    case tooLong = "too_long"
    /// A name with a character that nobody can see.
    case invisibleCharacter = "invisible_character"
    /// A name with a picture in it.
    case pictureInName = "picture_in_name"
    /// A name without a letter.
    case nameWithoutLetters = "name_without_letters"
    /// Not a date.
    case notADate = "not_a_date"
    /// A number that may be a spreadsheet's day, in a cell that does not say so.
    case bareDayNumber = "bare_day_number"
    /// The calendar has no such day.
    case noSuchDay = "no_such_day"
    /// A day before 1900.
    case dateTooEarly = "date_too_early"
    /// A birth that lies in the future.
    case dateInFuture = "date_in_future"
    /// Work that ends before it begins.
    case endBeforeStart = "end_before_start"
    /// Not one of the words for sex.
    case unknownSex = "unknown_sex"
    /// Not one of the words for how a member stands to the head of the family.
    case unknownRelation = "unknown_relation"
    /// NIK is sixteen digits.
    case wrongIdentityNumber = "wrong_identity_number"
    /// The family card's number was kept as a number and lost its last digits: two families might
    /// become one.
    case familyCardDigitsLost = "family_card_digits_lost"
    /// Another row of the file has that NIK.
    case duplicateIdentityNumber = "duplicate_identity_number"
    /// Another row of the file tells the same.
    case repeatedRow = "repeated_row"
    /// Another row of the file tells that the household lives elsewhere.
    case otherPlace = "other_place"
    /// No village or code like that.
    case unknownVillage = "unknown_village"
    /// The kecamatan or Puskesmas that the row names has no such village.
    case villageElsewhere = "village_elsewhere"
    /// Several villages of that name.
    case ambiguousVillage = "ambiguous_village"
    /// The village has no such Posyandu.
    case unknownPosyandu = "unknown_posyandu"
    /// Several Posyandu of that name, and no village beside it.
    case ambiguousPosyandu = "ambiguous_posyandu"
    /// No place of that name or code where somebody could work.
    case unknownPlace = "unknown_place"
    /// Several places of that name.
    case ambiguousPlace = "ambiguous_place"
    /// The place was closed, split or merged before today.
    case placeEnded = "place_ended"
    /// Nobody has that role at a place of that kind.
    case roleNotThere = "role_not_there"
    /// Not one of the roles.
    case unknownRole = "unknown_role"
    /// Not one of the clusters.
    case unknownCluster = "unknown_cluster"
    /// A user name with letters that cannot be typed everywhere, or too short.
    case wrongUserName = "wrong_user_name"
    /// Another row of the file gives the user name to somebody else.
    case userNameTaken = "user_name_taken"
    /// Another row of the file has that NIK under another name.
    case otherName = "other_name"
    /// Several persons in the register fit.
    case ambiguousPerson = "ambiguous_person"
    /// Several households in the register have that family card.
    case ambiguousHousehold = "ambiguous_household"
    /// The register knows the NIK with another name and another day of birth.
    case otherPerson = "other_person"
    /// The place lies outside the area of whoever brings the list, or of the place it is for.
    case outsideArea = "outside_area"
    /// The register knows the NIK as that of somebody who lives outside that area.
    case personElsewhere = "person_elsewhere"
    /// The register knows the family card as that of a household outside that area.
    case householdElsewhere = "household_elsewhere"
    /// Whoever brings the list may not give that role there.
    case roleNotGranted = "role_not_granted"
    /// Whoever brings the list may not change that worker.
    case workerNotChanged = "worker_not_changed"
    /// The register knows that the worker left.
    case workerLeft = "worker_left"
    /// The role ended, and the row does not say that it begins again.
    case roleEnded = "role_ended"
    /// A role that has not begun yet.
    case startInFuture = "start_in_future"
    /// Another worker of the register has the user name.
    case userNameOfAnother = "user_name_of_another"
    /// The role of the last administrator of the district would end.
    case lastAdministrator = "last_administrator"
    /// Several workers of the register fit.
    case ambiguousWorker = "ambiguous_worker"
    /// The register knows the NIK as that of a worker of another name.
    case otherWorker = "other_worker"
    /// Somebody changed the person, household or worker since it was looked at.
    case changedMeanwhile = "changed_meanwhile"
    /// The journal refused what the row tells.
    case refusedFact = "refused_fact"
    /// The row has another number of columns than the heading.
    case wrongColumnCount = "wrong_column_count"
    /// A value stands to the right of the table, where no heading says what it is.
    case valueWithoutHeading = "value_without_heading"
    /// Text stands behind a closing quotation mark.
    case textBehindQuote = "text_behind_quote"
    /// The column is not UTF-8.
    case notUTF8 = "not_utf8"
  }

  /// What is wrong with the row, or with a cell as such.
  public enum Reason: Hashable, Sendable {
    /// With what the row tells.
    case row(Code)
    /// With a cell of a spreadsheet.
    case cell(CellProblem.Code)
  }

  /// What is wrong.
  public let reason: Reason
  /// The field, by the name that it has in the catalogues; empty where it is the whole row.
  public let field: String
  /// The column as the file calls it; empty where it is the whole row.
  public let column: String
  /// The cell as its program calls it, as `B7`; nothing where it has no such names.
  public let cell: String?
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  /// The key of the explanation in the catalogues; `.what` and `.mend` stand below it.
  public var key: String {
    switch reason {
    case .row(let code): "errors.list." + code.rawValue
    case .cell(let code): "errors.cell." + code.rawValue
    }
  }

  /// Whether it tells that a number is of somebody whom whoever brings the list may not know of.
  public var isOfElsewhere: Bool {
    reason == .row(.personElsewhere) || reason == .row(.householdElsewhere)
  }
}

/// What somebody should look at again in a row that can be taken: a warning never blocks.
public struct ListRowWarning: Hashable, Sendable {
  /// What is doubtful. The raw value names the explanation in the catalogues, under
  /// `warnings.list`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The NIK's birth digits are no day, or its serial number is 0000.
    case identityNumberImpossible = "identity_number_impossible"
    /// The NIK tells another day of birth than the row.
    case identityNumberOtherBirthDate = "identity_number_other_birth_date"
    /// The NIK tells the other sex than the row.
    case identityNumberOtherSex = "identity_number_other_sex"
    /// The NIK was kept as a number and has probably lost its last digits; it is left out.
    case identityNumberDigitsLost = "identity_number_digits_lost"
    /// The NIK is the number of the family card.
    case identityNumberIsFamilyCard = "identity_number_is_family_card"
    /// The number of the family card is not sixteen digits; it is kept as a local number.
    case familyCardNotSixteenDigits = "family_card_not_sixteen_digits"
    /// The number was kept as a number, and has all its digits still.
    case keptAsNumber = "kept_as_number"
    /// Nobody knows when the person was born.
    case noBirthDate = "no_birth_date"
    /// A word that is not known here; the value is left out.
    case unknownWord = "unknown_word"
    /// A name of one letter.
    case oneLetterName = "one_letter_name"
    /// No telephone number; it is left out.
    case notATelephone = "not_a_telephone"
    /// An earlier row of the file names another head of the family; that one stays.
    case secondHead = "second_head"
    /// The register knows another head of the family; the row's is the head from then on.
    case otherHead = "other_head"
    /// An earlier row of the file tells otherwise of the household; that one stays.
    case householdDiffers = "household_differs"
    /// The register knows that the person died.
    case recordedAsDead = "recorded_as_dead"
    /// The household has a member of that day of birth whose name has a word more or less.
    case perhapsKnown = "perhaps_known"
    /// A worker of a cluster without a cluster.
    case noCluster = "no_cluster"
  }

  /// What is doubtful about the row, or about a cell as such.
  public enum Reason: Hashable, Sendable {
    /// About what the row tells.
    case row(Code)
    /// About a cell: one of ``CellNotes/named``.
    case cell(String)
  }

  /// What is doubtful.
  public let reason: Reason
  /// The field, by the name that it has in the catalogues.
  public let field: String
  /// The column as the file calls it.
  public let column: String
  /// The cell as its program calls it, as `B7`.
  public let cell: String?
  /// What stood there.
  public let value: String
  /// What the explanation fills in.
  public let details: [String: String]

  /// The key of the explanation in the catalogues; `.what` and `.mend` stand below it.
  public var key: String {
    switch reason {
    case .row(let code): "warnings.list." + code.rawValue
    case .cell(let code): "warnings.cell." + code
    }
  }
}

/// Problems and warnings that show only beside other rows, or beside what is known.
struct ListRemarks<Field: ListField> {
  private let columns: ListColumns<Field>
  private let reference: (Int) -> String?
  private let quoted: (Int) -> String
  private(set) var problems: [ListRowProblem] = []
  private(set) var warnings: [ListRowWarning]

  /// Remarks on a row; they are used only while it is at hand.
  init(_ row: some TableRow, _ columns: ListColumns<Field>, warnings: [ListRowWarning]) {
    self.columns = columns
    self.warnings = warnings
    reference = { row.reference($0) }
    quoted = { row.quotedText($0) }
  }

  /// What stands in a field's column.
  func text(_ field: Field) -> String { columns.positions[field].map(quoted) ?? "" }

  mutating func refuse(
    _ code: ListRowProblem.Code, _ field: Field, value: String = "", details: [String: String] = [:]
  ) {
    problems.append(
      ListRowProblem(
        reason: .row(code), field: field.rawValue, column: columns.name(of: field),
        cell: columns.positions[field].flatMap(reference), value: value, details: details))
  }

  mutating func warn(
    _ code: ListRowWarning.Code, _ field: Field, value: String, details: [String: String] = [:]
  ) {
    warnings.append(
      ListRowWarning(
        reason: .row(code), field: field.rawValue, column: columns.name(of: field),
        cell: columns.positions[field].flatMap(reference), value: value, details: details))
  }

  /// An earlier row tells otherwise, and that one stays.
  mutating func differs(_ field: Field, _ value: String, _ line: Int) {
    warn(.householdDiffers, field, value: value, details: ["line": String(line)])
  }
}
