import Guidance
import Health

/// BB/U: underweight or a risk of overweight; never by itself a diagnosis of malnutrition.
public enum WeightForAgeCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Berat badan sangat kurang.
  case severelyUnderweight = 1
  /// Berat badan kurang.
  case underweight = 2
  /// Berat badan normal.
  case normal = 3
  /// Risiko berat badan lebih.
  case riskOfOverweight = 4
}

/// PB/U or TB/U.
public enum LengthHeightForAgeCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Sangat pendek.
  case severelyStunted = 1
  /// Pendek.
  case stunted = 2
  /// Normal.
  case normal = 3
  /// Tinggi.
  case tall = 4
}

/// BB/PB, BB/TB and IMT/U before five years.
public enum WeightForLengthHeightCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Gizi buruk.
  case severelyWasted = 1
  /// Gizi kurang.
  case wasted = 2
  /// Gizi baik.
  case normal = 3
  /// Berisiko gizi lebih.
  case riskOfOverweight = 4
  /// Gizi lebih.
  case overweight = 5
  /// Obesitas.
  case obese = 6
}

/// LK/U.
public enum HeadCircumferenceCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Mikrosefali.
  case microcephaly = 1
  /// Normal.
  case normal = 2
  /// Makrosefali.
  case macrocephaly = 3
}

/// LiLA from 6 to 59 months, by centimetres and not by z-score.
public enum ArmCircumferenceCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Gizi buruk.
  case severelyWasted = 1
  /// Gizi kurang.
  case wasted = 2
  /// Gizi baik.
  case normal = 3
}

/// IMT/U from 5 to 18 years.
public enum SchoolAgeBodyMassIndexCategory: UInt8, Hashable, Sendable, CaseIterable {
  /// Gizi buruk.
  case severelyThin = 1
  /// Gizi kurang.
  case thin = 2
  /// Gizi baik.
  case normal = 3
  /// Gizi lebih.
  case overweight = 4
  /// Obesitas.
  case obese = 5
}

/// The categories of Permenkes 2/2020, standar antropometri anak.
public enum NutritionalStatus {
  /// The regulation.
  public static let source = Source(
    id: "permenkes-2-2020", title: "Peraturan Menteri Kesehatan tentang Standar Antropometri Anak",
    edition: "2/2020", place: "Tabel kategori dan ambang batas status gizi anak",
    standing: .secondary)

  /// Cut-offs of LK/U as the programme uses them.
  public static let headCircumferenceSource = Source(
    id: "lk-u", title: "Lingkar kepala menurut umur", edition: "default", place: "±2 SD",
    standing: .secondary)

  /// BB/U: < −3 · −3 to < −2 · −2 to +1 · > +1.
  public static let weightForAge = Classification<WeightForAgeCategory>(
    source: source,
    [
      .init(.below(-300), .severelyUnderweight),
      .init(.below(-200), .underweight),
      .init(.upTo(100), .normal),
    ], above: .riskOfOverweight)

  /// PB/U, TB/U: < −3 · −3 to < −2 · −2 to +3 · > +3.
  public static let lengthHeightForAge = Classification<LengthHeightForAgeCategory>(
    source: source,
    [
      .init(.below(-300), .severelyStunted),
      .init(.below(-200), .stunted),
      .init(.upTo(300), .normal),
    ], above: .tall)

  /// BB/PB, BB/TB, IMT/U: < −3 · −3 to < −2 · −2 to +1 · > +1 to +2 · > +2 to +3 · > +3.
  public static let weightForLengthHeight = Classification<WeightForLengthHeightCategory>(
    source: source,
    [
      .init(.below(-300), .severelyWasted),
      .init(.below(-200), .wasted),
      .init(.upTo(100), .normal),
      .init(.upTo(200), .riskOfOverweight),
      .init(.upTo(300), .overweight),
    ], above: .obese)

  /// LK/U: < −2 · −2 to +2 · > +2.
  public static let headCircumferenceForAge = Classification<HeadCircumferenceCategory>(
    source: headCircumferenceSource,
    [
      .init(.below(-200), .microcephaly),
      .init(.upTo(200), .normal),
    ], above: .macrocephaly)

  /// LiLA in hundredths of a centimetre, by the limits that are set; unless the district sets
  /// others: < 11.5 · 11.5 to < 12.5 · from 12.5 cm. Absolute LiLA is not in Permenkes 2/2020.
  public static func armCircumference(
    _ settings: GrowthSettings
  ) -> Classification<ArmCircumferenceCategory> {
    Classification(
      source: GrowthSetting.severeArmCircumference.source,
      [
        .init(.below(settings.severeArmCircumference.tenthsOfMillimetre), .severelyWasted),
        .init(.below(settings.moderateArmCircumference.tenthsOfMillimetre), .wasted),
      ], above: .normal)
  }

  /// The completed months of age at which absolute LiLA is judged.
  public static let armCircumferenceMonths: ClosedRange<Int32> = 6...59

  /// IMT/U from 5 to 18 years: < −3 · −3 to < −2 · −2 to +1 · > +1 to +2 · > +2.
  public static let schoolAgeBodyMassIndex = Classification<SchoolAgeBodyMassIndexCategory>(
    source: source,
    [
      .init(.below(-300), .severelyThin),
      .init(.below(-200), .thin),
      .init(.upTo(100), .normal),
      .init(.upTo(200), .overweight),
    ], above: .obese)
}
