import ArgumentParser
import Health
import Services

/// Up to when the journal is taken to have been known.
struct KnownOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp(words("commands.as_known_on")))
  var asKnownOn: String?
  @Option(name: .long, help: ArgumentHelp(words("commands.as_known_at_sequence")))
  var asKnownAtSequence: Int64?

  /// What was asked for; nothing for all that is known now.
  func until(_ district: District) throws -> KnownUntil? {
    switch (asKnownOn, asKnownAtSequence) {
    case (nil, nil): return nil
    case (let text?, nil):
      guard let day = KnownOptions.day(text) else { throw Refusal("bad_day", ["value": text]) }
      let today = Clock.now().day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
      guard day <= today else { throw Refusal("future_day", ["value": text]) }
      return .endOf(day)
    case (nil, let sequence?): return .sequence(sequence)
    case (.some, .some): throw Refusal("two_known")
    }
  }

  /// A day written as 2025-06-30.
  static func day(_ text: String) -> CivilDate? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }
}
