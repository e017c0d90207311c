import ArgumentParser
import Foundation
import Programmes

/// `sikilap phone-answers IN OUT`: the native half of the test that the phone's WebAssembly core
/// and the server give the same bytes. Both files hold a length (four bytes, least significant
/// first) and that many bytes, again and again; an unreadable timeline has an empty answer. With
/// `--settings` the file of packed settings is in force.
struct PhoneAnswers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phone-answers", shouldDisplay: false)

  @Argument var timelines: String
  @Argument var answers: String
  @Option var settings: String?

  func run() throws {
    try inWords {
      guard let input = FileManager.default.contents(atPath: timelines) else {
        throw Refusal("unreadable", ["path": timelines])
      }
      let packed = settings.flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) }
      let inForce = try (packed ?? []).withUnsafeBufferPointer { try PackedSettings.unpack($0) }
      var output = Data()
      var rest = input[...]
      while rest.count >= 4 {
        let size = rest.prefix(4).enumerated().reduce(0) { $0 | Int($1.element) << ($1.offset * 8) }
        rest = rest.dropFirst(4)
        let answer = [UInt8](rest.prefix(size)).withUnsafeBufferPointer {
          (try? PackedGrowth.pack(timeline: $0, settings: inForce)) ?? []
        }
        rest = rest.dropFirst(size)
        withUnsafeBytes(of: UInt32(answer.count).littleEndian) { output.append(contentsOf: $0) }
        output.append(contentsOf: answer)
      }
      try output.write(to: URL(fileURLWithPath: answers))
    }
  }
}
