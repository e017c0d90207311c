import Foundation
import Health
import Hummingbird
import NIOCore
import Services
import Synchronization

@testable import Web

/// The real application on a real port with a real database file, one for all tests.
struct RunningServer: Sendable {
  let district: District
  let client: RawClient

  private static let started = Task { try await start() }

  static func shared() async throws -> RunningServer { try await started.value }

  private static func start() async throws -> RunningServer {
    let district = try SmallDistrict.make()
    return try await start(district)
  }

  static func start(_ district: District) async throws -> RunningServer {
    try await start(
      WebServer(
        district: district, entrance: .tester, demo: DemoAccounts(accounts: [], password: ""),
        version: "0.0-test", clock: { SmallDistrict.today }), of: district)
  }

  static func start(_ server: WebServer, of district: District) async throws -> RunningServer {
    let (ports, continuation) = AsyncStream<Int>.makeStream()
    let application = server.application(port: 0) { channel in
      continuation.yield(channel.localAddress?.port ?? 0)
    }
    Task { try await application.run() }
    for await port in ports {
      return RunningServer(district: district, client: RawClient(port: port))
    }
    throw RawClientError.notHTTP
  }
}

/// What tests look for in a page.
enum PageText {
  /// All matches of a pattern's first group.
  static func matches(_ pattern: String, in text: String) throws -> [String] {
    let regex = try NSRegularExpression(pattern: pattern)
    let range = NSRange(text.startIndex..., in: text)
    return regex.matches(in: text, range: range).compactMap { match in
      Range(match.range(at: match.numberOfRanges > 1 ? 1 : 0), in: text).map {
        String(text[$0])
      }
    }
  }

  /// An attribute's value as a browser reads it.
  static func unescaped(_ text: String) -> String {
    text.replacing("&amp;", with: "&").replacing("&#39;", with: "'")
      .replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
  }

  /// The text between the tags.
  static func visible(_ html: String) throws -> String {
    try NSRegularExpression(pattern: "<[^>]*>").stringByReplacingMatches(
      in: html, range: NSRange(html.startIndex..., in: html), withTemplate: " ")
  }

  /// The counts of a names page's tabs: reached, missed, excluded, unknown.
  static func tabs(_ html: String) throws -> [Int] {
    try matches("segment-count\">([0-9.,]+)<", in: html).compactMap { number($0) }
  }

  static func number(_ text: String) -> Int? {
    Int(text.replacing(".", with: "").replacing(",", with: ""))
  }

  /// The rows of a CSV file, its mark and heading left out. Only for files without line breaks in
  /// a cell.
  static func rows(_ csv: String) -> [String] {
    csv.split(separator: "\r\n").dropFirst().map(String.init)
  }
}
