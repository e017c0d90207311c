import Health
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import Services

/// Sikilap's pages over HTTP, for people who sit at this machine.
///
/// It listens on the loopback address only and refuses requests for any other host, as there is
/// no sign-in yet. It keeps no log of requests.
public struct WebServer: Sendable {
  let site: Site

  /// Gets the pages of a district ready.
  ///
  /// - Parameters:
  ///   - district: whose data is shown.
  ///   - demo: whether the data is made up, which every page then says.
  ///   - version: the program's version, shown at the foot of every page.
  /// - Throws: where a template, catalogue or file that belongs to the program is missing.
  public init(district: District, demo: Bool, version: String) throws {
    try self.init(district: district, demo: demo, version: version, clock: { Clock.now() })
  }

  init(
    district: District, demo: Bool, version: String, clock: @escaping @Sendable () -> Instant
  ) throws {
    site = try Site(district: district, demo: demo, version: version, clock: clock)
  }

  /// All routes.
  public func router() -> Router<BasicRequestContext> {
    let router = Router(
      context: BasicRequestContext.self, options: [.autoGenerateHeadEndpoints])
    router.add(middleware: SecurityHeaders())
    router.add(middleware: ErrorPages(site: site))
    router.add(middleware: HostGuard())
    let site = site
    router.get("/healthz") { _, _ in
      _ = try site.district.extent()
      return Response(
        status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
    }
    router.get("/assets/{name}") { request, context in
      guard
        let found = site.assets.response(
          try context.parameters.require("name"), ifNoneMatch: request.headers[.ifNoneMatch])
      else { throw PageProblem.notFound }
      return found
    }
    addPlaces(to: router)
    addNutrition(to: router)
    addChildren(to: router)
    addOthers(to: router)
    return router
  }

  /// The server, listening on that port of the loopback address; port 0 takes any that is free.
  public func application(port: Int) -> some ApplicationProtocol {
    application(port: port) { _ in }
  }

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
  private func addPlaces(to router: Router<BasicRequestContext>) {
    let site = site
    router.get("/") { request, _ in
      let visit = try Visit(request, site: site)
      return try visit.respond(HomePage(visit).rendering())
    }
    router.get("/places/{id}") { request, context in
      let visit = try Visit(request, site: site)
      let place = try visit.place(try context.identifier("id"))
      return try visit.respond(PlacePage(visit, place: place).rendering())
    }
    router.get("/places/{id}/without-birth-date") { request, context in
      let visit = try Visit(request, site: site)
      let place = try visit.place(try context.identifier("id"))
      return try visit.respond(UndatedPage(visit, place: place).rendering())
    }
    router.get("/places/{id}/without-birth-date.csv") { request, context in
      let visit = try Visit(request, site: site)
      let place = try visit.place(try context.identifier("id"))
      return visit.respond(try UndatedPage(visit, place: place).spreadsheet())
    }
  }

  private func addNutrition(to router: Router<BasicRequestContext>) {
    let site = site
    router.get("/nutrition") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else {
        return try visit.respond(HomePage(visit).rendering())
      }
      return try visit.respond(NutritionPage(visit, choice: choice).rendering())
    }
    router.get("/nutrition.csv") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else { throw PageProblem.notFound }
      return visit.respond(try NutritionPage(visit, choice: choice).spreadsheet())
    }
    router.get("/nutrition/names") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else { throw PageProblem.notFound }
      return try visit.respond(NamesPage(visit, choice: choice).rendering())
    }
    router.get("/nutrition/names.csv") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else { throw PageProblem.notFound }
      return visit.respond(try NamesPage(visit, choice: choice).spreadsheet())
    }
    router.get("/nutrition/report") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else {
        return try visit.respond(HomePage(visit).rendering())
      }
      return try visit.respond(ReportPage(visit, choice: choice).rendering())
    }
    router.get("/nutrition/report.csv") { request, _ in
      let visit = try Visit(request, site: site)
      guard let choice = try NutritionChoice(visit) else { throw PageProblem.notFound }
      return visit.respond(try ReportPage(visit, choice: choice).spreadsheet())
    }
  }

  private func addChildren(to router: Router<BasicRequestContext>) {
    let site = site
    router.get("/children/{id}") { request, context in
      let visit = try Visit(request, site: site)
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(ChildPage(visit, child: child).rendering())
    }
    router.get("/children/{id}/measurements.csv") { request, context in
      let visit = try Visit(request, site: site)
      let child = try visit.child(try context.identifier("id"))
      return visit.respond(try ChildPage(visit, child: child).spreadsheet())
    }
    router.get("/children/{id}/birth") { request, context in
      let visit = try Visit(request, site: site)
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(BirthPage(visit, child: child).rendering())
    }
    router.get("/children/{id}/measurements/{fact}") { request, context in
      let visit = try Visit(request, site: site)
      let child = try visit.child(try context.identifier("id"))
      return try visit.respond(
        WhyPage(visit, child: child, fact: try context.identifier("fact")).rendering())
    }
  }

  private func addOthers(to router: Router<BasicRequestContext>) {
    let site = site
    router.get("/search") { request, _ in
      let visit = try Visit(request, site: site)
      return try visit.respond(SearchPage(visit).rendering())
    }
    router.get("/imports") { request, _ in
      let visit = try Visit(request, site: site)
      return try visit.respond(ImportsPage(visit).rendering())
    }
    router.get("/imports/{id}") { request, context in
      let visit = try Visit(request, site: site)
      return try visit.respond(
        ImportPage(visit, id: try context.identifier("id")).rendering())
    }
    router.get("/imports/{id}/refused.csv") { request, context in
      let visit = try Visit(request, site: site)
      return visit.respond(
        try ImportPage(visit, id: try context.identifier("id")).spreadsheet())
    }
    router.get("/refused-facts") { request, _ in
      let visit = try Visit(request, site: site)
      return try visit.respond(RefusedFactsPage(visit).rendering())
    }
    router.get("/refused-facts.csv") { request, _ in
      let visit = try Visit(request, site: site)
      return visit.respond(try RefusedFactsPage(visit).spreadsheet())
    }
    router.get("/imports/{id}/warnings.csv") { request, context in
      let visit = try Visit(request, site: site)
      return visit.respond(
        try ImportPage(visit, id: try context.identifier("id")).warningSpreadsheet())
    }
    router.get("/guidelines") { request, _ in
      let visit = try Visit(request, site: site)
      return try visit.respond(GuidelinesPage(visit).rendering())
    }
    router.get("/calculator") { request, _ in
      let visit = try Visit(request, site: site)
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
