import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// The numbers of the guidelines' services by their names.
  private static let services = Dictionary(
    Guideline.motherAndChild.flatMap(\.services).map { ("\($0.name)", $0.number) },
    uniquingKeysWith: { first, _ in first })

  /// The number of a service that the guidelines have.
  static func number(of service: StaticString) -> UInt16 {
    guard let number = services["\(service)"] else {
      preconditionFailure("no service \(service)")
    }
    return number
  }

  /// Lets some of those to whom a service was offered, and who did not get it, have refused it.
  mutating func refuse(
    _ service: StaticString, by villager: Int, on day: CivilDate, at site: CareSite,
    with people: PuskesmasPeople, moment: Instant? = nil
  ) {
    guard day >= plan.firstCareMonth.firstDay, random.happens(SyntheticRates.refused) else {
      return
    }
    let reasons: [RefusalBody.Reason] = [.declined, .fear, .faith, .family]
    let reason = reasons[random.position(in: [0.45, 0.3, 0.05, 0.2])]
    let evening = moment ?? evening(of: day, about: villager, with: people)
    write(
      .refusal, about: villager, on: day, at: site,
      RefusalBody(service: PuskesmasCare.number(of: service), reason: reason).bytes,
      with: people, moment: evening)
  }
}
