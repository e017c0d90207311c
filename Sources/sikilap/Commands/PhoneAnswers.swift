import ArgumentParser
import Foundation
import Guidance
import Health
import Programmes

/// `sikilap phone-answers IN OUT`: the native half of the test that the phone's WebAssembly core
/// and the server give the same bytes. Both files hold a length (four bytes, least significant
/// first) and that many bytes, again and again; an unreadable timeline has an empty answer. With
/// `--settings` the file of packed settings is in force.
///
/// With `--day` (days since 1970-01-01) it answers about care: first a frame with all forms, then
/// for each timeline the plan, what forms ask, and vaccinations, each in a frame of its own. Where
/// several days are given the timelines take turns in them; with `--dated` each frame begins with its
/// own day (the same four bytes). With `--matters` it tells of those sensitive matters alone, a bit
/// for each.
struct PhoneAnswers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone-answers", shouldDisplay: false)

  @Argument var timelines: String
  @Argument var answers: String
  @Option var settings: String?
  @Option(name: .customLong("day")) var days: [Int32] = []
  @Flag var dated = false
  @Option var matters = SensitiveMatters.all.rawValue

  func run() throws {
    try inWords {
      guard let input = FileManager.default.contents(atPath: timelines) else {
        throw Refusal("unreadable", ["path": timelines])
      }
      let packed = settings.flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) }
      let output =
        days.isEmpty && !dated
        ? try growth([UInt8](input), packed ?? []) : try care([UInt8](input), packed ?? [])
      try Data(output.bytes).write(to: URL(fileURLWithPath: answers))
    }
  }

  private func growth(_ input: [UInt8], _ packed: [UInt8]) throws -> PhoneFrames {
    let inForce = try packed.withUnsafeBufferPointer { try PackedSettings.unpack($0) }
    var output = PhoneFrames()
    PhoneFrames.each(of: input) { timeline in
      output.add((try? PackedGrowth.pack(timeline: timeline, settings: inForce)) ?? [])
    }
    return output
  }

  private func care(_ input: [UInt8], _ packed: [UInt8]) throws -> PhoneFrames {
    let definitions = CareDefinitions.motherAndChild
    let inForce = try packed.withUnsafeBufferPointer {
      try PackedDistrictSettings.unpack($0, known: definitions.settings)
    }
    let care = PhoneCare(
      definitions, settings: inForce, knowing: SensitiveMatters(rawValue: matters))
    var output = PhoneFrames()
    output.add(PackedForms.definitions(of: definitions.forms))
    var turn = 0
    PhoneFrames.each(of: input) { timeline in
      var timeline = timeline
      var number: Int32 = 0
      if dated {
        for (place, byte) in timeline.prefix(4).enumerated() {
          number |= Int32(byte) << (8 * place)
        }
        timeline = UnsafeBufferPointer(rebasing: timeline.dropFirst(4))
      } else {
        number = days[turn % days.count]
      }
      turn += 1
      let day = CivilDate(dayNumber: number)
      output.add((try? care.plan(of: timeline, on: day)) ?? [])
      output.add((try? care.questions(of: timeline, on: day)) ?? [])
      output.add((try? care.vaccinations(of: timeline, on: day)) ?? [])
    }
    return output
  }
}
