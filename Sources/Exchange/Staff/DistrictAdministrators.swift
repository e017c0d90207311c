import Health
import Journal

/// Who administers a district, and until when: without anybody nobody could give roles any more.
struct DistrictAdministrators {
  private struct Standing {
    let worker: Identifier?
    let fact: Identifier?
    let body: AssignmentBody
  }

  private let districts: Set<Identifier>
  private var standing: [Standing] = []

  /// The administrators of the register who have not left.
  init(_ workers: [Worker], of districts: Set<Identifier>) {
    self.districts = districts
    for worker in workers where worker.body.endedOn == nil {
      for assignment in worker.assignments where isOfDistrict(assignment.body) {
        standing.append(
          Standing(worker: worker.id, fact: assignment.fact, body: assignment.body))
      }
    }
  }

  /// Whether a role ends earlier than it did and leaves nobody to administer its district.
  ///
  /// - Parameters:
  ///   - worker: whose role it is; nobody takes over from themselves.
  ///   - body: the role as it would be.
  ///   - fact: the fact that gave it; nothing of a new one, by which nothing ends.
  func endWithout(
    _ worker: Identifier?, _ body: AssignmentBody, replacing fact: Identifier?
  ) -> Bool {
    guard let end = body.until, let known = standing.first(where: { $0.fact == fact }),
      fact != nil, known.body.until.map({ end < $0 }) ?? true
    else { return false }
    return !standing.contains { other in
      other.worker != worker && other.body.place == body.place
        && (other.body.until.map { end < $0 } ?? true)
    }
  }

  /// Notes a role as a row tells it.
  mutating func note(
    _ body: AssignmentBody, of worker: Identifier?, replacing fact: Identifier?
  ) {
    if let fact { standing.removeAll { $0.fact == fact } }
    if isOfDistrict(body) {
      standing.append(Standing(worker: worker, fact: fact, body: body))
    }
  }

  private func isOfDistrict(_ body: AssignmentBody) -> Bool {
    body.role == .administrator && districts.contains(body.place)
  }
}
