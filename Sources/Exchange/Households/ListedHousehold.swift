import Health

/// A household while its rows are read: what the register knows, with what the list told so far.
struct ListedHousehold {
  /// The line of its first row.
  let line: Int
  /// The household in the register.
  let known: Identifier?
  /// The household, known or new; nothing where nobody told how to name new ones.
  let id: Identifier?
  /// Where the register has it.
  let knownPlace: Identifier?
  /// Who heads it by the register before the list told of it.
  private let knownHead: Identifier?
  /// The facts that the register has of it.
  let facts: [Identifier]
  /// The fact that a further change corrects.
  var fact: Identifier?
  private(set) var body: HouseholdBody
  private(set) var dwelling: DwellingBody
  /// The line that told the place.
  private(set) var placeLine: Int?
  /// The line that named the head.
  private(set) var headLine: Int?
  /// The line that told each of the others, by ``Detail``; 0 where none did. Lists have a hundred
  /// thousand households: a table for each would take most of the memory.
  private var detailLines: InlineArray<5, Int32> = .init(repeating: 0)

  private enum Detail: Int { case neighbourhood, communityUnit, address, water, latrine }

  /// The line that told of something; nothing where none did.
  private func line(of detail: Detail) -> Int? {
    detailLines[detail.rawValue] == 0 ? nil : Int(detailLines[detail.rawValue])
  }

  init(firstRow read: HouseholdRow, known: KnownHousehold?, newId: Identifier?) {
    line = read.line
    self.known = known?.id
    id = known?.id ?? newId
    knownPlace = known?.household.place
    knownHead = known?.head ?? known?.household.head
    fact = known?.fact
    facts = [known?.fact, known?.dwellingFact].compactMap(\.self)
    body = known?.household ?? HouseholdBody()
    if known == nil {
      body.familyCardNumber = read.household.familyCardNumber
      body.localIdentifier = read.household.localIdentifier
    }
    dwelling = known?.dwelling ?? DwellingBody()
  }

  /// How the list calls it.
  var name: String {
    String(
      decoding: body.familyCardNumber.isEmpty ? body.localIdentifier : body.familyCardNumber,
      as: UTF8.self)
  }

  /// Takes what a row tells of the household, where no earlier row told it.
  mutating func take(
    _ read: HouseholdRow, into member: inout PlannedMember,
    _ changes: inout ListChanges, _ remarks: inout ListRemarks<HouseholdField>
  ) {
    let isKnown = known != nil
    let before = (body: body, dwelling: dwelling)
    if placeLine == nil, let place = read.household.place, !read.home.isEmpty || body.place == nil {
      placeLine = read.line
      if isKnown {
        changes.note(.householdPlace, body.place.map { .place($0) }, .place(place))
      }
      body.place = place
    }
    takeHead(read, into: &member, &changes, &remarks)
    takeText(\.neighbourhood, .neighbourhood, .neighbourhood, read, &changes, &remarks)
    takeText(\.communityUnit, .communityUnit, .communityUnit, read, &changes, &remarks)
    takeText(\.address, .address, .address, read, &changes, &remarks)
    takeCode(\.water, .water, .water, read, &changes, &remarks) { .water($0) }
    takeCode(\.latrine, .latrine, .latrine, read, &changes, &remarks) { .latrine($0) }
    if body != before.body || (!isKnown && line == read.line) || member.becomesHead {
      member.household = body
      member.replacedHousehold = fact
    }
    if dwelling != before.dwelling { member.dwelling = dwelling }
  }

  /// Whether a row names a head of the family after another row did.
  func namesSecondHead(_ read: HouseholdRow) -> Bool {
    headLine != nil && read.residence.relation == .head
  }

  private mutating func takeHead(
    _ read: HouseholdRow, into member: inout PlannedMember,
    _ changes: inout ListChanges, _ remarks: inout ListRemarks<HouseholdField>
  ) {
    guard read.residence.relation == .head else { return }
    if namesSecondHead(read), let headLine {
      remarks.warn(
        .secondHead, .relation, value: String(decoding: read.person.name, as: UTF8.self),
        details: ["line": String(headLine)])
      return
    }
    headLine = read.line
    let person = member.personId ?? member.knownPerson
    let isNamed = person != nil && body.head == person
    let former = knownHead == person ? nil : knownHead
    if former != nil {
      remarks.warn(.otherHead, .relation, value: String(decoding: read.person.name, as: UTF8.self))
    }
    if known != nil, former != nil || !isNamed {
      changes.note(
        .head, former.map { .person($0) },
        member.knownPerson.map { .person($0) }
          ?? .new(String(decoding: read.person.name, as: UTF8.self)))
    }
    // Who is named already and comes back needs no fact to be named again.
    guard !isNamed else { return }
    member.becomesHead = true
    body.head = person
  }

  private mutating func takeText(
    _ path: WritableKeyPath<HouseholdBody, [UInt8]>, _ detail: Detail, _ field: HouseholdField,
    _ read: HouseholdRow, _ changes: inout ListChanges,
    _ remarks: inout ListRemarks<HouseholdField>
  ) {
    let told = read.household[keyPath: path]
    let held = body[keyPath: path]
    guard !told.isEmpty else { return }
    if let line = line(of: detail) {
      if told != held { remarks.differs(field, String(decoding: told, as: UTF8.self), line) }
      return
    }
    detailLines[detail.rawValue] = Int32(clamping: read.line)
    if told == held { return }
    if known != nil {
      changes.note(attribute(detail), ListChanges.text(held), ListChanges.text(told))
    }
    body[keyPath: path] = told
  }

  private mutating func takeCode<Code: Hashable>(
    _ path: WritableKeyPath<DwellingBody, Code?>, _ detail: Detail, _ field: HouseholdField,
    _ read: HouseholdRow, _ changes: inout ListChanges,
    _ remarks: inout ListRemarks<HouseholdField>, _ value: (Code) -> ListChange.Value
  ) {
    guard let told = read.dwelling[keyPath: path] else { return }
    let held = dwelling[keyPath: path]
    if let line = line(of: detail) {
      if told != held { remarks.differs(field, remarks.text(field), line) }
      return
    }
    detailLines[detail.rawValue] = Int32(clamping: read.line)
    if told == held { return }
    if known != nil { changes.note(attribute(detail), held.map(value), value(told)) }
    dwelling[keyPath: path] = told
  }

  private func attribute(_ detail: Detail) -> ListChange.Attribute {
    switch detail {
    case .neighbourhood: .neighbourhood
    case .communityUnit: .communityUnit
    case .address: .address
    case .water: .water
    case .latrine: .latrine
    }
  }
}

/// Collects what a row changes of what is known.
struct ListChanges {
  private(set) var list: [ListChange] = []

  static func text(_ bytes: [UInt8]) -> ListChange.Value {
    bytes.isEmpty ? .nothing : .text(String(decoding: bytes, as: UTF8.self))
  }

  /// Notes a change, where it is one.
  mutating func note(
    _ attribute: ListChange.Attribute, _ old: ListChange.Value?, _ new: ListChange.Value
  ) {
    let old = old ?? .nothing
    if old != new { list.append(ListChange(attribute: attribute, old: old, new: new)) }
  }

  /// What is known of a person, with what a row tells in its place; nothing where that is the same.
  mutating func person(_ told: PersonBody, over known: PersonBody?) -> PersonBody? {
    guard let known else { return told }
    var result = known
    let texts: [(WritableKeyPath<PersonBody, [UInt8]>, ListChange.Attribute)] = [
      (\.name, .name), (\.nationalIdentityNumber, .nationalIdentityNumber),
      (\.birthPlace, .birthPlace), (\.motherName, .motherName), (\.fatherName, .fatherName),
      (\.telephone, .telephone),
    ]
    for (path, attribute) in texts where !told[keyPath: path].isEmpty {
      note(
        attribute, ListChanges.text(known[keyPath: path]), ListChanges.text(told[keyPath: path]))
      result[keyPath: path] = told[keyPath: path]
    }
    if !told.nationalIdentityNumber.isEmpty { result.toldIdentityNumber = [] }
    if let sex = told.sex {
      note(.sex, known.sex.map { .sex($0) }, .sex(sex))
      result.sex = sex
    }
    if let birth = told.birthDate {
      note(.birthDate, known.birthDate.map { .day($0) }, .day(birth))
      result.birthDate = birth
      result.birthDateCertainty = told.birthDateCertainty
    }
    return result == known ? nil : result
  }

  /// How a person is insured by a row; nothing where that is known and has not ended. Of a new
  /// person nothing is noted.
  mutating func insurance(
    _ told: InsuranceKind?, over known: InsuranceBody?, isKnown: Bool, on today: CivilDate
  ) -> InsuranceBody? {
    guard let told else { return nil }
    if let known, known.kind == told, known.until.map({ today <= $0 }) ?? true { return nil }
    if isKnown {
      let hasEnded = known?.until.map { $0 < today } ?? false
      note(.insurance, hasEnded ? nil : known.map { .insurance($0.kind) }, .insurance(told))
    }
    // The number of JKN stays a person's own, also where it had ended.
    let keepsNumber = told.isNational && known?.kind.isNational == true
    return InsuranceBody(kind: told, number: keepsNumber ? known?.number ?? [] : [])
  }

  /// Where a person lives by a row; nothing where that is known. Of a new person nothing is noted.
  mutating func residence(
    _ told: ResidenceBody, over known: ResidenceBody?, isKnown: Bool, household: ListedHousehold
  ) -> ResidenceBody? {
    var result = known ?? ResidenceBody(place: nil)
    result.place = told.place
    result.household = household.id
    result.relation =
      told.relation ?? (result.household == known?.household ? known?.relation : nil)
    // Why and from where somebody came tells of the home before.
    if result.place != known?.place || result.household != known?.household {
      result.reason = nil
      result.cameFrom = []
      result.isTemporary = false
    }
    if result == known, household.known != nil { return nil }
    guard isKnown else { return result }
    if let place = result.place { note(.place, known?.place.map { .place($0) }, .place(place)) }
    note(
      .household, known?.household.map { .household($0) },
      household.known.map { .household($0) } ?? .new(household.name))
    if let relation = result.relation {
      note(.relation, known?.relation.map { .relation($0) }, .relation(relation))
    }
    return result
  }
}
