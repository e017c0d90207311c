import Health
import HTTPTypes
import Hummingbird
import Journal
import Logging
import NIOCore
import Services

/// Refuses requests that were meant for another machine.
///
/// The server answers to this machine, and to the name that a proxy before it serves. A page of a
/// stranger could let its own name lead here (DNS rebinding) and read along: the Host header tells
/// it apart.
struct HostGuard: RouterMiddleware {
  typealias Context = BasicRequestContext

  let site: Site

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let isPublic =
      site.publicHost.map { $0.lowercased() == request.head.authority?.lowercased() } ?? false
    guard isPublic || HostGuard.isOurs(request.head.authority) else {
      throw PageProblem.foreignHost
    }
    return try await next(request, context)
  }

  /// `localhost`, `127.0.0.1` or `[::1]`, with any port.
  static func isOurs(_ authority: String?) -> Bool {
    guard let authority else { return false }
    for host in ["localhost", "127.0.0.1", "[::1]"] {
      if authority.lowercased() == host { return true }
      if authority.lowercased().hasPrefix(host + ":") {
        let port = authority.dropFirst(host.count + 1)
        return UInt16(port) != nil && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
    }
    return false
  }
}

/// Tells browsers to be careful with every answer.
struct SecurityHeaders: RouterMiddleware {
  typealias Context = BasicRequestContext

  let site: Site

  static let policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; "
    + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    response.headers[.contentSecurityPolicy] = SecurityHeaders.policy
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "same-origin"
    response.headers[.permissionsPolicy] =
      "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    response.headers[.crossOriginResourcePolicy] = "same-origin"
    if site.publicHost != nil {
      response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
    }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension HTTPField.Name {
  static let referrerPolicy = unchecked("Referrer-Policy")
  static let permissionsPolicy = unchecked("Permissions-Policy")
  static let xForwardedFor = unchecked("X-Forwarded-For")
  static let clearSiteData = unchecked("Clear-Site-Data")
  static let secFetchSite = unchecked("Sec-Fetch-Site")
  static let crossOriginOpenerPolicy = unchecked("Cross-Origin-Opener-Policy")

  private static func unchecked(_ name: String) -> HTTPField.Name {
    guard let made = HTTPField.Name(name) else { preconditionFailure("\(name) is a header name") }
    return made
  }
}

/// Turns problems into pages that say what is wrong and how to mend it.
struct ErrorPages: RouterMiddleware {
  typealias Context = BasicRequestContext

  let site: Site

  func handle(
    _ request: Request, context: Context,
    next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let problem as PageProblem {
      return page(for: problem, request)
    } catch let error as any HTTPResponseError where error.status.code < 500 {
      return error.status == .notFound
        ? page(for: .notFound, request) : plain(error.status, request)
    } catch {
      return failure(error, request, context)
    }
  }

  private func page(for problem: PageProblem, _ request: Request) -> Response {
    let words = site.format(language(request)).words
    switch problem {
    case .signInNeeded(let address, let isKader, let ended):
      return signIn(then: address, isKader: isKader, ended)
    case .passwordMustChange:
      return Response(
        status: .seeOther, headers: [.location: "/account", .cacheControl: "no-store"])
    case .notAllowed:
      return page(
        .forbidden, words["error.not_allowed_title"], words["error.not_allowed_what"],
        words["error.not_allowed_mend"], request)
    case .foreignForm:
      return page(
        .forbidden, words["error.form_title"], words["error.form_what"], words["error.form_mend"],
        request)
    case .unreadableForm:
      return plain(.badRequest, request)
    case .fileTooLarge:
      return page(
        .contentTooLarge, words["error.file_too_large_title"], words["error.file_too_large_what"],
        words["error.file_too_large_mend"], request)
    case .tooManyUploads:
      return page(
        .serviceUnavailable, words["error.uploads_title"], words["error.uploads_what"],
        words["error.uploads_mend"], request)
    case .logUnavailable:
      return page(
        .serviceUnavailable, words["error.log_title"], words["error.log_what"],
        words["error.log_mend"], request)
    case .notFound, .outOfReach:
      return page(
        .notFound, words["error.not_found_title"], words["error.not_found_what"],
        words["error.not_found_mend"], request)
    case .badParameter(let name, let value):
      let shown = words.find("parameters.\(name)") ?? name
      return page(
        .badRequest, words["error.bad_request_title"],
        words("error.bad_request_what", ["parameter": shown, "value": value]),
        words.find("error.mend_\(name)") ?? words["error.bad_request_mend"], request)
    case .futureMonth(let month):
      return page(
        .badRequest, words["error.bad_request_title"],
        words("error.future_month_what", ["value": month]), words["error.future_month_mend"],
        request)
    case .otherSettings:
      return page(
        .serviceUnavailable, words["error.settings_title"], words["error.settings_what"],
        words["error.settings_mend"], request)
    case .foreignHost:
      return page(
        .misdirectedRequest, words["error.host_title"], words["error.host_what"],
        words["error.host_mend"], request)
    }
  }

  /// The way to the page where people sign in, and back to where they wanted to go.
  private func signIn(
    then address: String?, isKader: Bool, _ ended: EndedForm?
  ) -> Response {
    Response(
      status: .seeOther,
      headers: [
        .location: Links.address(
          isKader ? "/kader" : "/sign-in",
          [("next", address == "/" ? nil : address), ("ended", ended?.rawValue)]),
        .cacheControl: "no-store",
      ])
  }

  private func failure(
    _ error: any Error, _ request: Request, _ context: Context
  ) -> Response {
    let words = site.format(language(request)).words
    let code = String(UInt32.random(in: 0 ... .max), radix: 36)
    // The kind of error only: its text may hold what somebody entered.
    context.logger.error(
      "A page could not be made",
      metadata: ["code": "\(code)", "error": "\(String(reflecting: type(of: error)))"])
    return page(
      .internalServerError, words["error.server_title"], words["error.server_what"],
      words["error.server_mend"], request, code: code)
  }

  private func language(_ request: Request) -> Language {
    (try? Query(request.uri.query).language()) ?? Visit.cookieLanguage(request) ?? .indonesian
  }

  private func plain(_ status: HTTPResponse.Status, _ request: Request) -> Response {
    let words = site.format(language(request)).words
    return page(
      status, words["error.bad_request_title"], words["error.not_understood_what"],
      words["error.bad_request_mend"], request)
  }

  private func page(
    _ status: HTTPResponse.Status, _ title: String, _ what: String, _ mend: String,
    _ request: Request, code: String? = nil
  ) -> Response {
    let language = language(request)
    let words = site.format(language).words
    let languages = Language.allCases.map { other -> Fields in
      [
        "code": other.rawValue, "label": other.rawValue.uppercased(),
        "name": site.format(other).words["language.name"], "url": "/?lang=\(other.rawValue)",
        "current": other == language,
      ]
    }
    let frame: Fields = [
      "title": title, "demo": site.demo != nil, "version": site.version,
      "as_of": words["common.none"], "lang_links": languages,
      "has_breadcrumbs": false,
    ]
    let fields: Fields = [
      "lang": language.rawValue, "t": words.tree, "page": frame,
      "status_code": "\(status.code)", "title": title, "what": what, "mend": mend,
      "error_code": code,
    ]
    let html = (try? site.render(fields, template: "error")) ?? title
    return Response(
      status: status,
      headers: [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
        .contentLanguage: language.rawValue,
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }
}
