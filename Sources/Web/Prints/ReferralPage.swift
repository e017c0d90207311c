import Foundation
import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

/// The form by which somebody is referred.
struct ReferralPage {
  /// The most letters of each part that is written freely.
  static let longest = 1_000
  private static let names = [
    "facility", "facility_name", "urgency", "words", "findings", "treatment",
  ]

  private let visit: Visit
  private let record: PersonRecord
  private let care: PersonCare
  private let text: ReferralText
  private let marks: RuleMarks
  private let offered: [OfferedReason]
  /// The identifier of the referral: see ``Visit/keptBefore(_:of:onward:)``.
  var entry: Identifier
  private var entered: Entries
  private var chosen: Set<ReferralReason>
  /// The loss that may be put on the letter, and whether it is chosen: never before somebody does.
  private let loss: String?
  private var tellsLoss = false

  private var words: Words { visit.words }

  init(_ visit: Visit, record: PersonRecord, care: PersonCare) throws {
    self.visit = visit
    self.record = record
    self.care = care
    text = ReferralText(visit, CareText(visit), of: care.person, on: care.plan.day)
    offered = ReferralText.reasons(
      of: care, knowing: visit.visitor.rights.sensitiveMatters)
    // What can wait is offered too, and left to whoever refers.
    chosen = Set(offered.filter(\.isUrgent).map(\.reason))
    marks = try visit.ruleMarks()
    loss = text.loss(care)
    entry = .fresh(at: visit.site.now)
    entered = Entries(
      visit.words,
      [
        "urgency": chosen.isEmpty ? "" : "\(ReferralUrgency.atOnce.rawValue)",
        "findings": text.findings(care, for: offered),
      ])
  }

  func rendering() -> Rendering {
    let name = visit.name(of: record.person)
    let title = words["referrals.title"]
    let problems = entered.problems
    return Rendering(
      template: "referral", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title),
      fields: [
        "name": name, "action": "/people/\(record.person.id.text)/referral",
        "form_token": visit.visitor.formToken, "entry": entry.text, "has_problems": !entered.isFit,
        "facilities": Fields.choices(
          facilities.map { ($0.id.text, visit.named($0)) }, chosen: entered["facility"]),
        "facility_name": entered["facility_name"],
        "urgencies": Fields.choices(
          ReferralUrgency.allCases.map {
            ("\($0.rawValue)", words["referrals.urgencies.\($0.code)"])
          }, chosen: entered["urgency"]),
        "needs_hospital": offered.contains { ReferralText.needsHospital($0.reason) }
          ? words["referrals.needs_hospital"] : nil,
        "has_reasons": !offered.isEmpty,
        "reasons": offered.map {
          text.fields($0, marks).merging(["chosen": chosen.contains($0.reason)])
        },
        "loss": loss, "tells_loss": tellsLoss,
        "words": entered["words"], "findings": entered["findings"],
        "treatment": entered["treatment"], "longest": "\(ReferralPage.longest)",
        "problem_facility": problems["facility"], "problem_urgency": problems["urgency"],
        "problem_words": problems["words"], "problem_findings": problems["findings"],
        "problem_treatment": problems["treatment"],
      ])
  }

  /// Where people can be sent: Puskesmas, and the facilities of the district's network that treat;
  /// hospitals first, where most are sent and what is urgent goes.
  private var facilities: [Place] {
    visit.tree.places.values.filter { place in
      let treats =
        place.kind == .puskesmas
        || (place.kind.isNetworkFacility && place.kind != .pharmacy && place.kind != .laboratory)
      return treats && place.endedOn == nil && place.id != sender
    }.sorted { first, second in
      let isHospital = first.kind == .hospital
      guard isHospital == (second.kind == .hospital) else { return isHospital }
      return (visit.named(first), first.id) < (visit.named(second), second.id)
    }
  }

  /// Where the visitor works.
  private var sender: Identifier? {
    visit.visitor.rights.workplaces.first {
      Permissions.reach(of: .recordCare, for: $0.role) != nil
    }?.place
  }

  /// Reads the form and makes the fact; nothing where something on it means nothing.
  mutating func fact(_ form: Form) -> Fact? {
    entered = Entries(form, ReferralPage.names, words)
    let sent = Set(form.all("reason"))
    let reasons = offered.map(\.reason).filter { sent.contains(ReferralText.value($0)) }
    chosen = Set(reasons)
    let facility = facilities.first { $0.id.text == entered["facility"] }?.id
    let name = prose("facility_name", longest: 100, problem: "facility")
    if facility == nil, name.isEmpty || !entered["facility"].isEmpty {
      entered.complain("facility", saying: words["referrals.problems.facility"])
    }
    var body = ReferralBody(facility: facility, facilityName: facility == nil ? name : [])
    body.urgency = UInt8(entered["urgency"]).flatMap(ReferralUrgency.init)
    if body.urgency == nil {
      entered.complain("urgency", saying: words["referrals.problems.urgency"])
    }
    body.reasons = reasons
    body.words = prose("words")
    tellsLoss = loss != nil && form["tells_loss"] == "1"
    body.findings = prose("findings", after: tellsLoss ? loss : nil)
    body.treatment = prose("treatment")
    if reasons.isEmpty, body.words.isEmpty {
      entered.complain("words", saying: words["referrals.problems.reason"])
    }
    guard entered.isFit else { return nil }
    return visit.recording.fact(
      .referral, of: record.person.id, on: visit.today, at: sender ?? record.person.place,
      body.bytes)
  }

  private mutating func prose(
    _ name: String, after first: String? = nil, longest: Int = ReferralPage.longest,
    problem: String? = nil
  ) -> [UInt8] {
    let text = ReferralPage.oneLine(
      [first, entered[name]].compactMap(\.self).joined(separator: "\n"))
    if text.count > longest {
      entered.complain(problem ?? name, "too_long", ["count": "\(longest)"])
    }
    return Array(text.utf8)
  }

  /// Lines of a text one behind the other, without control characters.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { line in
      String(
        String.UnicodeScalarView(
          line.unicodeScalars.filter { $0.properties.generalCategory != .control })
      ).trimmingCharacters(in: .whitespaces)
    }.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}

extension Visit {
  /// The form by which somebody is referred.
  func referralPage(_ id: Identifier) throws -> ReferralPage {
    let record = try person(id, for: .recordCare)
    guard record.person.diedOn == nil,
      let care = try district.care(
        of: id, on: today, heldBy: onlyCare(of: record.person),
        knowing: visitor.rights.sensitiveMatters)
    else { throw PageProblem.notFound }
    return try ReferralPage(self, record: record, care: care)
  }

  /// Keeps a referral and goes on to its letter.
  func refer(_ id: Identifier, _ form: Form) async throws -> Response {
    if try keptBefore(form, of: id) != nil, let entry = Identifier(text: form["entry"]) {
      return redirect(to: ReferralLetter.address(entry, done: "saved_before"))
    }
    var page = try referralPage(id)
    if let entry = Identifier(text: form["entry"]) { page.entry = entry }
    guard let fact = page.fact(form) else {
      return try respond(page.rendering(), status: .badRequest)
    }
    let isWritten = try await writeOnce(
      [fact], as: page.entry, route: "POST /people/{id}/referral", subject: id)
    return redirect(
      to: ReferralLetter.address(page.entry, done: isWritten ? nil : "saved_before"))
  }
}
