/// Why a settings file, or the settings that figures were counted under, cannot be used.
public struct SettingsProblem: Error, Hashable, Sendable {
  /// What is wrong; the catalogues explain each under `errors.settings`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The file cannot be opened.
    case unreadable
    /// The file is far larger than settings are.
    case tooLarge = "too_large"
    /// The file is not JSON.
    case notJSON = "not_json"
    /// A name comes twice.
    case duplicateKey = "duplicate_key"
    /// A name that means nothing here.
    case unknownKey = "unknown_key"
    /// A name that is needed is absent.
    case missingKey = "missing_key"
    /// The file is of another version of the format.
    case otherVersion = "other_version"
    /// A value of another kind than is needed.
    case wrongType = "wrong_type"
    /// A list of another length than is needed.
    case wrongCount = "wrong_count"
    /// A number that is not possible.
    case outOfRange = "out_of_range"
    /// A number with more decimals than can be kept.
    case tooManyDecimals = "too_many_decimals"
    /// A setting without its source.
    case noSource = "no_source"
    /// A text that is empty or far too long.
    case badText = "bad_text"
    /// A word that is none of those to choose from.
    case unknownWord = "unknown_word"
    /// Settings that contradict one another.
    case inconsistent
    /// The figures in the database were counted under other settings.
    case otherSettings = "other_settings"
  }

  /// What is wrong.
  public let code: Code
  /// The file; empty where it is not known yet.
  public var path: String
  /// The line, counted from 1; nothing where the whole file is meant.
  public let line: Int?
  /// The names down to the place, with points between them.
  public let key: String
  /// What the explanation fills in.
  public let details: [String: String]

  init(
    _ code: Code, path: String = "", line: Int? = nil, key: String = "",
    _ details: [String: String] = [:]
  ) {
    self.code = code
    self.path = path
    self.line = line
    self.key = key
    self.details = details
  }

  /// What is wrong, where, and how to mend it.
  public func text(_ words: Phrases) -> String {
    var values = details
    values["path"] = path
    values["key"] = key
    for name in ["kind", "unit"] {
      values[name] = details[name].map { words["settings.kinds.\($0)"] }
    }
    let place =
      code == .otherSettings || code == .unreadable || code == .tooLarge
      ? ""
      : line.map { words("settings.at_line", ["path": path, "line": String($0)]) }
        ?? words("settings.in_file", ["path": path])
    let about = key.isEmpty ? "" : words("settings.about", ["key": key])
    return place + about + words("errors.settings.\(code.rawValue).what", values) + " "
      + words("errors.settings.\(code.rawValue).mend", values)
  }
}
