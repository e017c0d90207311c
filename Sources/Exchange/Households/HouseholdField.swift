/// What a column of a list of households tells. A row of such a list is one member of a household.
///
/// The headings are those of the family card and its extracts (Disdukcapil, SIAK), of Prodeskel and
/// of the lists that villages keep, and English ones.
public enum HouseholdField: String, ListField {
  /// Number of the family card (KK).
  case familyCardNumber = "family_card_number"
  /// NIK.
  case nationalIdentityNumber = "national_identity_number"
  /// The member's name.
  case name
  /// Sex.
  case sex
  /// Day of birth.
  case birthDate = "birth_date"
  /// Place of birth.
  case birthPlace = "birth_place"
  /// Place and day of birth in one column, with a comma between them.
  case birth
  /// How the member stands to the head of the family (SHDK).
  case relation
  /// The mother's name.
  case motherName = "mother_name"
  /// The father's name.
  case fatherName = "father_name"
  /// Village, by name or code.
  case village
  /// Kecamatan, to tell villages of one name apart.
  case subdistrict
  /// Puskesmas, to tell villages of one name apart.
  case puskesmas
  /// Posyandu, by name.
  case posyandu
  /// RT.
  case neighbourhood
  /// RW.
  case communityUnit = "community_unit"
  /// RT and RW in one column, with a stroke between them.
  case neighbourhoodAndUnit = "neighbourhood_and_unit"
  /// Street and number, or how to find the house.
  case address
  /// Hamlet (dusun), which becomes part of the address.
  case hamlet
  /// Telephone.
  case telephone
  /// Where the drinking water comes from.
  case water
  /// What latrine is used.
  case latrine
  /// Health insurance.
  case insurance

  /// The headings under which it may stand.
  public var headings: [String] {
    switch self {
    case .familyCardNumber:
      [
        "No. KK", "Nomor KK", "No Kartu Keluarga", "Nomor Kartu Keluarga", "KK", "NKK",
        "Family card number", "Family card",
      ]
    case .nationalIdentityNumber:
      ["NIK", "No. NIK", "Nomor NIK", "No. KTP", "Nomor Induk Kependudukan", "Identity number"]
    case .name:
      [
        "Nama Lengkap", "Nama", "Nama Lgkp", "Nama Anggota Keluarga", "Nama Anggota",
        "Nama Penduduk", "Full name", "Name",
      ]
    case .sex: ["JK", "Jenis Kelamin", "L/P", "Jenis Klmin", "Jns Kelamin", "Sex", "Gender"]
    case .birthDate:
      ["Tgl Lahir", "Tanggal Lahir", "Tgl Lhr", "Birth date", "Date of birth"]
    case .birthPlace: ["Tempat Lahir", "Tmpt Lahir", "Tmpt Lhr", "Birth place", "Place of birth"]
    case .birth:
      [
        "Tempat, Tanggal Lahir", "Tempat/Tgl Lahir", "TTL", "Tempat dan Tanggal Lahir",
        "Tmpt Tgl Lahir", "Place and date of birth",
      ]
    default: furtherHeadings
    }
  }

  private var furtherHeadings: [String] {
    switch self {
    case .relation:
      [
        "SHDK", "Status Hubungan Dalam Keluarga", "Hubungan Keluarga", "Stat Hbkel",
        "Status Hubungan", "Hubungan Dalam Keluarga", "Hubungan dengan Kepala Keluarga",
        "Hub Keluarga", "Hubungan", "Relation to head", "Relation",
      ]
    case .motherName:
      ["Nama Ibu", "Nama Ibu Kandung", "Nama Lgkp Ibu", "Nama Lengkap Ibu", "Ibu", "Mother's name"]
    case .fatherName:
      [
        "Nama Ayah", "Nama Ayah Kandung", "Nama Lgkp Ayah", "Nama Lengkap Ayah", "Ayah",
        "Nama Bapak",
        "Father's name",
      ]
    case .village:
      [
        "Desa/Kelurahan", "Desa/Kel", "Desa", "Kelurahan", "Kel/Desa", "Nama Desa", "Nama Kel",
        "Kode Desa", "Village",
      ]
    case .subdistrict: ["Kecamatan", "Kec", "Nama Kecamatan", "Nama Kec", "Subdistrict"]
    case .puskesmas: ["Puskesmas", "Nama Puskesmas"]
    case .posyandu: ["Posyandu", "Nama Posyandu"]
    case .neighbourhood: ["RT", "No. RT"]
    case .communityUnit: ["RW", "No. RW"]
    case .neighbourhoodAndUnit: ["RT/RW", "RT RW"]
    case .address: ["Alamat", "Alamat Rumah", "Alamat Lengkap", "Address"]
    case .hamlet: ["Dusun", "Dusun/Lingkungan", "Nama Dusun", "Lingkungan", "Hamlet"]
    case .telephone:
      ["No. HP", "No. Telepon", "Telepon", "Nomor HP", "HP", "No. Telp", "No. WA", "Telephone"]
    case .water:
      ["Sumber Air", "Sumber Air Bersih", "Sumber Air Minum", "Air Bersih", "SAB", "Water source"]
    case .latrine: ["Jamban", "Jenis Jamban", "Jamban Keluarga", "BAB", "WC", "Latrine"]
    case .insurance:
      [
        "Jaminan Kesehatan", "JKN", "BPJS", "Asuransi", "Jenis BPJS", "Kepesertaan JKN",
        "Insurance",
      ]
    default: []
    }
  }

  /// Whether every list of households has it.
  public var isNeeded: Bool {
    switch self {
    case .familyCardNumber, .name, .sex: true
    default: false
    }
  }
}
