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
    fields["has_problems"] = !form.problems.isEmpty
    return fields
  }

  /// The places where somebody may be registered, Posyandu under their villages.
  func places(for action: Action, chosen: Identifier?) -> [Fields] {
    let area = visit.visitor.rights.area(of: action)
    let fitting = visit.tree.places.values.filter { place in
      (place.kind == .posyandu || place.kind == .village) && place.endedOn == nil
        && (area.map { $0.contains(place.id) } ?? true)
    }
    let named = fitting.map { place -> (name: String, place: Place) in
      let path = visit.tree.path(from: place.id)
      let village = path.first { $0.kind == .village }
      let name =
        place.kind == .village || village == nil
        ? visit.named(place) : "\(village?.name ?? ""), \(visit.named(place))"
      return (name, place)
    }
    return named.sorted { ($0.name, $0.place.id) < ($1.name, $1.place.id) }.map { entry -> Fields in
      ["id": entry.place.id.text, "name": entry.name, "chosen": entry.place.id == chosen]
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

  /// `Anak balita`; nothing where nobody knows when the person was born.
  func stage(_ person: PersonEntry) -> String? {
    guard case .stage(let stage) = LifeStage.stage(born: person.birthDate, on: visit.today) else {
      return nil
    }
    return words["life_stages.\(stage.name)"]
  }

  /// `Posyandu Melati 1, Desa Sei Kayu`.
  func home(_ place: Identifier?) -> String? {
    guard let place, visit.tree.places[place] != nil else { return nil }
    return visit.tree.path(from: place).prefix(2).map { visit.named($0) }.joined(separator: ", ")
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
