import Foundation
import Guidance
import Health
import Programmes

/// A schedule that was read from a file, with the names that the engine does not need.
public struct ScheduleFile: Sendable {
  /// The schedule.
  public let schedule: VaccineSchedule
  /// What the file says it is.
  public let edition: String
  /// The names of the antigens, in the schedule's order.
  public let antigenNames: [String]
  /// The names of the groups, in the schedule's order.
  public let groupNames: [String]
  /// The names of the series, in the schedule's order.
  public let seriesNames: [String]
  /// The trade names, in the order of their numbers from 1 on.
  public let brandNames: [String]

  /// The Indonesian schedule of an edition: its groups have the names of ``CardVaccine``.
  public init(
    _ edition: ImmunizationEdition, settings: ImmunizationSettings = ImmunizationSettings()
  ) {
    schedule = IndonesianImmunization.schedule(edition, settings: settings)
    self.edition = "\(edition.name)"
    antigenNames = ProgrammeAntigen.allCases.map { "\($0)" }
    groupNames = CardVaccine.allCases.map { "\($0.name)" }
    let names = antigenNames
    seriesNames = schedule.series.map { names[Int($0.antigen.index)] }
    brandNames = []
  }

  /// Reads a schedule from the bytes of its JSON file.
  ///
  /// - Throws: ``ScheduleFileProblem`` with the place in the file.
  public init(_ bytes: Data) throws(ScheduleFileProblem) {
    let form: ScheduleFileForm = try decodeForm(bytes)
    guard form.format == "sikilap-immunization-schedule" else {
      throw .otherFormat(form.format)
    }
    guard form.version == 1 else { throw .otherVersion(form.version) }
    var reading = ScheduleReading(form)
    schedule = try reading.schedule(form)
    edition = form.edition
    antigenNames = form.antigens
    groupNames = form.groups.map(\.name)
    seriesNames = form.series.map(\.name)
    brandNames = reading.brands
  }

  /// The number of a trade name, however it is hyphenated; 0 where the schedule names no such.
  func brand(named name: String?) -> UInt8 {
    func plain(_ text: String) -> String {
      String(text.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    guard let name else { return 0 }
    let wanted = plain(name)
    return UInt8((brandNames.firstIndex { plain($0) == wanted } ?? -1) + 1)
  }

  /// Where a schedule stands that was read from a file.
  public static let source = Source(
    id: "schedule-file", title: "Immunization schedule read from a file", edition: "1",
    place: "docs/formats/immunization-schedule.md", standing: .secondary)
}

/// Where a text stops being JSON; nothing where it is JSON.
private func whyNotJSON(_ text: Data) -> String? {
  do {
    _ = try JSONSerialization.jsonObject(with: text, options: .fragmentsAllowed)
    return nil
  } catch { return (error as NSError).userInfo["NSDebugDescription"] as? String }
}

/// Decodes a file and says in one way what is wrong and where.
func decodeForm<Form: Decodable>(_ bytes: Data) throws(ScheduleFileProblem) -> Form {
  func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
    (context.codingPath + (key.map { [$0] } ?? []))
      .map { $0.intValue.map { "[\($0 + 1)]" } ?? $0.stringValue }
      .joined(separator: " ")
  }
  let mark = Data([0xEF, 0xBB, 0xBF])
  let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes
  // Text in two bytes a letter would be read, and would hide its depth from the look at it.
  guard !text.contains(0), JSONShape.depth(of: text, limit: 32) <= 32 else {
    throw .unreadable(at: "", "no UTF-8, or nested more than 32 deep")
  }
  do {
    return try JSONDecoder().decode(Form.self, from: text)
  } catch let DecodingError.keyNotFound(key, context) {
    throw .unreadable(at: path(context, key), "missing")
  } catch let DecodingError.typeMismatch(_, context) {
    throw .unreadable(at: path(context), context.debugDescription)
  } catch let DecodingError.valueNotFound(_, context) {
    throw .unreadable(at: path(context), context.debugDescription)
  } catch let DecodingError.dataCorrupted(context) {
    throw .unreadable(at: path(context), whyNotJSON(text) ?? context.debugDescription)
  } catch {
    throw .unreadable(at: "", "\(error)")
  }
}
