import Foundation
import Health
import Journal
import Services

/// What was entered on a form of the administration, read with a complaint for each field that
/// means nothing.
struct Entries {
  private(set) var values: [String: [String]]
  private(set) var problems: [String: String] = [:]
  private let words: Words

  /// What stands on a form that nobody has sent yet.
  init(_ words: Words, _ values: [String: String] = [:]) {
    self.words = words
    self.values = values.mapValues { [$0] }
  }

  /// Reads a form.
  init(_ form: Form, _ names: [String], _ words: Words) {
    self.words = words
    values = [:]
    for name in names {
      values[name] = form.all(name).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    }
  }

  /// Whether all fields mean something.
  var isFit: Bool { problems.isEmpty }

  /// What was entered; empty where nothing was.
  subscript(name: String) -> String { values[name]?.last ?? "" }

  /// All that was ticked.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// Says what is wrong with a field, the first time only.
  mutating func complain(_ name: String, _ code: String, _ details: [String: String] = [:]) {
    let text =
      words.find("administration.problems.\(code)") ?? words["people.problems.\(code)"]
    problems[name] = problems[name] ?? Words.fill(text, details)
  }

  /// Says what is wrong in words that are ready.
  mutating func complain(_ name: String, saying text: String) {
    problems[name] = problems[name] ?? text
  }

  /// A text.
  mutating func text(
    _ name: String, longest: Int = 100, orElse missing: String? = nil
  ) -> [UInt8] {
    let value = self[name]
    if value.isEmpty, let missing { complain(name, missing) }
    if value.count > longest { complain(name, "too_long", ["count": "\(longest)"]) }
    if value.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      complain(name, "control_characters")
    }
    return Array(value.utf8)
  }

  /// A day; nothing where none was entered or it is none.
  mutating func day(_ name: String, isNeeded: Bool = false) -> CivilDate? {
    switch PersonForm.day(self[name]) {
    case .success(let day?):
      if day < PersonForm.earliest { complain(name, "too_early") }
      return day
    case .success(nil):
      if isNeeded { complain(name, "no_date") }
      return nil
    case .failure:
      complain(name, "no_date")
      return nil
    }
  }

  /// A NIK or nothing.
  mutating func sixteenDigits(_ name: String) -> [UInt8] {
    let digits = self[name].filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    let isNumber = digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard digits.isEmpty || (digits.utf8.count == 16 && isNumber) else {
      complain(name, "sixteen_digits", ["count": "\(digits.count)"])
      return []
    }
    return Array(digits.utf8)
  }

  /// Degrees as millionths: `-3,0125` or `-3.0125`; nothing where none were entered.
  mutating func millionths(_ name: String, within limit: Double) -> Int32? {
    let text = self[name].replacing(",", with: ".")
    if text.isEmpty { return nil }
    let isPlain = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D
    }
    guard isPlain, let value = Double(text), abs(value) <= limit else {
      complain(name, "degrees", ["limit": "\(Int(limit))"])
      return nil
    }
    return Int32((value * 1_000_000).rounded())
  }
}

/// A field of a form of the administration.
struct Entry {
  /// How it is entered.
  enum Kind: String {
    case text, date, tel, number, select, checks
  }

  /// One of several.
  struct Option {
    let value: String
    let text: String
    /// Under what it stands; empty where there are no groups.
    var group = ""
  }

  let name: String
  var kind = Kind.text
  var options: [Option] = []
  var isNeeded = false
  var longest = 100
}

/// A form of plain fields: where it goes, and its fields.
struct EntryForm {
  /// The part of the catalogues that has its words.
  var group = "administration"
  /// The name in the catalogues, under `form_` of the group.
  let code: String
  let action: String
  let entries: [Entry]

  /// What the form's template is filled with.
  ///
  /// - Parameter entered: what was entered or stands there.
  func fields(_ visit: Visit, _ entered: Entries) -> Fields {
    let words = visit.words
    return [
      "code": code, "action": action, "form_token": visit.visitor.formToken,
      "form_title": words["\(group).form_\(code)"],
      "lead": words.find("\(group).lead_\(code)"),
      "has_lead": words.find("\(group).lead_\(code)") != nil,
      "button": words.find("\(group).button_\(code)") ?? words["people.save"],
      "has_problems": !entered.isFit, "entries": entries.map { row($0, entered, words) },
    ]
  }

  private func row(_ entry: Entry, _ entered: Entries, _ words: Words) -> Fields {
    let chosen = entered.all(entry.name)
    let hint = words.find("\(group).hint_\(entry.name)")
    let problem = entered.problems[entry.name]
    let groups = entry.options.filter { !$0.group.isEmpty }.chunked { $0.group == $1.group }
    return [
      "name": entry.name, "label": words["\(group).field_\(entry.name)"],
      "hint": hint, "has_hint": hint != nil, "problem": problem, "is_wrong": problem != nil,
      "value": entered[entry.name], "type": entry.kind.rawValue, "longest": "\(entry.longest)",
      "has_value": !entered[entry.name].isEmpty, "is_needed": entry.isNeeded,
      "is_select": entry.kind == .select, "is_checks": entry.kind == .checks,
      "is_input": entry.kind != .select && entry.kind != .checks,
      "is_decimal": entry.kind == .number,
      "options": entry.options.filter(\.group.isEmpty).map { row($0, chosen) },
      "groups": groups.map { options -> Fields in
        [
          "group": options.first?.group, "group_count": "\(options.count)",
          // What was ticked is in sight, and what is the only group.
          "is_open": groups.count == 1 || options.contains { chosen.contains($0.value) },
          "group_options": options.map { row($0, chosen) },
        ]
      },
    ]
  }

  private func row(_ option: Entry.Option, _ chosen: [String]) -> Fields {
    ["option": option.value, "text": option.text, "chosen": chosen.contains(option.value)]
  }
}
