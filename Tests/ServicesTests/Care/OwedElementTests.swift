import Guidance
import Health
import Programmes
import Services
import Testing

@Suite("What is to be observed today")
struct OwedElementTests {
  private static let day = CivilDate(dayNumber: 20_000)

  private static func owed(_ services: [(UInt16, ServiceStatus)]) -> Set<UInt16> {
    let plan = CarePlan(
      day: day, holdsUntil: day + .days(1),
      services: services.map { PlannedService(service: $0.0, status: $0.1) }, classes: [],
      scores: [], dangers: [])
    return CareBook.motherAndChild.owedElements(of: plan)
  }

  @Test("What shows that a service was given is owed while the service is, in time or late")
  func statuses() {
    let hiv = DataElement.hivTest.code
    let fact = Identifier(high: 1, low: 1)
    #expect(Self.owed([(33, .due(since: Self.day, late: nil))]) == [hiv])
    #expect(Self.owed([(33, .overdue(since: Self.day, late: Self.day))]) == [hiv])
    let others: [ServiceStatus] = [
      .done(on: Self.day, fact: fact), .upcoming(from: Self.day), .missed(since: Self.day),
      .refused(on: Self.day, fact: fact), .notApplicable, .unknown(.birthDate),
    ]
    for status in others { #expect(Self.owed([(33, status)]).isEmpty) }
  }

  @Test("Contents of visits and each of several ways count; visits and doses ask nothing")
  func kinds() {
    let due = ServiceStatus.due(since: Self.day, late: nil)
    #expect(Self.owed([(67, due)]) == [DataElement.haemoglobin.code])
    #expect(
      Self.owed([(121, due)]) == [
        DataElement.fastingGlucose.code, DataElement.glucoseAfterTwoHours.code,
      ])
    #expect(Self.owed([(1, due), (3_001, due)]).isEmpty)
  }
}
