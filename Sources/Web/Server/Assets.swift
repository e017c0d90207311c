import Foundation
import HTTPTypes
import Hummingbird
import Journal
import NIOCore

/// The files that pages ask for: read once at start, served from memory under their own names only.
struct Assets: Sendable {
  private struct Asset: Sendable {
    let type: String
    let tag: String
    let bytes: ByteBuffer
  }

  /// Why a file cannot be served.
  struct Missing: Error { let name: String }

  private static let types = [
    "sikilap.css": "text/css; charset=utf-8",
    "sikilap.js": "text/javascript; charset=utf-8",
    "calculator.js": "text/javascript; charset=utf-8",
    "visit.js": "text/javascript; charset=utf-8",
    "core.js": "text/javascript; charset=utf-8",
    "favicon.svg": "image/svg+xml",
    "core.wasm": "application/wasm",
    "care.wasm": "application/wasm",
  ]

  private let byName: [String: Asset]

  init() throws {
    var byName: [String: Asset] = [:]
    for (name, type) in Assets.types {
      let data = try Assets.content(of: name)
      let digest = ChainHash(of: [UInt8](data)).hexadecimal.prefix(32)
      byName[name] = Asset(type: type, tag: "\"\(digest)\"", bytes: ByteBuffer(bytes: data))
    }
    self.byName = byName
  }

  /// What a file of that name holds.
  static func content(of name: String) throws -> Data {
    let folder = Bundle.module.bundleURL
    let places = [folder.appending(path: "Assets/\(name)"), folder.appending(path: name)]
    guard let data = places.lazy.compactMap({ try? Data(contentsOf: $0) }).first else {
      throw Missing(name: name)
    }
    return data
  }

  /// The answer for a file of that name; nothing where no such file is served.
  func response(_ name: String, ifNoneMatch tag: String?) -> Response? {
    guard let asset = byName[name] else { return nil }
    var headers: HTTPFields = [.contentType: asset.type, .eTag: asset.tag]
    // The page asks each time and mostly hears "not modified": a new version shows at once.
    headers[.cacheControl] = "no-cache"
    if let tag, tag.contains(asset.tag) {
      headers[.contentType] = nil
      return Response(status: .notModified, headers: headers)
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
  }
}
