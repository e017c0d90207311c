import Guidance
import Health
import Programmes
import Services

/// What a fact of care says, in words. What tells of a sensitive matter is left out for those who
/// have no right to it.
struct CareFactText {
  private let visit: Visit
  private let text: CareText
  private let matters: SensitiveMatters

  private var words: Words { text.format.words }

  init(_ visit: Visit, recordedBy recorder: Identifier? = nil) {
    self.visit = visit
    text = CareText(visit)
    let matters = visit.visitor.rights.sensitiveMatters
    // What somebody was asked to write down is theirs to read again.
    self.matters = visit.isVisitor(recorder) ? matters.asked : matters
  }

  /// The content of a fact of care; nothing where it is of another kind.
  func sentence(_ kind: FactKind, _ body: UnsafeBufferPointer<UInt8>) -> String? {
    switch kind {
    case .visit: (try? VisitBody(body)).map(visited)
    case .pregnancy: (try? PregnancyBody(body)).map(pregnancy)
    case .pregnancyEnd: (try? PregnancyEndBody(body)).map(end)
    case .vaccination: (try? VaccinationBody(body)).map(vaccination)
    case .refusal: (try? RefusalBody(body)).map(refusal)
    case .referral: (try? ReferralBody(body)).map { ReferralText(visit, text).summary($0) }
    case .referralAnswer:
      (try? ReferralAnswerBody(body)).map { words["referrals.outcomes.\($0.outcome.code)"] }
    default: nil
    }
  }

  private func visited(_ body: VisitBody) -> String {
    let observed = body.observations.compactMap { observed -> String? in
      guard let element = CareBook.motherAndChild.elements[observed.element],
        matters.isSuperset(of: element.matter)
      else { return nil }
      return "\(text.element(element)): \(text.value(observed.value, of: element))"
    }
    let frame = [
      body.setting.map { words["care.places.\($0.code)"] },
      body.performer.map { words["care.performers.\($0.code)"] },
    ].compactMap(\.self).joined(separator: ", ")
    return ([frame].filter { !$0.isEmpty } + observed).joined(separator: " · ")
  }

  private func vaccination(_ body: VaccinationBody) -> String {
    func written(_ bytes: [UInt8]) -> String? {
      bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
    return [
      written(body.dose), ImmunizationText(format: text.format).product(body.product),
      body.dayKnownBy.map { words["immunization.day_known_by.\($0 == .month ? "month" : "year")"] },
      body.origin.map { words["immunization.origins.\($0.code)"] },
      written(body.batch).map { "\(words["immunization.why.batch"]): \($0)" },
      written(body.facility), body.spoiled.map { words["immunization.spoiled.\($0.code)"] },
      written(body.note),
    ].compactMap(\.self).joined(separator: " · ")
  }

  private func refusal(_ body: RefusalBody) -> String {
    guard let vaccine = OfferedVaccine(service: body.service) else {
      return text.service(body.service)
    }
    let immunization = ImmunizationText(format: text.format)
    return "\(immunization.vaccine(vaccine)): \(immunization.reason(body.reason))"
  }

  private func pregnancy(_ body: PregnancyBody) -> String {
    var parts: [String] = []
    func add(_ field: String, _ value: String?) {
      if let value { parts.append("\(words["care.field_\(field)"]): \(value)") }
    }
    add("last_period", body.lastMenstrualPeriod.map(text.format.date))
    add("scan_on", body.ultrasoundOn.map(text.format.date))
    add("scan_weeks", body.ultrasoundGestation.map { "\($0 / 7)+\($0 % 7)" })
    // Pregnancies less births would be the losses.
    if matters.contains(.loss) { add("gravida", body.gravida.map { "\($0)" }) }
    add("para", body.para.map { "\($0)" })
    if matters.contains(.loss) { add("losses", body.losses.map { "\($0)" }) }
    add("living_children", body.livingChildren.map { "\($0)" })
    add("fetuses", body.fetuses.map { "\($0)" })
    // It may have been a loss.
    if matters.contains(.loss) {
      add("last_pregnancy_ended", body.lastPregnancyEnded.map(text.format.date))
    }
    return parts.joined(separator: " · ")
  }

  private func complications(_ told: BirthComplications) -> String {
    let names = DataElement.birthComplications.filter { told.contains($0.told) }
      .map { text.element($0.element) }
    return names.isEmpty ? words["care.complications_none"] : names.joined(separator: ", ")
  }

  private func end(_ body: PregnancyEndBody) -> String {
    // That it was lost is told by all that would stand here, also where a birth has a mode.
    guard matters.contains(.loss) || body.outcome == .liveBirth else {
      return words["care.outcome_not_told"]
    }
    return [
      words["care.outcomes.\(body.outcome.code)"],
      body.mode.map { words["care.modes.\($0.code)"] },
      body.setting.map { words["care.birth_places.\($0.code)"] },
      body.attendant.map { words["care.attendants.\($0.code)"] },
      body.bornAlive.map { "\(words["care.field_born_alive"]): \($0)" },
      body.bornDead.map { "\(words["care.field_born_dead"]): \($0)" },
      body.complications.map { "\(words["care.field_complications"]): \(complications($0))" },
    ].compactMap(\.self).joined(separator: " · ")
  }
}
