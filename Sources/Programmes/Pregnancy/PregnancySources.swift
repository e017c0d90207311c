import Guidance

extension Source {
  /// A place in the book that every mother has.
  private static func motherChildBook(_ place: StaticString) -> Source {
    Source(
      id: "buku-kia-2024", title: "Buku Kesehatan Ibu dan Anak", edition: "revisi 2024",
      place: place, standing: .secondary)
  }

  /// The decree on integrated primary care: contacts, examinations, limits.
  static let integratedCare = integratedPrimaryCare("pelayanan ibu hamil")
  /// Its figure of services by antenatal visit, seen as a picture of the page.
  static let antenatalMatrix = integratedPrimaryCare("Gambar 13", .primary)
  /// Its figure of services after birth, seen as a picture of the page.
  static let postnatalMatrix = integratedPrimaryCare("Gambar 14", .primary)
  /// Its figure of services of a newborn, seen as a picture of the page.
  static let newbornMatrix = integratedPrimaryCare("Gambar 15", .primary)
  /// The same, on care after birth.
  static let integratedCareAfterBirth = integratedPrimaryCare("KF, KN")
  /// The book that every mother has.
  static let motherChildBook = motherChildBook("ibu hamil, bersalin dan nifas")
  /// The same, on newborns.
  static let motherChildBookOnNewborns = motherChildBook("bayi baru lahir")
  /// The same, on children.
  static let motherChildBookOnChildren = motherChildBook("bayi dan anak")
  /// The clinical guide of primary care.
  static let clinicalGuide = Source(
    id: "kmk-1186-2022", title: "Panduan Praktik Klinis bagi Dokter di FKTP",
    edition: "HK.01.07/MENKES/1186/2022; 1936/2022", place: "bab 12 dan 14", standing: .secondary)
  /// The score card of Poedji Rochjati.
  static let poedjiRochjati = Source(
    id: "kspr", title: "Kartu Skor Poedji Rochjati", edition: "cetakan yang umum dipakai",
    place: "skor", standing: .secondary)
  /// The national guide on preeclampsia, as others cite it.
  static let preeclampsiaGuide = Source(
    id: "pnpk-preeklampsia", title: "PNPK Diagnosis dan Tatalaksana Preeklampsia",
    edition: "2016", place: "faktor risiko", standing: .secondary)
  /// WHO's antenatal decision tables.
  static let smartAntenatalCare = Source(
    id: "who-smart-anc", title: "Digital adaptation kit for antenatal care",
    edition: "WHO/SRH/21.2", place: "DT.04, DT.23, DT.25", standing: .primary)
  /// WHO on anaemia in pregnancy.
  static let anaemiaInPregnancy = Source(
    id: "who-haemoglobin-2011", title: "Haemoglobin concentrations for the diagnosis of anaemia",
    edition: "WHO/NMH/NHD/MNM/11.1", place: "ibu hamil", standing: .fromMemory)
  /// What programmes have counted for years; no publication was read.
  static let programmePractice = Source(
    id: "praktik-program", title: "Kebiasaan pencatatan program KIA",
    edition: "tidak diterbitkan", place: "K1, K4, tablet tambah darah", standing: .fromMemory)
  /// A reading of our own where publications are silent; to be confirmed.
  static let ownReading = Source(
    id: "usulan-sikilap", title: "Usulan Sikilap", edition: "2026",
    place: "perlu dipastikan oleh klinisi", standing: .fromMemory)
  /// WHO's medical eligibility criteria for contraceptive use, as a guideline cites them.
  static let eligibilityCriteria = Source(
    id: "who-mec-5", title: "Medical eligibility criteria for contraceptive use",
    edition: "5, 2015", place: "nifas, setelah keguguran", standing: .secondary)
  /// WHO on infections around birth.
  static let peripartumInfection = Source(
    id: "who-peripartum-infection-2015",
    title: "WHO recommendations for prevention and treatment of maternal peripartum infections",
    edition: "2015", place: "infeksi nifas: 38,0 °C atau lebih", standing: .fromMemory)
  /// WHO's quick check and rapid assessment of women of childbearing age.
  static let quickCheck = Source(
    id: "who-pcpnc-2015", title: "Pregnancy, childbirth, postpartum and newborn care",
    edition: "3, 2015", place: "pemeriksaan cepat dan penanganan segera (B2–B7)",
    standing: .fromMemory)
  /// What should be gained with twins; the ranges are provisional.
  static let gainWithTwins = Source(
    id: "iom-2009", title: "Weight gain during pregnancy: reexamining the guidelines",
    edition: "Institute of Medicine, 2009", place: "hamil kembar, sementara", standing: .fromMemory)
  /// WHO's limit of stillbirths for comparison between countries.
  static let worldStillbirth = Source(
    id: "who-stillbirth", title: "Stillbirth definition for international comparison",
    edition: "ICD-11", place: "28 minggu", standing: .fromMemory)
}
