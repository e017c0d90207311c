import Guidance

extension Instrument.Band {
  /// What a score's class says to do beside what else stands on a plan: a score is of months, and
  /// gives way to a graver referral, and to a place of birth that can do more. Whoever is to be in a
  /// hospital now is not sent to the doctor of the Puskesmas as well.
  public func actions(beside others: Set<CareAction>) -> [CareAction] {
    actions.filter { action in others.isDisjoint(with: CareAction.graver(than: action)) }
  }
}

extension CareAction {
  /// What outdoes an action of a score: where she is referred, or gives birth.
  fileprivate static func graver(than action: CareAction) -> Set<CareAction> {
    switch action {
    case .referToDoctor: [.referToHospitalNow, .planReferral, .planBirthWhereOperated]
    case .planBirthWithDoctor:
      [.referToHospitalNow, .planReferral, .planBirthWhereOperated, .planHospitalBirth]
    case .planHospitalBirth: [.planBirthWhereOperated]
    default: []
    }
  }
}
