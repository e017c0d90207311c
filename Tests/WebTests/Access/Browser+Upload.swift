@testable import Web

extension Browser {
  /// Sends a form in parts, with a file or without one, as a browser does.
  func upload(
    _ fields: [(String, String)], file: (name: String, bytes: [UInt8])?, to path: String
  ) async throws -> RawAnswer {
    let mark = "----sikilap-test"
    var body: [UInt8] = []
    for (name, value) in fields + [("form_token", formToken ?? "")] {
      body += Array(
        "--\(mark)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
    }
    if let file {
      body += Array(
        ("--\(mark)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
          + "Content-Type: application/octet-stream\r\n\r\n").utf8)
      body += file.bytes + Array("\r\n".utf8)
    }
    let headers = [
      "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=\(mark)",
    ]
    return try await client.send(
      "POST", path, headers: cookieHeader.merging(headers) { $1 },
      body: String(decoding: body + Array("--\(mark)--\r\n".utf8), as: UTF8.self))
  }
}
