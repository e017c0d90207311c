import Guidance
import Health
import Programmes
import Testing

/// The bytes of docs/formats/vaccinations.md, field by field.
@Suite("Packed vaccinations")
struct PackedVaccinationsTests {
  private static let today = day("2024-06-01")
  private static let birth = day("2024-01-15")

  /// A girl of 15 January 2024, or of nobody knows when, with HB0, Penta 1 and Penta 2.
  private static func timeline(born: CivilDate?) throws -> Timeline {
    var person = PersonBody()
    person.birthDate = born
    person.sex = .female
    let given = doses.map { dose in
      (FactKind.vaccination, dose.day, VaccinationBody(product: dose.product.number).bytes)
    }
    var timeline = Timeline()
    for (place, (kind, on, body)) in ([(FactKind.person, birth, person.bytes)] + given).enumerated()
    {
      try timeline.insert(
        Fact(
          id: Identifier(high: 7, low: UInt64(place)), subject: Identifier(high: 0, low: 0),
          kind: kind, occurredOn: on,
          recordedAt: Instant(milliseconds: Int64(on.dayNumber) * 86_400_000), body: body))
    }
    return timeline
  }

  private static let doses = [
    dose(.hepatitisB, "2024-01-15"), dose(.pentavalent, "2024-03-20"),
    dose(.pentavalent, "2024-04-20"),
  ]

  private static func packed(born: CivilDate?) throws -> [UInt8] {
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule())
    return try timeline(born: born).bytes.withUnsafeBufferPointer { bytes throws(WireError) in
      try PackedVaccinations.pack(
        timeline: bytes, on: today, by: &forecaster, edition: .kmk1098Changed2025,
        settings: ImmunizationSettings())
    }
  }

  /// A day that may not be there: 0, or 1 and the days from the answer's own.
  private static func after(_ reader: inout ByteReader) throws -> CivilDate? {
    let isThere = try reader.byte()
    #expect(isThere <= 1)
    return isThere == 0 ? nil : CivilDate(dayNumber: today.dayNumber + (try reader.signed32()))
  }

  @Test("Every field is what the schedule says", arguments: [true, false])
  func fields(isBirthKnown: Bool) throws {
    let birth = isBirthKnown ? Self.birth : nil
    var forecaster = ImmunizationForecaster(IndonesianImmunization.schedule())
    forecaster.assess(
      ImmunizationPerson(birth: birth, sex: .female), doses: Self.doses, on: Self.today)
    let card = CardDose.card(
      of: forecaster, birth: birth, on: Self.today, edition: .kmk1098Changed2025,
      settings: ImmunizationSettings())
    let tetanus = TetanusStatus(birth: birth, doses: Self.doses)
    try Self.packed(born: birth).withUnsafeBufferPointer { bytes in
      var reader = ByteReader(bytes)
      // The mark "SV" and version 1.
      #expect(try Array(reader.bytes(3)) == [0x53, 0x56, 1])
      #expect(try reader.day() == Self.today)
      #expect(try reader.byte() == ImmunizationEdition.kmk1098Changed2025.rawValue)
      #expect(try reader.unsigned() == UInt64(Self.doses.count))
      for place in Self.doses.indices {
        #expect(try reader.identifier() == Identifier(high: 7, low: UInt64(place + 1)))
        for vaccine in CardVaccine.allCases {
          guard let worth = forecaster.evaluation(ofDose: place, inGroup: vaccine.place) else {
            continue
          }
          #expect(try reader.byte() == vaccine.rawValue + 1)
          #expect(try reader.byte() == worth.status.rawValue)
          #expect(try reader.byte() == worth.reason.rawValue)
        }
        #expect(try reader.byte() == 0)
      }
      for vaccine in CardVaccine.allCases {
        let forecast = forecaster.groups[vaccine.place]
        #expect(try reader.byte() == forecast.status.rawValue)
        #expect(try reader.byte() == forecast.reason.rawValue)
        let missing = try reader.unsigned()
        #expect(missing == UInt64(forecast.missing?.rawValue ?? 0))
        #expect((missing == 0) == (forecast.missing == nil))
        #expect(try reader.byte() == forecast.doseNumber)
        #expect(try Self.after(&reader) == forecast.earliest)
        #expect(try Self.after(&reader) == forecast.recommended)
        #expect(try Self.after(&reader) == forecast.pastDue)
        #expect(try Self.after(&reader) == forecast.latest)
      }
      #expect(try reader.unsigned() == UInt64(card.count))
      for dose in card {
        #expect(try reader.byte() == dose.vaccine.rawValue)
        #expect(try reader.byte() == dose.number)
        #expect(try reader.byte() == dose.window.rawValue)
        let missing = try reader.unsigned()
        #expect(missing == UInt64(dose.missing?.rawValue ?? 0))
        #expect((missing == 0) == (dose.missing == nil))
        #expect(try Self.after(&reader) == dose.day)
        #expect(try Self.after(&reader) == dose.pastDue)
      }
      #expect(try reader.byte() == tetanus.level)
      #expect(try Self.after(&reader) == tetanus.reached)
      #expect(try Self.after(&reader) == tetanus.protectedUntil)
      #expect(try Self.after(&reader) == tetanus.nextFrom)
      #expect(reader.isAtEnd)
    }
  }
}
