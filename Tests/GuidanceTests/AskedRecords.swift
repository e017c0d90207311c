import Foundation
import Health
import Synchronization

/// What tests ask the guidelines about, kept for the comparison with the phone's core
/// (Tests/Phone/care.py): where the environment names a file in `SIKILAP_ASKED_RECORDS`, every
/// timeline is appended to it with its day, once. In frames: a length (four bytes, least
/// significant first), and as many bytes: the day (the same four), the timeline.
final class AskedRecords: Sendable {
  private struct State {
    let file: FileHandle
    var known: Set<[UInt8]> = []
  }

  private let state: Mutex<State>

  /// The file of this run; nothing where none is wanted.
  static let wanted: AskedRecords? = {
    guard let path = ProcessInfo.processInfo.environment["SIKILAP_ASKED_RECORDS"],
      FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { return nil }
    return AskedRecords(file)
  }()

  private init(_ file: FileHandle) { state = Mutex(State(file: file)) }

  /// Keeps what is asked.
  func keep(_ timeline: [UInt8], on day: CivilDate) {
    let asked = bytes(day.dayNumber) + timeline
    state.withLock { state in
      guard state.known.insert(asked).inserted else { return }
      state.file.write(Data(bytes(Int32(asked.count)) + asked))
    }
  }

  private func bytes(_ number: Int32) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
