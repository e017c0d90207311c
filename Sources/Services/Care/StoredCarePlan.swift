import GRDB
import Guidance
import Health
import Journal
import Programmes

/// A care plan in its table.
struct StoredCarePlan {
  /// By which guidelines.
  let edition: Int64
  /// The day that it was worked out for.
  let asOf: CivilDate
  /// The first later day on which it can be another; nothing where there is none.
  let holdsUntil: CivilDate?
  /// The packed plan.
  let bytes: [UInt8]

  /// Whether it says what guidelines of that edition say on a day.
  func holds(on day: CivilDate, in edition: CareEdition) -> Bool {
    self.edition == edition.number && asOf <= day && holdsUntil.map { day < $0 } ?? true
  }

  init(_ plan: CarePlan, in edition: CareEdition) {
    self.edition = edition.number
    asOf = plan.day
    holdsUntil = plan.holdsUntil == Evaluation.never ? nil : plan.holdsUntil
    bytes = PackedCarePlan.pack(plan)
  }

  /// The columns from the first one on: edition, as_of, holds_until, bytes.
  init(_ row: BareRow, from first: Int32 = 0) {
    edition = row.integer(first)
    asOf = CivilDate(dayNumber: Int32(clamping: row.integer(first + 1)))
    holdsUntil =
      row.isNull(first + 2) ? nil : CivilDate(dayNumber: Int32(clamping: row.integer(first + 2)))
    bytes = [UInt8](row.bytes(first + 3))
  }

  static func fetch(_ person: Int64, in db: Database) throws -> StoredCarePlan? {
    let statement = try BareStatement(
      "SELECT edition, as_of, holds_until, bytes FROM care_plan WHERE person = ?", in: db)
    statement.bind(person, at: 1)
    return try statement.first { StoredCarePlan($0) }
  }

  func store(_ person: Int64, in db: Database) throws {
    let statement = try BareStatement(
      """
      INSERT INTO care_plan (person, edition, as_of, holds_until, bytes) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (person) DO UPDATE SET edition = excluded.edition, as_of = excluded.as_of,
        holds_until = excluded.holds_until, bytes = excluded.bytes
      """, in: db)
    statement.bind(person, at: 1)
    statement.bind(edition, at: 2)
    statement.bind(Int64(asOf.dayNumber), at: 3)
    statement.bind(holdsUntil.map { Int64($0.dayNumber) }, at: 4)
    statement.bind(bytes, at: 5)
    try statement.execute()
  }

  /// The plan that was packed.
  func plan() throws -> CarePlan {
    try bytes.withUnsafeBufferPointer { buffer in
      try PackedCarePlan.unpack(buffer) { instrument, number in
        CareBook.motherAndChild.instruments[instrument]?.band(number)
      }
    }
  }
}
