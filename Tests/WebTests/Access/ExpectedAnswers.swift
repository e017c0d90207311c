import Health
import Journal

@testable import Web

/// What each role is answered at each route: the policy a second time, written down without looking
/// at the first, so that nobody changes it by mistake.
///
/// Roles by letter: K kader, P Pustu, C cluster, H head of the Puskesmas, D data manager, F private
/// facility, M district manager, A auditor, S other sector, X administrator. Whoever has no letter
/// in a line is answered 403.
struct ExpectedAnswer: Sendable {
  let route: Route
  /// Where it leads, for something of the northern Puskesmas; nothing where it is the path itself.
  let own: String
  /// The same of the southern Puskesmas, and of nobody; nothing where there is no object.
  let foreign: String?
  let unknown: String?
  /// Who is answered with ``status``.
  let answered: String
  /// Who is let through the door and finds nothing: 404.
  let hidden: String
  /// Whose area holds the south, too.
  let everywhere: String
  let status: Int

  static let letters: [Role: Character] = [
    .kader: "K", .pustuWorker: "P", .clusterWorker: "C", .puskesmasHead: "H", .dataManager: "D",
    .privateFacility: "F", .districtManager: "M", .auditor: "A", .otherSector: "S",
    .administrator: "X",
  ]

  /// The answer about something in the north.
  func own(_ role: Role) -> Int {
    guard let letter = ExpectedAnswer.letters[role] else { return 0 }
    return answered.contains(letter) ? status : hidden.contains(letter) ? 404 : 403
  }

  /// The answer about something in the south.
  func foreign(_ role: Role) -> Int {
    guard let letter = ExpectedAnswer.letters[role] else { return 0 }
    if everywhere.contains(letter) { return status }
    return answered.contains(letter) || hidden.contains(letter) ? 404 : 403
  }

  private static func line(
    _ route: Route, _ answered: String, hidden: String = "", everywhere: String = "",
    query: String? = nil, status: Int = 200
  ) -> ExpectedAnswer {
    func path(_ side: TwoPuskesmas.Side?) -> String {
      let ids: [(String, Identifier?)] = [
        ("/places/{id}", side?.posyandu(1)), ("/people/{id}", side?.child(1)),
        ("/families/{id}", side?.family(1)), ("/children/{id}", side?.child(1)),
      ]
      var path = route.path + (query ?? "")
      for (pattern, id) in ids where path.hasPrefix(pattern) {
        path = path.replacing("{id}", with: (id ?? TwoPuskesmas.id(77)).text)
      }
      path = path.replacing("{code}", with: "pregnancy")
      return path.replacing("{fact}", with: (side?.measurement(1) ?? TwoPuskesmas.id(77)).text)
        .replacing("{place}", with: (side?.posyandu(1) ?? TwoPuskesmas.id(77)).text)
        .replacing("{id}", with: TwoPuskesmas.id(77).text)
        .replacing("{session}", with: TwoPuskesmas.id(77).text)
        .replacing("{device}", with: TwoPuskesmas.id(77).text)
    }
    let hasObject = path(.north) != path(nil)
    return ExpectedAnswer(
      route: route, own: path(.north), foreign: hasObject ? path(.south) : nil,
      unknown: hasObject ? path(nil) : nil, answered: answered, hidden: hidden,
      everywhere: everywhere, status: status)
  }

  private static let all = "KPCHDFMASX"

  static let table: [ExpectedAnswer] =
    open + figures + persons + acts + openings + requests + files + workers + places

  private static let open = [
    line(.get("/"), all), line(.get("/guidelines"), all), line(.get("/calculator"), all),
    line(.get("/guidelines/{code}"), all),
    // Neither signed nor marked.
    line(.post("/guidelines/{code}"), "HM", status: 400),
    line(.get("/account"), all),
    // The new password stands there once only.
    line(.post("/account/password"), all, status: 400),
    // Nobody's password is nothing.
    line(.post("/account/sessions/{id}/end"), all, status: 403),
    line(.get("/account/app"), all),
    // The password is asked for again.
    line(.post("/account/app"), all, status: 403),
    // A code that is none.
    line(.post("/account/app/confirm"), all, status: 403),
  ]

  private static let place = "?place={place}"

  private static let figures = [
    line(.get("/places/{id}"), "KPCHDMS", everywhere: "MS"),
    line(.get("/places/{id}/without-birth-date"), "KPCHD", hidden: "M"),
    line(.get("/places/{id}/without-birth-date.csv"), "PCHD", hidden: "M"),
    line(.get("/places/{id}/without-birth-date.xlsx"), "PCHD", hidden: "M"),
    line(.get("/nutrition"), "KPCHDMS", everywhere: "MS", query: place),
    line(.get("/nutrition.csv"), "PCHDMS", everywhere: "MS", query: place),
    line(.get("/nutrition.xlsx"), "PCHDMS", everywhere: "MS", query: place),
    line(.get("/nutrition/names"), "KPCHD", hidden: "M", query: place),
    line(.get("/nutrition/names.csv"), "PCHD", hidden: "M", query: place),
    line(.get("/nutrition/names.xlsx"), "PCHD", hidden: "M", query: place),
    line(.get("/nutrition/report"), "KPCHDMS", everywhere: "MS", query: place),
    line(.get("/nutrition/report.csv"), "PCHDMS", everywhere: "MS", query: place),
    line(.get("/nutrition/report.xlsx"), "PCHDMS", everywhere: "MS", query: place),
  ]

  private static let persons = [
    line(
      .get("/search"), "KPCHDMAX", hidden: "F", everywhere: "MAX", query: "?place={place}&q=su"),
    line(.get("/search.csv"), "PCHD", hidden: "M", query: "?place={place}&q=su"),
    line(.get("/search.xlsx"), "PCHD", hidden: "M", query: "?place={place}&q=su"),
    line(.get("/people/new"), "KPCDF"),
    line(.get("/people/{id}"), "KPCHDF", hidden: "M"),
    line(.get("/people/{id}/history"), "KPCHDF", hidden: "M"),
    line(.get("/people/{id}/edit"), "PCHD", hidden: "KF"),
    line(.get("/people/{id}/care"), "KPCHDF"),
    // No form is named, and the child is no woman.
    line(.get("/people/{id}/visit"), "", hidden: "KPCF"),
    // A measurement of a list, which no kader and no clinic wrote.
    line(.get("/people/{id}/visits/{fact}"), "PC", hidden: "KF"),
    line(.get("/people/{id}/visits/{fact}/withdraw"), "PC", hidden: "KF"),
    line(.get("/people/{id}/immunizations"), "KPCHDF"),
    line(.get("/people/{id}/immunizations/print"), "KPCHDF"),
    line(.get("/people/{id}/immunizations/today"), "KPCF"),
    line(.get("/people/{id}/immunizations/book"), "KPCF"),
    // The fact is a measurement.
    line(.get("/people/{id}/immunizations/{fact}"), "", hidden: "KPCF"),
    line(.get("/people/{id}/pregnancy"), "", hidden: "KPCF"),
    line(.get("/people/{id}/pregnancy/end"), "", hidden: "KPCF"),
    // The child is not pregnant.
    line(.get("/people/{id}/pregnancy/sheet"), "", hidden: "KPCHDF"),
    line(.get("/people/{id}/referral"), "KPCF"),
    line(.get("/referrals"), "KPCHDF"),
    line(.get("/people/{id}/move"), "PCHD"),
    line(.get("/people/{id}/death"), "PCHD"),
    line(.get("/people/{id}/marriage"), "PCHD"),
    line(.get("/people/{id}/same"), "PCHD"),
    line(.get("/people/{id}/access"), "PCHD"),
    line(.get("/people/{id}/access.csv"), "PCHD"), line(.get("/people/{id}/access.xlsx"), "PCHD"),
    line(.get("/families"), "KPCHD", hidden: "FM", query: place),
    line(.get("/families.csv"), "PCHD", hidden: "M", query: place),
    line(.get("/families.xlsx"), "PCHD", hidden: "M", query: place),
    line(.get("/duplicates"), "PCHD", query: place),
    line(.get("/duplicates.csv"), "PCHD", hidden: "M", query: place),
    line(.get("/duplicates.xlsx"), "PCHD", hidden: "M", query: place),
    line(.get("/families/{id}"), "KPCHDF", hidden: "M"),
    line(.get("/families/{id}/edit"), "KPCD"),
    line(.get("/children/{id}"), "KPCHDF", hidden: "M"),
    line(.get("/children/{id}/measurements.csv"), "KPCHDF", hidden: "M"),
    line(.get("/children/{id}/measurements.xlsx"), "KPCHDF", hidden: "M"),
    line(.get("/children/{id}/birth"), "KPCHDF", hidden: "M"),
    line(.get("/children/{id}/kms"), "KPCHDF", hidden: "M"),
    line(.get("/children/{id}/measurements/{fact}"), "KPCHDF", hidden: "M"),
  ]

  /// Forms without a word in them: they are read, and refused as they are.
  private static let acts = [
    line(.post("/people"), "KPCDF", status: 400),
    line(.post("/people/{id}/edit"), "PCHD", hidden: "KF", status: 400),
    line(.post("/people/{id}/visit"), "", hidden: "KPCF"),
    line(.post("/people/{id}/visit/consequences"), "", hidden: "KPCF"),
    line(.post("/people/{id}/visits/{fact}"), "PC", hidden: "KF", status: 400),
    line(.post("/people/{id}/visits/{fact}/consequences"), "PC", hidden: "KF"),
    line(.post("/people/{id}/visits/{fact}/withdraw"), "PC", hidden: "KF", status: 400),
    line(.post("/people/{id}/immunizations/today"), "KPCF", status: 400),
    line(.post("/people/{id}/immunizations/book"), "KPCF", status: 400),
    line(.post("/people/{id}/immunizations/{fact}"), "", hidden: "KPCF"),
    line(.post("/people/{id}/pregnancy"), "", hidden: "KPCF"),
    line(.post("/people/{id}/pregnancy/end"), "", hidden: "KPCF"),
    line(.post("/people/{id}/referral"), "KPCF", status: 400),
    // There is no referral with that code.
    line(.post("/referrals"), "", hidden: "KPCF"),
    line(.post("/people/{id}/move"), "PCHD", status: 400),
    line(.post("/people/{id}/death"), "PCHD", status: 400),
    line(.post("/people/{id}/marriage"), "PCHD", status: 400),
    line(.post("/people/{id}/same"), "", hidden: "PCHD"),
    // A Posyandu is no facility that takes patients on.
    line(.post("/people/{id}/facilities/{place}/end"), "", hidden: "PCHDF"),
    line(.post("/duplicates"), "PCHD", status: 303),
    // It does not say what it is based on: somebody else may have been quicker.
    line(.post("/families/{id}/edit"), "KPCD", status: 409),
  ]

  /// What is opened beyond a role; forms without a word in them, and openings of nobody.
  private static let openings = [
    line(.get("/openings"), "PCHFM"), line(.get("/openings.csv"), "PCHFM"),
    line(.get("/openings.xlsx"), "PCHFM"), line(.get("/openings/emergency"), "PCHF"),
    line(.post("/openings/emergency"), "PCHF", status: 400),
    line(.get("/openings/area"), "M"), line(.post("/openings/area"), "M", status: 400),
    line(.post("/openings/{id}/close"), "", hidden: "PCHFM"),
    line(.post("/openings/{id}/review"), "", hidden: "HM"),
  ]

  /// What persons ask about their data, and who is hidden; requests with an id are of nobody.
  private static let requests = [
    line(.get("/requests"), "PCHDFM"),
    line(.get("/requests.csv"), "PCHDFM"), line(.get("/requests.xlsx"), "PCHDFM"),
    line(.get("/requests/{id}"), "", hidden: "HM"),
    line(.post("/requests/{id}"), "", hidden: "HM"),
    line(.get("/people/{id}/requests"), "PCHDF"),
    line(.post("/people/{id}/requests"), "PCHDF", status: 400),
    line(.get("/people/{id}/record"), "PCHD"),
    line(.get("/people/{id}/record.csv"), "PCHD"),
    line(.get("/people/{id}/consent"), "KPCDF"),
    line(.post("/people/{id}/consent"), "KPCDF", status: 400),
    line(.get("/people/{id}/card"), "PCD"),
    line(.post("/people/{id}/card"), "PCD", status: 400),
    line(.get("/people/{id}/protection"), "PCH"),
    line(.post("/people/{id}/protection"), "PCH", status: 400),
  ]

  /// Workers; those with an id are of nobody.
  private static let workers = [
    line(.get("/workers"), "PCHDMAX"), line(.get("/workers.csv"), "PCHDMAX"),
    line(.get("/workers.xlsx"), "PCHDMAX"),
    line(.get("/workers/new"), "HX"), line(.post("/workers"), "HX", status: 400),
    line(.get("/workers/{id}"), "", hidden: "PCHDMAX"),
    line(.post("/workers/{id}"), "", hidden: "HX"),
    line(.post("/workers/{id}/roles"), "", hidden: "HX"),
    line(.post("/workers/{id}/roles/{fact}/end"), "", hidden: "HX"),
    line(.post("/workers/{id}/end"), "", hidden: "HX"),
    line(.post("/workers/{id}/resume"), "", hidden: "HX"),
    line(.post("/workers/{id}/code"), "", hidden: "PHDX"),
    line(.get("/workers/{id}/skills"), "", hidden: "PHDX"),
    line(.post("/workers/{id}/skills"), "", hidden: "PHDX"),
    line(.post("/workers/{id}/app/end"), "", hidden: "HX"),
    line(.post("/workers/{id}/sessions/{session}/end"), "", hidden: "HDX"),
    line(.post("/workers/{id}/devices/{device}/revoke"), "", hidden: "PHDX"),
    line(.get("/phones"), "PHDX"), line(.get("/phones.csv"), "PHDX"),
    line(.get("/phones.xlsx"), "PHDX"),
    line(.post("/phones/{device}/revoke"), "", hidden: "PHDX"),
  ]

  /// Places; those with an id are of nobody.
  private static let places = [
    line(.get("/administration/setup"), "X"),
    line(.post("/administration/setup"), "X", status: 400),
    line(.get("/administration/setup/{id}"), "", hidden: "X"),
    line(.post("/administration/setup/{id}/take"), "", hidden: "X"),
    line(.post("/administration/setup/{id}/discard"), "", hidden: "X"),
    line(.get("/administration/places"), "KPCHDMAX"),
    line(.get("/administration/places.csv"), "KPCHDMAX"),
    line(.get("/administration/places.xlsx"), "KPCHDMAX"),
    line(.get("/administration/places/{id}"), "", hidden: "KPCHDMAX"),
    line(.post("/administration/places/{id}"), "", hidden: "X"),
    line(.post("/administration/places/{id}/below"), "", hidden: "X"),
    line(.post("/administration/places/{id}/end"), "", hidden: "X"),
    line(.post("/administration/places/{id}/reopen"), "", hidden: "X"),
    line(.get("/administration/places/{id}/residents"), "", hidden: "DX"),
    line(.post("/administration/places/{id}/residents"), "", hidden: "DX"),
    line(.post("/administration/places/{id}/catchment"), "", hidden: "X"),
    line(.post("/administration/places/{id}/catchment/{fact}/end"), "", hidden: "X"),
    line(.post("/administration/places/{id}/puskesmas"), "", hidden: "X"),
    line(.post("/administration/places/{id}/agreements"), "", hidden: "X"),
    line(.post("/administration/places/{id}/agreements/{fact}"), "", hidden: "X"),
  ]

  private static let files = [
    line(.get("/imports"), "HD"),
    line(.get("/imports.csv"), "HD"),
    line(.get("/imports.xlsx"), "HD"),
    line(.get("/imports/{id}"), "", hidden: "HD"),
    line(.get("/imports/{id}/refused.csv"), "", hidden: "HD"),
    line(.get("/imports/{id}/warnings.csv"), "", hidden: "HD"),
    line(.get("/imports/{id}/undo"), "", hidden: "DX"),
    line(.get("/imports/{id}/undo/kept.csv"), "", hidden: "DX"),
    line(.get("/imports/{id}/undo/kept.xlsx"), "", hidden: "DX"),
    line(.post("/imports/{id}/undo"), "", hidden: "DX"),
    line(.get("/lists/households"), "D"),
    // No file came with it.
    line(.post("/lists/households"), "D", status: 400),
    line(.get("/lists/households/template.csv"), "D"),
    line(.get("/lists/households/template.xlsx"), "D"),
    line(.get("/lists/staff"), "X"),
    line(.post("/lists/staff"), "X", status: 400),
    line(.get("/lists/staff/template.csv"), "X"),
    line(.get("/lists/staff/template.xlsx"), "X"),
    line(.get("/uploads/{id}"), "", hidden: "DX"),
    line(.get("/uploads/{id}/refused.csv"), "", hidden: "DX"),
    line(.get("/uploads/{id}/rows.csv"), "", hidden: "DX"),
    line(.get("/uploads/{id}/rows.xlsx"), "", hidden: "DX"),
    line(.post("/uploads/{id}/write"), "", hidden: "DX"),
    line(.post("/uploads/{id}/check"), "", hidden: "DX"),
    line(.post("/uploads/{id}/discard"), "", hidden: "DX"),
    line(.get("/refused-facts"), "HD"),
    line(.get("/refused-facts.csv"), "HD"), line(.get("/refused-facts.xlsx"), "HD"),
    line(.get("/log"), "HA"),
    line(.get("/log.csv"), "A"), line(.get("/log.xlsx"), "A"),
  ]

  /// Routes that need nobody: ``SignInTests`` are about them.
  static let needsNobody: Set<Route> = [
    .get("/healthz"), .get("/assets/{name}"), .get("/sign-in"), .post("/sign-in"),
    .post("/sign-out"), .get("/kader"), .post("/kader"), .get("/enrol"), .post("/enrol"),
  ]
}

extension Route {
  /// Whether it is a form, and no page.
  var isAct: Bool { description.hasPrefix("POST ") }
}
