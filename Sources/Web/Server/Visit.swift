import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import NIOCore
import Services

/// A section of the main menu.
enum Section: String, CaseIterable, Sendable {
  case pws, report, imports, administration, requests, openings, log, calculator, guidelines

  /// Of what a visitor must be allowed one to be shown it.
  var actions: [Action] {
    switch self {
    case .pws, .report: [.seeFigures]
    case .imports: [.seeImports]
    case .log: [.readLog]
    case .administration: [.seeWorkers]
    case .requests: [.answerSubjectRequest, .takeSubjectRequest]
    case .openings: [.breakGlass, .openWithPurpose, .reviewBreakGlass]
    case .calculator: [.calculate]
    case .guidelines: [.openGuidelines]
    }
  }

  var path: String {
    switch self {
    case .pws: "/nutrition"
    case .report: "/nutrition/report"
    case .imports: "/imports"
    case .log: "/log"
    case .openings: "/openings"
    case .requests: "/requests"
    case .administration: "/workers"
    case .calculator: "/calculator"
    case .guidelines: "/guidelines"
    }
  }
}

/// One request: who asks for what, in which language, and the journal's state that answers it.
struct Visit: Sendable {
  let site: Site
  let language: Language
  let format: Format
  let query: Query
  let path: String
  let snapshot: Snapshot
  let today: CivilDate
  /// Who asks.
  let visitor: Visitor
  /// Who records, and when: all facts of one form are of one moment, by which they are found together
  /// again.
  let recording: Recording
  /// Whom the answer shows.
  let log = VisitLog()
  /// The address that was asked for, with its parameters.
  let address: String
  /// By which this phone or browser is known again.
  let deviceKey: DeviceKey?
  /// Where the request came from, for counting failures.
  let clientAddress: ClientAddress
  /// How this server is called by those who use it: `https://` or `http://` with the host.
  let origin: String
  /// Who gave the care that was written down last in this browser.
  let lastPerformer: String?
  /// The batches that were written down last in this browser.
  let lastBatches: String?
  /// The list that was opened last in this browser.
  let lastList: String?

  var words: Words { format.words }
  /// The district as the visitor may see it: whoever is protected is not in it.
  var district: District { site.district.seen(by: sight) }
  var sight: Sight { Sight(visitor.rights, protected: snapshot.protected) }
  /// Whether a person is hidden from the visitor.
  func hides(_ person: PersonEntry) -> Bool { sight.hides(person) }
  var tree: PlaceTree { snapshot.tree }
  /// The month that now runs: no later one is shown.
  var currentMonth: CivilMonth { snapshot.month }

  init(_ request: Request, site: Site, visitor: Visitor) throws {
    self.site = site
    self.visitor = visitor
    recording = Recording(
      at: site.now, recorder: visitor.worker?.id, device: visitor.session?.device)
    address = request.uri.string
    deviceKey = Cookies.device(of: request)
    clientAddress = ClientAddress(Visit.sender(of: request, isProxied: site.publicHost != nil))
    origin =
      site.publicHost.map { "https://\($0)" } ?? "http://\(request.head.authority ?? "localhost")"
    lastPerformer = Cookies.value(Cookies.performer, of: request)
    lastBatches = Cookies.value(Cookies.batches, of: request)
    lastList = Cookies.value(Cookies.list, of: request)
    query = Query(request.uri.query)
    language = try query.language() ?? Visit.cookieLanguage(request) ?? .indonesian
    format = site.format(language)
    path = request.uri.path
    snapshot = try site.snapshot()
    today = site.today
  }

  /// Only a proxy on this machine can reach us: what it says last of who asked is to be believed.
  private static func sender(of request: Request, isProxied: Bool) -> String {
    guard isProxied, let forwarded = request.headers[.xForwardedFor] else { return "127.0.0.1" }
    // Byte by byte: whatever stands before the comma cannot take it into a character of its own.
    return forwarded.utf8.split(separator: UInt8(ascii: ",")).last.map {
      String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespaces)
    } ?? "127.0.0.1"
  }

  /// The language that was chosen before.
  static func cookieLanguage(_ request: Request) -> Language? {
    Cookies.value(Cookies.language, of: request).flatMap(Language.init(rawValue:))
  }

  /// The place asked for, or the first of the visitor's own.
  func place(for action: Action) throws -> Place? {
    guard let place = try query.place(in: tree) else { return ownPlaces(for: action).first }
    return try self.place(place.id, for: action)
  }

  /// The place with that identifier, where the visitor may do that there. One that is out of reach
  /// looks as if it were not there.
  func place(_ id: Identifier, for action: Action) throws(PageProblem) -> Place {
    log.note(place: id)
    guard let place = tree.places[id] else { throw .notFound }
    guard visitor.rights.may(action, at: id) else { throw .outOfReach }
    return place
  }

  /// The way to a place's figures; nothing for who may not see them.
  func link(to place: Place) -> String? {
    visitor.rights.may(.seeFigures, at: place.id) ? Links.place(place) : nil
  }

  /// Whether an action reaches every place there is: what is told by no place is for those only.
  func reachesEverything(_ action: Action) -> Bool {
    guard let area = visitor.rights.area(of: action) else { return true }
    return !tree.roots.isEmpty && tree.roots.allSatisfy { area.contains($0.id) }
  }

  /// The places that the visitor begins with: those of the roles that allow it, in the tree of care.
  func ownPlaces(for action: Action) -> [Place] {
    guard let area = visitor.rights.area(of: action) else { return tree.roots }
    return area.compactMap { tree.places[$0] }
      .filter { $0.kind.isInCareTree && !($0.partOf.map { area.contains($0) } ?? false) }
      .sorted { ($0.kind.rawValue, $0.name, $0.id) < ($1.kind.rawValue, $1.name, $1.id) }
  }

  /// The month asked for, or the last one with weighings.
  func month() throws -> CivilMonth {
    try query.month(notAfter: currentMonth) ?? snapshot.openingMonth
  }

  /// `Puskesmas Contoh Raya`.
  func named(_ place: Place) -> String {
    kindBefore(place).map { "\($0) \(place.name)" } ?? place.name
  }

  /// Places with their names; of those that are called the same, with the area in which each lies:
  /// "Desa Sidomulyo (Tamban Catur)".
  func namedApart(_ places: [Place]) -> [(place: Place, name: String)] {
    let counts = Dictionary(grouping: places, by: named).mapValues(\.count)
    return places.map { place in
      let name = named(place)
      guard counts[name, default: 0] > 1,
        let area = place.within.flatMap({ tree.places[$0] })
          ?? place.partOf.flatMap({ tree.places[$0] })
      else { return (place, name) }
      return (place, "\(name) (\(area.name))")
    }
  }

  /// The kind that is said before a place's name; nothing where the name begins with it.
  func kindBefore(_ place: Place) -> String? {
    let code = "kinds.\(place.kind.code)"
    let kind = words[code]
    // "Praktik bidan Praktik Bidan Melati" says it twice.
    let first = place.name.split(separator: " ").first?.lowercased()
    // Names are Indonesian in either language: "District Kabupaten Kapuas" says it twice as well.
    let isSaid = [kind, site.format(.indonesian).words[code]].map { $0.lowercased() }.contains {
      place.name.lowercased().hasPrefix($0)
        || $0.split(separator: "/").contains { String($0) == first }
    }
    return isSaid ? nil : kind
  }
}

/// One step of the way to a page.
struct Crumb: Sendable {
  let name: String
  var url: String?
}

/// A page ready to be rendered.
struct Rendering {
  /// The template's name.
  var template: String
  /// The page's title.
  var title: String
  /// The way to the page, the page itself last.
  var crumbs: [Crumb] = []
  /// The menu's section.
  var section: Section?
  /// The place and month that the menu leads to.
  var focus: (place: Place, month: CivilMonth)?
  /// What was searched for.
  var searched: String?
  /// What the template is filled with.
  var fields: Fields
}

extension Visit {
  /// The way to a place, each step a link; the last one too.
  func crumbs(to place: Place, month: CivilMonth? = nil) -> [Crumb] {
    tree.path(from: place.id).reversed().map { step in
      Crumb(
        name: named(step),
        url: visitor.rights.may(.seeFigures, at: step.id) ? Links.place(step, month: month) : nil)
    }
  }

  /// The way to a page that belongs to no place.
  func homeCrumbs(_ name: String) -> [Crumb] {
    [Crumb(name: words["common.home"], url: "/"), Crumb(name: name)]
  }

  /// The way to a page that belongs to a person.
  func crumbs(toPerson id: Identifier, named name: String, _ title: String) -> [Crumb] {
    [
      Crumb(name: words["common.home"], url: "/"), Crumb(name: name, url: Links.person(id)),
      Crumb(name: title),
    ]
  }

  /// The page as an answer.
  func respond(
    _ page: Rendering, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let kept = status == .ok ? keptForm : nil
    let frame = try frame(of: page)
    let template = page.template
    let common: Fields = ["lang": language.rawValue, "t": words.tree]
    var fields = page.fields
    // Beside every list as CSV there is the same as XLSX.
    if let csv = fields["export_url"] as? String {
      fields["export_xlsx_url"] = csv.replacing(".csv", with: ".xlsx", maxReplacements: 1)
    }
    func html(fillingIn isFilledIn: Bool) throws -> String {
      let page = frame.merging(["fills_in": isFilledIn])
      return try site.render(
        common.merging(["page": page]).merging(fields), template: template)
    }
    let filled = try kept.flatMap { FilledForm($0).page(try html(fillingIn: true)) }
    let text = try filled ?? html(fillingIn: false)
    var headers: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
      .contentLanguage: language.rawValue,
    ]
    if query["lang"] != nil { headers[.setCookie] = Visit.cookie(language) }
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// What the worker wrote on this page when the session had ended.
  private var keptForm: KeptForm? {
    guard query[KeptForm.parameter] != nil, let worker = visitor.worker else { return nil }
    return site.keptForms.form(of: worker.id, at: site.now).flatMap { kept in
      kept.page.prefix { $0 != "?" } == path ? kept : nil
    }
  }

  /// A part of a page as an answer, which a script puts in its place. Its template's name ends with
  /// `-alone`.
  func respondAlone(_ fields: Fields, template: String) throws -> Response {
    let common: Fields = ["lang": language.rawValue, "t": words.tree]
    let html = try site.render(common.merging(fields), template: template)
    let headers: HTTPFields = [
      .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
      .contentLanguage: language.rawValue,
    ]
    return Response(
      status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// A list as a file.
  func respond(
    _ sheet: Spreadsheet, as form: Spreadsheet.Form = .csv
  ) throws -> Response {
    let body =
      try form == .csv
      ? ByteBuffer(string: sheet.text) : ByteBuffer(bytes: sheet.workbook())
    return answer(named: sheet.name(as: form), form, ResponseBody(byteBuffer: body))
  }

  /// A long list as a file.
  func respond(_ file: SpreadsheetFile) throws -> Response {
    answer(named: file.name, file.form, try file.finish())
  }

  private func answer(
    named name: String, _ form: Spreadsheet.Form, _ body: ResponseBody
  ) -> Response {
    let safe = name.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic
          || "0123456789-_.".unicodeScalars
            .contains(scalar))
        ? Character(scalar) : "-"
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: form.contentType, .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"\(String(safe))\"",
      ], body: body)
  }

  static func cookie(_ language: Language) -> String {
    Cookies.set(Cookies.language, language.rawValue, seconds: 365 * 86_400)
  }

  private func frame(of page: Rendering) throws -> Fields {
    let asOf = snapshot.lastRecorded
    let openings = try openingFields()
    return [
      "title": page.title, "demo": site.demo != nil, "version": site.version,
      "worker": visitor.worker?.name, "form_token": visitor.formToken,
      "may_search": visitor.rights.may(.searchPersons) || visitor.rights.may(.seePlaces),
      "as_of": asOf.map(format.moment) ?? words["common.none"],
      "as_of_iso": asOf.map(Format.iso),
      "lang_links": Language.allCases.map { languageLink(to: $0) },
      "menu": Section.allCases.filter { section in
        section.actions.contains { visitor.rights.may($0) }
      }.map { section -> Fields in
        [
          "label": words["common.menu_\(section.rawValue)"],
          "url": menuAddress(section, focus: page.focus), "current": section == page.section,
        ]
      },
      "has_breadcrumbs": !page.crumbs.isEmpty,
      "breadcrumbs": page.crumbs.enumerated().map { position, crumb -> Fields in
        // Under a name of its own: a page's `url` would take the place of one that is missing.
        [
          "name": crumb.name,
          "crumb_url": position == page.crumbs.count - 1 ? nil : crumb.url,
        ]
      },
      "search_query": page.searched,
      "search_label": visitor.rights.may(.searchPersons)
        ? words["common.search_persons_label"] : words["common.search_label"],
      "openings": openings.notices,
      "reviews": openings.reviews,
    ]
  }

  private func menuAddress(
    _ section: Section, focus: (place: Place, month: CivilMonth)?
  ) -> String {
    guard let focus else { return section.path }
    switch section {
    case .pws: return Links.nutrition(focus.place, nil, focus.month)
    case .report: return Links.report(focus.place, focus.month)
    default: return section.path
    }
  }

  private func languageLink(to other: Language) -> Fields {
    let name = site.format(other).words["language.name"]
    let kept = query.items.filter { $0.name != "lang" && $0.value != "\u{FFFD}" }
      .map { ($0.name, Optional($0.value)) }
    return [
      "code": other.rawValue, "label": other.rawValue.uppercased(), "name": name,
      "url": Links.address("", kept.filter { Query.isKnown($0.0) } + [("lang", other.rawValue)]),
      "current": other == language,
    ]
  }
}

extension Query {
  private static let known: Set<String> = [
    "place", "indicator", "month", "sex", "age", "state", "without", "page", "q", "mother", "born",
    "worker", "action", "outcome", "from", "to", "before",
    "role", "sort", "show", "class", "card", "level", "kind", "paper", "code",
    "reason", "column", "within", "head",
  ]

  /// Whether a parameter is one of ours, so that it may be carried on into a link.
  static func isKnown(_ name: String) -> Bool { known.contains(name) }
}
