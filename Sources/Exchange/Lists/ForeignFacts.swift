import GRDB
import Health
import Journal

/// What others wrote between looking at rows and writing them.
struct ForeignFacts {
  private var subjects: Set<Identifier> = []
  private var claims: Set<ListClaim> = []

  /// Facts behind a sequence number that are not of the batch itself.
  init(after last: Int64, except batch: Identifier, in db: Database) throws {
    try FactRow.forEach(from: last + 1, in: db) { row in
      guard let fact = try FactRow.fact(row), fact.device != batch else { return true }
      subjects.insert(fact.subject)
      try fact.body.withUnsafeBufferPointer { bytes in
        switch fact.kind {
        case .person: note(try PersonBody(bytes))
        case .household: note(try HouseholdBody(bytes))
        case .worker: note(try WorkerBody(bytes))
        case .merge: subjects.insert(try SamenessBody(bytes).other)
        default: break
        }
      }
      return true
    }
  }

  private mutating func note(_ body: PersonBody) {
    let number = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.insert(.number(number)) }
    if let birth = body.birthDate {
      let key = PersonSummary.key(of: String(decoding: body.name, as: UTF8.self))
      claims.insert(.birth(key, birth))
    }
  }

  private mutating func note(_ body: HouseholdBody) {
    let card = String(decoding: body.familyCardNumber, as: UTF8.self)
    if !card.isEmpty { claims.insert(.familyCard(card)) }
    let local = String(decoding: body.localIdentifier, as: UTF8.self)
    if !local.isEmpty { claims.insert(.localHousehold(local)) }
  }

  private mutating func note(_ body: WorkerBody) {
    let number = String(decoding: body.nationalIdentityNumber, as: UTF8.self)
    if !number.isEmpty { claims.insert(.number(number)) }
    claims.insert(.worker(PersonSummary.key(of: String(decoding: body.name, as: UTF8.self))))
    let user = Worker.foldedUserName(String(decoding: body.userName, as: UTF8.self))
    if !user.isEmpty { claims.insert(.userName(user)) }
  }

  /// Whether a row that brings something tells of the same people.
  func concern(_ row: ListedRow) -> Bool {
    !row.facts.isEmpty
      && (row.subjects.contains { subjects.contains($0) }
        || row.claims.contains { claims.contains($0) })
  }
}
