import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A form with a file (multipart/form-data, RFC 7578), read once, with limits.
struct MultipartForm: Sendable {
  /// A file as the browser sent it.
  struct File: Sendable {
    /// The name that the browser tells, without folders.
    let name: String
    /// Where they lie in the form: files are large.
    let bytes: ArraySlice<UInt8>
  }

  /// The largest file, in bytes.
  static let largestFile = 20 << 20
  /// The most that a whole form takes: the file, its fields, and what stands between them.
  private static let largestForm = largestFile + 65_536
  /// More parts than any of our forms has.
  private static let mostParts = 16

  /// The fields that are no files.
  private(set) var fields: [String: String] = [:]
  /// The file; nothing where none was chosen.
  private(set) var file: File?

  subscript(name: String) -> String { fields[name] ?? "" }

  /// Reads a request's form.
  ///
  /// - Throws: ``PageProblem/fileTooLarge``, ``PageProblem/unreadableForm``.
  static func read(_ request: inout Request) async throws -> MultipartForm {
    guard let boundary = boundary(of: request.headers[.contentType] ?? "") else {
      throw PageProblem.unreadableForm
    }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > largestForm {
      throw PageProblem.fileTooLarge
    }
    let bytes: [UInt8]
    do {
      bytes = Array(try await request.collectBody(upTo: largestForm).readableBytesView)
    } catch is NIOTooManyBytesError { throw PageProblem.fileTooLarge }
    guard let form = MultipartForm(bytes, boundary: boundary) else {
      throw PageProblem.unreadableForm
    }
    if let file = form.file, file.bytes.count > largestFile { throw PageProblem.fileTooLarge }
    return form
  }

  /// The boundary that a content type names; nothing where it is not such a form.
  static func boundary(of type: String) -> String? {
    let parts = type.split(separator: ";").map { $0.trimmed }
    guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
    for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
      var text = part.dropFirst("boundary=".count)
      if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 {
        text = text.dropFirst().dropLast()
      }
      let isSound =
        (1...70).contains(text.utf8.count) && text.utf8.allSatisfy { (33...126).contains($0) }
      return isSound ? String(text) : nil
    }
    return nil
  }

  /// Reads a body; nothing where it is no such form, or ends before its end.
  init?(_ body: [UInt8], boundary: String) {
    let mark = Array("--\(boundary)".utf8)
    guard body.starts(with: mark) else { return nil }
    var position = mark.count
    var count = 0
    while true {
      if body[position...].starts(with: Array("--".utf8)) { return }
      count += 1
      guard count <= MultipartForm.mostParts,
        body[position...].starts(with: MultipartForm.lineEnd),
        let headEnd = MultipartForm.find(Array("\r\n\r\n".utf8), in: body, from: position),
        let end = MultipartForm.find(MultipartForm.lineEnd + mark, in: body, from: headEnd + 2)
      else { return nil }
      let content = body[min(headEnd + 4, end)..<end]
      let head = String(decoding: body[(position + 2)..<max(headEnd, position + 2)], as: UTF8.self)
      add(head: head, content)
      position = end + 2 + mark.count
    }
  }

  private static let lineEnd = Array("\r\n".utf8)

  private mutating func add(head: String, _ content: ArraySlice<UInt8>) {
    for line in head.split(separator: "\r\n") {
      guard line.lowercased().hasPrefix("content-disposition:"),
        let name = MultipartForm.parameter("name", in: String(line))
      else { continue }
      guard let fileName = MultipartForm.parameter("filename", in: String(line)) else {
        if fields[name] == nil { fields[name] = String(decoding: content, as: UTF8.self) }
        continue
      }
      if file == nil, !(fileName.isEmpty && content.isEmpty) {
        let plain = fileName.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        file = File(name: plain.isEmpty ? "–" : plain, bytes: content)
      }
    }
  }

  /// `name="…"` of a header; browsers write a quotation mark inside as `%22`.
  private static func parameter(_ name: String, in line: String) -> String? {
    for start in ["; \(name)=\"", ";\(name)=\""] {
      guard let found = line.range(of: start),
        let end = line[found.upperBound...].firstIndex(of: "\"")
      else { continue }
      return String(line[found.upperBound..<end]).replacing("%22", with: "\"")
    }
    return nil
  }

  private static func find(_ wanted: [UInt8], in body: [UInt8], from start: Int) -> Int? {
    guard start >= 0, start + wanted.count <= body.count, let first = wanted.first else {
      return nil
    }
    return body.withUnsafeBufferPointer { bytes in
      wanted.withUnsafeBufferPointer { wanted in
        var position = start
        let last = bytes.count - wanted.count
        while position <= last {
          if bytes[position] == first {
            var offset = 1
            while offset < wanted.count, bytes[position + offset] == wanted[offset] { offset += 1 }
            if offset == wanted.count { return position }
          }
          position += 1
        }
        return nil
      }
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
