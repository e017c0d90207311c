import Guidance

extension ClinicalSetting {
  /// From how many days after birth on blood may be taken for SHK.
  public static let thyroidSampleFrom = ClinicalSetting(
    20, "thyroid_sample_from", in: .days, within: 1...3,
    .init(2, .newbornMatrix), .init(1, .healthCheck))
  /// Until how many days after birth it may still be taken.
  public static let thyroidSampleUntil = ClinicalSetting(
    21, "thyroid_sample_until", in: .days, within: 3...28,
    .init(14, .thyroidScreening), .init(7, .healthCheck))
  /// The least saturation of hand and foot that passes: 95, or more than 95.
  public static let saturationThatPasses = ClinicalSetting(
    60, "saturation_that_passes", in: .percent, within: 93...97,
    .init(95, .ownReading), .init(96, .motherChildBookOnNewborns))
  /// The difference of hand and foot from which it is measured again: more than 3, or 3 and more.
  public static let saturationDifference = ClinicalSetting(
    61, "saturation_difference", in: .percent, within: 2...6,
    .init(4, .ownReading), .init(3, .motherChildBookOnNewborns))
  /// From how many days of age on vitamin K1 is not made up for: after the first 28 days, or where it
  /// is indicated until KN1.
  public static let vitaminKUntilDays = ClinicalSetting(
    312, "vitamin_k_until_days", in: .days, within: 3...29,
    .init(29, .ownReading), .init(3, .newbornMatrix))
  /// From how many days of gestation a birth is too late: 42 weeks, or more than 42 weeks.
  public static let lateBirthFromDays = ClinicalSetting(
    62, "late_birth_from_days", in: .days, within: 287...301,
    .init(294, .ownReading), .init(295, .clinicalGuide))
  /// From how many grams on a newborn is large: more than 4000, or 4000 and more.
  public static let largeBirthWeight = ClinicalSetting(
    63, "large_birth_weight", in: .grams, within: 3_800...4_500,
    .init(4_001, .integratedCareAfterBirth), .init(4_000, .programmePractice))
  /// How many samples for SHK a child needs who was early, small, ill, or a twin of the same sex.
  public static let thyroidSamplesNeeded = ClinicalSetting(
    64, "thyroid_samples_needed", in: .count, within: 2...3,
    .init(2, .motherChildBookOnNewborns), .init(3, .motherChildBookOnNewborns))
}

extension Source {
  /// The technical guide of the free health check.
  static let healthCheck = Source(
    id: "ckg-2025", title: "Petunjuk Teknis Pemeriksaan Kesehatan Gratis Hari Ulang Tahun",
    edition: "2025", place: "bayi baru lahir; anak", standing: .secondary)
  /// The guide of the screening of hypothyroidism.
  static let thyroidScreening = Source(
    id: "shk-permenkes-78-2014", title: "Skrining Hipotiroid Kongenital",
    edition: "Permenkes 78/2014", place: "waktu pengambilan", standing: .fromMemory)
  /// The decree's figure on small newborns, seen as a picture of the page.
  static let smallNewborn = integratedPrimaryCare("Gambar 16", .primary)
}
