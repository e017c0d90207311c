import Guidance
import Health

/// The five groups of the basic skills of a kader.
public enum KaderSkillGroup: UInt8, Hashable, Sendable, CaseIterable {
  /// Pengelolaan Posyandu.
  case management = 1
  /// Bayi dan balita.
  case children = 2
  /// Ibu hamil dan menyusui.
  case mothers = 3
  /// Usia sekolah dan remaja.
  case schoolAge = 4
  /// Usia produktif dan lansia.
  case adults = 5

  /// The name in the catalogues, under `kader_groups`.
  public var name: StaticString {
    switch self {
    case .management: "management"
    case .children: "children"
    case .mothers: "mothers"
    case .schoolAge: "school_age"
    case .adults: "adults"
    }
  }

  /// The numbers of its skills.
  var numbers: ClosedRange<UInt8> {
    switch self {
    case .management: 1...4
    case .children: 5...11
    case .mothers: 12...17
    case .schoolAge: 18...20
    case .adults: 21...25
    }
  }
}

/// The 25 basic skills of a kader (25 keterampilan dasar kader). The number is the one that
/// ``KaderSkillBody`` carries; it is never reused.
///
/// The groups and their sizes (4, 7, 6, 3, 5) are confirmed by a health centre's page of
/// 2025-08-11; the skills are those of the list of 2023. The list of 2024 words some differently,
/// which changes the names in the catalogues and no number.
public enum KaderSkill: UInt8, Hashable, Sendable, CaseIterable {
  /// Mengelola Posyandu ILP.
  case managingPosyandu = 1
  /// Kunjungan rumah.
  case homeVisits = 2
  /// Pencatatan digital.
  case digitalRecording = 3
  /// Komunikasi antarpribadi.
  case communication = 4
  /// Buku KIA bagian anak.
  case childHealthBook = 5
  /// ASI, dan MP-ASI kaya protein hewani.
  case feeding = 6
  /// Menimbang dan mengukur.
  case weighing = 7
  /// Memplot kurva pertumbuhan.
  case plotting = 8
  /// Status gizi dan stimulasi perkembangan.
  case nutritionalStatus = 9
  /// Imunisasi, vitamin A, obat cacing.
  case childServices = 10
  /// Tanda bahaya pada bayi dan balita.
  case childDangerSigns = 11
  /// Buku KIA bagian ibu.
  case motherHealthBook = 12
  /// Periksa hamil enam kali.
  case antenatalVisits = 13
  /// Isi Piringku ibu hamil dan menyusui.
  case motherMeals = 14
  /// Tablet tambah darah setiap hari.
  case ironTablets = 15
  /// Pelayanan nifas empat kali dan KB.
  case postnatalVisits = 16
  /// Tanda bahaya pada ibu hamil dan nifas.
  case motherDangerSigns = 17
  /// Isi Piringku, dan tablet tambah darah remaja putri.
  case adolescentMeals = 18
  /// Faktor risiko diabetes dan hipertensi, dan pemeriksaan Hb.
  case adolescentRisks = 19
  /// Imunisasi anak sekolah.
  case schoolImmunization = 20
  /// Skrining hipertensi, diabetes dan TBC setiap tahun.
  case yearlyScreening = 21
  /// Komplikasi.
  case complications = 22
  /// Kepatuhan minum obat.
  case keepingToMedicine = 23
  /// Keluarga berencana.
  case familyPlanning = 24
  /// Skrining geriatri.
  case geriatricScreening = 25

  /// Where the list stands.
  public static let source = Source(
    id: "kader-25", title: "25 Keterampilan Dasar Kader Bidang Kesehatan",
    edition: "2023", place: "lima kelompok", standing: .secondary)

  /// The group.
  public var group: KaderSkillGroup {
    for group in KaderSkillGroup.allCases where group.numbers.contains(rawValue) { return group }
    preconditionFailure("every skill has a group")
  }

  /// The place within the group, from 1.
  public var order: Int { Int(rawValue - group.numbers.lowerBound) + 1 }

  /// The short code: M management, B children (balita), H mothers (ibu hamil), R school age and
  /// adolescents (remaja), D adults (dewasa), with the order. The name in the catalogues, under
  /// `kader_skills`, is the same.
  public var code: StaticString {
    switch self {
    case .managingPosyandu: "M1"
    case .homeVisits: "M2"
    case .digitalRecording: "M3"
    case .communication: "M4"
    case .childHealthBook: "B1"
    case .feeding: "B2"
    case .weighing: "B3"
    case .plotting: "B4"
    case .nutritionalStatus: "B5"
    case .childServices: "B6"
    case .childDangerSigns: "B7"
    case .motherHealthBook: "H1"
    case .antenatalVisits: "H2"
    case .motherMeals: "H3"
    case .ironTablets: "H4"
    case .postnatalVisits: "H5"
    case .motherDangerSigns: "H6"
    case .adolescentMeals: "R1"
    case .adolescentRisks: "R2"
    case .schoolImmunization: "R3"
    case .yearlyScreening: "D1"
    case .complications: "D2"
    case .keepingToMedicine: "D3"
    case .familyPlanning: "D4"
    case .geriatricScreening: "D5"
    }
  }
}
