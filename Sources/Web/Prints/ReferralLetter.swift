import Guidance
import Health
import HTTPTypes
import Hummingbird
import Journal
import Programmes
import Services

extension WebServer {
  func addReferrals(to routes: inout Routes) {
    routes.get("/people/{id}/referral") { visit, context in
      try visit.respond(visit.referralPage(try context.identifier("id")).rendering())
    }
    routes.post("/people/{id}/referral") { visit, form, context in
      try await visit.refer(try context.identifier("id"), form)
    }
    routes.get("/referrals") { visit, _ in
      guard let code = visit.query["code"], !code.isEmpty else {
        return try visit.respond(visit.referralSearch(nil))
      }
      guard let letter = try visit.referralLetter(code) else {
        return try visit.respond(visit.referralSearch(code), status: .notFound)
      }
      return try visit.respond(letter.rendering())
    }
    routes.post("/referrals") { visit, form, _ in try await visit.answerReferral(form) }
  }
}

/// The letter that goes with somebody who is referred, for the sender to print and for the receiver
/// to open by its code, with the receiver's answer.
struct ReferralLetter {
  private let visit: Visit
  private let found: FoundReferral
  /// Whether the visitor works where the person was sent, and may write there; or copies the answer
  /// of a facility that is none of ours, as it came back on paper.
  let isAnswerable: Bool
  /// Whether the visitor reads why, what was found, given and answered: see
  /// ``Visit/tellsWords(ofReferralBy:)``.
  private let tellsWords: Bool
  /// The same of the words of the answers, which may tell of a loss where the letter does not.
  private let tellsAnswers: Bool
  private let text: ReferralText
  var problem: String?
  /// The identifier of the answer: see ``Visit/keptBefore(_:of:onward:)``.
  var entry: Identifier
  private var entered: [String: String] = [:]

  private var words: Words { visit.words }
  private var format: Format { visit.format }

  init(
    _ visit: Visit, _ found: FoundReferral, mayAnswer: Bool, tellsWords: Bool, tellsAnswers: Bool
  ) {
    self.visit = visit
    self.tellsWords = tellsWords
    self.tellsAnswers = tellsAnswers
    self.found = found
    isAnswerable = mayAnswer
    entry = .fresh(at: visit.site.now)
    text = ReferralText(visit, CareText(visit), of: found.person, on: found.referral.on)
  }

  /// What the code on the letter reads: where the letter is, by a number that tells nothing.
  ///
  /// - Parameter done: what the page is to say.
  static func address(_ referral: Identifier, done: String? = nil) -> String {
    Links.address(
      "/referrals",
      [("code", code(referral).replacing("-", with: ""))] + (done.map { [("done", $0)] } ?? []))
  }

  static func code(_ referral: Identifier) -> String { CardNumber(referral).text }

  func rendering() throws -> Rendering {
    let person = found.person
    let body = found.referral.body
    let name = visit.name(of: person)
    let title = words["referrals.letter"]
    func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    return Rendering(
      template: "referral-letter", title: "\(title), \(name)",
      crumbs: visit.homeCrumbs(title),
      fields: [
        "name": name, "code": Self.code(found.referral.id), "problem": problem,
        "elsewhere": tellsWords ? text.elsewhere(body) : nil,
        "withheld": tellsWords ? nil : words["referrals.words_withheld"],
        "person_url": visit.link(to: person).map { _ in Links.care(of: person.id) },
        "svg": QRCode.svg(
          visit.origin + Self.address(found.referral.id), label: words["referrals.code_label"]),
        "printed": words("audit.printed", ["time": format.moment(visit.site.now)]),
        "to": text.facility(body), "on": format.date(found.referral.on),
        "urgency": body.urgency.map { words["referrals.urgencies.\($0.code)"] },
        "person": try patient(name), "sender": sender,
        "reasons": tellsWords
          ? body.reasons.mostUrgentFirst(ReferralText.urgency).map { text.fields($0) } : nil,
        "words": tellsWords ? string(body.words) : nil,
        "findings": tellsWords ? string(body.findings) : nil,
        "treatment": tellsWords ? string(body.treatment) : nil,
        "answers": try answers(), "is_open": found.referral.answers.isEmpty, "form": form,
        "done": visit.query["done"].map {
          words[$0 == "saved_before" ? "referrals.saved_before" : "referrals.answered"]
        },
      ])
  }

  private func patient(_ name: String) throws -> [Fields] {
    let person = found.person
    let lines: [(String, String?)] = [
      ("referrals.patient", name), ("kms_sheet.sex", person.sex.map { words["sexes.\($0.code)"] }),
      ("child.born", person.birthDate.map(format.date)),
      ("pregnancy_sheet.age", PersonFields(visit: visit).age(person)),
      ("kms_sheet.nik", PersonText.maskedNumber(person.nationalIdentityNumber)),
      ("kms_sheet.home", PersonFields(visit: visit).home(person.place)),
      ("people.field_telephone", try telephone),
    ]
    var fields: [Fields] = lines.map { ["label": words[$0.0], "value": $0.1] }
    if let mother = try motherOfChild {
      fields.append(["label": words["child.mother"], "value": mother])
    }
    return fields
  }

  /// Who the mother of a child under five years is, for who sees the child's own page and there her
  /// name.
  private var motherOfChild: String? {
    get throws {
      guard let born = found.person.birthDate,
        found.referral.on.completedMonths(since: born).count < 60,
        visit.link(to: found.person) != nil, try !visit.isLimited(found.person),
        let record = try visit.district.person(found.person.id), !record.hidesMother
      else { return nil }
      return record.person.motherName.isEmpty ? nil : record.person.motherName
    }
  }

  /// The patient's telephone, for who sees the person's own page: the receiver sees the letter alone,
  /// and reads it on paper.
  private var telephone: String? {
    get throws {
      guard visit.link(to: found.person) != nil, try !visit.isLimited(found.person),
        let record = try visit.district.person(found.person.id)
      else { return nil }
      let told = String(decoding: record.summary.person.telephone, as: UTF8.self)
      return told.isEmpty ? nil : told
    }
  }

  private var sender: [Fields] {
    let number = found.sender.map { String(decoding: $0.body.registrationNumber, as: UTF8.self) }
    let place = found.referral.place.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
    return [
      ("referrals.sent_by", found.sender?.name), ("referrals.registration", number),
      ("referrals.sent_from", place),
    ].map { ["label": words[$0.0], "value": $0.1] }
  }

  private func answers() throws -> [Fields] {
    let names = try visit.district.workerNames(
      Set(found.referral.answers.compactMap(\.recorder)))
    return found.referral.answers.map { answer in
      [
        "outcome": words["referrals.outcomes.\(answer.body.outcome.code)"],
        "answered": text.answered(answer, names),
        "found": tellsAnswers ? String(decoding: answer.body.findings, as: UTF8.self) : nil,
        "advice": tellsAnswers ? String(decoding: answer.body.advice, as: UTF8.self) : nil,
      ]
    }
  }

  /// The form of the answer, for whoever received the person.
  private var form: Fields? {
    guard isAnswerable else { return nil }
    return [
      "form_token": visit.visitor.formToken, "code": Self.code(found.referral.id),
      "title": words[
        found.referral.body.facility == nil ? "referrals.copy_answer" : "referrals.write_answer"],
      "entry": entry.text, "own_findings": entered["findings"],
      "own_advice": entered["advice"],
      "outcomes": Fields.choices(
        ReferralOutcome.allCases.map {
          ("\($0.rawValue)", words["referrals.outcomes.\($0.code)"])
        }, chosen: entered["outcome"] ?? ""),
    ]
  }

  /// The fact of the answer; nothing where no outcome was chosen or a text is too long.
  mutating func answer(_ form: Form) -> Fact? {
    for name in ["outcome", "findings", "advice"] { entered[name] = form[name] }
    let texts = ["findings", "advice"].map { ReferralPage.oneLine(form[$0]) }
    guard let outcome = UInt8(form["outcome"]).flatMap(ReferralOutcome.init),
      texts.allSatisfy({ $0.count <= 1_000 })
    else { return nil }
    let body = ReferralAnswerBody(
      referral: found.referral.id, outcome: outcome, findings: Array(texts[0].utf8),
      advice: Array(texts[1].utf8))
    return visit.recording.fact(
      .referralAnswer, of: found.person.id, on: visit.today,
      at: found.referral.body.facility ?? found.referral.place,
      body.bytes)
  }

  var subject: Identifier { found.person.id }
  var referral: Identifier { found.referral.id }
}

extension Visit {
  /// The page on which a code is typed.
  fileprivate func referralSearch(_ code: String?) -> Rendering {
    let title = words["referrals.find"]
    return Rendering(
      template: "referral-find", title: title, crumbs: homeCrumbs(title),
      fields: ["code": code, "problem": code == nil ? nil : words["referrals.problems.code"]])
  }

  /// The letter with that code; nothing where no referral has it.
  ///
  /// It opens for those who may read the sender's record of care, and for whoever works where the
  /// person was sent: the letter, and nothing else of the record. Even of a protected person, who
  /// was sent there.
  fileprivate func referralLetter(_ code: String) throws -> ReferralLetter? {
    guard let number = CardNumber(text: code),
      let found = try site.district.referral(number.identifier)
    else { return nil }
    log.note(found.person.id)
    let receives = { (action: Action) in
      self.visitor.rights.workplaces.contains { workplace in
        workplace.place == found.referral.body.facility
          && Permissions.reach(of: action, for: workplace.role) != nil
      }
    }
    let tellsLoss =
      try untoldLosses(of: found.person)?.tells(referral: found.referral.id) == true
    // Whoever wrote it reads what she wrote; of the answer to it only how it ended.
    let isReader =
      try !hides(found.person) && mayRead(found.fact, of: found.person)
      && (!tellsLoss || isVisitor(found.fact.recorder))
    guard receives(.seeCare) || isReader else { throw PageProblem.outOfReach }
    let tellsWords = receives(.seeCare) || self.tellsWords(ofReferralBy: found.fact.recorder)
    let copies =
      try found.referral.body.facility == nil && isReader && tellsWords && !tellsLoss
      && may(.recordCare, with: found.person)
    return ReferralLetter(
      self, found, mayAnswer: receives(.recordCare) || copies, tellsWords: tellsWords,
      tellsAnswers: tellsWords && (!tellsLoss || receives(.seeCare)))
  }

  /// Whether the words of a letter and of its answer are read: why, what was found and given. Whoever
  /// wrote them may have told of a stillbirth or an infection, so that a kader reads them on her own
  /// letters alone, whatever they say.
  func tellsWords(ofReferralBy recorder: Identifier?) -> Bool {
    visitor.rights.sensitiveMatters.contains(.loss) || isVisitor(recorder)
  }

  /// Keeps the receiver's answer. With it the facility knows the person.
  fileprivate func answerReferral(_ form: Form) async throws -> Response {
    guard var letter = try referralLetter(form["code"]) else { throw PageProblem.notFound }
    guard letter.isAnswerable else { throw PageProblem.outOfReach }
    let sent = Identifier(text: form["entry"])
    if let sent, try site.district.isRecorded(sent, of: letter.subject) {
      return redirect(to: ReferralLetter.address(letter.referral, done: "saved_before"))
    }
    if let sent { letter.entry = sent }
    guard let fact = letter.answer(form) else {
      letter.problem = words["referrals.problems.outcome"]
      return try respond(letter.rendering(), status: .badRequest)
    }
    let isWritten = try await writeOnce(
      [fact], as: letter.entry, route: "POST /referrals", subject: letter.subject)
    return redirect(
      to: ReferralLetter.address(
        letter.referral, done: isWritten ? "answered" : "saved_before"))
  }
}
