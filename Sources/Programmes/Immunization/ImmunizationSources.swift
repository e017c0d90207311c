import Guidance

extension Source {
  /// Ages, products and intervals of the routine programme.
  public static let routineImmunization = Source(
    id: "kmk-1098-2024",
    title: "Penyelenggaraan imunisasi rutin: KMK HK.01.07/MENKES/1098/2024",
    edition: "diubah dengan KMK HK.01.07/MENKES/35/2025", place: "jadwal imunisasi rutin",
    standing: .secondary)
  /// The programme before its change of 21 January 2025.
  public static let routineImmunizationBefore = Source(
    id: "kmk-1098-2024-first",
    title: "Penyelenggaraan imunisasi rutin: KMK HK.01.07/MENKES/1098/2024",
    edition: "sebelum perubahan", place: "jadwal imunisasi rutin", standing: .secondary)
  /// The services of integrated primary care: which vaccine at which age and interval.
  public static let primaryCareImmunization = Source(
    id: "kmk-2015-2023-immunization",
    title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
    edition: "KMK HK.01.07/MENKES/2015/2023", place: "Tabel 7, 8 dan 17", standing: .primary)
  /// The colours of the immunisation chart: ideal, allowed, catch-up, not allowed.
  public static let immunizationChart = Source(
    id: "kia-immunization-chart", title: "Buku KIA: pelayanan imunisasi", edition: "2023",
    place: "tabel imunisasi anak 0–59 bulan, warna kolom", standing: .secondary)
  /// What people who know the programme wrote down; to be confirmed.
  public static let immunizationFromMemory = Source(
    id: "immunization-from-memory", title: "Imunisasi: belum dicocokkan dengan naskah",
    edition: "2026", place: "perlu dicocokkan dengan naskah", standing: .fromMemory)
  /// T status of women and pregnant women.
  public static let tetanusStatus = Source(
    id: "permenkes-12-2017-t", title: "Penyelenggaraan Imunisasi", edition: "Permenkes 12/2017",
    place: "status T1–T5 dan lama perlindungan", standing: .fromMemory)
  /// Basic and complete immunisation.
  public static let immunizationCompleteness = Source(
    id: "kmk-2015-2023-idl", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
    edition: "KMK HK.01.07/MENKES/2015/2023", place: "imunisasi dasar lengkap, baduta lengkap",
    standing: .secondary)
}
