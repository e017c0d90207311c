import Foundation
import Health
import Hummingbird
import Journal
import Services

/// Where a one-time code opens the way: a kader's phone is enrolled and gets its PIN, an official
/// chooses name and password.
struct EnrolPage {
  private let visit: Visit
  var code = ""
  var grant: CodeGrant?
  var entered: (userName: String, device: String) = ("", "")
  var refusal: AccessRefusal?
  var differs = false

  init(_ visit: Visit) { self.visit = visit }

  func rendering() throws -> Rendering {
    let words = visit.words
    let worker = try grant.flatMap { try visit.district.workers([$0.worker]).first }
    let given = worker.flatMap { UserName(of: $0) }
    let place = grant.flatMap { visit.tree.places[$0.place] }
    return Rendering(
      template: "enrol", title: words["sign_in.enrol_title"],
      fields: [
        "code": code, "has_grant": grant != nil, "is_kader": grant?.purpose == .enrolKader,
        "asks_user_name": grant?.purpose == .firstPassword && given == nil,
        "given_user_name": given?.text, "name": worker?.name,
        "place": place.map { visit.named($0) }, "user_name": entered.userName,
        "device": entered.device.isEmpty ? words["sign_in.usual_device"] : entered.device,
        "refusal": refusal.map { AccessText(visit).sentence($0) }
          ?? (differs ? words["sign_in.differs"] : nil),
      ])
  }
}

extension Visit {
  /// First the code alone, to be told for whom it is; then with what was chosen.
  func enrol(_ form: Form) async throws -> Response {
    let access = try access
    var page = EnrolPage(self)
    page.code = form["code"]
    page.entered = (form["user_name"], form["device"])
    let looked = try await access.look(atCode: form["code"], address: clientAddress, at: site.now)
    try await site.audit(looked.events, by: visitor)
    let grant: CodeGrant
    switch looked.result {
    case .success(let found): grant = found
    case .failure(let refusal):
      page.refusal = refusal
      return try respond(page.rendering(), refusing: refusal)
    }
    page.grant = grant
    let isKader = grant.purpose == .enrolKader
    let secret = form.exactly(isKader ? "pin" : "password")
    guard !secret.isEmpty else { return try respond(page.rendering()) }
    guard secret == form.exactly("again") else {
      page.differs = true
      return try respond(page.rendering(), status: .badRequest)
    }
    if isKader { return try await enrolPhone(form, page) }
    return try await choosePassword(form, page, grant)
  }

  private func enrolPhone(_ form: Form, _ entered: EnrolPage) async throws -> Response {
    var page = entered
    let outcome = try await access.enrol(
      PhoneEnrolment(
        code: form["code"], pin: Secret(form.exactly("pin")),
        deviceName: String(form["device"].prefix(40)), deviceKey: deviceKey,
        address: clientAddress), at: site.now)
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success(let enrolled):
      let key = Cookies.set(Cookies.device, enrolled.deviceKey.text, seconds: 400 * 86_400)
      return redirect(to: "/", cookies: cookies(of: enrolled.signedIn) + [key])
    case .failure(let refusal):
      page.refusal = refusal
      return try respond(page.rendering(), refusing: refusal)
    }
  }

  private func choosePassword(
    _ form: Form, _ entered: EnrolPage, _ grant: CodeGrant
  ) async throws -> Response {
    var page = entered
    guard let worker = try district.worker(grant.worker) else { throw PageProblem.notFound }
    let access = try access
    // The name that the register has is the one; only where it has none somebody chooses.
    var userName = UserName(of: worker)
    if userName == nil, grant.purpose == .firstPassword {
      userName = UserName(form["user_name"])
      guard let userName else {
        page.refusal = .userNameUnfit
        return try respond(page.rendering(), status: .badRequest)
      }
      if let other = try district.worker(userName: userName.text), other.id != worker.id {
        page.refusal = .userNameTaken
        return try respond(page.rendering(), refusing: .userNameTaken)
      }
    }
    try await keepUserNamesInStep(of: [worker])
    let outcome = try await access.choosePassword(
      code: form["code"], userName: userName, Secret(form.exactly("password")),
      context: context(of: worker), address: clientAddress, at: site.now)
    try await site.audit(outcome.events, by: visitor)
    switch outcome.result {
    case .success:
      let name = try access.account(of: worker.id)?.userName
      try await register(userName: name, of: worker)
      return redirect(to: Links.address("/sign-in", [("saved", name)]))
    case .failure(let refusal):
      page.refusal = refusal
      return try respond(page.rendering(), refusing: refusal)
    }
  }
}
