import HTTPTypes
import Services

/// A page or act, by method and pattern.
struct Route: Hashable, Sendable, CustomStringConvertible {
  let method: HTTPRequest.Method
  let path: String

  init(_ method: HTTPRequest.Method, _ path: String) {
    self.method = method
    self.path = path
  }

  static func get(_ path: String) -> Route { Route(.get, path) }
  static func post(_ path: String) -> Route { Route(.post, path) }

  var description: String { "\(method.rawValue) \(path)" }
}

/// What somebody needs to be let in at a route.
enum Need: Hashable, Sendable {
  /// Nothing: who is not signed in, too.
  case nothing
  /// To be signed in.
  case session
  /// A role that allows one of these somewhere; the page asks of the place or person that it shows.
  case oneOf([Action])

  static func may(_ actions: Action...) -> Need { .oneOf(actions) }
}

/// What every route needs. A route that does not stand here cannot be registered, and a line
/// without a route fails a test.
enum RoutePermissions {
  static let table: [Route: Need] = [
    .get("/healthz"): .nothing,
    .get("/assets/{name}"): .nothing,

    // Signing in.
    .get("/sign-in"): .nothing,
    .post("/sign-in"): .nothing,
    .post("/sign-out"): .nothing,
    .get("/kader"): .nothing,
    .post("/kader"): .nothing,
    .get("/enrol"): .nothing,
    .post("/enrol"): .nothing,
    .get("/account"): .session,
    .post("/account/password"): .session,
    .get("/account/app"): .session,
    .post("/account/app"): .session,
    .post("/account/app/confirm"): .session,
    .post("/account/sessions/{id}/end"): .session,

    .get("/"): .session,
    .get("/guidelines"): .may(.openGuidelines),
    .get("/guidelines/{code}"): .may(.openGuidelines),
    .post("/guidelines/{code}"): .may(.signGuidelines),
    .get("/calculator"): .may(.calculate),

    // Figures, and the names behind them.
    .get("/places/{id}"): .may(.seeFigures),
    .get("/places/{id}/without-birth-date"): .may(.openNames),
    .get("/places/{id}/without-birth-date.csv"): .may(.exportNames),
    .get("/places/{id}/without-birth-date.xlsx"): .may(.exportNames),
    .get("/nutrition"): .may(.seeFigures),
    .get("/nutrition.csv"): .may(.exportFigures),
    .get("/nutrition.xlsx"): .may(.exportFigures),
    .get("/nutrition/names"): .may(.openNames),
    .get("/nutrition/names.csv"): .may(.exportNames),
    .get("/nutrition/names.xlsx"): .may(.exportNames),
    .get("/nutrition/report"): .may(.seeFigures),
    .get("/nutrition/report.csv"): .may(.exportFigures),
    .get("/nutrition/report.xlsx"): .may(.exportFigures),

    // Persons and families.
    .get("/search"): .may(.searchPersons, .seePlaces),
    .get("/search.csv"): .may(.exportNames),
    .get("/search.xlsx"): .may(.exportNames),
    .get("/people/new"): .may(.registerPerson),
    .post("/people"): .may(.registerPerson),
    .get("/people/{id}"): .may(.seePerson),
    .get("/people/{id}/history"): .may(.seePerson),
    .get("/people/{id}/edit"): .may(.correctPerson),
    .post("/people/{id}/edit"): .may(.correctPerson),
    .get("/people/{id}/care"): .may(.seeCare),
    .get("/people/{id}/visit"): .may(.recordCare),
    .post("/people/{id}/visit"): .may(.recordCare),
    .post("/people/{id}/visit/consequences"): .may(.recordCare),
    .get("/people/{id}/visits/{fact}"): .may(.recordCare),
    .post("/people/{id}/visits/{fact}"): .may(.recordCare),
    .post("/people/{id}/visits/{fact}/consequences"): .may(.recordCare),
    .get("/people/{id}/visits/{fact}/withdraw"): .may(.recordCare),
    .post("/people/{id}/visits/{fact}/withdraw"): .may(.recordCare),
    .get("/people/{id}/immunizations"): .may(.seeCare),
    .get("/people/{id}/immunizations/print"): .may(.seeCare),
    .get("/people/{id}/immunizations/today"): .may(.recordCare),
    .post("/people/{id}/immunizations/today"): .may(.recordCare),
    .get("/people/{id}/immunizations/book"): .may(.recordCare),
    .post("/people/{id}/immunizations/book"): .may(.recordCare),
    .get("/people/{id}/immunizations/{fact}"): .may(.recordCare),
    .post("/people/{id}/immunizations/{fact}"): .may(.recordCare),
    .get("/people/{id}/pregnancy"): .may(.recordCare),
    .post("/people/{id}/pregnancy"): .may(.recordCare),
    .get("/people/{id}/pregnancy/end"): .may(.recordCare),
    .post("/people/{id}/pregnancy/end"): .may(.recordCare),
    .get("/people/{id}/pregnancy/sheet"): .may(.seeCare),
    .get("/people/{id}/referral"): .may(.recordCare),
    .post("/people/{id}/referral"): .may(.recordCare),
    .get("/referrals"): .may(.seeCare),
    .post("/referrals"): .may(.recordCare),
    .get("/people/{id}/move"): .may(.movePerson),
    .post("/people/{id}/move"): .may(.movePerson),
    .get("/people/{id}/death"): .may(.recordDeath),
    .post("/people/{id}/death"): .may(.recordDeath),
    .get("/people/{id}/marriage"): .may(.movePerson),
    .post("/people/{id}/marriage"): .may(.movePerson),
    .get("/people/{id}/same"): .may(.decideMerge),
    .post("/people/{id}/same"): .may(.decideMerge),
    .get("/people/{id}/access"): .may(.showAccess),
    .get("/people/{id}/access.csv"): .may(.showAccess),
    .get("/people/{id}/access.xlsx"): .may(.showAccess),
    .post("/people/{id}/facilities/{place}/end"): .may(.endTie),
    .get("/families"): .may(.seeFamily),
    .get("/families.csv"): .may(.exportNames),
    .get("/families.xlsx"): .may(.exportNames),
    .get("/duplicates"): .may(.decideMerge),
    .get("/duplicates.csv"): .may(.exportNames),
    .get("/duplicates.xlsx"): .may(.exportNames),
    .post("/duplicates"): .may(.decideMerge),
    .get("/families/{id}"): .may(.seeFamily),
    .get("/families/{id}/edit"): .may(.changeFamily),
    .post("/families/{id}/edit"): .may(.changeFamily),
    .get("/children/{id}"): .may(.seeGrowth),
    .get("/children/{id}/measurements.csv"): .may(.seeGrowth),
    .get("/children/{id}/measurements.xlsx"): .may(.seeGrowth),
    .get("/children/{id}/birth"): .may(.seeGrowth),
    .get("/children/{id}/kms"): .may(.seeGrowth),
    .get("/children/{id}/measurements/{fact}"): .may(.seeGrowth),

    // What is opened beyond a role.
    .get("/openings"): .may(.breakGlass, .openWithPurpose, .reviewBreakGlass),
    .get("/openings.csv"): .may(.breakGlass, .openWithPurpose, .reviewBreakGlass),
    .get("/openings.xlsx"): .may(.breakGlass, .openWithPurpose, .reviewBreakGlass),
    .get("/openings/emergency"): .may(.breakGlass),
    .post("/openings/emergency"): .may(.breakGlass),
    .get("/openings/area"): .may(.openWithPurpose),
    .post("/openings/area"): .may(.openWithPurpose),
    .post("/openings/{id}/close"): .may(.breakGlass, .openWithPurpose),
    .post("/openings/{id}/review"): .may(.reviewBreakGlass),

    // What persons ask about their data, and who is hidden.
    .get("/requests"): .may(.answerSubjectRequest, .takeSubjectRequest),
    .get("/requests.csv"): .may(.answerSubjectRequest, .takeSubjectRequest),
    .get("/requests.xlsx"): .may(.answerSubjectRequest, .takeSubjectRequest),
    .get("/requests/{id}"): .may(.answerSubjectRequest),
    .post("/requests/{id}"): .may(.answerSubjectRequest),
    .get("/people/{id}/requests"): .may(.takeSubjectRequest),
    .post("/people/{id}/requests"): .may(.takeSubjectRequest),
    .get("/people/{id}/record"): .may(.showAccess),
    .get("/people/{id}/record.csv"): .may(.showAccess),
    .get("/people/{id}/consent"): .may(.recordConsent),
    .post("/people/{id}/consent"): .may(.recordConsent),
    .get("/people/{id}/card"): .may(.issueCard),
    .post("/people/{id}/card"): .may(.issueCard),
    .get("/people/{id}/protection"): .may(.protectPerson),
    .post("/people/{id}/protection"): .may(.protectPerson),

    // Workers and places.
    .get("/workers"): .may(.seeWorkers),
    .get("/workers.csv"): .may(.seeWorkers),
    .get("/workers.xlsx"): .may(.seeWorkers),
    .get("/workers/new"): .may(.changeWorkers),
    .post("/workers"): .may(.changeWorkers),
    .get("/workers/{id}"): .may(.seeWorkers),
    .post("/workers/{id}"): .may(.changeWorkers),
    .post("/workers/{id}/roles"): .may(.changeWorkers),
    .post("/workers/{id}/roles/{fact}/end"): .may(.changeWorkers),
    .post("/workers/{id}/end"): .may(.changeWorkers),
    .post("/workers/{id}/resume"): .may(.changeWorkers),
    .post("/workers/{id}/code"): .may(.enrolKader, .changeWorkers),
    .get("/workers/{id}/skills"): .may(.enrolKader),
    .post("/workers/{id}/skills"): .may(.enrolKader),
    .post("/workers/{id}/app/end"): .may(.changeWorkers),
    .post("/workers/{id}/sessions/{session}/end"): .may(.endSessions),
    .post("/workers/{id}/devices/{device}/revoke"): .may(.endSessions, .enrolKader),
    .get("/phones"): .may(.endSessions, .enrolKader),
    .get("/phones.csv"): .may(.endSessions, .enrolKader),
    .get("/phones.xlsx"): .may(.endSessions, .enrolKader),
    .post("/phones/{device}/revoke"): .may(.endSessions, .enrolKader),
    .get("/administration/setup"): .may(.changePlaces),
    .post("/administration/setup"): .may(.changePlaces),
    .get("/administration/setup/{id}"): .may(.changePlaces),
    .post("/administration/setup/{id}/take"): .may(.changePlaces),
    .post("/administration/setup/{id}/discard"): .may(.changePlaces),
    .get("/administration/places"): .may(.seePlaces),
    .get("/administration/places.csv"): .may(.seePlaces),
    .get("/administration/places.xlsx"): .may(.seePlaces),
    .get("/administration/places/{id}"): .may(.seePlaces),
    .post("/administration/places/{id}"): .may(.changePlaces),
    .post("/administration/places/{id}/below"): .may(.changePlaces),
    .post("/administration/places/{id}/end"): .may(.changePlaces),
    .post("/administration/places/{id}/reopen"): .may(.changePlaces),
    .get("/administration/places/{id}/residents"): .may(.moveResidents),
    .post("/administration/places/{id}/residents"): .may(.moveResidents),
    .post("/administration/places/{id}/catchment"): .may(.changePlaces),
    .post("/administration/places/{id}/catchment/{fact}/end"): .may(.changePlaces),
    .post("/administration/places/{id}/puskesmas"): .may(.changePlaces),
    .post("/administration/places/{id}/agreements"): .may(.changePlaces),
    .post("/administration/places/{id}/agreements/{fact}"): .may(.changePlaces),

    // Files.
    .get("/imports"): .may(.seeImports),
    .get("/imports.csv"): .may(.seeImports),
    .get("/imports.xlsx"): .may(.seeImports),
    .get("/imports/{id}"): .may(.seeImports),
    .get("/imports/{id}/refused.csv"): .may(.seeImports),
    .get("/imports/{id}/warnings.csv"): .may(.seeImports),
    .get("/imports/{id}/undo"): .may(.importPersons, .importStaff, .moveResidents),
    .get("/imports/{id}/undo/kept.csv"): .may(.importPersons, .importStaff, .moveResidents),
    .get("/imports/{id}/undo/kept.xlsx"): .may(.importPersons, .importStaff, .moveResidents),
    .post("/imports/{id}/undo"): .may(.importPersons, .importStaff, .moveResidents),
    .get("/lists/households"): .may(.importPersons),
    .post("/lists/households"): .may(.importPersons),
    .get("/lists/households/template.csv"): .may(.importPersons),
    .get("/lists/households/template.xlsx"): .may(.importPersons),
    .get("/lists/staff"): .may(.importStaff),
    .post("/lists/staff"): .may(.importStaff),
    .get("/lists/staff/template.csv"): .may(.importStaff),
    .get("/lists/staff/template.xlsx"): .may(.importStaff),
    .get("/uploads/{id}"): .may(.importPersons, .importStaff),
    .get("/uploads/{id}/refused.csv"): .may(.importPersons, .importStaff),
    .get("/uploads/{id}/rows.csv"): .may(.importPersons, .importStaff),
    .get("/uploads/{id}/rows.xlsx"): .may(.importPersons, .importStaff),
    .post("/uploads/{id}/write"): .may(.importPersons, .importStaff),
    .post("/uploads/{id}/check"): .may(.importPersons, .importStaff),
    .post("/uploads/{id}/discard"): .may(.importPersons, .importStaff),
    .get("/refused-facts"): .may(.seeImports),
    .get("/refused-facts.csv"): .may(.seeImports),
    .get("/refused-facts.xlsx"): .may(.seeImports),

    // Who looked at what.
    .get("/log"): .may(.readLog),
    .get("/log.csv"): .may(.exportLog),
    .get("/log.xlsx"): .may(.exportLog),
  ]
}
