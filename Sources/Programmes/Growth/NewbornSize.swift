import Guidance
import Health

/// A newborn's size beside those of its sex and gestational age.
public struct NewbornSize: Hashable, Sendable {
  /// What was measured.
  public let measure: NewbornMeasure
  /// The value in hundredths of a kilogram or centimetre.
  public let hundredths: Double
  /// The gestational age at birth.
  public let gestationalAge: AgeInDays
  /// The printed lines that it was compared with, in hundredths, by
  /// ``NewbornSizeStandards/lines``.
  public let row: [Int32]
  /// The z-score.
  public let score: IndexScore
  /// The centile in hundredths: 987 is the 9.87th.
  public let centileHundredths: Int32

  /// Positions of the two lines that gave the z-score.
  public var lines: (lower: Int, upper: Int) {
    let upper = NewbornSizeStandards.upperLine(of: hundredths, in: row)
    return (upper - 1, upper)
  }

  /// Small, appropriate or large for gestational age.
  public var category: SizeForGestationalAge {
    NewbornSizes.forGestationalAge.category(of: centileHundredths)
  }
}

/// Size for gestational age by weight at birth.
public enum SizeForGestationalAge: UInt8, Hashable, Sendable, CaseIterable {
  /// Kecil masa kehamilan (KMK).
  case small = 1
  /// Sesuai masa kehamilan (SMK).
  case appropriate = 2
  /// Besar masa kehamilan (BMK).
  case large = 3
}

/// Weight at birth, whatever the gestational age.
public enum BirthWeightCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// BBLASR: berat badan lahir amat sangat rendah.
  case extremelyLow = 1
  /// BBLSR: berat badan lahir sangat rendah.
  case veryLow = 2
  /// BBLR: berat badan lahir rendah.
  case low = 3
  /// BBLC: berat badan lahir cukup.
  case normal = 4
  /// BBLB: berat badan lahir besar, makrosomia.
  case high = 5
}

/// Why a newborn's size for gestational age cannot be told.
public enum NewbornUnknown: UInt8, Hashable, Sendable, CaseIterable {
  /// It was not recorded how large the newborn was.
  case notMeasured = 1
  /// Gestational age at birth was not recorded.
  case gestationalAge = 2
  /// The sex is not known.
  case sex = 3
  /// Born before 24+0 or after 42+6 weeks.
  case outsideStandard = 4
}

/// How large a newborn was for its gestational age, as far as it can be told.
public enum NewbornAnswer: Hashable, Sendable {
  /// A size with its z-score and centile.
  case known(NewbornSize)
  /// A size too extreme to be believed, or a gestational age that cannot be right: kept and shown,
  /// and not judged.
  case implausible(NewbornSize)
  /// It cannot be told; this is why.
  case unknown(NewbornUnknown)
}

/// The categories of newborns.
public enum NewbornSizes {
  /// Where the categories of weight at birth stand.
  public static let birthWeightSource = Source(
    id: "kmk-2015-2023-birth-weight",
    title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer: berat badan lahir",
    edition: "HK.01.07/MENKES/2015/2023", place: "Skrining bayi baru lahir", standing: .secondary)

  /// Grams: < 1000 · 1000 to 1499 · 1500 to 2499 · 2500 to 3999 · from 4000. The limits are in
  /// hundredths of a gram. The guideline says "over 4000" and "to 3999"; 4000 itself, which it
  /// leaves out, is counted as high.
  public static let birthWeight = Classification<BirthWeightCategory>(
    source: birthWeightSource,
    [
      .init(.below(100_000), .extremelyLow),
      .init(.below(150_000), .veryLow),
      .init(.below(250_000), .low),
      .init(.below(400_000), .normal),
    ], above: .high)

  /// By centile of weight: < 10th small · 10th to 90th appropriate · > 90th large.
  public static let forGestationalAge = Classification<SizeForGestationalAge>(
    source: NewbornSizeStandards.source,
    [
      .init(.below(1000), .small),
      .init(.upTo(9000), .appropriate),
    ], above: .large)

  /// The category of a weight at birth; nothing where it is none.
  public static func category(of weight: Mass) -> BirthWeightCategory? {
    guard weight.grams > 0 else { return nil }
    // Ten kilograms stand for more, so that hundredths of a gram fit.
    return birthWeight.category(of: min(weight.grams, 10_000) * 100)
  }
}

extension PersonBody {
  /// What was measured at birth, in hundredths of a kilogram or centimetre; nothing where it was
  /// not recorded.
  func atBirth(_ measure: NewbornMeasure) -> Double? {
    let tenths: Int32? =
      switch measure {
      case .weight: birthWeight?.grams
      case .length: birthLength?.tenthsOfMillimetre
      case .headCircumference: birthHeadCircumference?.tenthsOfMillimetre
      }
    guard let tenths, tenths > 0 else { return nil }
    // Grams are thousandths of a kilogram; tenths of a millimetre are hundredths of a centimetre.
    return measure == .weight ? Double(tenths) / 10 : Double(tenths)
  }

  /// How large the person was at birth for the gestational age.
  public func sizeAtBirth(_ measure: NewbornMeasure) -> NewbornAnswer {
    guard let value = atBirth(measure) else { return .unknown(.notMeasured) }
    guard let gestationalAge = gestationalAgeAtBirth else { return .unknown(.gestationalAge) }
    guard let sex else { return .unknown(.sex) }
    guard
      let row = NewbornSizeStandards.shared.row(
        measure, sex: sex, gestationalAge: gestationalAge)
    else { return .unknown(.outsideStandard) }
    let z = NewbornSizeStandards.zScore(value, in: row)
    let size = NewbornSize(
      measure: measure, hundredths: value, gestationalAge: gestationalAge, row: row,
      score: IndexScore(z, plausible: NewbornSizeStandards.plausibleHundredths),
      centileHundredths: Int32((normalShare(below: z) * 10_000).rounded()))
    return size.score.isImplausible ? .implausible(size) : .known(size)
  }
}
