import ArgumentParser
import Exchange
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

  /// The longest name, in characters.
  private static let longestName = 200

  @OptionGroup var options: DatabaseOptions
  @Option(name: .long, help: ArgumentHelp(words("commands.administrator_name"))) var name: String?
  @Flag(name: .long, help: ArgumentHelp(words("commands.administrator_another"))) var another =
    false
  @Option(name: .long, help: ArgumentHelp(words("commands.administrator_renew")))
  var renew: String?
  @Option(name: .long, help: ArgumentHelp(words("commands.administrator_area"))) var area: String?
  @Option(name: .long, help: ArgumentHelp(words("commands.administrator_area_name")))
  var areaName: String?

  func run() async throws {
    try await inWords {
      let now = Clock.now()
      if let renew { return try await renewCode(of: renew, now: now) }
      let name = try wantedName()
      if let area {
        try check(area)
      } else if !FileManager.default.fileExists(atPath: options.database) {
        throw Refusal("no_district_yet", ["shipped": shipped])
      }
      let district = try options.open(creating: true)
      defer { try? district.journal.close() }
      try await make(name, in: district, now: now)
    }
  }

  private var shipped: String {
    KnownDistrict.shipped.filter { AreaCode.kind(of: $0.code) == .district }
      .map { "\($0.code) (\($0.name))" }.joined(separator: ", ")
  }

  /// A name that can be read and pressed.
  private func wantedName() throws -> String {
    let name = (self.name ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    let check = NameCheck(name.utf8)
    guard check.found == nil, check.letters > 0, name.count <= Administrator.longestName else {
      throw Refusal("administrator_without_name")
    }
    return name
  }

  private func check(_ area: String) throws {
    guard AreaCode.kind(of: area) == .district else {
      throw Refusal("not_a_district_code", ["value": area])
    }
    guard districtName(of: area) != nil else {
      throw Refusal("district_without_name", ["area": area, "shipped": shipped])
    }
  }

  private func districtName(of code: String) -> String? {
    let told = (areaName ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return told.isEmpty ? KnownDistrict.shipped.first { $0.code == code }?.name : told
  }

  private func make(_ name: String, in district: District, now: Instant) async throws {
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    let administrators = try district.administrators(on: today)
    guard administrators.isEmpty || another else {
      throw Refusal("administrator_there", ["names": AuthorOptions.list(administrators)])
    }
    let root = try place(in: district, now: now)
    let worker = Identifier.fresh(at: now)
    var body = WorkerBody()
    body.name = Array(name.utf8)
    body.place = root
    let recording = Recording(at: now, recorder: nil)
    let assignment = AssignmentBody(role: .administrator, place: root)
    let results = try await district.journal.accept(
      [
        recording.fact(.worker, of: worker, on: today, body.bytes),
        recording.fact(.assignment, of: worker, on: today, assignment.bytes),
      ], now: now)
    let files = try SignInFiles(beside: district)
    defer { try? files.close() }
    try await files.log.cover(
      results, of: district.journal,
      as: AuditEntry(at: now, by: .program, action: .acceptedFacts, subjects: [worker]))
    tell(words("commands.administrator_made", ["name": name]))
    try await issue(.firstPassword, to: worker, at: root, files, now: now)
  }

  /// The district that is there, or the one that is named and comes to be there now.
  private func place(in district: District, now: Instant) throws -> Identifier {
    let roots = try district.places().roots
    if let root = roots.first(where: { $0.kind == .district }) ?? roots.first { return root.id }
    guard let area, let name = districtName(of: area) else {
      throw Refusal("no_district_yet", ["shipped": shipped])
    }
    let plan = try district.plan(district: area, named: name, now: now)
    try AccessLog.settle(district)
    try district.carryOut(plan, now: now)
    try AccessLog.settle(district)
    return plan.district
  }

  /// A new code for an administrator who is there: the last one was lost, or the password.
  private func renewCode(of wanted: String, now: Instant) async throws {
    let district = try options.open()
    defer { try? district.journal.close() }
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    let administrators = try district.administrators(on: today)
    let key = PersonSummary.key(of: wanted)
    let found = administrators.filter {
      String(decoding: $0.body.userName, as: UTF8.self) == Worker.foldedUserName(wanted)
        || PersonSummary.key(of: $0.name) == key
    }
    guard found.count == 1, let worker = found.first,
      let place = worker.places(on: today).first
    else {
      throw Refusal(
        "no_such_administrator",
        ["name": wanted, "names": AuthorOptions.list(administrators)])
    }
    let files = try SignInFiles(beside: district)
    defer { try? files.close() }
    let isKnown = try files.access.account(of: worker.id) != nil
    try await issue(
      isKnown ? .resetPassword : .firstPassword, to: worker.id, at: place, files, now: now)
  }

  private func issue(
    _ purpose: CodePurpose, to worker: Identifier, at place: Identifier, _ files: SignInFiles,
    now: Instant
  ) async throws {
    let issued = try await files.access.issueCode(
      purpose, for: worker, at: place, by: worker, at: now)
    try await files.record(issued.events)
    print(words("commands.administrator_code", ["code": try issued.get().short]))
  }
}
