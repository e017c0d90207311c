import Exchange
import Foundation
import Guidance
import Programmes

extension SettingsEdition {
  /// The version of the file's format: docs/formats/settings.md.
  static let fileVersion = "1"
  /// Far more than a file with every setting needs.
  private static let largestFile = 1 << 20

  /// Reads a settings file and checks every value, name and source in it.
  public init(path: String) throws(SettingsProblem) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw SettingsProblem(.unreadable, path: path)
    }
    guard data.count <= SettingsEdition.largestFile else {
      throw SettingsProblem(.tooLarge, path: path)
    }
    do throws(SettingsProblem) {
      self = try SettingsEdition(text: SettingsText([UInt8](data)))
    } catch {
      var problem = error
      problem.path = path
      throw problem
    }
  }

  init(text: SettingsText) throws(SettingsProblem) {
    let file = try SettingsObject(
      text, key: "",
      names: ["sikilap_settings", "name", "growth", ClinicalSetting.group]
        + ProgrammeSetting.Group.allCases.map(\.rawValue))
    let version = try file.required("sikilap_settings")
    guard case .number(SettingsEdition.fileVersion) = version.value else {
      throw SettingsProblem(
        .otherVersion, line: version.line, key: "sikilap_settings",
        ["version": SettingsEdition.fileVersion])
    }
    let name = try file.text("name", longest: 100)
    var growth = GrowthSettings()
    var sources: [GrowthSetting: SettingSource] = [:]
    let codes = GrowthSetting.allCases.map { "\($0.code)" }
    let entries = try SettingsObject(file.required("growth"), key: "growth", names: codes)
    for setting in GrowthSetting.allCases {
      let code = "\(setting.code)"
      guard let found = entries.member(code) else { continue }
      let entry = try SettingsObject(
        found.value, key: "growth.\(code)", names: ["value", "source"])
      let reader = SettingValueReader(setting: setting, key: "growth.\(code).value")
      let value = try entry.required("value")
      let numbers = try reader.numbers(value)
      sources[setting] = try SettingsEdition.source(of: entry, line: found.line)
      guard growth.set(setting, to: numbers) else {
        throw reader.outOfRange(at: value.line)
      }
    }
    guard growth.isConsistent else {
      throw SettingsProblem(
        .inconsistent, line: entries.line, key: "growth",
        [
          "lower": "\(GrowthSetting.severeArmCircumference.code)",
          "higher": "\(GrowthSetting.moderateArmCircumference.code)",
        ])
    }
    let (programmes, programmeSources) = try SettingsEdition.programmes(of: file)
    let (care, careSources) = try SettingsEdition.care(of: file)
    self.init(
      name: name, growth: growth, named: sources, programmes: programmes,
      programmesNamed: programmeSources, care: care, careNamed: careSources)
  }

  /// The parts of the file that no stored figure knows of; each may be left out.
  private static func programmes(
    of file: SettingsObject
  ) throws(SettingsProblem) -> (ProgrammeSettings, [ProgrammeSetting: SettingSource]) {
    var settings = ProgrammeSettings()
    var sources: [ProgrammeSetting: SettingSource] = [:]
    for group in ProgrammeSetting.Group.allCases {
      guard let part = file.member(group.rawValue) else { continue }
      let entries = try SettingsObject(
        part.value, key: group.rawValue, names: group.settings.map(\.code))
      let found = try entries.sources(of: group.settings, code: \.code) {
        (setting, value, key) throws(SettingsProblem) in
        let number = try ProgrammeValueReader(setting: setting, key: key).number(value)
        let isSet = settings.set(setting, to: number)
        precondition(isSet, "\(key) took \(number) and does not hold it")
      }
      sources.merge(found) { $1 }
    }
    return (settings, sources)
  }

  /// The source that a setting names.
  static func source(
    of entry: SettingsObject, line: Int
  ) throws(SettingsProblem) -> SettingSource {
    guard let found = entry.member("source") else {
      throw SettingsProblem(.noSource, line: line, key: entry.key)
    }
    let source = try SettingsObject(
      found.value, key: entry.key + ".source", names: ["title", "edition", "page", "standing"])
    let standings: [String: Source.Standing] = [
      "primary": .primary, "secondary": .secondary, "from_memory": .fromMemory,
    ]
    let written = try source.text("standing", longest: 100)
    guard let standing = standings[written] else {
      throw SettingsProblem(
        .unknownWord, line: found.value.line, key: source.key + ".standing",
        ["value": written, "words": "primary, secondary, from_memory"])
    }
    return SettingSource(
      title: try source.text("title", longest: 300),
      edition: try source.text("edition", longest: 300),
      page: try source.text("page", longest: 300), standing: standing)
  }
}

/// An object of a settings file with no names but those that mean something.
struct SettingsObject {
  let key: String
  let line: Int
  private let members: [SettingsText.Member]

  init(_ text: SettingsText, key: String, names: [String]) throws(SettingsProblem) {
    guard case .object(let members) = text.value else {
      throw SettingsProblem(.wrongType, line: text.line, key: key, ["kind": "object"])
    }
    self.key = key
    line = text.line
    self.members = members
    for member in members where !names.contains(member.name) {
      let near = SimilarNames.nearest(member.name, among: names)
      throw SettingsProblem(
        .unknownKey, line: member.line, key: path(member.name),
        ["near": near.isEmpty ? names.joined(separator: ", ") : near])
    }
  }

  private func path(_ name: String) -> String { key.isEmpty ? name : "\(key).\(name)" }

  /// The sources of those settings that stand here, each with its value.
  ///
  /// - Parameter take: called with each value and its path in the file.
  func sources<Setting: Hashable>(
    of settings: [Setting], code: (Setting) -> String,
    _ take: (Setting, SettingsText, String) throws(SettingsProblem) -> Void
  ) throws(SettingsProblem) -> [Setting: SettingSource] {
    var sources: [Setting: SettingSource] = [:]
    for setting in settings {
      guard let found = member(code(setting)) else { continue }
      let entry = try SettingsObject(
        found.value, key: path(code(setting)), names: ["value", "source"])
      try take(setting, entry.required("value"), entry.key + ".value")
      sources[setting] = try SettingsEdition.source(of: entry, line: found.line)
    }
    return sources
  }

  func member(_ name: String) -> SettingsText.Member? { members.first { $0.name == name } }

  func required(_ name: String) throws(SettingsProblem) -> SettingsText {
    guard let found = member(name) else {
      throw SettingsProblem(.missingKey, line: line, key: path(name))
    }
    return found.value
  }

  /// A text that says something.
  func text(_ name: String, longest: Int) throws(SettingsProblem) -> String {
    let found = try required(name)
    guard case .text(let text) = found.value else {
      throw SettingsProblem(.wrongType, line: found.line, key: path(name), ["kind": "text"])
    }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !trimmed.isEmpty, trimmed.count <= longest else {
      throw SettingsProblem(
        .badText, line: found.line, key: path(name), ["longest": String(longest)])
    }
    return trimmed
  }
}

/// Reads a setting's value as the numbers that the rules take.
private struct SettingValueReader {
  let setting: GrowthSetting
  let key: String

  func numbers(_ text: SettingsText) throws(SettingsProblem) -> [Int32] {
    if setting.unit == .signs { return [try signs(text)] }
    guard setting.count > 1 else { return [try number(text)] }
    guard case .list(let items) = text.value else {
      throw SettingsProblem(.wrongType, line: text.line, key: key, ["kind": "list"])
    }
    guard items.count == setting.count else {
      throw SettingsProblem(
        .wrongCount, line: text.line, key: key,
        ["count": String(items.count), "wanted": String(setting.count)])
    }
    var numbers: [Int32] = []
    for item in items { numbers.append(try number(item)) }
    return numbers
  }

  private func number(_ text: SettingsText) throws(SettingsProblem) -> Int32 {
    guard case .number(let written) = text.value else {
      throw SettingsProblem(.wrongType, line: text.line, key: key, ["kind": "number"])
    }
    let decimals = setting.unit == .zScore || setting.unit == .centimetres ? 2 : 0
    guard let scaled = SettingsText.scaled(written, decimals: decimals) else {
      if !written.contains(where: { ".eE".contains($0) }) {
        throw outOfRange(at: text.line, written)
      }
      throw SettingsProblem(
        .tooManyDecimals, line: text.line, key: key,
        ["value": written, "decimals": String(decimals)])
    }
    guard let number = Int32(exactly: scaled), setting.range.contains(number) else {
      throw outOfRange(at: text.line, written)
    }
    return number
  }

  func outOfRange(at line: Int, _ written: String = "") -> SettingsProblem {
    let unit = setting.unit
    return SettingsProblem(
      .outOfRange, line: line, key: key,
      [
        "value": written, "low": SettingsProse.number(setting.range.lowerBound, unit),
        "high": SettingsProse.number(setting.range.upperBound, unit), "unit": unit.code,
      ])
  }

  private func signs(_ text: SettingsText) throws(SettingsProblem) -> Int32 {
    guard case .list(let items) = text.value else {
      throw SettingsProblem(.wrongType, line: text.line, key: key, ["kind": "list"])
    }
    var signs: SevereMalnutritionSigns = []
    let known = SettingsProse.signs.map(\.code)
    for item in items {
      guard case .text(let word) = item.value else {
        throw SettingsProblem(.wrongType, line: item.line, key: key, ["kind": "text"])
      }
      guard let sign = SettingsProse.signs.first(where: { $0.code == word })?.sign else {
        throw SettingsProblem(
          .unknownWord, line: item.line, key: key,
          ["value": word, "words": known.joined(separator: ", ")])
      }
      signs.insert(sign)
    }
    guard !signs.isEmpty else {
      throw SettingsProblem(
        .wrongCount, line: text.line, key: key,
        ["count": "0", "wanted": "1–\(known.count)"])
    }
    return Int32(signs.rawValue)
  }
}
