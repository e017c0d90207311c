import Guidance

extension Source {
  /// The decree on integrated primary care: contacts, examinations, limits.
  static let integratedCare = Source(
    id: "kmk-2015-2023", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
    edition: "HK.01.07/MENKES/2015/2023", place: "pelayanan ibu hamil", standing: .secondary)
  /// The same, on care after birth.
  static let integratedCareAfterBirth = Source(
    id: "kmk-2015-2023", title: "Petunjuk Teknis Integrasi Pelayanan Kesehatan Primer",
    edition: "HK.01.07/MENKES/2015/2023", place: "KF, KN", standing: .secondary)
  /// The book that every mother has.
  static let motherChildBook = Source(
    id: "buku-kia-2024", title: "Buku Kesehatan Ibu dan Anak", edition: "2024",
    place: "tanda bahaya; skrining preeklampsia", standing: .fromMemory)
  /// The score card of Poedji Rochjati.
  static let poedjiRochjati = Source(
    id: "kspr", title: "Kartu Skor Poedji Rochjati", edition: "default", place: "skor",
    standing: .fromMemory)
  /// WHO on anaemia in pregnancy.
  static let anaemiaInPregnancy = Source(
    id: "who-haemoglobin-2011", title: "Haemoglobin concentrations for the diagnosis of anaemia",
    edition: "WHO/NMH/NHD/MNM/11.1", place: "pregnant women", standing: .fromMemory)
}
