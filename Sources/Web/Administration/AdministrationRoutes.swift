import Health
import Hummingbird
import Journal
import Services

extension WebServer {
  func addAdministration(to routes: inout Routes) {
    addWorkers(to: &routes)
    addWorkerEnds(to: &routes)
    addWorkerAccess(to: &routes)
    addPhones(to: &routes)
    addPlaceRecords(to: &routes)
    addSetup(to: &routes)
  }

  private func addPhones(to routes: inout Routes) {
    routes.get("/phones") { visit, _ in try visit.respond(PhonesPage(visit).rendering()) }
    routes.sheet("/phones") { visit, _ in try PhonesPage(visit).spreadsheet() }
    routes.post("/phones/{device}/revoke") { visit, form, context in
      try await visit.revokePhone(try context.identifier("device"), form)
    }
  }

  private func addWorkers(to routes: inout Routes) {
    routes.get("/workers") { visit, _ in try visit.respond(WorkersPage(visit).rendering()) }
    routes.sheet("/workers") { visit, _ in
      try WorkersPage(visit).spreadsheet()
    }
    routes.get("/workers/new") { visit, _ in try visit.respond(visit.newWorkerPage()) }
    routes.post("/workers") { visit, form, _ in try await visit.addWorker(form) }
    routes.get("/workers/{id}") { visit, context in
      let worker = try visit.worker(try context.identifier("id"))
      return try visit.respond(WorkerPage(visit, worker: worker).rendering())
    }
    routes.post("/workers/{id}") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.correct(worker, form)
    }
    routes.post("/workers/{id}/roles") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.addRole(to: worker, form)
    }
    routes.post("/workers/{id}/roles/{fact}/end") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.endRole(try context.identifier("fact"), of: worker, form)
    }
  }

  private func addWorkerEnds(to routes: inout Routes) {
    routes.post("/workers/{id}/end") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.endWork(of: worker, form)
    }
    routes.post("/workers/{id}/resume") { visit, _, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.resumeWork(of: worker)
    }
  }

  private func addWorkerAccess(to routes: inout Routes) {
    routes.post("/workers/{id}/code") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"))
      return try await visit.issueCode(to: worker, form)
    }
    routes.get("/workers/{id}/skills") { visit, context in
      let worker = try visit.worker(try context.identifier("id"), for: .enrolKader)
      return try visit.respond(SkillsPage(visit, worker: worker).rendering())
    }
    routes.post("/workers/{id}/skills") { visit, form, context in
      let worker = try visit.worker(try context.identifier("id"), for: .enrolKader)
      return try await visit.assess(worker, form)
    }
    routes.post("/workers/{id}/app/end") { visit, _, context in
      let worker = try visit.worker(try context.identifier("id"), for: .changeWorkers)
      return try await visit.removeTimeCode(of: worker)
    }
    routes.post("/workers/{id}/sessions/{session}/end") { visit, _, context in
      let worker = try visit.worker(try context.identifier("id"), for: .endSessions)
      return try await visit.endSession(try context.identifier("session"), of: worker)
    }
    routes.post("/workers/{id}/devices/{device}/revoke") { visit, _, context in
      let worker = try visit.worker(try context.identifier("id"))
      return try await visit.revoke(try context.identifier("device"), of: worker)
    }
  }

  private func addPlaceRecords(to routes: inout Routes) {
    let path = "/administration/places"
    routes.get(path) { visit, _ in try visit.respond(PlaceListPage(visit).rendering()) }
    routes.sheet(path) { visit, _ in try PlaceListPage(visit).spreadsheet() }
    routes.get("\(path)/{id}") { visit, context in
      let place = try visit.place(try context.identifier("id"), for: .seePlaces)
      return try visit.respond(PlaceRecordPage(visit, place: place).rendering())
    }
    routes.get("\(path)/{id}/residents") { visit, context in
      let place = try visit.place(try context.identifier("id"), for: .moveResidents)
      return try visit.respond(ResidentsPage(visit, place: place).rendering())
    }
    routes.post("\(path)/{id}/residents") { visit, form, context in
      let place = try visit.place(try context.identifier("id"), for: .moveResidents)
      return try await visit.moveResidents(of: place, form)
    }
    let acts: [(String, @Sendable (Visit, Place, Form) async throws -> Response)] = [
      ("", { visit, place, form in try await visit.correct(place, form) }),
      ("/puskesmas", { visit, place, form in try await visit.assign(place, form) }),
      ("/below", { visit, place, form in try await visit.addPlace(below: place, form) }),
      ("/end", { visit, place, form in try await visit.end(place, form) }),
      ("/reopen", { visit, place, _ in try await visit.reopen(place) }),
      ("/catchment", { visit, place, form in try await visit.takeVillages(to: place, form) }),
      ("/agreements", { visit, place, form in try await visit.addAgreement(of: place, form) }),
    ]
    let factActs: [(String, @Sendable (Visit, Identifier, Place, Form) async throws -> Response)] =
      [
        (
          "/catchment/{fact}/end",
          { visit, fact, place, form in try await visit.endCatchment(fact, of: place, form) }
        ),
        (
          "/agreements/{fact}",
          { visit, fact, place, form in try await visit.correctAgreement(fact, of: place, form) }
        ),
      ]
    for (suffix, act) in factActs {
      routes.post("\(path)/{id}\(suffix)") { visit, form, context in
        let place = try visit.place(try context.identifier("id"), for: .changePlaces)
        return try await act(visit, try context.identifier("fact"), place, form)
      }
    }
    for (suffix, act) in acts {
      routes.post("\(path)/{id}\(suffix)") { visit, form, context in
        let place = try visit.place(try context.identifier("id"), for: .changePlaces)
        return try await act(visit, place, form)
      }
    }
  }
}
