import ArgumentParser
import Foundation
import Health
import Journal
import Services

/// `sikilap verify`: everything computed anew from the facts, and compared.
struct Verify: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(abstract: words("commands.verify"))
  }

  @OptionGroup var options: DatabaseOptions

  func run() throws {
    try inWords {
      let district = try options.open()
      defer { try? district.journal.close() }
      let start = ContinuousClock.now
      let found = try district.verify {
        tell(words("commands.reading", ["facts": String($0)]), end: "\r")
      }
      if let mismatch = found.mismatch {
        tell(words("commands.mismatch", ["what": Verify.text(of: mismatch)]))
        throw ExitCode.failure
      }
      let took = seconds(since: start)
      print(
        words(
          "commands.verified",
          [
            "facts": String(found.facts), "persons": String(found.persons),
            "measurements": String(found.measurements), "cells": String(found.cells),
            "seconds": took.text, "rate": String(Int(Double(found.facts) / took.value)),
            "chain": found.chain.hexadecimal,
          ]))
      try AccessLog.check(district)
    }
  }

  private static func text(of mismatch: Mismatch) -> String {
    func text(_ key: String, _ values: [String: String]) -> String {
      words("commands.mismatch_\(key)", values)
    }
    switch mismatch {
    case .brokenChain(let sequence): return text("chain", ["sequence": String(sequence)])
    case .missingFact(let sequence): return text("missing", ["sequence": String(sequence)])
    case .unreadableFact(let sequence): return text("unreadable", ["sequence": String(sequence)])
    case .lostKey(let sequence): return text("key", ["sequence": String(sequence)])
    case .timeline(let person): return text("timeline", ["id": person.text])
    case .person(let person): return text("person", ["id": person.text])
    case .contributions(let person): return text("contributions", ["id": person.text])
    case .carePlan(let person): return text("care_plan", ["id": person.text])
    case .cube(let place, let month):
      let shown = String(format: "%04d-%02d", month.year, month.ordinal)
      return text("cube", ["place": String(place), "month": shown])
    case .countedAt(let place, let person):
      return text("counted", ["place": String(place), "person": String(person)])
    case .awaited(let place, let person):
      return text("counted", ["place": place.text, "person": String(person)])
    case .place(let id): return text("place", ["id": id.text])
    case .household(let id): return text("household", ["id": id.text])
    case .worker(let id): return text("worker", ["id": id.text])
    case .searchIndex: return text("search_index", [:])
    case .damagedFile(let problem): return text("damaged", ["text": problem])
    }
  }
}
