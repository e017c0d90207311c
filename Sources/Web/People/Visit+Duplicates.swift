import Health
import HTTPTypes
import Hummingbird
import Journal
import Services

/// A record in the visitor's care that is very likely in the register of another Puskesmas too.
///
/// Of the other record nothing is told but where it stands: it is out of the visitor's reach.
struct RecordElsewhere {
  let own: PersonEntry
  let puskesmas: Place
  /// Whether both have one NIK; where not, they are very likely one person by all that is known.
  var sharesNumber = false
}

extension Visit {
  /// Where a record is known under the same NIK, or very likely as the same person, and the visitor
  /// may not decide about it: each Puskesmas once. A number alone is not enough: anybody's could be
  /// put on a record to learn where they live.
  func recordsElsewhere(
    of record: PersonRecord, as draft: PersonDraft, _ alike: [SimilarPerson]
  ) throws -> [RecordElsewhere] {
    let number = record.person.nationalIdentityNumber
    let same = try district.persons(withNumber: number).filter { other in
      try other.id != record.person.id && other.mergedInto == nil
        && !may(.decideMerge, with: other)
    }
    let compared = try district.similarity(of: draft, to: same, tree: tree)
    let known = compared.compactMap {
      recordElsewhere(of: record.person, $0.person, $0.evidence, sharesNumber: true)
    }
    let likely = try alike.filter { try !may(.decideMerge, with: $0.person) }
      .compactMap { recordElsewhere(of: record.person, $0.person, $0.evidence) }
    var told: Set<Identifier> = []
    return (known + likely).filter { told.insert($0.puskesmas.id).inserted }
  }

  /// The records that a list of possible duplicates names beside this one, as far as a list is known
  /// and the visitor may decide about both: the list of an area compares more than is looked up for
  /// one person, and its pairs are to be found from the page of either.
  func recordsListed(
    beside record: PersonRecord, except known: Set<Identifier>
  ) throws -> [PersonEntry] {
    let id = record.person.id
    let others = site.duplicates.pairs(of: id).map { $0.first == id ? $0.second : $0.first }
    return try district.entries(Set(others).subtracting(known)).values.filter {
      try $0.mergedInto == nil && may(.decideMerge, with: $0)
    }
  }

  /// Persons found by name, NIK or family card, with whom the visitor may do that.
  func persons(
    found asked: String, for action: Action, presence: PersonQuestion.Presence? = nil
  ) throws -> [PersonEntry] {
    guard asked.count >= 2 else { return [] }
    let digits = asked.filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    let isNumber = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let area = visitor.rights.area(of: action)
    let found =
      try isNumber
      ? district.search(number: digits, within: area)
      : district.search(
        PersonQuestion(name: asked, places: area.map { Array($0) }, presence: presence)
      ).persons.map(\.person)
    return try found.filter { try may(action, with: $0) }
  }

  /// What is told of a pair of which only one record is in reach: nothing unless it is very likely
  /// one person, since what is told would then be of a stranger.
  func recordElsewhere(
    of own: PersonEntry, _ other: PersonEntry, _ evidence: DuplicateEvidence,
    sharesNumber: Bool = false
  ) -> RecordElsewhere? {
    guard evidence.proposal == .likely, let home = other.place,
      let area = MoveDestinations.area(of: home, tree)
    else { return nil }
    return RecordElsewhere(own: own, puskesmas: area, sharesNumber: sharesNumber)
  }

  /// The list of possible duplicates of a place; begins to work it out where it is not known, or
  /// old.
  private func duplicates(
    within place: Place, isAnew: Bool = false
  ) -> DuplicateReview.Standing {
    site.duplicates.standing(
      of: place.id, in: site.district, tree: tree, facts: snapshot.extent.facts, at: site.now,
      isAnew: isAnew)
  }

  /// Whether the list of the widest area around a record that the visitor may decide about is being
  /// worked out, and is not known yet: after a restart none is. Asking begins it.
  func isWorkingOutDuplicates(beside record: PersonRecord) -> Bool {
    let area = record.person.place.flatMap { home in
      tree.path(from: home).last { place in
        DuplicatesPage.isArea(place) && visitor.rights.may(.decideMerge, at: place.id)
      }
    }
    guard let standing = area.map({ duplicates(within: $0) }) else { return false }
    return standing.findings == nil && !standing.hasFailed
  }

  /// The pairs across Puskesmas of the district that a place lies in.
  private func duplicatesAcross(
    _ place: Place, isAnew: Bool = false
  ) -> DuplicateReview.Standing? {
    site.duplicates.standingAcross(
      of: place.id, in: site.district, tree: tree, facts: snapshot.extent.facts, at: site.now,
      isAnew: isAnew)
  }

  /// The area whose duplicates are asked for: the one named, or the visitor's first.
  private func duplicatesPlace(_ asked: Identifier?) throws -> Place {
    if let asked {
      let place = try place(asked, for: .decideMerge)
      guard DuplicatesPage.isArea(place) else { throw PageProblem.notFound }
      return place
    }
    let own = ownPlaces(for: .decideMerge)
    guard
      let first = own.first(where: DuplicatesPage.isArea) ?? DuplicatesPage.areas(own, tree).first
    else { throw PageProblem.outOfReach }
    return first
  }

  /// The scan runs in the background; small areas are done while the visitor waits a moment.
  func duplicates() async throws -> DuplicatesPage {
    let asked = try query.place(in: tree)
    let place = try duplicatesPlace(asked?.id)
    log.note(place: place.id)
    var now = duplicates(within: place)
    for _ in 0..<20 where now.findings == nil && (now.isRunning || !now.hasFailed) {
      try await Task.sleep(for: .milliseconds(50))
      now = duplicates(within: place)
    }
    return try DuplicatesPage(self, place, now, across: duplicatesAcross(place))
  }

  /// Compares an area anew.
  func scanDuplicates(_ form: Form) throws -> Response {
    let place = try duplicatesPlace(Identifier(text: form["place"]))
    _ = duplicates(within: place, isAnew: true)
    _ = duplicatesAcross(place, isAnew: true)
    return redirect(to: Links.address("/duplicates", [("place", place.id.text)]))
  }
}
