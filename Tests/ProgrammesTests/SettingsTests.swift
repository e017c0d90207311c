import Guidance
import Health
import Programmes
import Samples
import Testing

@Suite("Settings as bytes")
struct SettingsTests {
  private static func unpack(_ bytes: [UInt8]) throws -> GrowthSettings {
    try bytes.withUnsafeBufferPointer { try PackedSettings.unpack($0) }
  }

  /// Settings drawn from all that may be set.
  private static func drawn(using numbers: inout SeededNumbers) -> GrowthSettings {
    var settings = GrowthSettings()
    for setting in GrowthSetting.allCases {
      let values = (0..<setting.count).map { _ in
        Int32.random(in: setting.range, using: &numbers)
      }
      let isSet = settings.set(setting, to: values)
      #expect(isSet)
      #expect(settings[setting] == values)
    }
    if !settings.isConsistent {
      settings.moderateArmCircumference = Length(tenthsOfMillimetre: 1400)
    }
    return settings
  }

  @Test("What is packed is read again, and the same settings are the same bytes")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 7)
    var seen: Set<[UInt8]> = []
    for _ in 0..<200 {
      let settings = Self.drawn(using: &numbers)
      let packed = PackedSettings.pack(settings)
      #expect(try Self.unpack(packed) == settings)
      #expect(try PackedSettings.pack(Self.unpack(packed)) == packed)
      seen.insert(packed)
    }
    #expect(seen.count == 200)
  }

  @Test("No bytes are the defaults, and so are the packed defaults")
  func defaults() throws {
    #expect(try Self.unpack([]) == GrowthSettings())
    #expect(try Self.unpack(PackedSettings.pack(GrowthSettings())) == GrowthSettings())
  }

  @Test("Bytes that are damaged, of another version, or hold a setting nobody knows are refused")
  func refused() {
    let good = PackedSettings.pack(GrowthSettings())
    #expect(throws: WireError.notThisFormat) { try Self.unpack([0x53, 0x54, 1]) }
    #expect(throws: WireError.unknownVersion(2)) { try Self.unpack([0x53, 0x45, 2]) }
    #expect(throws: WireError.unknownForm) { try Self.unpack(good + [99, 2]) }
    #expect(throws: WireError.fieldsOutOfOrder) { try Self.unpack([0x53, 0x45, 1, 8, 4, 8, 4]) }
    // A red line at 0 SD.
    #expect(throws: WireError.limitExceeded) { try Self.unpack([0x53, 0x45, 1, 3, 0]) }
    // LiLA: gizi buruk under 12.6 cm, gizi kurang under 12.5 cm.
    #expect(throws: WireError.limitExceeded) { try Self.unpack([0x53, 0x45, 1, 5, 0xD8, 0x13]) }
    for count in 1..<good.count where count > 3 {
      // A cut between two settings leaves a whole form; a cut within one is refused.
      let settings = try? Self.unpack(Array(good.prefix(count)))
      #expect(settings == nil || settings == GrowthSettings())
    }
  }

  @Test("A number outside its range, or another number of them, changes nothing")
  func ranges() {
    for setting in GrowthSetting.allCases {
      var settings = GrowthSettings()
      let most = [Int32](repeating: setting.range.upperBound, count: setting.count)
      for numbers in [most.map { $0 + 1 }, most + most, []] {
        let isSet = settings.set(setting, to: numbers)
        #expect(!isSet)
      }
      #expect(settings == GrowthSettings())
      let isSet = settings.set(setting, to: most)
      #expect(isSet)
    }
  }

  @Test("Every default has a source, and its code is its own")
  func sources() {
    for setting in GrowthSetting.allCases {
      #expect(!"\(setting.source.title)".isEmpty)
      #expect(!"\(setting.source.place)".isEmpty)
    }
    #expect(
      Set(GrowthSetting.allCases.map { "\($0.code)" }).count == GrowthSetting.allCases.count)
  }

  @Test("The limits of LiLA and the signs of gizi buruk decide as they are set")
  func statuses() {
    var settings = GrowthSettings()
    func status(arm: Int32, oedema: Bool = false) -> GrowthStatus {
      GrowthStatus(
        ChildGrowthStandards.shared.assess(GrowthMeasurement()), hasOedema: oedema,
        armCircumference: Length(tenthsOfMillimetre: arm), ageMonths: CompletedMonths(12),
        settings: settings)
    }
    #expect(status(arm: 1149).armCircumference == .severelyWasted)
    #expect(status(arm: 1150).armCircumference == .wasted)
    #expect(status(arm: 1250).armCircumference == .normal)
    #expect(status(arm: 1149).hasSevereAcuteMalnutrition)
    settings.severeArmCircumference = Length(tenthsOfMillimetre: 1100)
    settings.moderateArmCircumference = Length(tenthsOfMillimetre: 1200)
    #expect(status(arm: 1149).armCircumference == .wasted)
    #expect(status(arm: 1200).armCircumference == .normal)
    #expect(status(arm: 1099).hasSevereAcuteMalnutrition)
    settings.severeSigns = [.wasting]
    #expect(!status(arm: 1099).hasSevereAcuteMalnutrition)
    #expect(!status(arm: 1300, oedema: true).hasSevereAcuteMalnutrition)
    settings.severeSigns = [.oedema]
    #expect(status(arm: 1300, oedema: true).hasSevereAcuteMalnutrition)
    #expect(!status(arm: 1099).hasSevereAcuteMalnutrition)
  }
}
