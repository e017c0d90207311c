import Guidance
import Programmes
import Testing

@testable import Web

/// What stands on top of a plan: the gravest of its signs and classes, by its own name.
@Suite struct AlarmTests {
  /// Something of a plan: its name, how urgent it is and what is done for it.
  private typealias Found = (name: String, urgency: Urgency, actions: [CareAction])

  private static let blue: Found = ("Bayi biru", .referNow, [.oxygenOne, .keepWarm])
  private static let heart: Found = ("Skrining jantung", .refer, [.referToHospitalNow])
  private static let fits: Found = ("Kejang", .referNow, [.referToHospitalNow])
  private static let pale: Found = ("Pucat", .refer, [.referToDoctor])
  private static let thin: Found = ("Berat kurang", .referPlanned, [.referToHospital])

  private static func lines(_ found: [Found]) -> [CareLine] {
    found.map {
      CareLine(
        $0.name, .bad, urgency: $0.urgency, alarm: Alarm($0.urgency, $0.actions, for: $0.name), [:])
    }
  }

  @Test(
    arguments: [
      // Who needs help first is graver than who is brought to a hospital, sign or class.
      ([blue], [heart], .now, ["Bayi biru"], "dangers"),
      ([heart], [blue], .now, ["Bayi biru"], "findings"),
      ([blue, heart], [], .now, ["Bayi biru"], "dangers"),
      // Of those that need help, the ones whose hospital is named.
      ([blue, fits], [heart], .hospitalNow, ["Kejang"], "dangers"),
      ([pale], [heart], .hospitalNow, ["Skrining jantung"], "findings"),
      ([pale], [pale, thin], .today, ["Pucat"], "dangers"),
    ] as [([Found], [Found], Alarm.Level, [String], String)])
  func theGravestIsTold(
    signs: [(name: String, urgency: Urgency, actions: [CareAction])],
    classes: [(name: String, urgency: Urgency, actions: [CareAction])], level: Alarm.Level,
    what: [String], anchor: String
  ) throws {
    let gravest = try #require(
      CareLines(dangers: Self.lines(signs), grave: Self.lines(classes)).gravest)
    #expect(gravest.level == level)
    #expect(gravest.what == what)
    #expect(gravest.anchor == anchor)
  }

  @Test func whoIsReferredByAppointmentHasNone() {
    #expect(CareLines(grave: Self.lines([Self.thin])).gravest == nil)
  }
}
