import Health

/// The packed answer of the growth rules: what the phone gets back for a packed timeline.
/// Format: docs/formats/growth.md. Native and WebAssembly builds give the same bytes.
public enum PackedGrowth {
  /// The version that this program writes.
  public static let version: UInt8 = 1

  /// Works out a timeline's growth and packs it.
  public static func pack(
    timeline: UnsafeBufferPointer<UInt8>, settings: GrowthSettings = GrowthSettings()
  ) throws(WireError) -> [UInt8] {
    pack(try GrowthRecord(timeline: timeline, settings: settings), settings: settings)
  }

  /// Packs a growth record.
  public static func pack(_ record: GrowthRecord, settings: GrowthSettings) -> [UInt8] {
    var writer = ByteWriter(capacity: 16 + record.measurements.count * 96)
    writer.byte(0x53)
    writer.byte(0x47)
    writer.byte(version)
    writer.unsigned(UInt64(record.measurements.count))
    for measurement in record.measurements {
      write(measurement, settings: settings, into: &writer)
    }
    writer.unsigned(UInt64(record.weighingMonths.count))
    for month in record.weighingMonths {
      writer.signed(Int64(month.month.number))
      writer.unsigned(UInt64(month.measurement))
      writer.byte(month.status?.rawValue ?? 0)
      writer.unsigned(UInt64(month.notGainedInARow))
      writer.signed(Int64(month.gain?.grams ?? 0))
      writer.signed(Int64(month.leastGain?.grams ?? 0))
    }
    return writer.bytes
  }

  private static func write(
    _ measurement: RecordedMeasurement, settings: GrowthSettings, into writer: inout ByteWriter
  ) {
    writer.identifier(measurement.fact)
    writer.signed(Int64(measurement.occurredOn.dayNumber))
    writer.signed(Int64(measurement.age?.count ?? -1))
    let assessment = measurement.assessment
    writer.byte(assessment.length?.correction.rawValue ?? 0)
    writeBits(assessment.length?.centimetres, into: &writer)
    writeBits(assessment.bodyMassIndex, into: &writer)
    for index in GrowthIndex.allCases {
      let score = assessment[index]
      writer.byte(score.map { $0.isImplausible ? 2 : 1 } ?? 0)
      guard let score else { continue }
      writer.signed(Int64(score.hundredths))
      writeBits(score.exact, into: &writer)
    }
    let status = GrowthStatus(measurement, settings: settings)
    writer.byte(status.weightForAge?.rawValue ?? 0)
    writer.byte(status.lengthHeightForAge?.rawValue ?? 0)
    writer.byte(status.weightForLengthHeight?.rawValue ?? 0)
    writer.byte(status.bodyMassIndexForAge?.rawValue ?? 0)
    writer.byte(status.headCircumferenceForAge?.rawValue ?? 0)
    writer.byte(status.armCircumference?.rawValue ?? 0)
    writer.byte(
      (status.isBelowRedLine ? 1 : 0) | (status.isAboveOrangeLine ? 2 : 0)
        | (status.hasSevereAcuteMalnutrition ? 4 : 0))
    writer.byte(measurement.doubts.rawValue)
  }

  /// A double's eight bytes, least significant first; nothing is the quiet not-a-number.
  private static func writeBits(_ value: Double?, into writer: inout ByteWriter) {
    let bits = value?.bitPattern ?? 0x7FF8_0000_0000_0000
    for shift in stride(from: 0, to: 64, by: 8) {
      writer.byte(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
  }
}
