import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// In whose name a command changes places.
struct AuthorOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp(words("commands.author"))) var by: String?

  /// The worker. Nobody only as long as a district has no administrator: what comes first has no
  /// author yet, and says so.
  func worker(in district: District, for action: Action, now: Instant) throws -> Identifier? {
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    guard let by else {
      let administrators = try district.administrators(on: today)
      guard administrators.isEmpty else {
        throw Refusal("author_needed", ["names": AuthorOptions.list(administrators)])
      }
      return nil
    }
    guard let worker = try district.worker(userName: by) else {
      throw Refusal("no_such_worker", ["name": by])
    }
    let known = try district.rights(of: worker.id, on: today, tree: district.places())
    guard known?.rights.may(action) == true else {
      throw Refusal("author_may_not", ["name": by])
    }
    return worker.id
  }

  /// `Siti Contoh (siti.contoh), Budi Contoh`.
  static func list(_ workers: [Worker]) -> String {
    workers.map { worker in
      let userName = String(decoding: worker.body.userName, as: UTF8.self)
      return userName.isEmpty ? worker.name : "\(worker.name) (\(userName))"
    }.joined(separator: ", ")
  }
}
