import Health
import Journal
import Services

/// The villages in which somebody may be looked for: those that the form offers, and those that the
/// words of a question name.
struct SearchedVillages {
  /// A question read as a name and the villages where somebody of that name is looked for.
  struct Reading: Equatable {
    let name: String
    let villages: [Place]
  }

  /// A common part of many names, as "Sungai", costs one more look at the index each time.
  private static let mostReadings = 3
  /// Fewer letters begin too many names.
  private static let fewestLetters = 3

  /// A word as it is written, and as it sounds.
  private struct Word {
    let text: String
    let sound: [UInt8]
  }

  private let visit: Visit
  private let villages: [Place]
  private let terms = SearchTerms()

  /// Villages of which at least a part lies where the visitor may look for persons. Of what a
  /// facility may know of its own patients nothing is asked by place.
  init(_ visit: Visit) {
    self.visit = visit
    let tree = visit.tree
    let reached =
      visit.visitor.rights.area(of: .searchPersons).map { area in
        Set(
          area.compactMap { id in
            tree.path(from: id).first { $0.kind == .village }?.id
          })
      }
    villages = tree.places.values
      .filter { $0.kind == .village && $0.endedOn == nil && reached?.contains($0.id) ?? true }
      .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// The choice of the form, by kecamatan where there is more than one; nothing where there is
  /// nothing to choose.
  ///
  /// - Parameter chosen: the place that was asked for, of whatever kind.
  func choice(_ chosen: Place?) -> [Fields] {
    guard villages.count > 1 || chosen != nil else { return [] }
    var above: [Fields] = []
    func option(_ place: Place) -> Fields {
      ["value": place.id.text, "text": visit.named(place), "selected": place.id == chosen?.id]
    }
    let groups = Dictionary(grouping: villages) { $0.within ?? $0.partOf }
      .map { group, villages in
        (
          name: group.flatMap { visit.tree.places[$0] }.map { visit.named($0) }
            ?? visit.words["common.unknown_place"], villages: villages
        )
      }.sorted { ($0.name, $0.villages[0].name) < ($1.name, $1.villages[0].name) }
    if let chosen, !villages.contains(where: { $0.id == chosen.id }) {
      above = [["options": [option(chosen)]]]
    }
    return above
      + groups.map { group in
        ["group": groups.count > 1 ? group.name : nil, "options": group.villages.map(option)]
      }
  }

  /// How a question may be meant that names a village after the person or before, as people say it:
  /// "siti sari murung keramat". What leaves most words to the village comes first.
  func readings(of typed: String) -> [Reading] {
    let words = typed.split { $0.isWhitespace || $0 == "," }.map(String.init)
    guard words.count > 1 else { return [] }
    let known = villages.map { village in
      (
        village,
        PersonSummary.key(of: village.name).split(separator: " ").map { word(String($0)) }
      )
    }
    var readings: [Reading] = []
    for length in (1..<words.count).reversed() {
      let split = words.count - length
      for (village, name) in [
        (words[split...], words[..<split]), (words[..<length], words[length...]),
      ] {
        let named = named(by: withoutJoining(village), among: known)
        let person = withoutJoining(name)
        guard !named.isEmpty, !person.isEmpty else { continue }
        let reading = Reading(name: person.joined(separator: " "), villages: named)
        if !readings.contains(reading) { readings.append(reading) }
      }
    }
    return Array(readings.prefix(SearchedVillages.mostReadings))
  }

  /// The villages of which these words are the name, or a part of it; the last may be unfinished.
  private func named(
    by words: ArraySlice<String>, among known: [(village: Place, words: [Word])]
  ) -> [Place] {
    let asked = words.map { word(PersonSummary.key(of: $0)) }.filter { !$0.text.isEmpty }
    guard asked.contains(where: { $0.text.count >= SearchedVillages.fewestLetters }) else {
      return []
    }
    let last = asked.count - 1
    return known.filter { _, name in
      guard name.count >= asked.count else { return false }
      return (0...(name.count - asked.count)).contains { start in
        zip(name[start...], asked).enumerated().allSatisfy { position, pair in
          let (written, asked) = pair
          if written.text == asked.text { return true }
          guard asked.text.count >= SearchedVillages.fewestLetters else { return false }
          return written.sound == asked.sound
            || (position == last && written.text.hasPrefix(asked.text))
        }
      }
    }.map(\.village)
  }

  private func word(_ text: String) -> Word {
    let sound = terms.keys(of: text).words.first?.strict.letters ?? []
    return Word(text: text, sound: sound.isEmpty ? [UInt8](text.utf8) : sound)
  }

  /// Without what stands between a name and a village: "di", "desa". Villages are called in
  /// Indonesian, whatever the language of the page.
  private func withoutJoining(_ words: ArraySlice<String>) -> ArraySlice<String> {
    let kinds = visit.site.format(.indonesian).words["kinds.\(PlaceKind.village.code)"]
    let joining = Set(kinds.lowercased().split(separator: "/").map(String.init) + ["di"])
    var kept = words
    while let last = kept.last, joining.contains(last.lowercased()) { kept.removeLast() }
    while let first = kept.first, joining.contains(first.lowercased()) { kept.removeFirst() }
    return kept
  }
}
