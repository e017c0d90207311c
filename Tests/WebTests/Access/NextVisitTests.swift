import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// What the plan says of the next visit. It is 20 June 2025.
@Suite struct NextVisitTests {
  private static func next(of person: Identifier, _ worker: inout Browser) async throws -> String? {
    let page = try await worker.get("/people/\(person.text)/care").text
    return try PageText.matches("Kunjungan berikut: ([^<]*)", in: page).first
  }

  private static func examined(weeks: Int32, since start: CivilDate) -> Fact {
    var seen = VisitBody(setting: .pustu, performer: .midwife, purposes: .antenatal)
    seen[DataElement.systolicPressure.code] = 110
    seen[DataElement.diastolicPressure.code] = 70
    return Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker)
    ).fact(
      .visit, of: MotherAndChild.mother, on: start + .weeks(weeks),
      at: TwoPuskesmas.Side.north.posyandu(1), seen.bytes)
  }

  /// A child of 17 months is weighed every month, whether it was in this one or is still to be.
  @Test(arguments: [false, true])
  func whatComesNextMonthIsTold(isWeighed: Bool) async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    if isWeighed {
      let weight = ("e\(DataElement.weight.code)", "9,4")
      let answer = try await midwife.post(
        "/people/\(MotherAndChild.child.text)/visit?form=child",
        [("on", "2025-06-20"), weight, ("act", "save")])
      #expect(answer.status == 303)
    }
    let next = try #require(try await Self.next(of: MotherAndChild.child, &midwife))
    #expect(next.contains("timbang") && next.contains("Juli 2025"), "\(next)")
  }

  /// A newborn of 15 days was weighed today: its first weighing for a month is told, in July, when it
  /// is 29 days old, and not only the vaccines of August.
  @Test func theFirstWeighingOfANewbornIsTold() async throws {
    let server = try await SignedInServer.start()
    let place = TwoPuskesmas.Side.north.posyandu(1)
    let born = MotherAndChild.today + .days(-15)
    let newborn = TwoPuskesmas.id(778)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    var body = PersonBody()
    body.name = Array("Wulan".utf8)
    body.sex = .female
    body.birthDate = born
    var weighed = MeasurementBody()
    weighed.weight = Mass(grams: 3_400)
    _ = try await server.district.record([
      recording.fact(.person, of: newborn, on: born, at: place, body.bytes),
      recording.fact(
        .residence, of: newborn, on: born, at: place, ResidenceBody(place: place).bytes),
      recording.fact(
        .measurement, of: newborn, on: MotherAndChild.today, at: place, weighed.bytes),
    ])
    var midwife = try await server.signIn(.pustuWorker)
    let next = try #require(try await Self.next(of: newborn, &midwife))
    #expect(next.contains("Juli 2025") && next.contains("timbang"), "\(next)")
  }

  /// Six visits were made, the last at 37 weeks: the next one is a week later.
  @Test func afterTheSixthVisitOneComesEachWeek() async throws {
    let server = try await SignedInServer.start()
    let start = MotherAndChild.today + .weeks(-37)
    var body = PregnancyBody()
    body.lastMenstrualPeriod = start
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    let pregnancy = recording.fact(
      .pregnancy, of: MotherAndChild.mother, on: start + .weeks(10),
      at: TwoPuskesmas.Side.north.posyandu(1), body.bytes)
    let visits = [10, 16, 20, 30, 34, 37].map { Self.examined(weeks: $0, since: start) }
    _ = try await server.district.record([pregnancy] + visits)
    var midwife = try await server.signIn(.pustuWorker)
    let next = try #require(try await Self.next(of: MotherAndChild.mother, &midwife))
    #expect(next.contains("27 Juni 2025") && next.contains("periksa hamil"), "\(next)")
  }
}
