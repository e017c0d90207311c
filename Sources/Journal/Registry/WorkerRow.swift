import Foundation
import GRDB
import Health

/// A role that a worker has at a place.
public struct Assignment: Hashable, Sendable {
  /// The fact that gave it.
  public let fact: Identifier
  /// Since when.
  public let since: CivilDate
  /// The role, the place and the rest.
  public let body: AssignmentBody

  /// A role since a day.
  public init(fact: Identifier, since: CivilDate, body: AssignmentBody) {
    self.fact = fact
    self.since = since
    self.body = body
  }

  /// Whether it holds on a day.
  public func holds(on day: CivilDate) -> Bool {
    since <= day && body.until.map { day <= $0 } ?? true
  }
}

/// What a kader showed of one skill the last time it was looked at.
public struct SkillAssessment: Hashable, Sendable {
  /// Number in the national list.
  public let skill: UInt8
  /// Whether the kader showed it.
  public let isMastered: Bool
  /// When.
  public let shownOn: CivilDate
  /// The last day on which it counts, where one was set.
  public let until: CivilDate?
}

/// A worker with what stands: who, with which roles, with which skills.
public struct Worker: Hashable, Sendable {
  /// The subject of the worker's facts.
  public let id: Identifier
  /// What the latest fact says.
  public let body: WorkerBody
  /// The fact that says it.
  public let fact: Identifier
  /// All roles that were given and not taken back, whether they hold today or not.
  public let assignments: [Assignment]
  /// For each skill that was looked at, the last time.
  public let skills: [SkillAssessment]

  /// The name.
  public var name: String { String(decoding: body.name, as: UTF8.self) }

  /// What the facts of a worker give; nothing where none tells who it is.
  public init?(_ id: Identifier, _ facts: StandingSubject) throws {
    var latest: (WorkerBody, Identifier)?
    var assignments: [Assignment] = []
    var skills: [UInt8: SkillAssessment] = [:]
    try facts.forEach { entry in
      switch entry.kind {
      case .worker: latest = (try WorkerBody(entry.body), entry.id)
      case .assignment:
        assignments.append(
          Assignment(
            fact: entry.id, since: entry.occurredOn, body: try AssignmentBody(entry.body)))
      case .kaderSkill:
        let body = try KaderSkillBody(entry.body)
        skills[body.skill] = SkillAssessment(
          skill: body.skill, isMastered: body.isMastered, shownOn: entry.occurredOn,
          until: body.until)
      default: break
      }
    }
    guard let (body, fact) = latest else { return nil }
    self.id = id
    self.body = body
    self.fact = fact
    self.assignments = assignments
    self.skills = skills.values.sorted { $0.skill < $1.skill }
  }

  /// The worker with that id; nothing where nobody told of them.
  public static func fetch(_ id: Identifier, in db: Database) throws -> Worker? {
    try Worker(id, StandingSubject.fetch(id, in: db))
  }

  /// What finds the facts of all workers: those about them, and the withdrawals of whoever was ever
  /// told of. The table does not do for that: who was told of by mistake is in it no more.
  static let listing: [String] = {
    let own = ["kind BETWEEN 80 AND 95", "kind = 17"]
    let subjects = own.map { "SELECT subject FROM fact WHERE \($0)" }.joined(separator: " UNION ")
    let withdrawals = "\(PlaceRows.kinds) AND kind = 6 AND subject IN (\(subjects))"
    return (own + [withdrawals]).map { "SELECT \(FactRow.columns) FROM fact WHERE \($0)" }
  }()

  /// All workers; read in one go, since lists ask for all of them.
  public static func fetchAll(in db: Database) throws -> [Worker] {
    var timelines: [Identifier: Timeline] = [:]
    for query in listing {
      let statement = try BareStatement(query, in: db)
      try statement.forEach { row in
        if let fact = try FactRow.fact(row) {
          try timelines[fact.subject, default: Timeline()].insert(fact)
        }
        return true
      }
    }
    return try timelines.compactMap { try Worker($0.key, StandingSubject(timeline: $0.value)) }
  }

  /// Whether the worker still works on a day.
  public func isActive(on day: CivilDate) -> Bool { body.endedOn.map { day <= $0 } ?? true }

  /// Whether somebody may be given a code or a role on a day: who ended is let in no more, on the
  /// last day neither, since all that let in was taken away when the end was told.
  public func mayBeLetIn(on day: CivilDate) -> Bool { body.endedOn.map { day < $0 } ?? true }

  /// The user name as it is stored and compared: small letters without spaces around.
  public static func foldedUserName(_ name: some StringProtocol) -> String {
    name.trimmingCharacters(in: .whitespaces).lowercased()
  }
}

/// Workers, their roles and skills in and out of their tables.
enum WorkerRow {
  /// Writes what the worker's facts say.
  static func update(_ id: Identifier, in db: Database) throws {
    for table in ["assignment", "kader_skill"] {
      try db.cachedStatement(sql: "DELETE FROM \(table) WHERE worker = ?")
        .execute(arguments: [id.data])
    }
    guard let worker = try Worker.fetch(id, in: db) else {
      return try db.cachedStatement(sql: "DELETE FROM worker WHERE id = ?")
        .execute(arguments: [id.data])
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO worker (id, name, user_name, place, national_identity_number, ended_on)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, user_name = excluded.user_name,
          place = excluded.place, national_identity_number = excluded.national_identity_number,
          ended_on = excluded.ended_on
        """
    ).execute(arguments: StatementArguments([id.data] + values(of: worker)))
    for assignment in worker.assignments {
      try db.cachedStatement(
        sql: """
          INSERT INTO assignment
            (fact, worker, role, place, clusters, sensitive_matters, since, until)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: StatementArguments(values(of: assignment, worker: id)))
    }
    for skill in worker.skills {
      try db.cachedStatement(
        sql: """
          INSERT INTO kader_skill (worker, skill, is_mastered, shown_on, until)
          VALUES (?, ?, ?, ?, ?)
          """
      ).execute(arguments: StatementArguments(values(of: skill, worker: id)))
    }
  }

  private static func values(of worker: Worker) -> [(any DatabaseValueConvertible)?] {
    let body = worker.body
    return [
      worker.name,
      Worker.foldedUserName(String(decoding: body.userName, as: UTF8.self)), body.place?.data,
      String(decoding: body.nationalIdentityNumber, as: UTF8.self),
      body.endedOn.map { Int64($0.dayNumber) },
    ]
  }

  private static func values(
    of assignment: Assignment, worker: Identifier
  ) -> [(any DatabaseValueConvertible)?] {
    let body = assignment.body
    return [
      assignment.fact.data, worker.data, Int64(body.role.rawValue), body.place.data,
      Int64(body.clusters.rawValue), Int64(body.sensitiveMatters.rawValue),
      Int64(assignment.since.dayNumber), body.until.map { Int64($0.dayNumber) },
    ]
  }

  private static func values(
    of skill: SkillAssessment, worker: Identifier
  ) -> [(any DatabaseValueConvertible)?] {
    [
      worker.data, Int64(skill.skill), skill.isMastered ? 1 : 0, Int64(skill.shownOn.dayNumber),
      skill.until.map { Int64($0.dayNumber) },
    ]
  }

  /// The stored rows of a worker, the worker's own first.
  private static func stored(_ id: Identifier, in db: Database) throws -> [[DatabaseValue]] {
    let statements = [
      "SELECT name, user_name, place, national_identity_number, ended_on FROM worker WHERE id = ?",
      """
      SELECT fact, worker, role, place, clusters, sensitive_matters, since, until FROM assignment
      WHERE worker = ? ORDER BY fact
      """,
      """
      SELECT worker, skill, is_mastered, shown_on, until FROM kader_skill
      WHERE worker = ? ORDER BY skill
      """,
    ]
    return try statements.flatMap { sql in
      try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id.data])
        .map { Array($0.databaseValues) }
    }
  }

  fileprivate static func isStored(_ worker: Worker, in db: Database) throws -> Bool {
    let rows =
      [values(of: worker)]
      + worker.assignments.sorted { $0.fact < $1.fact }.map { values(of: $0, worker: worker.id) }
      + worker.skills.map { values(of: $0, worker: worker.id) }
    return try stored(worker.id, in: db) == rows.map { $0.map { $0?.databaseValue ?? .null } }
  }
}

extension Worker {
  /// Whether the tables hold what this says.
  public func isStored(in db: Database) throws -> Bool { try WorkerRow.isStored(self, in: db) }

  /// A stored worker who is none of these.
  public static func firstStored(
    except known: Set<Identifier>, in db: Database
  ) throws -> Identifier? {
    try FactRow.firstSubject(in: "worker", except: known, in: db)
  }
}
