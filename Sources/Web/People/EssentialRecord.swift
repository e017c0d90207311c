import Health
import Journal
import Services

/// What every facility may know of somebody whose number it was shown. Who it is, so that nobody is
/// registered twice; and where the person agreed to share with private facilities, where they live,
/// the mother's name and what was last measured. No address, telephone, family or history.
struct EssentialRecord {
  private let visit: Visit
  private let person: PersonEntry

  private var words: Words { visit.words }

  init(_ visit: Visit, _ person: PersonEntry) {
    self.visit = visit
    self.person = person
  }

  func fields() throws -> Fields {
    let text = PersonFields(visit: visit)
    let name = visit.name(of: person)
    guard try visit.district.permits(.network, of: person) else {
      return [
        "id": person.id.text, "name": name, "sex": person.sex.map { words["sexes.\($0.code)"] },
        "age": text.age(person),
        "nik": PersonText.maskedNumber(person.nationalIdentityNumber),
        "no_consent": words["consents.not_shared"],
      ]
    }
    let path = person.place.map { visit.tree.path(from: $0) } ?? []
    let home = path.filter { $0.kind == .village || $0.kind == .puskesmas }
    let last = try visit.district.lastMeasurements(of: [person.number], notAfter: visit.today)
    return [
      "id": person.id.text, "name": name,
      "sex": person.sex.map { words["sexes.\($0.code)"] }, "age": text.age(person),
      "born": person.birthDate.map(visit.format.date), "mother": person.motherName,
      "home": home.map { visit.named($0) }.joined(separator: ", "),
      "nik": PersonText.maskedNumber(person.nationalIdentityNumber),
      "died": person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) },
      "last": last[person.number].map(visit.measured),
    ]
  }
}
