import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap administrator`: the first account of a district, from whoever has the machine.
struct Administrator: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "administrator", abstract: words("commands.administrator"),
      discussion: words("commands.administrator_discussion"))
  }

  @OptionGroup var options: DatabaseOptions
  @Option(name: .long, help: ArgumentHelp(words("commands.administrator_name"))) var name: String

  func run() async throws {
    var opened: District?
    try inWords { opened = try options.open() }
    guard let district = opened else { return }
    let tree = try district.places()
    guard let root = tree.roots.first(where: { $0.kind == .district }) ?? tree.roots.first else {
      return try inWords { throw Refusal("no_district", ["path": options.database]) }
    }
    let files = try SignInFiles(beside: district)
    let now = Clock.now()
    let worker = Identifier.fresh(at: now)
    var body = WorkerBody()
    body.name = Array(name.utf8)
    body.place = root.id
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    func fact(_ kind: FactKind, _ bytes: [UInt8]) -> Fact {
      Fact(
        id: .fresh(at: now), subject: worker, kind: kind, occurredOn: today, recordedAt: now,
        body: bytes)
    }
    let assignment = AssignmentBody(role: .administrator, place: root.id)
    let facts = [fact(.worker, body.bytes), fact(.assignment, assignment.bytes)]
    let results = try await district.journal.accept(facts, now: now)
    try await files.log.cover(
      results, of: district.journal,
      as: AuditEntry(at: now, by: .program, action: .acceptedFacts, subjects: [worker]))
    let issued = try await files.access.issueCode(
      .firstPassword, for: worker, at: root.id, by: worker, at: now)
    try await files.record(issued.events)
    let code = try issued.get()
    tell(words("commands.administrator_made", ["name": name]))
    print(words("commands.administrator_code", ["code": code.short]))
    try files.close()
    try district.journal.close()
  }
}
