import Foundation
import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

extension ResidentTarget {
  var place: Identifier {
    switch self {
    case .place(let id), .along(let id): id
    }
  }

  /// The name in forms.
  var code: String {
    switch self {
    case .place(let id): "place:\(id.text)"
    case .along(let id): "along:\(id.text)"
    }
  }

  init?(code: String) {
    let parts = code.split(separator: ":")
    guard parts.count == 2, let id = Identifier(text: String(parts[1])) else { return nil }
    switch parts[0] {
    case "place": self = .place(id)
    case "along": self = .along(id)
    default: return nil
    }
  }
}

extension ResidentPart {
  /// The name in forms, without spaces.
  var code: String {
    switch self {
    case .place(let id): "place:\(id.text)"
    case .unit(let rw, let rt): "unit:\(Links.encoded(rw)):\(Links.encoded(rt))"
    }
  }

  init?(code: String) {
    let parts = code.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[0] == "place", let id = Identifier(text: parts[1]) {
      self = .place(id)
    } else if parts.count == 3, parts[0] == "unit", let rw = parts[1].removingPercentEncoding,
      let rt = parts[2].removingPercentEncoding
    {
      self = .unit(communityUnit: rw, neighbourhood: rt)
    } else {
      return nil
    }
  }
}

extension Visit {
  /// Shows what a form asks for, or does it where it was confirmed.
  func moveResidents(of place: Place, _ form: Form) async throws -> Response {
    var page = try ResidentsPage(self, place: place, form)
    guard let move = page.move() else {
      return try respond(page.rendering(), status: .badRequest)
    }
    do {
      let plan = try district.plan(move, today: today)
      let expected = ResidentCount(
        households: Int(form["families"]) ?? -1, persons: Int(form["persons"]) ?? -1)
      guard form.isTicked("confirm"), plan.count == expected else {
        if form.isTicked("confirm") { page.complain(.changedMeanwhile) }
        page.show(plan)
        return try respond(
          page.rendering(), status: form.isTicked("confirm") ? .conflict : .ok)
      }
      let (_, results) = try await district.carryOut(
        move, expecting: expected, by: visitor.worker?.id, at: site.now)
      try await site.vouch(
        for: results,
        as: AuditEntry(
          at: site.now, by: visitor.author, action: AuditCode(Action.moveResidents),
          route: "POST /administration/places/{id}/residents", place: place.id))
      return redirect(
        to: Links.address(
          "\(PlaceListPage.link(place.id))/residents",
          [("by", move.division.rawValue), ("done", "\(expected.persons)")]))
    } catch let problem as ResidentMoveProblem {
      page.complain(problem)
      let isConflict = problem == .changedMeanwhile
      return try respond(page.rendering(), status: isConflict ? .conflict : .badRequest)
    }
  }
}
