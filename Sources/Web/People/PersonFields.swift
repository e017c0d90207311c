import Health
import Journal
import Programmes
import Services

/// Persons, places and relations as forms and pages show them.
struct PersonFields {
  let visit: Visit

  private var words: Words { visit.words }

  /// The fields of a form.
  func form(_ form: PersonForm) -> Fields {
    var fields = Fields()
    for field in PersonForm.Field.allCases {
      fields[field.rawValue] =
        [
          "value": form.values[field], "problem": form.problems[field],
          "invalid": form.problems[field] != nil,
        ] as Fields
    }
    fields["is_male"] = form.values[.sex] == "male"
    fields["is_female"] = form.values[.sex] == "female"
    fields["is_estimated"] = !(form.values[.estimated] ?? "").isEmpty
    fields["relations"] = HouseholdRelation.allCases.map { relation -> Fields in
      [
        "value": "\(relation.rawValue)", "name": words["relations.\(relation.code)"],
        "chosen": form.values[.relation] == "\(relation.rawValue)",
      ]
    }
    fields["keep_number"] = form.offersToKeepNumber ? form.values[.nik] : nil
    fields["kept_number"] = form.keepsNumber ? form.values[.nik] : nil
    fields["has_problems"] = !form.problems.isEmpty
    fields["opens_more"] = !form.problems.isEmpty || isPerhapsNewborn(form)
    return fields
  }

  /// For so many days after birth the mother's NIK and the order of birth are asked for at once: they
  /// tell a newborn that has no NIK.
  private static let newbornDays = 60

  private func isPerhapsNewborn(_ form: PersonForm) -> Bool {
    guard case .success(let born?) = PersonForm.day(form.values[.born] ?? "") else { return false }
    let days = Int(visit.today.dayNumber) - Int(born.dayNumber)
    return (0...PersonFields.newbornDays).contains(days) || (form.values[.nik] ?? "").isEmpty
  }

  /// What every form has by which somebody comes to live elsewhere on a day: who it is, from
  /// where, to which of the places, when.
  ///
  /// - Parameters:
  ///   - places: where they can come to live.
  ///   - preset: the place that is chosen before anybody chooses.
  func moving(
    _ person: PersonEntry, to places: [Place], preset: Identifier? = nil,
    _ entered: [String: String], _ problems: [String: String]
  ) -> Fields {
    let chosen = entered["place"].flatMap { Identifier(text: $0) } ?? preset
    return [
      "name": visit.name(of: person), "url": Links.person(person.id), "home": home(person.place),
      "form_token": visit.visitor.formToken,
      "place_groups": grouped(places, chosen: chosen),
      "on": entered["on"] ?? Format.iso(visit.today), "problem_on": problems["on"],
      "problem_place": problems["place"],
    ]
  }

  /// The places where somebody may be registered, in groups: Posyandu by their villages, the
  /// village itself first; or for a facility, whose patients live anywhere, villages by their
  /// kecamatan.
  func places(for action: Action, chosen: Identifier?) -> [Fields] {
    let isAnywhere = action == .registerPerson && !visit.registeringFacilities.isEmpty
    let area = homes(for: action)
    guard isAnywhere else { return grouped(area, chosen: chosen) }
    let villages = visit.tree.places.values.filter { $0.endedOn == nil && $0.kind == .village }
    return grouped(
      villages + area.filter { $0.kind != .village }, chosen: chosen, villagesByKecamatan: true)
  }

  /// The villages and Posyandu within the visitor's area of an action.
  func homes(for action: Action) -> [Place] {
    let area = visit.visitor.rights.area(of: action)
    return visit.tree.places.values.filter { place in
      MoveDestinations.isHome(place) && (area.map { $0.contains(place.id) } ?? true)
    }
  }

  /// Places in groups, those within the visitor's reach first.
  private func grouped(
    _ places: [Place], chosen: Identifier?, villagesByKecamatan: Bool = false
  ) -> [Fields] {
    struct Option {
      let isOwn: Bool
      let group: String
      let isVillage: Bool
      let name: String
      let place: Place
    }
    let options = places.map { place -> Option in
      let isVillage = place.kind == .village
      let above =
        villagesByKecamatan && isVillage
        ? (place.within ?? place.partOf).flatMap { visit.tree.places[$0] }
        : visit.tree.path(from: place.id).first { $0.kind == .village }
      return Option(
        isOwn: visit.visitor.rights.may(.seePlaces, at: place.id),
        group: above.map { visit.named($0) } ?? words["common.unknown_place"],
        isVillage: isVillage, name: visit.named(place), place: place)
    }
    let sorted = options.sorted {
      ($0.isOwn ? 0 : 1, $0.group, $0.isVillage ? 0 : 1, $0.name, $0.place.id)
        < ($1.isOwn ? 0 : 1, $1.group, $1.isVillage ? 0 : 1, $1.name, $1.place.id)
    }
    let inAnyPosyandu = words["people.posyandu_not_known"]
    return sorted.chunked { $0.group == $1.group && $0.isOwn == $1.isOwn }.map { group -> Fields in
      [
        "group": group[0].group,
        "options": group.map { option -> Fields in
          [
            "id": option.place.id.text, "chosen": option.place.id == chosen,
            "name": option.isVillage && !villagesByKecamatan
              ? "\(option.name) (\(inAnyPosyandu))" : option.name,
          ]
        },
      ]
    }
  }

  /// `23 tahun`, `7 bulan`, `12 hari`.
  func age(_ person: PersonEntry) -> String? {
    guard let born = person.birthDate else { return nil }
    let until = person.diedOn ?? visit.today
    guard born <= until else { return nil }
    let months = Int(until.completedMonths(since: born).count)
    if months >= 60 { return words("ages.years_old", ["count": "\(months / 12)"]) }
    if months >= 2 { return words("ages.months_old", ["count": "\(months)"]) }
    return words("ages.days_old", ["count": "\((until - born).count)"])
  }

  /// `meninggal 18 Juni 2025`; nothing of who lives.
  func died(_ person: PersonEntry) -> String? {
    person.diedOn.map { words("search.died", ["date": visit.format.date($0)]) }
  }

  /// `Anak balita`; nothing where nobody knows when the person was born.
  func stage(_ person: PersonEntry) -> String? {
    let stage = LifeStage.stage(
      born: person.birthDate, on: visit.today,
      settings: visit.district.edition.programmes.lifeStages)
    guard case .stage(let stage) = stage else { return nil }
    return words["life_stages.\(stage.name)"]
  }

  /// `Posyandu Melati 1, Desa Sei Kayu`.
  func home(_ place: Identifier?) -> String? {
    guard let place, visit.tree.places[place] != nil else { return nil }
    return visit.tree.path(from: place).prefix(2).map { visit.named($0) }.joined(separator: ", ")
  }

  /// Who two records would be as one: `Sesudah digabung: Siti Aminah, lahir 1 Mei 1990, tinggal di
  /// Posyandu Melati 1, Desa Sei Kayu. Keluarganya: Keluarga Budi`. Whoever looks after that place
  /// looks after the person.
  func outcome(
    of one: PersonEntry, joinedWith other: PersonEntry, _ homes: MergedHomes
  ) throws -> String? {
    guard let joined = try visit.district.summary(of: one, joinedWith: other) else { return nil }
    var name = String(decoding: joined.person.name, as: UTF8.self)
    // A newborn without a name is called by its mother's.
    let hidesMother =
      visit.district.hidesMother(of: one) || visit.district.hidesMother(of: other)
    if hidesMother, SearchTerms().keys(of: name).isUnnamedNewborn { name = "" }
    let born = joined.person.birthDate.map(visit.format.date) ?? words["common.not_known"]
    let standing =
      joined.diedOn.map { words("search.died", ["date": visit.format.date($0)]) }
      ?? Destinations(visit).sentence(joined)
      ?? (homes.isChoice
        ? words["people.merge_home_chosen"]
        : words(
          "people.merge_home", ["home": home(joined.place) ?? words["common.not_known"]]))
    let outcome = words(
      "people.merge_outcome",
      ["name": name.isEmpty ? words["common.unnamed"] : name, "born": born, "standing": standing])
    return [outcome, homes.sentence].compactMap(\.self).joined(separator: " ")
  }

  /// Why two records may be one person, each finding in words, the strongest first.
  func reasons(_ evidence: DuplicateEvidence) -> [Fields] {
    let found = evidence.findings.sorted { $1.weight < $0.weight }.map { finding -> Fields in
      [
        "text": words["evidence.\(finding.level.code)"],
        "tone": finding.weight > 0 ? "good" : finding.weight < 0 ? "bad" : "none",
      ]
    }
    let brakes: [(DuplicateEvidence.Brakes, String)] = [
      (.twins, "twins"), (.generations, "generations"), (.borrowedNumber, "borrowed_number"),
    ]
    return found
      + brakes.filter { evidence.brakes.contains($0.0) }.map { brake -> Fields in
        ["text": words["evidence.brake_\(brake.1)"], "tone": "poor"]
      }
  }
}

extension EvidenceLevel {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .numberEqual: "number_equal"
    case .numberNearlyEqual: "number_nearly_equal"
    case .numberDiffers: "number_differs"
    case .nameSame: "name_same"
    case .nameOtherReading: "name_other_reading"
    case .nameSimilar: "name_similar"
    case .nameDiffers: "name_differs"
    case .birthEqual: "birth_equal"
    case .birthEqualRoughly: "birth_equal_roughly"
    case .birthNearlyEqual: "birth_nearly_equal"
    case .birthYearNear: "birth_year_near"
    case .birthNear: "birth_near"
    case .birthDiffers: "birth_differs"
    case .sexEqual: "sex_equal"
    case .sexDiffers: "sex_differs"
    case .motherSame: "mother_same"
    case .motherSimilar: "mother_similar"
    case .motherDiffers: "mother_differs"
    case .homeSameVillage: "home_same_village"
    case .homeSamePuskesmas: "home_same_puskesmas"
    case .homeElsewhere: "home_elsewhere"
    case .familyCardEqual: "family_card_equal"
    case .familyCardDiffers: "family_card_differs"
    case .localIdentifierDiffers: "local_identifier_differs"
    }
  }
}

extension Array {
  /// Runs of neighbours that belong together.
  func chunked(_ belong: (Element, Element) -> Bool) -> [[Element]] {
    var runs: [[Element]] = []
    for element in self {
      if let last = runs.last?.last, belong(last, element) {
        runs[runs.count - 1].append(element)
      } else {
        runs.append([element])
      }
    }
    return runs
  }
}
