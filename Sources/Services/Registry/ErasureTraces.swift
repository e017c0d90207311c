import Foundation
import GRDB
import Health
import Journal

/// By what somebody is known in rows of files that were refused, or taken with a warning.
struct ErasureTraces: Sendable {
  /// The NIK, where it is one.
  private let number: String?
  /// The name with the day of birth, in the ways in which lists write it; nothing where one of them
  /// is not known. A name alone would take the rows of others along.
  private let name: String?
  private let days: [String]

  init(_ person: PersonBody) {
    let digits = String(decoding: person.nationalIdentityNumber, as: UTF8.self)
    number = digits.utf8.count == 16 ? digits : nil
    let name = String(decoding: person.name, as: UTF8.self)
    guard let born = person.birthDate?.components, !name.isEmpty else {
      self.name = nil
      days = []
      return
    }
    self.name = name.uppercased()
    days =
      ["-", "/", "."].map { separator in
        String(format: "%02d\(separator)%02d\(separator)%04d", born.day, born.month, born.year)
      } + [String(format: "%04d-%02d-%02d", born.year, born.month, born.day)]
  }

  /// Removes the rows that tell of the person: by the NIK, with or without spaces, dots and hyphens
  /// between its digits, or by name and day of birth.
  func removeRows(in db: Database) throws {
    if let number {
      let plain = "replace(replace(replace(row, ' ', ''), '.', ''), '-', '')"
      try db.execute(
        sql: """
          DELETE FROM refused_row WHERE instr(\(plain), :number) > 0 OR value = :number;
          DELETE FROM import_warning WHERE value = :number OR instr(detail, :number) > 0;
          DELETE FROM further_problem WHERE value = :number
          """, arguments: ["number": number])
    }
    if let name {
      for day in days {
        try db.execute(
          sql: """
            DELETE FROM refused_row WHERE instr(upper(row), :name) > 0 AND instr(row, :day) > 0
            """, arguments: ["name": name, "day": day])
      }
      try db.execute(
        sql: """
          DELETE FROM import_warning
          WHERE upper(value) = :name OR instr(upper(detail), :name) > 0
          """, arguments: ["name": name])
    }
    try db.execute(
      sql: """
        DELETE FROM further_problem WHERE NOT EXISTS (
          SELECT 1 FROM refused_row
          WHERE refused_row.batch = further_problem.batch
            AND refused_row.line = further_problem.line)
        """)
  }
}
