import ArgumentParser
import Foundation
import Journal
import Services
import Web

/// `sikilap serve`.
struct Serve: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.serve"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(help: ArgumentHelp(words("commands.port"))) var port = 8080
  @Option(name: .long, help: ArgumentHelp(words("commands.public_host"))) var publicHost: String?

  func run() async throws {
    let district: District
    do {
      let edition = try options.edition()
      district = try options.open(
        creating: true, whereOthers: .recountAloud(under: edition))
    } catch {
      try inWords { throw error }
      return
    }
    try await Serve.run(district, port: port, publicHost: publicHost, demo: nil)
  }

  static func run(
    _ district: District, port: Int, publicHost: String? = nil, demo: DemoAccounts?
  ) async throws {
    try inWords { try AccessLog.settle(district) }
    let files = try SignInFiles(beside: district)
    let server = try WebServer(
      district: district, access: files.access, log: files.log, publicHost: publicHost,
      demo: demo, version: Sikilap.version)
    let tidying = Task { await files.tidy(beside: district, every: .seconds(600)) }
    let planning = Task { await district.keepPlansCurrent(every: .seconds(60)) }
    try await inWords {
      defer {
        tidying.cancel()
        planning.cancel()
      }
      try await server.run(port: port) { port in
        tell(words("commands.address", ["url": "http://127.0.0.1:\(port)/"]))
      }
    }
    await tidying.value
    await planning.value
    try files.close()
    try district.journal.close()
  }
}

/// The two files beside the journal: who may sign in, and who saw what.
struct SignInFiles: Sendable {
  let access: Access
  let log: AuditFile

  /// Opens both, or makes them; the log then vouches for every fact that is there.
  init(beside district: District) throws {
    access = try Access(path: Access.path(beside: district.journal.path))
    log = try AuditFile(path: AuditFile.path(beside: district.journal.path))
    try log.coverFound(in: district.journal, at: Clock.now())
  }

  /// Removes sessions, codes and counts of failures that are over, and puts the log's head among the
  /// facts where that is due; now, and again after each pause. Where it fails the next time will do.
  func tidy(beside district: District, every pause: Duration) async {
    while !Task.isCancelled {
      if let events = try? await access.forgetExpired(at: Clock.now()) {
        try? await record(events)
      }
      await settleCatchments(of: district)
      ListUploads(district).removeExpired(now: Clock.now())
      _ = try? await log.anchorIfDue(
        in: district.journal, at: Clock.now(),
        hoursEastOfGreenwich: district.hoursEastOfGreenwich)
      try? await Task.sleep(for: pause)
    }
  }

  /// Takes villages out of Puskesmas whose last day is over, and has the log vouch for it in the
  /// program's name.
  private func settleCatchments(of district: District) async {
    guard let results = try? await district.settleCatchments(at: Clock.now()), !results.isEmpty
    else { return }
    _ = try? await log.cover(
      results, of: district.journal,
      as: AuditEntry(
        at: Clock.now(), by: .program, action: "catchmentsSettled"))
  }

  /// Writes what happened about signing in.
  func record(_ events: [AccessEvent]) async throws {
    for event in events { _ = try await log.record(event.entry(by: .program)) }
  }

  func close() throws {
    try access.close()
    try log.close()
  }
}
