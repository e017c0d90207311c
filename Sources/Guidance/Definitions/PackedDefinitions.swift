import Health

/// Guidelines and forms as bytes: what the build puts into the phone's core in place of the code
/// that would make the same values. Format: docs/formats/definitions.md.
///
/// Names, sources and what to do are left out: whoever draws an answer finds them by number.
public enum PackedDefinitions {
  /// The first two bytes.
  static let mark: (UInt8, UInt8) = (0x53, 0x42)
  /// The version that this program writes.
  public static let version: UInt8 = 4
  /// The most of anything in a list: far more than definitions have.
  static let limit = 4_096
  /// So deep may criteria stand within one another.
  static let depth = 64

  /// Definitions as bytes.
  public static func pack(_ definitions: CareDefinitions) -> [UInt8] {
    var writer = DefinitionWriter()
    writer.bytes.byte(mark.0)
    writer.bytes.byte(mark.1)
    writer.bytes.byte(version)
    writer.count(definitions.settings.count)
    for setting in definitions.settings { writer.write(setting) }
    writer.count(definitions.guidelines.count)
    for guideline in definitions.guidelines { writer.write(guideline) }
    writer.count(definitions.forms.count)
    for form in definitions.forms { writer.write(form) }
    return writer.bytes.bytes
  }
}
