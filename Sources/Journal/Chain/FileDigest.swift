import CLibCrypto
import Foundation

/// The SHA-256 digest of a file's bytes: tells whether the very same file was read before.
public struct FileDigest: Hashable, Sendable {
  /// The 32 bytes.
  public let bytes: [UInt8]

  private static let chunk = 1 << 20

  /// The digest of a file, read in pieces of 1 MiB; nothing for what can be read only once, as a
  /// pipe.
  ///
  /// - Throws: the system's error where the file cannot be opened or read to its end.
  public init?(path: String) throws {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    let values = try url.resourceValues(forKeys: [.isRegularFileKey])
    guard values.isRegularFile == true, let context = EVP_MD_CTX_new() else { return nil }
    defer { EVP_MD_CTX_free(context) }
    let file = try FileHandle(forReadingFrom: url)
    defer { try? file.close() }
    EVP_DigestInit_ex(context, EVP_sha256(), nil)
    while let piece = try file.read(upToCount: FileDigest.chunk), !piece.isEmpty {
      piece.withUnsafeBytes { _ = EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }
    bytes = [UInt8](unsafeUninitializedCapacity: 32) { room, count in
      _ = EVP_DigestFinal_ex(context, room.baseAddress, nil)
      count = 32
    }
  }

  /// The bytes, for storing.
  public var data: Data { Data(bytes) }
}
