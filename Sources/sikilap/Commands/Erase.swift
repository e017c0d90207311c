import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap erase`: what was told of a person becomes unreadable, where the law demands it.
struct Erase: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "erase", abstract: words("commands.erase"),
      discussion: words("commands.erase_discussion"))
  }

  /// The reasons as they are typed.
  enum Reason: String, CaseIterable, ExpressibleByArgument {
    case unlawful, retention, consent, mistake

    var reason: ErasureReason {
      switch self {
      case .unlawful: .recordedUnlawfully
      case .retention: .retentionEnded
      case .consent: .consentWithdrawn
      case .mistake: .madeByMistake
      }
    }
  }

  @OptionGroup var options: DatabaseOptions
  @Argument(help: ArgumentHelp(words("commands.erase_person"))) var person: String
  @Option(name: .long, help: ArgumentHelp(words("commands.erase_reason"))) var reason: Reason
  @Option(name: .long, help: ArgumentHelp(words("commands.erase_by"))) var by: String
  @Option(name: .long, help: ArgumentHelp(words("commands.erase_request"))) var request: String?
  @Flag(name: .long, help: ArgumentHelp(words("commands.erase_yes"))) var yes = false

  func run() async throws {
    try await inWords {
      let district = try options.open()
      try await erase(in: district)
      try district.journal.close()
    }
  }

  private func erase(in district: District) async throws {
    guard let person = Identifier(text: person), let entry = try district.entry(person) else {
      throw ErasureProblem.nobody
    }
    guard let worker = try district.worker(userName: by) else {
      throw Refusal("no_such_worker", ["name": by])
    }
    guard let request else { throw Refusal("erase_needs_request") }
    guard let answered = Identifier(text: request) else {
      throw Refusal("no_such_request", ["id": request])
    }
    guard yes else {
      tell(words("commands.erase_ask", ["name": entry.name]))
      throw ExitCode.failure
    }
    try AccessLog.settle(district)
    let erased: Erased
    do {
      erased = try await district.erase(
        person, because: reason.reason, answering: answered,
        Recording(at: Clock.now(), recorder: worker.id))
    } catch ErasureProblem.alreadyErased {
      // The program may have ended between the two files.
      try await forgetWords(ofOpeningsOf: district.records(of: person), district)
      throw ErasureProblem.alreadyErased
    }
    try AccessLog.settle(district)
    try await forgetWords(ofOpeningsOf: erased.records, district)
    print(words("commands.erase_done", ["records": String(erased.records.count)]))
    if erased.household != nil { print(words("commands.erase_household")) }
    print(words("commands.erase_copies"))
  }
}

extension Erase {
  /// In the file of signing in, where there is one.
  private func forgetWords(
    ofOpeningsOf persons: [Identifier], _ district: District
  ) async throws {
    let path = Access.path(beside: district.journal.path)
    guard FileManager.default.fileExists(atPath: path) else { return }
    let access = try Access(path: path)
    defer { try? access.close() }
    try await access.forgetWords(ofOpeningsOf: persons)
  }
}

extension Refusal {
  /// The words for a person whose data is not erased.
  init(erasure problem: ErasureProblem) {
    switch problem {
    case .nobody: self.init("erase_nobody")
    case .alreadyErased: self.init("erase_already")
    case .mustBeKept(let until):
      let day = until.components
      let text = String(format: "%04d-%02d-%02d", day.year, day.month, day.day)
      self.init("erase_kept", ["until": text])
    case .holdsRecordOfCare: self.init("erase_care")
    case .noConsentWithdrawn: self.init("erase_consent")
    case .notSealed: self.init("erase_not_sealed")
    case .noSuchRequest: self.init("erase_no_request")
    case .requestIsNotErasure: self.init("erase_other_request")
    case .requestNotDecided: self.init("erase_not_decided")
    case .requestDecidedOtherwise: self.init("erase_decided_otherwise")
    case .otherGround(let decided):
      self.init("erase_other_ground", ["ground": decided.code])
    case .decidedBySomebodyElse: self.init("erase_other_decider")
    case .deciderMayNot: self.init("erase_decider_may_not")
    }
  }
}
