/// What a column of a list of workers tells. A row is one role of one worker at one place.
public enum StaffField: String, ListField {
  /// The worker's name.
  case name
  /// NIK.
  case nationalIdentityNumber = "national_identity_number"
  /// The role.
  case role
  /// Where the worker has it, by name or code.
  case place
  /// Village of the place, to tell places of one name apart.
  case village
  /// Kecamatan of the place.
  case subdistrict
  /// Puskesmas of the place.
  case puskesmas
  /// Clusters of the Puskesmas.
  case clusters
  /// The name to sign in by.
  case userName = "user_name"
  /// Telephone.
  case telephone
  /// Surat Tanda Registrasi.
  case registrationNumber = "registration_number"
  /// Surat Izin Praktik.
  case practiceLicence = "practice_licence"
  /// The first day in the role.
  case start
  /// The last day in the role.
  case end

  /// The headings under which it may stand.
  public var headings: [String] {
    switch self {
    case .name: ["Nama", "Nama Lengkap", "Nama Petugas", "Nama Kader", "Name", "Full name"]
    case .nationalIdentityNumber: ["NIK", "No. NIK", "No. KTP", "Identity number"]
    case .role: ["Peran", "Jabatan", "Tugas", "Role"]
    case .place:
      ["Tempat Tugas", "Tempat", "Unit Kerja", "Fasilitas", "Kode Tempat", "Place", "Workplace"]
    case .village: ["Desa/Kelurahan", "Desa/Kel", "Desa", "Kelurahan", "Village"]
    case .subdistrict: ["Kecamatan", "Kec", "Subdistrict"]
    case .puskesmas: ["Puskesmas", "Nama Puskesmas"]
    case .clusters: ["Klaster", "Kluster", "Clusters", "Cluster"]
    case .userName: ["Nama Pengguna", "User name", "Akun"]
    case .telephone: ["No. HP", "No. Telepon", "Telepon", "HP", "No. Telp", "No. WA", "Telephone"]
    case .registrationNumber: ["STR", "No. STR", "Nomor STR"]
    case .practiceLicence: ["SIP", "No. SIP", "Nomor SIP"]
    case .start: ["Mulai", "Tgl Mulai", "Tanggal Mulai", "TMT", "Mulai Bertugas", "Start"]
    case .end: ["Selesai", "Tgl Selesai", "Tanggal Selesai", "Sampai", "Berakhir", "End", "Until"]
    }
  }

  /// Whether every list of workers has it.
  public var isNeeded: Bool { [.name, .role, .place].contains(self) }
}
