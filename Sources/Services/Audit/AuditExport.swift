import Foundation
import Health
import Journal

/// The log for other programs: one row an entry, codes and not words, moments in UTC.
public enum AuditExport {
  /// The names of the columns.
  public static let columns = [
    "sequence", "at", "worker", "session", "device", "action", "purpose", "route", "place",
    "outcome", "count", "subject_count", "subjects", "first_fact", "last_fact", "found_at_opening",
    "form", "watermark", "reason", "words", "anchored_entries", "chain",
  ]

  /// The columns by which an exported row can be checked with other software: the link before, and
  /// the bytes that the entry's own link is computed over. `Tools/log-check` does it.
  public static let proofColumns = ["before", "canonical"]

  /// The values of ``proofColumns``.
  public static func values(of proof: AuditProof) -> [String] {
    [proof.before.hexadecimal, hexadecimal(proof.canonical)]
  }

  /// An entry's row. Of subjects it has those that came with the entry; `subject_count` tells
  /// whether there are more.
  public static func row(_ stored: StoredAuditEntry) -> [String] {
    let entry = stored.entry
    let detail = entry.detail
    let author = entry.author
    var row = [
      String(stored.sequence), moment(entry.at), author.worker?.text ?? "",
      author.session.map(hexadecimal) ?? "", author.device?.text ?? "", entry.action.rawValue,
      entry.purpose?.rawValue ?? "", entry.route ?? "", entry.place?.text ?? "",
      "\(entry.outcome)", String(entry.count), String(stored.subjectCount),
      entry.subjects.map(\.text).joined(separator: " "),
    ]
    row += [
      detail.facts.map { String($0.sequences.lowerBound) } ?? "",
      detail.facts.map { String($0.sequences.upperBound) } ?? "",
      detail.facts.map { $0.isFoundAtOpening ? "1" : "0" } ?? "",
      detail.form?.rawValue ?? "",
      detail.watermark?.text ?? "", detail.reason?.rawValue ?? "", detail.words,
      detail.anchoredEntries.map { String($0) } ?? "", stored.chain.hexadecimal,
    ]
    return row
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `2026-11-22T09:13:50.123Z`.
  private static func moment(_ instant: Instant) -> String {
    let day = instant.day(hoursEastOfGreenwich: 0)
    let date = day.components
    let rest = instant.milliseconds - Int64(day.dayNumber) * 86_400_000
    return String(
      format: "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", date.year, date.month, date.day,
      Int(rest / 3_600_000), Int(rest / 60_000 % 60), Int(rest / 1000 % 60), Int(rest % 1000))
  }
}
