import Guidance
import Health

/// The care of one person after the other under one district's settings: what the phone's core
/// answers, and what the server answers where both are compared.
public final class PhoneCare {
  private let definitions: CareDefinitions
  private let settings: DistrictSettings
  private let matters: SensitiveMatters
  private var forecaster: ImmunizationForecaster

  /// Definitions with a district's settings; the immunisation schedule is laid out here, once.
  ///
  /// - Parameter matters: the sensitive matters that whoever reads the answers may know of. Nothing
  ///   else of them is in an answer, so that a page has nothing to leave out.
  public init(
    _ definitions: CareDefinitions, settings: DistrictSettings, knowing matters: SensitiveMatters
  ) {
    self.definitions = definitions
    self.settings = settings
    self.matters = matters
    forecaster = ImmunizationForecaster(
      IndonesianImmunization.schedule(settings.edition, settings: settings.immunization))
  }

  /// The packed care plan of a packed timeline's person on a day.
  ///
  /// - Throws: ``WireError`` where the timeline cannot be read, or no fact may carry the day.
  public func plan(
    of timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) -> [UInt8] {
    PackedCarePlan.pack(
      CarePlan(
        definitions.guidelines, for: try record(timeline, on: day), settings: settings.clinical,
        knowing: matters))
  }

  /// Which forms are for the person on a day, and what each asks of what the reader may know.
  ///
  /// - Throws: ``WireError`` as ``plan(of:on:)``.
  public func questions(
    of timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) -> [UInt8] {
    var evaluation = Evaluation(try record(timeline, on: day), settings: settings.clinical)
    return PackedForms.asked(definitions.forms, &evaluation, knowing: matters)
  }

  /// What the person's doses are worth on a day, and the next ones.
  ///
  /// - Throws: ``WireError`` as ``plan(of:on:)``.
  public func vaccinations(
    of timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) -> [UInt8] {
    try checked(day)
    return try PackedVaccinations.pack(
      timeline: timeline, on: day, by: &forecaster, edition: settings.edition,
      settings: settings.immunization)
  }

  private func checked(_ day: CivilDate) throws(WireError) {
    guard CivilDate.recordable.contains(Int64(day.dayNumber)) else { throw .numberTooLarge }
  }

  private func record(
    _ timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) -> HealthRecord {
    try checked(day)
    var record =
      matters.contains(.loss)
      ? try HealthRecord(timeline: timeline, on: day)
      : try withoutLosses(timeline, on: day)
    record.observeDerived(settings: settings.clinical, growth: settings.growth)
    return record
  }

  /// The person as whoever may not know of a loss is told.
  private func withoutLosses(
    _ timeline: UnsafeBufferPointer<UInt8>, on day: CivilDate
  ) throws(WireError) -> HealthRecord {
    let standing = try TimelineReader.standingFacts(of: timeline)
    return try LostPregnancies(standing).record(of: standing, on: day)
  }
}
