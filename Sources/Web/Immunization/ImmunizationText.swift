import Guidance
import Health
import Programmes
import Services

/// Vaccines and doses in words.
struct ImmunizationText {
  let format: Format
  /// The languages in which the program itself may have written the name of a dose.
  var written: [Words] = []

  private var words: Words { format.words }

  /// The name of a vaccine.
  func vaccine(_ vaccine: OfferedVaccine) -> String {
    words["immunization.vaccines.\(vaccine.name)"]
  }

  /// A dose of a vaccine: `DPT-HB-Hib 2`; the name alone where it is given once or has no number.
  func dose(_ vaccine: OfferedVaccine, _ number: Int) -> String {
    let name = self.vaccine(vaccine)
    let isGivenOnce =
      switch vaccine {
      case .card(.hepatitisBAtBirth), .card(.bcg), .card(.japaneseEncephalitis),
        .card(.schoolMeaslesRubella):
        true
      default: false
      }
    return isGivenOnce || number < 1 ? name : "\(name) \(number)"
  }

  /// The name of a product; its code where the program does not know it.
  func product(_ code: UInt16) -> String {
    VaccineName(rawValue: code).map { words["immunization.products.\($0.catalogueName)"] }
      ?? words("immunization.product_other", ["code": "\(code)"])
  }

  /// A dose that was given: as it was written down, else by its product. What the program wrote in
  /// another language is said in this one.
  func name(_ dose: RecordedDose) -> String {
    name(dose.body.dose, product: dose.body.product)
  }

  func name(_ bytes: [UInt8], product code: UInt16) -> String {
    if bytes.isEmpty { return product(code) }
    let text = String(decoding: bytes, as: UTF8.self)
    for language in written where language.language != words.language {
      let other = ImmunizationText(
        format: Format(words: language, hoursEastOfGreenwich: format.hoursEastOfGreenwich))
      for vaccine in OfferedVaccine.allCases where text.hasPrefix(other.vaccine(vaccine)) {
        let number = (1...9).first { other.dose(vaccine, $0) == text }
        if let number { return self.dose(vaccine, number) }
      }
    }
    return text
  }

  /// The day of a dose as well as it is known: `14 Mei 2025`, `Mei 2025`, `2025`.
  func day(_ day: CivilDate, knownBy: VaccinationDay?) -> String {
    switch knownBy {
    case nil: format.date(day)
    case .month: format.month(day.month)
    case .year: "\(day.components.year)"
    }
  }

  /// What a dose counts as: `DPT-HB-Hib 2: Dihitung (Sesuai jadwal)`.
  func judgement(_ judgement: DoseJudgement) -> String {
    let name =
      judgement.number.map { dose(judgement.vaccine, $0) } ?? vaccine(judgement.vaccine)
    let said = words(
      "immunization.judged",
      [
        "dose": name,
        "status": words["immunization.dose_status.\(judgement.evaluation.code)"],
        "reason": words["immunization.dose_reasons.\(judgement.evaluation.reason.name)"],
      ])
    guard let earliest = judgement.earliest else { return said }
    return said + " " + words("immunization.would_count", ["date": format.date(earliest)])
  }

  /// That a dose was written down under another number than the one as which it counts, and why;
  /// nothing where both agree or where no number was written.
  func otherNumber(_ dose: RecordedDose, _ judgement: DoseJudgement) -> String? {
    guard let number = judgement.number,
      let told = (1...9).first(where: { self.dose(judgement.vaccine, $0) == name(dose) }),
      self.dose(judgement.vaccine, number) != name(dose)
    else { return nil }
    return words(
      told > number ? "immunization.counted_as_earlier" : "immunization.counted_as_later",
      ["told": "\(told)", "number": "\(number)"])
  }

  /// That a dose may be one that is written down already.
  func near(_ dose: RecordedDose, _ other: RecordedDose) -> String {
    words(
      "immunization.warns_near",
      [
        "dose": name(dose), "date": day(dose.day, knownBy: dose.body.dayKnownBy),
        "known": name(other), "known_date": day(other.day, knownBy: other.body.dayKnownBy),
        "origin": other.body.origin.map { words["immunization.origins.\($0.code)"] }
          ?? words["common.not_known"],
      ])
  }

  /// How a child stands to a goal, and of what lacks what is given no more, what comes too late for
  /// the goal, and what is to be given in time: each dose in one of the three.
  ///
  /// - Parameter planned: how the vaccines stand.
  func goal(_ reached: ReachedGoal, planned: [PlannedVaccine]) -> String {
    let over = Set(planned.filter { $0.isOver }.map(\.vaccine))
    var (gone, late, open) = ([String](), [String](), [String]())
    for requirement in reached.open {
      let name = dose(.card(requirement.vaccine), Int(requirement.doses))
      if over.contains(.card(requirement.vaccine)) {
        gone.append(name)
      } else if reached.status == .outOfReach, reached.closed.contains(requirement) {
        late.append(name)
      } else {
        open.append(name)
      }
    }
    func list(_ code: String, _ names: [String]) -> String? {
      names.isEmpty
        ? nil : words("immunization.goal_\(code)", ["doses": names.joined(separator: ", ")])
    }
    let (code, day): (String, CivilDate?) =
      switch reached.status {
      case .reached(let day): ("reached", day)
      case .reachedLate(let day): ("reached_late", day)
      case .underWay(let day): ("under_way", day)
      case .outOfReach: ("out_of_reach", nil)
      case .missed: ("missed", nil)
      case .unknown: ("unknown", nil)
      }
    let status = words("immunization.goal_status.\(code)", ["date": day.map(format.date) ?? ""])
    if case .unknown = reached.status { return status }
    return [status, list("gone", gone), list("late", late), list("open", open)]
      .compactMap(\.self).joined(separator: " ")
  }

  /// Why a vaccine that was offered was not given.
  func reason(_ reason: RefusalBody.Reason?) -> String {
    words["immunization.not_given.\(reason?.code ?? "other")"]
  }

  /// How a vaccine stands.
  func state(_ planned: PlannedVaccine) -> String {
    let values = [
      "date": planned.earliest.map(format.date) ?? words["common.none"],
      "late": planned.pastDue.map(format.date) ?? "",
    ]
    switch planned.state {
    case .due:
      return planned.earliest == nil
        ? words["immunization.states.due_now"]
        : words("immunization.states.\(planned.pastDue == nil ? "due" : "due_until")", values)
    case .overdue: return words("immunization.states.overdue", values)
    case .upcoming: return words("immunization.states.upcoming", values)
    case .complete: return words["immunization.states.complete"]
    case .tooLate: return words["immunization.states.too_late"]
    case .contraindicated: return words["immunization.states.contraindicated"]
    case .notNeeded: return words["immunization.states.not_needed"]
    case .unknown(let missing):
      // Birth date and sex may be missing here: no name of them speaks of a setting.
      let care = CareText(format: format, settings: ClinicalSettings())
      return words("care.statuses.unknown", ["what": care.missing(missing)])
    }
  }
}

extension PlannedVaccine {
  /// Whether nothing more of it is given, though doses may lack.
  fileprivate var isOver: Bool {
    switch state {
    case .tooLate, .contraindicated, .notNeeded: true
    default: false
    }
  }
}

extension RefusalBody.Reason {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .declined: "declined"
    case .fear: "fear"
    case .faith: "faith"
    case .family: "family"
    case .other: "other"
    case .unwell: "unwell"
    case .outOfStock: "out_of_stock"
    }
  }
}

extension VaccinationOrigin {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .givenHere: "given_here"
    case .givenElsewhere: "given_elsewhere"
    case .book: "book"
    case .told: "told"
    }
  }
}

extension SpoiledVaccine {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .expired: "expired"
    case .coldChain: "cold_chain"
    case .recalled: "recalled"
    case .partlyGiven: "partly_given"
    }
  }
}

extension DoseEvaluation {
  /// The name in catalogues. The logic specification counts a dose after the greatest age among
  /// those that are more than needed; whoever reads it is told that it came too late.
  var code: String {
    status == .extraneous && reason == .tooOld ? "too_late" : "\(status.name)"
  }
}

extension DoseStatus {
  /// The colour on pages.
  var tone: String {
    switch self {
    case .valid: "good"
    case .notValid, .substandard: "bad"
    case .extraneous: "none"
    }
  }
}

extension Visit {
  /// Vaccines and doses in the visitor's language.
  var immunizationText: ImmunizationText {
    ImmunizationText(format: format, written: Language.allCases.map { site.format($0).words })
  }
}
