import Exchange
import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension WebServer {
  /// Setting up a district: lists of areas and facilities, maps of boundaries.
  func addSetup(to routes: inout Routes) {
    let path = SetupPage.path
    routes.get(path) { visit, _ in
      try visit.requireWholeDistrict()
      return try visit.respond(SetupPage(visit).rendering())
    }
    routes.upload(path) { visit, form in try visit.keepSetup(form) }
    routes.get("\(path)/{id}") { visit, context in
      try await visit.respond(SetupPreviewPage(visit, visit.setup(context)).rendering())
    }
    routes.post("\(path)/{id}/take") { visit, form, context in
      try await visit.takeSetup(visit.setup(context), form)
    }
    routes.post("\(path)/{id}/discard") { visit, _, context in
      visit.site.uploads.remove(try visit.setup(context))
      return visit.redirect(to: SetupPage.path)
    }
  }
}

extension Visit {
  /// A list of a district tells of all of it.
  func requireWholeDistrict() throws(PageProblem) {
    guard reachesEverything(.changePlaces) else { throw .outOfReach }
  }

  /// A list or map of the visitor's own; those of others look as if they were not there.
  func setup(_ context: BasicRequestContext) throws(PageProblem) -> SetupUpload {
    guard let name = context.parameters.get("id"),
      let upload = site.uploads.setup(name, of: visitor.worker?.id)
    else { throw .notFound }
    try requireWholeDistrict()
    return upload
  }

  /// Keeps what was sent, or the list that the program brings along, to be looked at.
  func keepSetup(_ form: MultipartForm) throws -> Response {
    try requireWholeDistrict()
    func refused(_ problem: String) throws -> Response {
      var page = SetupPage(self)
      page.problem = words[problem]
      return try respond(page.rendering(), status: .badRequest)
    }
    guard let kind = SetupUpload.Kind(rawValue: form["kind"]) else {
      return try refused("lists.upload.no_file")
    }
    let code = form["code"].trimmingCharacters(in: .whitespaces)
    if kind != .boundaries, AreaCode.kind(of: code) != .district {
      return try refused("setup.no_code")
    }
    let name: String
    let bytes: ArraySlice<UInt8>
    if form["shipped"] == "yes" {
      guard let path = District.shippedAreas(of: code),
        let data = FileManager.default.contents(atPath: path)
      else { return try refused("setup.no_code") }
      (name, bytes) = ("\(code).csv", Array(data)[...])
    } else {
      guard let file = form.file else { return try refused("lists.upload.no_file") }
      if file.bytes.isEmpty { return try refused("lists.upload.empty_file") }
      (name, bytes) = (file.name, file.bytes)
    }
    let upload: SetupUpload
    do throws(UploadProblem) {
      upload = try site.uploads.keep(
        bytes, named: name, kind, of: code, worker: visitor.worker?.id, now: site.now)
    } catch { return try refused("lists.upload.cannot_keep") }
    return redirect(to: "\(SetupPage.path)/\(upload.id)")
  }

  /// Writes what was looked at, where it would still bring the same.
  func takeSetup(_ upload: SetupUpload, _ form: Form) async throws -> Response {
    var page = await SetupPreviewPage(self, upload)
    guard let plan = page.takeable, plan.mark == form["mark"] else {
      page.isChanged = true
      return try respond(page.rendering(), status: .conflict)
    }
    do {
      _ = try await write(
        plan.facts(by: visitor.worker?.id), action: .changePlaces,
        route: "POST /administration/setup/{id}/take", subjects: [])
    } catch is ActRefused {
      page.isChanged = true
      return try respond(page.rendering(), status: .conflict)
    }
    site.uploads.remove(upload)
    return redirect(to: Links.address(SetupPage.path, [("done", "taken")]))
  }
}
