import Exchange
import Foundation
import Hummingbird
import NIOCore

/// A list of any length as a file. Its rows are written to a private file as they are read, so that
/// a batch of them is in memory and not all; and the file leaves when it is whole, piece by piece:
/// then the log tells whom it shows before any of it leaves, and where reading breaks off nothing
/// has left.
final class SpreadsheetFile {
  /// How many bytes leave at a time.
  private static let piece = 1 << 16

  private enum Output {
    case text(FileHandle)
    case workbook(SpreadsheetWriter)
    /// A workbook whose columns get their width from the first rows.
    case waiting
  }

  let form: Spreadsheet.Form
  private let empty: Spreadsheet
  private var output: Output

  /// Begins a file.
  ///
  /// - Parameter empty: the list with its headings alone.
  init(_ empty: Spreadsheet, as form: Spreadsheet.Form) throws {
    self.empty = empty
    self.form = form
    switch form {
    case .xlsx: output = .waiting
    case .csv:
      let file = try SpreadsheetFile.nameless()
      try file.write(contentsOf: Data(empty.text.utf8))
      output = .text(file)
    }
  }

  /// The file's name as it is saved.
  var name: String { empty.name(as: form) }

  /// Adds rows.
  func add(_ rows: [[Spreadsheet.Cell]]) throws {
    switch output {
    case .text(let file): try file.write(contentsOf: Data(empty.lines(of: rows).utf8))
    case .workbook(let writer): for row in rows { try writer.row(row.map(\.value)) }
    case .waiting:
      output = .workbook(try empty.beginWorkbook(with: rows))
      try add(rows)
    }
  }

  /// The whole file as the body of an answer.
  func finish() throws -> ResponseBody {
    let file: FileHandle
    switch output {
    case .text(let written): file = written
    case .workbook(let writer): file = try writer.finishOpen()
    case .waiting: file = try empty.beginWorkbook(with: []).finishOpen()
    }
    let size = Int(try file.seekToEnd())
    return ResponseBody(contentLength: size) { writer in
      try file.seek(toOffset: 0)
      while let data = try file.read(upToCount: SpreadsheetFile.piece), !data.isEmpty {
        try await writer.write(ByteBuffer(bytes: data))
      }
      try await writer.finish(nil)
    }
  }

  /// A file that only this program can open, and that is gone when it is closed.
  private static func nameless() throws -> FileHandle {
    var path = (NSTemporaryDirectory() + "/list-XXXXXX").utf8CString
    let descriptor: Int32 = path.withUnsafeMutableBufferPointer { path in
      path.baseAddress.map { path in
        let descriptor = mkstemp(path)
        if descriptor >= 0 { unlink(path) }
        return descriptor
      } ?? -1
    }
    guard descriptor >= 0 else {
      throw SpreadsheetWriteProblem.cannotWrite(path: NSTemporaryDirectory())
    }
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
