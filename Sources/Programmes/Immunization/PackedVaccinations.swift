import Guidance
import Health

/// What the schedule says of a person's vaccinations, as bytes: what every given dose is worth, the
/// next dose of every vaccine, and the fields of the card. Format: docs/formats/vaccinations.md.
public enum PackedVaccinations {
  /// The version that this program writes.
  public static let version: UInt8 = 1

  /// Judges and forecasts for the person of a timeline on a day.
  ///
  /// - Throws: ``WireError`` where the timeline cannot be read.
  public static func pack(
    timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate,
    by forecaster: inout ImmunizationForecaster, edition: ImmunizationEdition,
    settings: ImmunizationSettings
  ) throws(WireError) -> [UInt8] {
    let standing = try TimelineReader.standingFacts(of: timeline)
    var birth: CivilDate?
    var sex: Sex?
    var doses: [GivenDose] = []
    var facts: [Identifier] = []
    var told: TetanusStatus.Told?
    for entry in standing {
      switch entry.kind {
      case .person:
        let told = try PersonBody.birth(entry.body)
        birth = told.birthDate ?? birth
        sex = told.sex ?? sex
      case .vaccination where entry.occurredOn <= day:
        doses.append(GivenDose(try VaccinationBody(entry.body), on: entry.occurredOn))
        facts.append(entry.id)
      case .visit where entry.occurredOn <= day:
        _ = try VisitBody.read(entry.body) {
          if $0.element == DataElement.tetanusStatus.code {
            told = TetanusStatus.Told($0.value, on: entry.occurredOn) ?? told
          }
        }
      default: continue
      }
    }
    forecaster.assess(ImmunizationPerson(birth: birth, sex: sex), doses: doses, on: day)
    var writer = ByteWriter(capacity: 512 + doses.count * 24)
    writer.byte(0x53)
    writer.byte(0x56)
    writer.byte(version)
    writer.signed(Int64(day.dayNumber))
    writer.byte(edition.rawValue)
    writer.unsigned(UInt64(doses.count))
    for place in doses.indices {
      writer.identifier(facts[place])
      writeWorth(ofDose: place, by: forecaster, to: &writer)
    }
    for vaccine in CardVaccine.allCases {
      write(forecaster.groups[vaccine.place], since: day, to: &writer)
    }
    let card = CardDose.card(
      of: forecaster, birth: birth, on: day, edition: edition, settings: settings)
    writer.unsigned(UInt64(card.count))
    for dose in card { write(dose, since: day, to: &writer) }
    let tetanus = TetanusStatus(
      birth: birth, doses: doses, told: told, settings: settings)
    writer.byte(tetanus.level)
    for date in [tetanus.reached, tetanus.protectedUntil, tetanus.nextFrom] {
      write(date, since: day, to: &writer)
    }
    return writer.bytes
  }

  /// What one dose is worth for each vaccine of which it holds something.
  private static func writeWorth(
    ofDose place: Int, by forecaster: borrowing ImmunizationForecaster,
    to writer: inout ByteWriter
  ) {
    for vaccine in CardVaccine.allCases {
      guard let worth = forecaster.evaluation(ofDose: place, inGroup: vaccine.place) else {
        continue
      }
      writer.byte(vaccine.rawValue + 1)
      writer.byte(worth.status.rawValue)
      writer.byte(worth.reason.rawValue)
    }
    writer.byte(0)
  }

  private static func write(
    _ forecast: VaccineForecast, since day: CivilDate, to writer: inout ByteWriter
  ) {
    writer.byte(forecast.status.rawValue)
    writer.byte(forecast.reason.rawValue)
    writer.unsigned(UInt64(forecast.missing?.rawValue ?? 0))
    writer.byte(forecast.doseNumber)
    write(forecast.earliest, since: day, to: &writer)
    write(forecast.recommended, since: day, to: &writer)
    write(forecast.pastDue, since: day, to: &writer)
    write(forecast.latest, since: day, to: &writer)
  }

  private static func write(
    _ dose: CardDose, since day: CivilDate, to writer: inout ByteWriter
  ) {
    writer.byte(dose.vaccine.rawValue)
    writer.byte(dose.number)
    writer.byte(dose.window.rawValue)
    writer.unsigned(UInt64(dose.missing?.rawValue ?? 0))
    write(dose.day, since: day, to: &writer)
    write(dose.pastDue, since: day, to: &writer)
  }

  /// A day that may not be there: 0, or 1 and how many days it lies after the answer's own.
  private static func write(
    _ date: CivilDate?, since day: CivilDate, to writer: inout ByteWriter
  ) {
    writer.byte(date == nil ? 0 : 1)
    if let date { writer.signed(Int64(date.dayNumber - day.dayNumber)) }
  }
}
