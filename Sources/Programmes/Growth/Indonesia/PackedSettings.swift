import Health

/// Settings as bytes: what the phone is given, and what the fingerprint of an edition is taken of.
/// Format: docs/formats/settings.md.
public enum PackedSettings {
  /// The version that this program writes.
  public static let version: UInt8 = 1

  /// Every setting with its numbers, the defaults too: the same bytes mean the same rules even
  /// where a later program has other defaults.
  public static func pack(_ settings: GrowthSettings) -> [UInt8] {
    var writer = ByteWriter(capacity: 96)
    writer.byte(0x53)
    writer.byte(0x45)
    writer.byte(version)
    for setting in GrowthSetting.allCases {
      writer.unsigned(UInt64(setting.rawValue))
      for number in settings[setting] { writer.signed(Int64(number)) }
    }
    return writer.bytes
  }

  /// Reads settings; no bytes at all are the defaults.
  ///
  /// A setting that this program does not know is refused, for it could not follow it. A setting
  /// that is absent keeps its default.
  public static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> GrowthSettings {
    var settings = GrowthSettings()
    var reader = ByteReader(bytes)
    if reader.isAtEnd { return settings }
    guard try reader.byte() == 0x53, try reader.byte() == 0x45 else { throw .notThisFormat }
    let version = try reader.byte()
    guard version == PackedSettings.version else { throw .unknownVersion(version) }
    var last: UInt16 = 0
    while !reader.isAtEnd {
      guard let field = UInt16(exactly: try reader.unsigned()) else { throw .numberTooLarge }
      guard field > last else { throw .fieldsOutOfOrder }
      last = field
      guard let setting = GrowthSetting(rawValue: field) else { throw .unknownForm }
      var numbers: [Int32] = []
      for _ in 0..<setting.count {
        guard let number = Int32(exactly: try reader.signed()) else { throw .numberTooLarge }
        numbers.append(number)
      }
      guard settings.set(setting, to: numbers) else { throw .limitExceeded }
    }
    guard settings.isConsistent else { throw .limitExceeded }
    return settings
  }
}
