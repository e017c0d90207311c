import Health
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import Services

/// Sikilap's pages over HTTP.
///
/// It listens on the loopback address only and refuses requests for any other host than this
/// machine and the one that a proxy before it serves. Whoever wants to see anything signs in, and
/// what is shown of persons is in the log before it is shown.
public struct WebServer: Sendable {
  let site: Site

  /// Gets the pages of a district ready.
  ///
  /// - Parameters:
  ///   - district: whose data is shown.
  ///   - access: who may sign in.
  ///   - log: where it is written who saw what.
  ///   - publicHost: the name under which a proxy with TLS serves this, if one does.
  ///   - demo: whether the data is made up, which every page then says.
  ///   - version: the program's version, shown at the foot of every page.
  /// - Throws: where a template, catalogue or file that belongs to the program is missing.
  public init(
    district: District, access: Access, log: AuditFile, publicHost: String? = nil,
    demo: DemoAccounts? = nil, version: String
  ) throws {
    try self.init(
      district: district, entrance: .signIn(access, log), publicHost: publicHost, demo: demo,
      version: version, clock: { Clock.now() })
  }

  init(
    district: District, entrance: Entrance, publicHost: String? = nil, demo: DemoAccounts? = nil,
    version: String, clock: @escaping @Sendable () -> Instant
  ) throws {
    site = try Site(
      district: district, entrance: entrance, publicHost: publicHost, demo: demo,
      version: version, clock: clock)
  }

  /// All routes.
  public func router() -> Router<BasicRequestContext> { routes().router }

  /// The router with what was registered in it.
  func routes() -> Routes {
    let router = Router(
      context: BasicRequestContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: SecurityHeaders(site: site))
    router.add(middleware: ErrorPages(site: site))
    router.add(middleware: HostGuard(site: site))
    var routes = Routes(router: router, site: site)
    addPlain(to: &routes)
    addSignIn(to: &routes)
    addPlaces(to: &routes)
    addNutrition(to: &routes)
    addPeople(to: &routes)
    addCare(to: &routes)
    addImmunization(to: &routes)
    addAudit(to: &routes)
    addOpenings(to: &routes)
    addRequests(to: &routes)
    addConsent(to: &routes)
    addCards(to: &routes)
    addPrints(to: &routes)
    addReferrals(to: &routes)
    addAdministration(to: &routes)
    addChildren(to: &routes)
    addLists(to: &routes)
    addOthers(to: &routes)
    return routes
  }

  /// The server, listening on that port of the loopback address; port 0 takes any that is free.
  func application(
    port: Int, onServerRunning: @escaping @Sendable (any Channel) async -> Void
  ) -> some ApplicationProtocol {
    var logger = Logger(label: "sikilap")
    logger.logLevel = .error
    return Application(
      router: router(),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port), serverName: "sikilap"),
      onServerRunning: onServerRunning, logger: logger)
  }
}

extension WebServer {
  private func addPlain(to routes: inout Routes) {
    let site = site
    routes.plain("/healthz") { _, _ in
      _ = try site.district.extent()
      return Response(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
    }
    routes.plain("/assets/{name}") { request, context in
      guard
        let found = site.assets.response(
          try context.parameters.require("name"), ifNoneMatch: request.headers[.ifNoneMatch])
      else { throw PageProblem.notFound }
      return found
    }
  }

  private func addPlaces(to routes: inout Routes) {
    routes.get("/") { visit, _ in
      return try visit.respond(HomePage(visit).rendering())
    }
    routes.get("/places/{id}") { visit, context in
      let place = try visit.place(try context.identifier("id"), for: .seeFigures)
      return try visit.respond(PlacePage(visit, place: place).rendering())
    }
    routes.get("/places/{id}/without-birth-date") { visit, context in
      let place = try visit.place(try context.identifier("id"), for: .openNames)
      return try visit.respond(UndatedPage(visit, place: place).rendering())
    }
    routes.sheet("/places/{id}/without-birth-date") { visit, context in
      let place = try visit.place(try context.identifier("id"), for: .exportNames)
      return try UndatedPage(visit, place: place).spreadsheet()
    }
  }

  private func addNutrition(to routes: inout Routes) {
    routes.get("/nutrition") { visit, _ in
      guard let choice = try NutritionChoice(visit) else {
        return try visit.respond(HomePage(visit).rendering())
      }
      return try visit.respond(NutritionPage(visit, choice: choice).rendering())
    }
    routes.sheet("/nutrition") { visit, _ in
      guard let choice = try NutritionChoice(visit, for: .exportFigures) else {
        throw PageProblem.notFound
      }
      return try NutritionPage(visit, choice: choice).spreadsheet()
    }
    routes.get("/nutrition/names") { visit, _ in
      guard let choice = try NutritionChoice(visit, for: .openNames) else {
        throw PageProblem.notFound
      }
      return try NamesPage(visit, choice: choice).response()
    }
    routes.sheet("/nutrition/names") { visit, _ in
      guard let choice = try NutritionChoice(visit, for: .exportNames) else {
        throw PageProblem.notFound
      }
      return try NamesPage(visit, choice: choice).spreadsheet()
    }
    routes.get("/nutrition/report") { visit, _ in
      guard let choice = try NutritionChoice(visit) else {
        return try visit.respond(HomePage(visit).rendering())
      }
      return try visit.respond(ReportPage(visit, choice: choice).rendering())
    }
    routes.sheet("/nutrition/report") { visit, _ in
      guard let choice = try NutritionChoice(visit, for: .exportFigures) else {
        throw PageProblem.notFound
      }
      return try ReportPage(visit, choice: choice).spreadsheet()
    }
  }

  private func addChildren(to routes: inout Routes) {
    routes.get("/children/{id}") { visit, context in
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(ChildPage(visit, child: child).rendering())
    }
    routes.sheet("/children/{id}/measurements") { visit, context in
      let child = try visit.child(try context.identifier("id"))
      return try ChildPage(visit, child: child).spreadsheet()
    }
    routes.get("/children/{id}/birth") { visit, context in
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(BirthPage(visit, child: child).rendering())
    }
    routes.get("/children/{id}/measurements/{fact}") { visit, context in
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(
        WhyPage(visit, child: child, fact: try context.identifier("fact")).rendering())
    }
  }

  private func addOthers(to routes: inout Routes) {
    routes.get("/search") { visit, _ in
      try await visit.search()
    }
    routes.sheet("/search") { visit, _ in
      try SearchPage(visit, for: .exportNames).spreadsheet()
    }
    routes.get("/imports") { visit, _ in
      return try visit.respond(ImportsPage(visit).rendering())
    }
    routes.sheet("/imports") { visit, _ in try ImportsPage(visit).spreadsheet() }
    routes.get("/imports/{id}") { visit, context in
      return try visit.respond(
        ImportPage(visit, id: try context.identifier("id")).rendering())
    }
    routes.get("/imports/{id}/refused.csv") { visit, context in
      return try visit.respond(
        ImportPage(visit, id: try context.identifier("id")).refusedFile())
    }
    routes.get("/refused-facts") { visit, _ in
      return try visit.respond(RefusedFactsPage(visit).rendering())
    }
    routes.sheet("/refused-facts") { visit, _ in
      return try RefusedFactsPage(visit).spreadsheet()
    }
    routes.get("/imports/{id}/warnings.csv") { visit, context in
      try visit.respond(
        ImportPage(visit, id: try context.identifier("id")).warningFile())
    }
    routes.get("/guidelines") { visit, _ in
      return try visit.respond(GuidelinesPage(visit).rendering())
    }
    routes.get("/guidelines/{code}") { visit, context in
      let page = try GuidelinePage(visit, code: context.parameters.get("code"))
      return try visit.respond(page.rendering())
    }
    routes.post("/guidelines/{code}") { visit, form, context in
      try await visit.review(context.parameters.get("code"), form)
    }
    routes.get("/calculator") { visit, _ in
      return try visit.respond(CalculatorPage(visit).rendering())
    }
  }
}

extension BasicRequestContext {
  /// An identifier in the path; what is none leads nowhere.
  func identifier(_ name: String) throws(PageProblem) -> Identifier {
    guard let text = parameters.get(name), let id = Identifier(text: text) else {
      throw .notFound
    }
    return id
  }
}
