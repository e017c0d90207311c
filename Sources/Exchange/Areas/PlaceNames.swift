import Health

/// Names of places folded for comparing: `DESA Sungai Kapitan` and `Sungai kapitan` are one village.
public enum PlaceNames {
  /// The name in capitals, letters and digits alone, without the words for its kind.
  public static func key(_ name: String, of kind: PlaceKind) -> String {
    let words = words(of: kind)
    return name.uppercased().split { !$0.isLetter && !$0.isNumber }
      .filter { !words.contains(String($0)) }.joined()
  }

  private static func words(of kind: PlaceKind) -> Set<String> {
    switch kind {
    case .province: ["PROVINSI", "PROV"]
    case .district: ["KABUPATEN", "KAB"]
    case .subdistrict: ["KECAMATAN", "KEC"]
    case .village: ["DESA", "KELURAHAN", "KEL"]
    case .puskesmas: ["PUSKESMAS", "PKM", "UPT", "UPTD", "BLUD"]
    case .pustu: ["PUSTU", "PUSKESMAS", "PEMBANTU"]
    case .posyandu: ["POSYANDU"]
    case .clinic: ["KLINIK"]
    case .pharmacy: ["APOTEK", "APOTIK"]
    case .laboratory: ["LABORATORIUM", "LAB"]
    case .hospital: ["RUMAH", "SAKIT", "RS", "RSUD"]
    case .school, .doctorPractice, .midwifePractice: []
    }
  }
}
