import Foundation
import Health
import Journal
import Services

/// Where a fact comes from: who recorded it, where and when, and its place in the chain.
struct FactProvenance {
  let visit: Visit
  let history: FactHistory
  /// The line of the file that it was read from, where it came from one.
  let line: Int32?

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var fact: Fact { history.fact.fact }

  /// One entry each; the keys under `why` say what was done and when.
  func fields(recordedBy: String, occurred: String) -> [Fields] {
    func entry(_ key: String, _ value: String?, mono: Bool = false) -> Fields {
      ["name": words["why.\(key)"], "value": value ?? words["common.none"], "mono": mono]
    }
    let place = fact.place.flatMap { visit.tree.places[$0] }
    return [
      entry(recordedBy, history.recorderName),
      entry("place", place.map { visit.named($0) }),
      entry(occurred, format.date(fact.occurredOn)),
      entry("recorded", format.moment(fact.recordedAt)),
      entry("from", origin),
      entry("settings", visit.district.edition.title),
      entry("fact", fact.id.text, mono: true),
      entry("sequence", format.whole(history.fact.sequence), mono: true),
      entry("hash", FactProvenance.grouped(history.fact.chain.hexadecimal), mono: true),
    ]
  }

  /// The file and line, or the device.
  private var origin: String? {
    guard let file = history.fileName else { return fact.device?.text }
    guard let line else { return file }
    return words("why.file_line", ["file": file, "line": format.whole(line)])
  }

  private static func grouped(_ hexadecimal: String) -> String {
    stride(from: 0, to: min(32, hexadecimal.count), by: 4).map {
      String(hexadecimal.dropFirst($0).prefix(4))
    }.joined(separator: " ")
  }
}
