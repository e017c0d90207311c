import Foundation

@testable import Web

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An answer as it came over the wire.
struct RawAnswer: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  subscript(header: String) -> String? {
    headers.first { $0.name.lowercased() == header.lowercased() }?.value
  }
}

enum RawClientError: Error {
  case socket(Int32)
  case notHTTP
}

/// HTTP over a plain socket, so that tests can send what no polite client would.
struct RawClient: Sendable {
  let port: Int

  func get(_ path: String, headers: [String: String] = [:]) async throws -> RawAnswer {
    try await send("GET", path, headers: headers)
  }

  func send(
    _ method: String, _ path: String, headers: [String: String] = [:], body: String? = nil
  ) async throws -> RawAnswer {
    var fields = ["Host": "127.0.0.1:\(port)", "Connection": "close"]
    if let body { fields["Content-Length"] = "\(body.utf8.count)" }
    fields.merge(headers) { _, new in new }
    let lines = fields.map { "\($0.key): \($0.value)\r\n" }.joined()
    let request = Array("\(method) \(path) HTTP/1.1\r\n\(lines)\r\n\(body ?? "")".utf8)
    // A waiting socket must not hold one of the few threads on which the server answers;
    // those of Dispatch are the same ones.
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try RawClient.parse(exchange(request)) })
      }
    }
  }

  private func exchange(_ request: [UInt8]) throws -> [UInt8] {
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw RawClientError.socket(errno) }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw RawClientError.socket(errno) }
    var sent = 0
    while sent < request.count {
      let count = request[sent...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw RawClientError.socket(errno) }
      sent += count
    }
    var answer: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &room, room.count)
      guard count >= 0 else { throw RawClientError.socket(errno) }
      if count == 0 { return answer }
      answer += room[0..<count]
    }
  }

  private static func parse(_ bytes: [UInt8]) throws -> RawAnswer {
    let end = Array("\r\n\r\n".utf8)
    guard let split = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
      throw RawClientError.notHTTP
    }
    let lines = String(decoding: bytes[..<split], as: UTF8.self).components(separatedBy: "\r\n")
    guard let first = lines.first, let status = Int(first.dropFirst(9).prefix(3)) else {
      throw RawClientError.notHTTP
    }
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (
        String(line[..<colon]),
        line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      )
    }
    return RawAnswer(
      status: status, headers: headers, body: Array(bytes[(split + end.count)...]))
  }
}

extension RawClient {
  /// A form as a browser sends it from a page of the same server.
  func post(
    _ path: String, _ fields: [(String, String)], headers: [String: String] = [:]
  ) async throws -> RawAnswer {
    let body = fields.map { "\(Links.encoded($0.0))=\(Links.encoded($0.1))" }
      .joined(separator: "&")
    var all = [
      "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
      "Content-Length": "\(body.utf8.count)",
    ]
    all.merge(headers) { _, new in new }
    return try await send("POST", path, headers: all, body: body)
  }

  func post(_ path: String, _ fields: KeyValuePairs<String, String>) async throws -> RawAnswer {
    try await post(path, fields.map { ($0.key, $0.value) })
  }
}
