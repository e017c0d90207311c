import Exchange
import Foundation

/// A table on its way to a file that somebody named.
enum CSVFile {
  /// Writes rows to a file, whole or not at all; `-` is the screen.
  static func write(_ rows: [[String]], to path: String) throws {
    var writer = CSVWriter()
    for row in rows { writer.row(row) }
    try OutputFile.write(writer.take(), to: path)
  }
}

/// Bytes on their way to a file that somebody named.
enum OutputFile {
  /// Writes a file, whole or not at all; `-` is the screen.
  static func write(_ data: Data, to path: String) throws {
    if path == "-" {
      try FileHandle.standardOutput.write(contentsOf: data)
      return
    }
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch { throw Refusal("cannot_write", ["path": path]) }
  }
}
