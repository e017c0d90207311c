import Foundation
import Health
import HTTPTypes
import Hummingbird
import Services

/// Where officials sign in with name and password, and kader are led to their own page.
struct SignInPage {
  let visit: Visit
  /// Where to go afterwards: a page of this server.
  let next: String
  var userName = ""
  var refusal: AccessRefusal?
  var asksForTimeCode = false
  var hasNoRole = false

  init(_ visit: Visit, next: String?) {
    self.visit = visit
    self.next = SignInPage.ownPath(next)
  }

  /// Only pages of our own: an address that begins with two slashes, or with a slash and a
  /// backslash, is another host's.
  static func ownPath(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\"),
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return "/" }
    return text
  }

  /// That a session ended while a form was filled in, and whether what was written is kept.
  static func ended(_ visit: Visit) -> String? {
    visit.query["ended"].flatMap(EndedForm.init(rawValue:))
      .map { visit.words["sign_in.ended_\($0.rawValue)"] }
  }

  func rendering() -> Rendering {
    let words = visit.words
    // Who has just chosen a password is told the name to go in by.
    let saved = visit.query["saved"].flatMap { UserName($0) }
    return Rendering(
      template: "sign-in", title: words["sign_in.sign_in"],
      fields: [
        "next": next, "user_name": userName.isEmpty ? saved?.text : userName,
        "saved": saved.map { words("sign_in.saved", ["name": $0.text]) },
        "asks_time_code": asksForTimeCode, "ended": SignInPage.ended(visit),
        "kader_url": Links.address("/kader", [("next", next == "/" ? nil : next)]),
        "refusal": refusal.map { AccessText(visit).sentence($0) }
          ?? (hasNoRole ? words["sign_in.no_role"] : nil),
        "demo": visit.site.demo.map(demo),
      ])
  }

  private func demo(_ demo: DemoAccounts) -> Fields {
    [
      "password": demo.password,
      "accounts": demo.accounts.map { account -> Fields in
        [
          "user_name": account.userName, "password": demo.password, "next": next,
          "role": [
            account.performer.map { visit.words["care.performers.\($0.code)"] },
            visit.words["roles.\(account.role.code)"],
          ].compactMap(\.self).joined(separator: " · "),
        ]
      },
    ]
  }
}

/// What refusals and events of signing in are called.
struct AccessText {
  private let words: Words

  init(_ visit: Visit) { words = visit.words }

  /// What is wrong, and what to do.
  func sentence(_ refusal: AccessRefusal) -> String {
    var parts: [String] = []
    switch refusal {
    case .password(let problems):
      parts = problems.map { words["access.password.\($0.rawValue)"] }
    case .pin(let problem): parts = [words["access.pin.\(problem.rawValue)"]]
    default: parts = [words("access.refusals.\(refusal.code).what", refusal.values)]
    }
    parts.append(words("access.refusals.\(refusal.code).mend", refusal.values))
    return parts.joined(separator: " ")
  }
}

extension AccessRefusal {
  /// How the answer is called in HTTP.
  var status: HTTPResponse.Status {
    switch self {
    case .wait: .tooManyRequests
    case .busy: .serviceUnavailable
    default: .forbidden
    }
  }

  /// In how many seconds to come again; nothing where waiting mends nothing.
  fileprivate var seconds: Int? {
    switch self {
    case .wait(let seconds), .busy(let seconds): seconds
    default: nil
    }
  }
}

extension Visit {
  /// A page that tells why somebody was not let in.
  func respond(_ page: Rendering, refusing refusal: AccessRefusal) throws -> Response {
    var response = try respond(page, status: refusal.status)
    if let seconds = refusal.seconds { response.headers[.retryAfter] = "\(seconds)" }
    return response
  }
}
