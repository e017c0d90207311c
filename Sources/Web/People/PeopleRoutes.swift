import Health
import Hummingbird
import Journal
import Services

extension WebServer {
  func addPeople(to routes: inout Routes) {
    routes.get("/people/new") { visit, _ in
      try visit.respond(RegisterPage(visit).rendering())
    }
    routes.post("/people") { visit, form, _ in try await visit.register(form) }
    routes.get("/people/{id}") { visit, context in
      let record = try visit.person(try context.identifier("id"))
      return try visit.respond(PersonPage(visit, record: record).rendering())
    }
    routes.get("/people/{id}/history") { visit, context in
      let record = try visit.person(try context.identifier("id"))
      return try visit.respond(HistoryPage(visit, record: record).rendering())
    }
    routes.get("/people/{id}/edit") { visit, context in
      let record = try visit.person(try context.identifier("id"))
      try visit.requireCorrection(of: record)
      return try visit.respond(EditPage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/edit") { visit, form, context in
      let record = try visit.person(try context.identifier("id"))
      try visit.requireCorrection(of: record)
      return try await visit.correct(record, form)
    }
    routes.get("/people/{id}/move") { visit, context in
      let id = try context.identifier("id")
      if let moved = try MovedPage(visit, person: id) {
        return try visit.respond(moved.rendering())
      }
      return try visit.respond(MovePage(visit, person: id).rendering())
    }
    routes.post("/people/{id}/move") { visit, form, context in
      try await visit.move(try context.identifier("id"), form)
    }
    routes.get("/people/{id}/death") { visit, context in
      try visit.respond(DeathPage(visit, person: try context.identifier("id")).rendering())
    }
    routes.post("/people/{id}/death") { visit, form, context in
      try await visit.recordDeath(try context.identifier("id"), form)
    }
    routes.get("/people/{id}/marriage") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .movePerson)
      return try visit.respond(MarriagePage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/marriage") { visit, form, context in
      try await visit.marry(try context.identifier("id"), form)
    }
    routes.get("/people/{id}/same") { visit, context in
      let record = try visit.person(try context.identifier("id"), for: .decideMerge)
      return try visit.respond(SamePage(visit, record: record).rendering())
    }
    routes.post("/people/{id}/same") { visit, form, context in
      try await visit.decide(try context.identifier("id"), form)
    }
    routes.post("/people/{id}/facilities/{place}/end") { visit, _, context in
      try await visit.endTie(
        of: try context.identifier("id"), to: try context.identifier("place"))
    }
    routes.get("/families") { visit, _ in try visit.respond(FamiliesPage(visit).rendering()) }
    routes.sheet("/families") { visit, _ in
      try FamiliesPage(visit, for: .exportNames).spreadsheet()
    }
    routes.get("/duplicates") { visit, _ in
      try visit.respond(try await visit.duplicates().rendering())
    }
    routes.sheet("/duplicates") { visit, _ in
      let place = try visit.query.place(in: visit.tree)
      if let place { _ = try visit.place(place.id, for: .exportNames) }
      return try await visit.duplicates().spreadsheet()
    }
    routes.post("/duplicates") { visit, form, _ in try visit.scanDuplicates(form) }
    routes.get("/families/{id}") { visit, context in
      guard
        let family = try visit.district.family(try context.identifier("id"), on: visit.today)
      else { throw PageProblem.notFound }
      return try visit.respond(FamilyPage(visit, family: family).rendering())
    }
    routes.get("/families/{id}/edit") { visit, context in
      let id = try context.identifier("id")
      return try visit.respond(FamilyEditPage(visit, household: id).rendering())
    }
    routes.post("/families/{id}/edit") { visit, form, context in
      try await visit.changeFamily(try context.identifier("id"), form)
    }
  }
}

extension Visit {
  /// Writes the facts of one act, has the log vouch for them, and goes on to a page.
  ///
  /// - Returns: nothing where somebody else changed the same thing since the page was opened.
  func write(
    _ facts: [Fact], correcting corrections: [Identifier] = [],
    provided conditions: [Condition] = [], action: Action, route: String, subjects: [Identifier]
  ) async throws -> Bool {
    let results: [Acceptance]
    do {
      results = try await district.record(
        facts, correcting: corrections, provided: conditions, at: site.now)
    } catch is ChangedMeanwhile { return false }
    try await vouch(
      for: results, action: action, route: route, place: facts.compactMap(\.place).first,
      subjects: subjects)
    return true
  }

  /// Has the log vouch for the facts of an act of the visitor's.
  func vouch(
    for results: [Acceptance], action: Action, route: String, place: Identifier?,
    subjects: [Identifier]
  ) async throws {
    try await site.vouch(
      for: results,
      as: AuditEntry(
        at: site.now, by: visitor.author, action: AuditCode(action), route: route, place: place,
        subjects: subjects))
  }

  /// Whether the visitor may correct who somebody is: everywhere in the area, or the own entry.
  func requireCorrection(of record: PersonRecord) throws {
    let isAllowed = try may(.correctPerson, with: record.person) || mayCorrectOwn(record)
    // The form would show a mother who is hidden, or lose her.
    guard isAllowed, !record.hidesMother else { throw PageProblem.outOfReach }
  }
}

extension Site {
  /// Has the log vouch for facts that were accepted. They are there even where that fails; the log
  /// then finds them at the next start.
  func vouch(for results: [Acceptance], as entry: AuditEntry) async throws {
    guard case .signIn(_, let log) = entrance else { return }
    do { try await log.cover(results, of: district.journal, as: entry) } catch {
      throw PageProblem.logUnavailable
    }
  }
}
