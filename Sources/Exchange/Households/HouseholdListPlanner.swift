import Health
import Journal

/// Compares the rows of a list of households, one by one, with what is known and with each other.
///
/// A row's empty columns tell nothing: what is known stays. Of a household the first row that tells
/// something counts; a later row that tells otherwise is noticed. A row that leaves out the place
/// lives where its household lives; one that names the village alone, in the Posyandu of it that
/// another row of the household names, or the register.
public struct HouseholdListPlanner<Known: KnownHouseholds> {
  /// How many rows there were of each outcome.
  public private(set) var counts: [ListOutcome: Int] = [:]
  /// How many households are new.
  public private(set) var newHouseholds = 0

  /// What is known; looked up anew where it is replaced by a later state of the same register.
  var known: Known
  private let reader: HouseholdRowReader
  private let identities: ListIdentities?
  private let reach: ListReach
  /// What later rows tell more exactly; see ``lookAhead(in:)``.
  private var finer = FinerPlaces()
  private var households: [HouseholdRow.Key: ListedHousehold] = [:]
  private var lineOfNumber: [UInt64: Int32] = [:]
  private var lineOfPerson: [Identifier: (line: Int32, hasNumber: Bool)] = [:]
  private var lineOfKnown: [Identifier: Int32] = [:]

  /// Begins with nothing read.
  ///
  /// - Parameters:
  ///   - identities: names those whom the list makes known; without it they have no names yet.
  ///   - reach: where the list may tell of anybody.
  public init(
    reader: HouseholdRowReader, known: Known, identities: ListIdentities? = nil,
    reach: ListReach = .everything
  ) {
    self.reader = reader
    self.known = known
    self.identities = identities
    self.reach = reach
  }

  /// Whether later rows may tell more exactly than earlier ones where a household lives.
  var needsToLookAhead: Bool { reader.tellsVillageAndPosyandu }

  /// Learns which households a later row of the list puts into a Posyandu of the village that an
  /// earlier one names. To be called before the first row is planned.
  ///
  /// - Parameter table: the same list, of which nothing was read yet.
  /// - Throws: what the table throws.
  public mutating func lookAhead(in table: some TableReader) throws {
    finer = try FinerPlaces(in: table, reader)
  }

  /// Lines of the first member of each new household that names no head of the family.
  public var householdsWithoutHead: [Int] {
    households.values.filter { $0.known == nil && $0.headLine == nil }.map(\.line).sorted()
  }

  /// Reads the next row and compares it. A row that is refused leaves no trace: a later row with its
  /// NIK may be the right one.
  ///
  /// - Throws: what the lookup of what is known throws.
  public mutating func plan(_ row: some TableRow) throws -> PlannedHouseholdRow {
    let reading = reader.read(row)
    guard let read = reading.row else {
      return count(
        PlannedHouseholdRow(
          line: row.line, outcome: .refused, changes: [], problems: reading.problems,
          warnings: reading.warnings, member: nil))
    }
    var remarks = Remarks(row, reader.columns, warnings: reading.warnings)
    guard let planned = try plan(read, &remarks) else {
      return count(
        PlannedHouseholdRow(
          line: row.line, outcome: .refused, changes: [], problems: remarks.problems,
          warnings: remarks.warnings, member: nil))
    }
    let outcome: ListOutcome =
      planned.member.knownPerson == nil ? .new : planned.member.isAnything ? .changed : .same
    return count(
      PlannedHouseholdRow(
        line: row.line, outcome: outcome, changes: planned.changes, problems: [],
        warnings: remarks.warnings, member: planned.member, seen: planned.seen))
  }

  private typealias Remarks = ListRemarks<HouseholdField>

  private mutating func count(_ row: PlannedHouseholdRow) -> PlannedHouseholdRow {
    counts[row.outcome, default: 0] += 1
    return row
  }

  /// What a sound row would do; nothing where it does not fit to what is known or to other rows.
  private mutating func plan(
    _ read: HouseholdRow, _ remarks: inout Remarks
  ) throws -> (member: PlannedMember, changes: [ListChange], seen: [Identifier])? {
    var read = read
    checkRepetition(read, &remarks)
    guard var household = try household(of: read, &remarks) else { return nil }
    place(&read, in: household, &remarks)
    checkReach(read, household, &remarks)
    guard remarks.problems.isEmpty,
      case .found(let person) = try person(for: read, in: household, &remarks)
    else { return nil }
    if let told = read.residence.place, let known = person?.residence, let place = known.place,
      household.known != nil, known.household == household.known,
      reader.isFiner(place, than: told)
    {
      read.residence.place = place
    }
    let told = read
    // A family has one head: how a second one stands to the first is to be asked.
    if household.namesSecondHead(read) { read.residence.relation = nil }
    var changes = ListChanges()
    var member = PlannedMember(
      row: read, knownPerson: person?.id, knownHousehold: household.known)
    if person?.isDead == true {
      remarks.warn(.recordedAsDead, .name, value: String(decoding: read.person.name, as: UTF8.self))
    }
    if person == nil { try warnOfAlike(read, in: household, &remarks) }
    member.personId = person?.id ?? identities?.person(read)
    member.householdId = household.id
    member.person = changes.person(read.person, over: person?.person)
    member.residence = changes.residence(
      read.residence, over: person?.residence, isKnown: person != nil,
      household: household)
    member.insurance = changes.insurance(
      read.insurance, over: person?.insurance, isKnown: person != nil, on: reader.today)
    household.take(told, into: &member, &changes, &remarks)
    if member.household != nil, let id = household.id {
      household.fact = identities?.fact(.household, id, line: read.line)
    }
    households[read.key] = household
    if household.line == read.line, household.known == nil { newHouseholds += 1 }
    remember(read, member.personId ?? person?.id)
    return (member, changes.list, (person?.facts ?? []) + household.facts)
  }

  /// Warns where the household has somebody of that day of birth whose name has a word more or less:
  /// the row would make a second record of one person.
  private func warnOfAlike(
    _ read: HouseholdRow, in household: ListedHousehold, _ remarks: inout Remarks
  ) throws {
    guard let id = household.known, let born = read.person.birthDate else { return }
    let names = NameReader()
    let name = NameKeys(names.name(read.person.name))
    let number = read.person.nationalIdentityNumber
    let isAlike = try known.members(of: id, born: born).contains { member in
      // With another NIK it is another person.
      (number.isEmpty || member.person.nationalIdentityNumber.isEmpty)
        && (member.person.sex == nil || member.person.sex == read.person.sex)
        && isWithinReach(member)
        && NameKeys(names.name(member.person.name)).agreement(with: name) != .different
    }
    if isAlike {
      remarks.warn(.perhapsKnown, .name, value: String(decoding: read.person.name, as: UTF8.self))
    }
  }

  /// Refuses who lives, or whose household lies, where the list may tell of nobody. What is known of
  /// them is not told.
  private func checkReach(
    _ read: HouseholdRow, _ household: ListedHousehold, _ remarks: inout Remarks
  ) {
    if household.known != nil, let place = household.knownPlace, !reach.covers(place) {
      remarks.refuse(
        .householdElsewhere, .familyCardNumber, value: remarks.text(.familyCardNumber))
    } else if let place = read.residence.place, !reach.covers(place) {
      remarks.refuse(
        .outsideArea, read.home.posyandu.isEmpty ? .village : .posyandu,
        value: read.home.posyandu.isEmpty ? read.home.village : read.home.posyandu)
    }
  }

  /// Whether somebody may be told of: nobody knows where they live, or they live where the list is
  /// for.
  private func isWithinReach(_ person: KnownPerson) -> Bool {
    !person.isHidden && (person.residence?.place.map(reach.covers) ?? true)
  }

  /// Whether an earlier row told of the same person. Two people of one name and day of birth in one
  /// household have two NIK.
  private func checkRepetition(_ read: HouseholdRow, _ remarks: inout Remarks) {
    let number = NationalIdentityNumber(read.person.nationalIdentityNumber)
    if let number, let line = lineOfNumber[number.number] {
      remarks.refuse(
        .duplicateIdentityNumber, .nationalIdentityNumber,
        value: String(decoding: number.digits, as: UTF8.self), details: ["line": String(line)])
    } else if let earlier = lineOfPerson[ListedPerson.digest(read)],
      number == nil || !earlier.hasNumber
    {
      remarks.refuse(
        .repeatedRow, .name, value: String(decoding: read.person.name, as: UTF8.self),
        details: ["line": String(earlier.line)])
    }
  }

  private mutating func remember(_ read: HouseholdRow, _ person: Identifier?) {
    let number = NationalIdentityNumber(read.person.nationalIdentityNumber)
    let line = Int32(clamping: read.line)
    if let number { lineOfNumber[number.number] = line }
    lineOfPerson[ListedPerson.digest(read)] = (line, number != nil)
    if let person { lineOfKnown[person] = line }
  }

  /// The household as this list and the register know it so far; nothing where the register has
  /// several of that number.
  private func household(
    of read: HouseholdRow, _ remarks: inout Remarks
  ) throws -> ListedHousehold? {
    if let household = households[read.key] { return household }
    let found = try known.households(read.key)
    guard found.count <= 1 else {
      remarks.refuse(
        .ambiguousHousehold, .familyCardNumber, value: remarks.text(.familyCardNumber),
        details: ["count": String(found.count)])
      return nil
    }
    var known = found.first
    // Whom an earlier row put into another household heads this one no longer.
    if let head = known?.head, lineOfKnown[head] != nil { known?.head = nil }
    return ListedHousehold(
      firstRow: read, known: known, newId: identities?.household(read.key, line: read.line))
  }

  /// Puts a row without a place where its household lives, and refuses one that lives elsewhere
  /// than an earlier row of the household.
  private func place(
    _ read: inout HouseholdRow, in household: ListedHousehold, _ remarks: inout Remarks
  ) {
    if household.placeLine == nil, let later = finer[read.key],
      let place = read.residence.place ?? household.body.place, reader.holds(place, later.place)
    {
      read.residence.place = later.place
      read.household.place = later.place
      return
    }
    // Nor does a village take anybody out of a Posyandu in it.
    if household.placeLine == nil, let place = read.residence.place,
      let finer = household.knownPlace, reader.isFiner(finer, than: place)
    {
      read.residence.place = finer
      read.household.place = finer
      return
    }
    if let place = read.residence.place {
      if let line = household.placeLine, let other = household.body.place, other != place {
        // A village named beside a Posyandu in it says no other place, only less.
        if reader.holds(place, other) {
          read.residence.place = other
          read.household.place = other
          return
        }
        remarks.refuse(
          .otherPlace, read.home.posyandu.isEmpty ? .village : .posyandu,
          value: read.home.posyandu.isEmpty ? read.home.village : read.home.posyandu,
          details: ["line": String(lineNaming(other, for: read.key) ?? line)])
      }
      return
    }
    guard let place = household.body.place else {
      remarks.refuse(.missingValue, .village)
      return
    }
    read.residence.place = place
    read.household.place = place
  }

  /// The line of the list that names a place more exactly than the household's first row.
  private func lineNaming(_ place: Identifier, for key: HouseholdRow.Key) -> Int? {
    finer[key].flatMap { $0.place == place ? Int($0.line) : nil }
  }

  /// Looks for the row's person in the register.
  private func person(
    for read: HouseholdRow, in household: ListedHousehold, _ remarks: inout Remarks
  ) throws -> FoundPerson {
    let number = String(decoding: read.person.nationalIdentityNumber, as: UTF8.self)
    let name = PersonSummary.key(of: String(decoding: read.person.name, as: UTF8.self))
    var found: [KnownPerson] = []
    if !number.isEmpty {
      found = try known.persons(withNationalIdentityNumber: number)
      if !found.allSatisfy(isWithinReach) {
        remarks.refuse(.personElsewhere, .nationalIdentityNumber, value: number)
        return .untold
      }
      if let only = found.first, found.count == 1, isSomebodyElse(only.person, read, name) {
        // Whose it is is not said: a list of numbers would be told the names to them.
        remarks.refuse(.otherPerson, .nationalIdentityNumber, value: number)
        return .untold
      }
    }
    if found.isEmpty, let birth = read.person.birthDate {
      found = try known.persons(named: name, born: birth).filter { person in
        // Somebody with another NIK is another person of that name; so is one of the other sex, and
        // one whom an earlier row tells of with whom it does not live.
        (number.isEmpty || person.person.nationalIdentityNumber.isEmpty)
          && (person.person.sex == nil || person.person.sex == read.person.sex)
          && isWithinReach(person) && !isListed(person, outside: household)
      }
      if found.count > 1, let id = household.known {
        let members = found.filter { $0.residence?.household == id }
        if members.count == 1 { found = members }
      }
    }
    guard found.count <= 1 else {
      remarks.refuse(
        .ambiguousPerson, number.isEmpty ? .name : .nationalIdentityNumber,
        value: number.isEmpty ? String(decoding: read.person.name, as: UTF8.self) : number,
        details: ["count": String(found.count)])
      return .untold
    }
    if let person = found.first, let line = lineOfKnown[person.id] {
      remarks.refuse(
        .repeatedRow, .name, value: String(decoding: read.person.name, as: UTF8.self),
        details: ["line": String(line)])
      return .untold
    }
    return .found(found.first)
  }

  /// Whether an earlier row, of another household, told of a person: whether that row was written
  /// already must not matter.
  private func isListed(_ person: KnownPerson, outside household: ListedHousehold) -> Bool {
    lineOfKnown[person.id] != nil
      && (household.id == nil || person.residence?.household != household.id)
  }

  /// Whether a NIK leads to somebody of another name who was born on another day: then one of the
  /// two numbers is wrong, and taking the row would make one person of two.
  private func isSomebodyElse(_ known: PersonBody, _ read: HouseholdRow, _ name: String) -> Bool {
    guard let knownBirth = known.birthDate, let birth = read.person.birthDate else { return false }
    return knownBirth != birth
      && PersonSummary.key(of: String(decoding: known.name, as: UTF8.self)) != name
  }
}

/// Whether the register knows a row's person.
private enum FoundPerson {
  /// This one, or nobody: then the person is new.
  case found(KnownPerson?)
  /// That cannot be told; the reason was.
  case untold
}

/// By what two rows without a NIK tell of the same member of one household: a digest of household,
/// name, birth and sex, for a list may have half a million members.
private enum ListedPerson {
  static func digest(_ read: HouseholdRow) -> Identifier {
    var writer = ByteWriter(capacity: 96)
    switch read.key {
    case .familyCard(let number): writer.raw(Array("1\(number)".utf8))
    case .local(let number): writer.raw(Array("2\(number)".utf8))
    }
    writer.byte(0)
    writer.raw(
      Array(PersonSummary.key(of: String(decoding: read.person.name, as: UTF8.self)).utf8))
    writer.byte(0)
    writer.signed(Int64(read.person.birthDate?.dayNumber ?? .min))
    writer.byte(read.person.sex?.rawValue ?? 0)
    return Identifier.ofContent("listed-person", writer.bytes)
  }
}
