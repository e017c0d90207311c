import Guidance

/// Editions of the chart book of sick children (MTBS, MTBM) and what they are read beside. The
/// Indonesian books were not seen themselves: a work that cites the edition was read.
extension Source {
  /// The chart book of 2022, which is in force unless a district sets another.
  static func chartBook2022(_ place: StaticString) -> Source {
    Source(
      id: "mtbs-2022", title: "Buku Bagan Manajemen Terpadu Balita Sakit", edition: "2022",
      place: place, standing: .secondary)
  }
  /// The chart book of 2015.
  static func chartBook2015(_ place: StaticString) -> Source {
    Source(
      id: "mtbs-2015", title: "Buku Bagan Manajemen Terpadu Balita Sakit", edition: "2015",
      place: place, standing: .secondary)
  }
  /// What is remembered of the chart book of 2015.
  static func chartBook2015FromMemory(_ place: StaticString) -> Source {
    Source(
      id: "mtbs-2015", title: "Buku Bagan Manajemen Terpadu Balita Sakit", edition: "2015",
      place: place, standing: .fromMemory)
  }
  /// WHO's chart booklet, remembered.
  static func integratedManagement(_ place: StaticString) -> Source {
    Source(
      id: "who-imci-2014", title: "Integrated Management of Childhood Illness: chart booklet",
      edition: "March 2014", place: place, standing: .fromMemory)
  }
  /// WHO's emergency triage of sick children, remembered.
  static let emergencyTriage = Source(
    id: "who-etat-2013", title: "Pocket book of hospital care for children", edition: "2013",
    place: "penanganan gawat darurat anak: kejang", standing: .fromMemory)
  /// WHO's guidelines for malaria, remembered.
  static let malariaGuidelines = Source(
    id: "who-malaria", title: "WHO guidelines for malaria", edition: "2024",
    place: "malaria berat: artesunat suntik", standing: .fromMemory)
  /// WHO's machine-readable rules of today.
  static func emergencyCare(_ place: StaticString) -> Source {
    Source(
      id: "who-smart-emcare", title: "SMART Guidelines: EmCare", edition: "7 April 2026",
      place: place, standing: .primary)
  }
  /// The guide of clinical practice for doctors of primary care.
  static func clinicalPractice(_ place: StaticString) -> Source {
    Source(
      id: "kmk-1186-2022", title: "Panduan Praktik Klinis bagi Dokter di FKTP",
      edition: "HK.01.07/MENKES/1186/2022", place: place, standing: .secondary)
  }
  /// The technical guide on tuberculosis in children of 2016, remembered.
  static func childTuberculosisGuide(_ place: StaticString) -> Source {
    Source(
      id: "tb-anak-2016", title: "Petunjuk Teknis Manajemen dan Tatalaksana TB Anak",
      edition: "2016", place: place, standing: .fromMemory)
  }
  /// What no publication says and this system proposes until a district sets it.
  static func proposal(_ place: StaticString) -> Source {
    Source(
      id: "usulan", title: "Usulan Sikilap, bukan pedoman", edition: "2026", place: place,
      standing: .fromMemory)
  }
}
