import Guidance
import Health

/// All that a district has set for the care of its people.
public struct DistrictSettings: Sendable {
  /// For growth.
  public var growth = GrowthSettings()
  /// For guidelines.
  public var clinical = ClinicalSettings()
  /// For immunisation.
  public var immunization = ImmunizationSettings()
  /// The edition of the immunisation schedule.
  public var edition = ImmunizationEdition.kmk1098Changed2025

  /// The defaults.
  public init() {}
}

/// A district's settings as bytes, for the care of a person on the phone.
/// Format: docs/formats/settings.md.
public enum PackedDistrictSettings {
  /// The version that this program writes.
  public static let version: UInt8 = 1

  /// Every setting with its numbers, the defaults too: the same bytes mean the same rules even
  /// where a later program has other defaults.
  ///
  /// - Parameter known: the settings that guidelines refer to.
  public static func pack(_ settings: DistrictSettings, known: [ClinicalSetting]) -> [UInt8] {
    var writer = ByteWriter(capacity: 512)
    writer.byte(0x53)
    writer.byte(0x44)
    writer.byte(version)
    let growth = PackedSettings.pack(settings.growth)
    writer.unsigned(UInt64(growth.count))
    writer.raw(growth)
    writer.unsigned(UInt64(known.count))
    for setting in known {
      writer.unsigned(UInt64(setting.number))
      writer.signed(Int64(settings.clinical[setting]))
    }
    writer.byte(settings.edition.rawValue)
    writer.unsigned(UInt64(ImmunizationSetting.allCases.count))
    for setting in ImmunizationSetting.allCases {
      writer.unsigned(UInt64(setting.rawValue))
      writer.signed(Int64(settings.immunization[setting]))
    }
    return writer.bytes
  }

  /// Reads settings; no bytes at all are the defaults.
  ///
  /// A setting that this program does not know is refused, for it could not follow it. A setting
  /// that is absent keeps its default.
  public static func unpack(
    _ bytes: UnsafeBufferPointer<UInt8>, known: [ClinicalSetting]
  ) throws(WireError) -> DistrictSettings {
    var settings = DistrictSettings()
    var reader = ByteReader(bytes)
    if reader.isAtEnd { return settings }
    guard try reader.byte() == 0x53, try reader.byte() == 0x44 else { throw .notThisFormat }
    let version = try reader.byte()
    guard version == PackedDistrictSettings.version else { throw .unknownVersion(version) }
    settings.growth = try PackedSettings.unpack(
      try reader.bytes(try reader.count(limit: reader.remaining)))
    try readNumbers(&reader) { number, value in
      guard let setting = known.first(where: { $0.number == number }) else { return false }
      return settings.clinical.set(setting, to: value)
    }
    guard let edition = ImmunizationEdition(rawValue: try reader.byte()) else {
      throw .unknownForm
    }
    settings.edition = edition
    try readNumbers(&reader) { number, value in
      guard let setting = UInt8(exactly: number).flatMap({ ImmunizationSetting(rawValue: $0) })
      else { return false }
      return settings.immunization.set(setting, to: value)
    }
    guard reader.isAtEnd else { throw .unknownForm }
    return settings
  }

  /// Reads settings by rising number.
  private static func readNumbers(
    _ reader: inout ByteReader, _ set: (UInt16, Int32) -> Bool
  ) throws(WireError) {
    var last: UInt16 = 0
    for _ in 0..<(try reader.count(limit: 4_096)) {
      guard let number = UInt16(exactly: try reader.unsigned()) else { throw .numberTooLarge }
      guard number > last else { throw .fieldsOutOfOrder }
      last = number
      guard set(number, try reader.signed32()) else { throw .limitExceeded }
    }
  }
}
