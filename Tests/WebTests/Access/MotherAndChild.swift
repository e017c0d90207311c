import Health
import Journal
import Services

/// A mother of the north and her child, whom the clinic knows too, for tests of forms of visits. The
/// child was born on 1 January 2024; it is 20 June 2025.
enum MotherAndChild {
  static let mother = TwoPuskesmas.Side.north.mother(1)
  static let child = TwoPuskesmas.patient
  static let today = SmallDistrict.today.day(hoursEastOfGreenwich: 7)

  /// Writes that the mother is in her 28th week, as it became known on a day.
  static func makePregnant(
    _ server: SignedInServer, known day: CivilDate = today
  ) async throws {
    var body = PregnancyBody()
    body.lastMenstrualPeriod = TwoPuskesmas.day(2024, 12, 12)
    let recording = Recording(
      at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.clusterWorker))
    _ = try await server.district.record([
      recording.fact(
        .pregnancy, of: mother, on: day, at: TwoPuskesmas.Side.north.posyandu(1), body.bytes)
    ])
  }
}
