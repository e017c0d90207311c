import Health
import Journal

/// Reads rows of a list of households; strict, and with everything that is wrong explained.
public struct HouseholdRowReader: Sendable {
  /// Where the columns stand.
  public let columns: ListColumns<HouseholdField>
  private let places: ListPlaces
  let today: CivilDate
  private let order: TextValues.DateOrder

  /// A reader of a file with that heading.
  ///
  /// - Parameters:
  ///   - columns: where the columns stand.
  ///   - places: the places that are known.
  ///   - today: births after this day are refused.
  ///   - monthComesFirst: whether dates in numbers alone are written 12/31/2024.
  public init(
    columns: ListColumns<HouseholdField>, places: ListPlaces, today: CivilDate,
    monthComesFirst: Bool = false
  ) {
    self.columns = columns
    self.places = places
    self.today = today
    order = monthComesFirst ? .monthDayYear : .dayMonthYear
  }

  /// Whether one place lies in another.
  func holds(_ place: Identifier, _ other: Identifier) -> Bool {
    places.tree.path(from: other).contains { $0.id == place }
  }

  /// Whether a place lies in another and is there still: then the other says less, and nothing else.
  func isFiner(_ place: Identifier, than other: Identifier) -> Bool {
    place != other && places.tree.places[place]?.endedOn == nil && holds(other, place)
  }

  /// Whether rows may name a village, a Posyandu, or both.
  var tellsVillageAndPosyandu: Bool {
    columns.positions[.village] != nil && columns.positions[.posyandu] != nil
  }

  /// Of which household a row tells a place, and whether that is a village alone; nothing of a row
  /// that tells none, or cannot be read.
  func named(_ row: some TableRow) -> (key: HouseholdRow.Key, isCoarse: Bool)? {
    var cells = ListCells(row, columns, order: order)
    guard cells.isReadable, let number = cells.identifier(.familyCardNumber) else { return nil }
    let (village, posyandu) = (cells.text(.village), cells.text(.posyandu))
    if village.isEmpty && posyandu.isEmpty { return nil }
    return (HouseholdRowReader.key(of: number.text), posyandu.isEmpty)
  }

  /// By what a household is named whose card number stands so in a list.
  private static func key(of number: String) -> HouseholdRow.Key {
    NationalIdentityNumber(number.utf8) == nil ? .local(number) : .familyCard(number)
  }

  /// Reads a row. A place that the row leaves out is left out of what is read, too.
  public func read(_ row: some TableRow) -> ListReading<HouseholdRow> {
    var cells = ListCells(row, columns, order: order)
    var result: HouseholdRow?
    if cells.isReadable {
      var read = HouseholdRow(line: row.line, key: .local(""))
      readHousehold(&cells, into: &read)
      readPerson(&cells, into: &read)
      readHome(&cells, into: &read)
      if cells.problems.isEmpty { result = read }
    }
    return ListReading(row: result, problems: cells.problems, warnings: cells.warnings)
  }

  private typealias Cells<Row: TableRow> = ListCells<HouseholdField, Row>

  private func readHousehold(_ cells: inout Cells<some TableRow>, into read: inout HouseholdRow) {
    if let number = cells.identifier(.familyCardNumber) {
      if number.hasLostDigits {
        cells.refuse(.familyCardDigitsLost, .familyCardNumber, value: number.text)
      } else {
        read.key = HouseholdRowReader.key(of: number.text)
        switch read.key {
        case .familyCard: read.household.familyCardNumber = Array(number.text.utf8)
        case .local:
          read.household.localIdentifier = Array(number.text.utf8)
          cells.warn(.familyCardNotSixteenDigits, .familyCardNumber, value: number.text)
        }
      }
    } else if !cells.isBroken(.familyCardNumber) {
      cells.refuse(.missingValue, .familyCardNumber)
    }
    let units = readUnits(&cells)
    read.household.neighbourhood = Array(units.neighbourhood.utf8)
    read.household.communityUnit = Array(units.communityUnit.utf8)
    let address = [cells.text(.address), cells.text(.hamlet)].filter { !$0.isEmpty }
    read.household.address = Array(address.joined(separator: ", ").utf8)
    read.dwelling.water = cells.word(.water, among: HouseholdWords.water)
    read.dwelling.latrine = cells.word(.latrine, among: HouseholdWords.latrine)
    read.insurance = cells.word(.insurance, among: HouseholdWords.insurance)
  }

  private func readUnits(
    _ cells: inout Cells<some TableRow>
  ) -> (neighbourhood: String, communityUnit: String) {
    var neighbourhood = cells.text(.neighbourhood)
    var communityUnit = cells.text(.communityUnit)
    let both = cells.text(.neighbourhoodAndUnit).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if neighbourhood.isEmpty, let first = both.first { neighbourhood = String(first) }
    if communityUnit.isEmpty, both.count == 2 { communityUnit = String(both[1]) }
    return (ListText.unit(neighbourhood), ListText.unit(communityUnit))
  }

  private func readPerson(_ cells: inout Cells<some TableRow>, into read: inout HouseholdRow) {
    read.person.name = Array(cells.neededName(.name).utf8)
    read.person.motherName = Array(cells.name(.motherName).utf8)
    read.person.fatherName = Array(cells.name(.fatherName).utf8)
    read.person.telephone = Array(cells.telephone(.telephone).utf8)
    let sex = cells.needed(.sex)
    if !sex.isEmpty {
      read.person.sex = TextValues.sex(sex)
      if read.person.sex == nil { cells.refuse(.unknownSex, .sex, value: sex) }
    }
    let relation = cells.text(.relation)
    if !relation.isEmpty {
      read.residence.relation = HouseholdWords.relations[relation]
      if read.residence.relation == nil {
        cells.refuse(
          .unknownRelation, .relation, value: relation,
          details: ["known": HouseholdWords.relations.known])
      }
    }
    let number = cells.nationalIdentityNumber(.nationalIdentityNumber)
    readBirth(&cells, into: &read)
    if let number {
      read.person.nationalIdentityNumber = number.digits
      if number.digits == read.household.familyCardNumber {
        cells.warn(
          .identityNumberIsFamilyCard, .nationalIdentityNumber,
          value: String(decoding: number.digits, as: UTF8.self))
      } else {
        cells.compare(
          number, .nationalIdentityNumber, birthDate: read.person.birthDate, sex: read.person.sex)
      }
    }
    let dayField = birthField(cells)
    guard read.person.birthDate == nil, !cells.isBroken(dayField) else { return }
    if number != nil {
      cells.warn(.noBirthDate, dayField, value: "")
    } else if !cells.isBroken(.nationalIdentityNumber) {
      cells.refuse(.noIdentity, dayField)
    }
  }

  /// The column in which the day of birth stands.
  private func birthField(_ cells: Cells<some TableRow>) -> HouseholdField {
    cells.has(.birthDate) || !cells.has(.birth) ? .birthDate : .birth
  }

  private func readBirth(_ cells: inout Cells<some TableRow>, into read: inout HouseholdRow) {
    read.person.birthPlace = Array(cells.name(.birthPlace).utf8)
    var day = cells.day(.birthDate)
    let both = cells.text(.birth)
    if !both.isEmpty {
      // "Kuala Kapuas, 5 Agustus 2001": the day stands behind the last comma.
      let cut = both.lastIndex(of: ",").map { both.index(after: $0) } ?? both.startIndex
      let place = ListText.singleSpaced(String(both[..<cut].dropLast()))
      if read.person.birthPlace.isEmpty { read.person.birthPlace = Array(place.utf8) }
      if day == nil, !cells.isBroken(.birthDate) {
        let text = ListText.singleSpaced(String(both[cut...]))
        if !text.isEmpty { day = cells.day(text, .birth) }
      }
    }
    guard let day else { return }
    if day > today {
      let field = birthField(cells)
      cells.refuse(
        .dateInFuture, field, value: cells.text(field),
        details: ["today": DateText.iso(today)])
      return
    }
    read.person.birthDate = day
    read.person.birthDateCertainty = .exact
  }

  private func readHome(_ cells: inout Cells<some TableRow>, into read: inout HouseholdRow) {
    read.home = HouseholdRow.Home(
      village: cells.text(.village), subdistrict: cells.text(.subdistrict),
      puskesmas: cells.text(.puskesmas), posyandu: cells.text(.posyandu))
    let home = read.home
    let fields: [HouseholdField] = [.village, .subdistrict, .puskesmas, .posyandu]
    if home.isEmpty || fields.contains(where: cells.isBroken) { return }
    do throws(ListPlaces.Fault) {
      let place = try places.home(
        ListPlaces.Named(
          village: home.village, subdistrict: home.subdistrict, puskesmas: home.puskesmas,
          posyandu: home.posyandu))
      read.residence.place = place
      read.household.place = place
    } catch {
      cells.refuse(
        error.code, error.part == .posyandu ? .posyandu : .village, value: error.value,
        details: error.details)
    }
  }
}
