import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import Services

extension WebServer {
  /// Lists of households and workers: uploading, looking through, writing, taking back.
  func addLists(to routes: inout Routes) {
    for kind in [ImportKind.households, .staff] {
      routes.get("/lists/\(kind.listName)") { visit, _ in
        try visit.respond(ListUploadPage(visit, kind).rendering())
      }
      routes.upload("/lists/\(kind.listName)") { visit, form in
        try visit.upload(form, kind)
      }
      for ending in ["csv", "xlsx"] {
        routes.get("/lists/\(kind.listName)/template.\(ending)") { visit, _ in
          try visit.template(kind, ending)
        }
      }
    }
    routes.get("/uploads/{id}") { visit, context in
      let upload = try visit.upload(context)
      return try visit.respond(UploadPage(visit, upload).rendering())
    }
    routes.post("/uploads/{id}/write") { visit, _, context in
      try visit.writeUpload(try visit.upload(context))
    }
    routes.post("/uploads/{id}/check") { visit, _, context in
      let upload = try visit.upload(context)
      guard upload.mayBeChecked else {
        return try visit.respond(
          UploadPage(visit, upload, problem: "not_checked").rendering(), status: .conflict)
      }
      return try visit.checkUpload(upload)
    }
    routes.post("/uploads/{id}/discard") { visit, _, context in
      let upload = try visit.upload(context)
      visit.site.uploads.remove(upload.id)
      return visit.redirect(to: "/lists/\(upload.kind.listName)")
    }
    routes.get("/uploads/{id}/refused.csv") { visit, context in
      let upload = try visit.upload(context)
      guard let batch = upload.batch else {
        // Before it is written they are among the rows that were looked through.
        guard upload.state == .ready else { throw PageProblem.notFound }
        return visit.redirect(
          to: Links.address("/uploads/\(upload.id)/rows.csv", [("show", "refused")]))
      }
      return try visit.respond(ImportPage(visit, own: batch).refusedFile())
    }
    routes.longSheet("/uploads/{id}/rows") { visit, context, form in
      try UploadPage(visit, try visit.upload(context)).file(as: form)
    }
    routes.get("/imports/{id}/undo") { visit, context in
      let batch = try visit.undoable(try context.identifier("id"))
      return try visit.respond(UndoPage(visit, batch).rendering())
    }
    routes.longSheet("/imports/{id}/undo/kept") { visit, context, form in
      let batch = try visit.undoable(try context.identifier("id"))
      return try UndoPage(visit, batch).file(as: form)
    }
    routes.post("/imports/{id}/undo") { visit, _, context in
      let batch = try visit.undoable(try context.identifier("id"))
      return try await visit.undo(batch)
    }
  }
}

extension ImportKind {
  /// The name in addresses and catalogues.
  var listName: String {
    switch self {
    case .measurements: "measurements"
    case .households: "households"
    case .staff: "staff"
    case .residents: "residents"
    }
  }

  /// What somebody must be allowed to bring such a list in, or to take it back.
  var action: Action {
    switch self {
    case .measurements, .households: .importPersons
    case .staff: .importStaff
    case .residents: .moveResidents
    }
  }
}

extension Visit {
  /// An upload of the visitor's own; those of others look as if they were not there.
  func upload(_ context: BasicRequestContext) throws(PageProblem) -> UploadedList {
    guard let name = context.parameters.get("id"),
      let upload = site.uploads.upload(name, of: visitor.worker?.id)
    else { throw .notFound }
    guard visitor.rights.may(upload.kind.action) else { throw .outOfReach }
    return upload
  }

  /// Where a list may tell of anybody, whoever brings it: within its place and the visitor's area,
  /// with the roles that the visitor could give.
  private func reach(of kind: ImportKind, at place: Identifier) throws -> ListLimits {
    let rights = visitor.rights
    let today = today
    let own = rights.area(of: kind.action)
    let told = try district.reach(of: place, on: today, in: tree)
    let area = own.map { own in told.map { own.intersection($0) } ?? own } ?? told
    return ListLimits(
      area: area, grants: { rights.mayGrant($0, at: $1) },
      changes: { rights.mayChange($0, on: today) },
      hidden: { [sight] in sight.hides($0) },
      userNames: kind == .staff && isSigningIn ? try access.userNames() : [:])
  }

  /// Keeps an upload, and begins to look it through.
  func upload(_ form: MultipartForm, _ kind: ImportKind) throws -> Response {
    let page = ListUploadPage(self, kind)
    guard let place = Identifier(text: form["place"]),
      page.places.contains(where: { $0.id == place })
    else { return try refused(page, "no_place") }
    log.note(place: place)
    guard let file = form.file else { return try refused(page, "no_file") }
    if file.bytes.isEmpty { return try refused(page, "empty_file") }
    let upload: UploadedList
    do throws(UploadProblem) {
      upload = try site.uploads.keep(
        file.bytes, named: file.name, kind: kind, worker: visitor.worker?.id, place: place,
        now: site.now)
    } catch {
      switch error {
      case .tooMany: return try refused(page, "too_many")
      case .busy: return try refused(page, "busy", .serviceUnavailable)
      case .cannotKeep, .cannotWork: return try refused(page, "cannot_keep")
      }
    }
    return try checkUpload(upload)
  }

  private func refused(
    _ page: ListUploadPage, _ problem: String, _ status: HTTPResponse.Status = .badRequest
  ) throws -> Response {
    var page = page
    page.problem = words["lists.upload.\(problem)"]
    return try respond(page.rendering(), status: status)
  }

  func checkUpload(_ upload: UploadedList) throws -> Response {
    try work(on: upload, "listPreviewed") { uploads, limits, watch throws(UploadProblem) in
      try uploads.check(upload, limits: limits, watch: watch)
    }
  }

  func writeUpload(_ upload: UploadedList) throws -> Response {
    try work(on: upload, "listWritten") { uploads, limits, watch throws(UploadProblem) in
      try uploads.write(upload, limits: limits, watch: watch)
    }
  }

  /// Begins work on an upload, beside this request; the log is told of it at its end, and vouches
  /// for each part as it comes to the disk.
  private func work(
    on upload: UploadedList, _ action: AuditCode,
    _ begin: (ListUploads, ListLimits, ListWatch) throws(UploadProblem) -> Void
  ) throws -> Response {
    guard let place = upload.place else { throw PageProblem.notFound }
    let (site, author) = (site, visitor.author)
    let watch = ListWatch(
      clock: { site.now },
      written: { try site.vouch(for: $0, by: author, place: place) },
      done: { site.logLater($0, action, by: author) })
    let limits = try reach(of: upload.kind, at: place)
    do throws(UploadProblem) { try begin(site.uploads, limits, watch) } catch {
      let isBusy = error == .busy
      return try respond(
        UploadPage(self, upload, problem: isBusy ? "busy" : "not_checked").rendering(),
        status: isBusy ? .serviceUnavailable : .conflict)
    }
    return redirect(to: "/uploads/\(upload.id)")
  }

  /// An empty list to be filled in.
  func template(_ kind: ImportKind, _ ending: String) throws -> Response {
    let isSheet = ending == "xlsx"
    let type =
      isSheet
      ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      : "text/csv; charset=utf-8"
    return Response(
      status: .ok,
      headers: [
        .contentType: type, .cacheControl: "no-store",
        .contentDisposition:
          "attachment; filename=\"\(words["lists.files.\(kind.listName)"]).\(ending)\"",
      ],
      body: ResponseBody(
        byteBuffer: ByteBuffer(bytes: try district.listTemplate(kind, asSpreadsheet: isSheet))))
  }

  /// A list that the visitor may take back.
  func undoable(_ id: Identifier) throws -> ImportBatch {
    guard let batch = try district.importBatch(id), batch.kind != .measurements else {
      throw PageProblem.notFound
    }
    if let place = batch.place { log.note(place: place) }
    guard mayUndo(batch) else { throw PageProblem.outOfReach }
    return batch
  }

  /// Whether the visitor may take a list back: where one like it could be brought in.
  func mayUndo(_ batch: ImportBatch) -> Bool {
    guard batch.kind != .measurements else { return false }
    return batch.place.map { visitor.rights.may(batch.kind.action, at: $0) }
      ?? reachesEverything(batch.kind.action)
  }

  /// Which workers the visitor may change by taking a list back.
  func limits(ofUndoing batch: ImportBatch) -> ListLimits {
    guard batch.kind == .staff else { return .none }
    let (rights, today) = (visitor.rights, today)
    return ListLimits(
      area: nil, grants: { rights.mayGrant($0, at: $1) },
      changes: { rights.mayChange($0, on: today) }, hidden: { _ in false })
  }

  func undo(_ batch: ImportBatch) async throws -> Response {
    let (site, author) = (site, visitor.author)
    let done: ListUndoing?
    do {
      done = try await district.undo(
        batch.id, by: visitor.worker?.id, limits: limits(ofUndoing: batch), now: site.now,
        written: { try site.vouch(for: $0, by: author, place: batch.place) })
    } catch is AuditProblem { throw PageProblem.logUnavailable }
    guard let done else {
      return try respond(UndoPage(self, batch).rendering(), status: .conflict)
    }
    try await site.audit(
      AuditEntry(
        at: site.now, by: visitor.author, action: "listUndone", route: "POST /imports/{id}/undo",
        place: batch.place, count: done.count))
    return redirect(
      to: Links.address("/imports/\(batch.id.text)/undo", [("done", String(done.count))]))
  }
}

extension Site {
  /// Writes to the log what came of a list, from the thread on which it was worked.
  func logLater(_ upload: UploadedList, _ action: AuditCode, by author: AuditAuthor) {
    let isBroken = upload.state == .failed || upload.state == .stopped
    let entry = AuditEntry(
      at: now, by: author, action: action, purpose: AuditCode(rawValue: upload.kind.listName),
      place: upload.place, outcome: isBroken ? .failed : .allowed, count: upload.rows)
    Task { try? await audit(entry) }
  }

  /// Has the log vouch, in its author's name, for facts that a list brought or took back. Those of
  /// others that came in between are vouched for by them.
  func vouch(
    for sequences: ClosedRange<Int64>, by author: AuditAuthor, place: Identifier?
  ) throws {
    guard case .signIn(_, let log) = entrance else { return }
    try log.cover(
      sequences, of: district.journal,
      as: AuditEntry(at: now, by: author, action: .acceptedFacts, place: place))
  }
}
