import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap measure-log`: how many entries a second the log of access takes; for benchmarks.
struct MeasureLog: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure-log", shouldDisplay: false)

  @Option var entries = 100_000
  @Option var waiting = 256

  func run() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let log = try AuditFile(path: folder.appending(path: "log.sqlite").path)
    defer { try? log.close() }
    let alone = try await MeasureLog.rate(of: 500, waiting: 1, subjects: 1, in: log)
    print("log_entry_alone \(String(format: "%.2f", 1000 / alone)) ms")
    let together = try await MeasureLog.rate(of: entries, waiting: waiting, subjects: 1, in: log)
    print("log_entries_per_second \(Int(together)) 1/s")
    let lists = try await MeasureLog.rate(
      of: entries / 10, waiting: waiting, subjects: 50, in: log)
    print("log_lists_of_50_per_second \(Int(lists)) 1/s")
  }

  /// Writes entries with so many waiting for the disk at any time.
  private static func rate(
    of entries: Int, waiting: Int, subjects: Int, in log: AuditFile
  ) async throws -> Double {
    let author = AuditAuthor(worker: .fresh(at: Clock.now()), device: .fresh(at: Clock.now()))
    let people = (0..<1000).map { _ in Identifier.fresh(at: Clock.now()) }
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<waiting {
        group.addTask {
          for number in stride(from: task, to: entries, by: waiting) {
            let shown = (0..<subjects).map { people[(number + $0) % people.count] }
            try await log.record(
              AuditEntry(
                at: Clock.now(), by: author, action: "viewPerson", purpose: "care",
                route: "/people/{id}", count: subjects, subjects: shown))
          }
        }
      }
      try await group.waitForAll()
    }
    return Double(entries) / seconds(since: start).value
  }
}
