import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// What somebody asked about their data, and where a new request is taken.
struct PersonRequestsPage {
  private let visit: Visit
  private let record: PersonRecord
  /// What was entered, by field.
  var values: [String: String] = [:]
  var problem: String?

  init(_ visit: Visit, record: PersonRecord) {
    self.visit = visit
    self.record = record
    values["received"] = Format.iso(visit.today)
  }

  func rendering() throws -> Rendering {
    let words = visit.words
    let name = visit.name(of: record.person)
    let title = words["requests.of_person"]
    // A facility with which others' records are not shared sees what it took itself.
    let requests = try visit.district.subjectRequests(of: record.person).filter {
      !record.isLimited || $0.takenBy == visit.visitor.worker?.id
    }
    let text = RequestText(visit)
    let url = Links.person(record.person.id)
    return Rendering(
      template: "person-requests", title: "\(title), \(name)",
      crumbs: visit.crumbs(toPerson: record.person.id, named: name, title), section: .requests,
      fields: [
        "name": name, "url": url, "form_token": visit.visitor.formToken, "problem": problem,
        "done": visit.query["done"] == "taken" ? words["requests.done_taken"] : nil,
        "words": values["words"], "received": values["received"],
        "kinds": SubjectRequestKind.allCases.map { kind -> Fields in
          [
            "code": kind.code, "text": words["requests.kinds.\(kind.code)"],
            "chosen": values["kind"] == kind.code,
          ]
        },
        "has_requests": !requests.isEmpty, "requests": try requests.map(text.fields),
        // The whole record has everybody who looked, as the log tells it.
        "record_url": try visit.isSigningIn && visit.may(.showAccess, with: record.person)
          ? url + "/record" : nil,
      ])
  }
}

extension Visit {
  /// Writes down a request; the time to answer runs from when it was received.
  func take(_ form: Form, for record: PersonRecord) async throws -> Response {
    var page = PersonRequestsPage(self, record: record)
    for name in ["kind", "words", "received"] { page.values[name] = form[name] }
    let kind = SubjectRequestKind.allCases.first { $0.code == form["kind"] }
    let day: CivilDate? =
      if case .success(let day) = PersonForm.day(form["received"]) { day ?? today } else { nil }
    if kind == nil { page.problem = words["requests.problems.kind"] }
    if day.map({ $0 > today || $0 < CivilDate(dayNumber: today.dayNumber - 90) }) ?? true {
      page.problem = words["requests.problems.received"]
    }
    if form["words"].count > 2000 {
      page.problem = words("people.problems.too_long", ["count": "2000"])
    }
    guard page.problem == nil, let kind, let day else {
      return try respond(page.rendering(), status: .badRequest)
    }
    // Of an earlier day nobody knows the hour: the earliest is taken, and the time is the shorter.
    let start = (Int64(day.dayNumber) * 24 - Int64(district.hoursEastOfGreenwich)) * 3_600_000
    let received = day == today ? site.now : Instant(milliseconds: start)
    let body = SubjectRequestBody(
      kind: kind, receivedAt: received, text: Array(form["words"].utf8))
    _ = try await write(
      [
        recording.fact(
          .subjectRequest, of: record.person.id, on: day, at: record.home, body.bytes)
      ], action: .takeSubjectRequest, route: "POST /people/{id}/requests",
      subjects: [record.person.id])
    return redirect(
      to: Links.address(Links.person(record.person.id) + "/requests", [("done", "taken")]))
  }
}
