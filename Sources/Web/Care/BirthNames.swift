import Health

extension BirthMode {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .spontaneous: "spontaneous"
    case .assisted: "assisted"
    case .caesarean: "caesarean"
    }
  }
}

extension BirthPlace {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .posyandu: "posyandu"
    case .pustu: "pustu"
    case .puskesmas: "puskesmas"
    case .home: "home"
    case .school: "school"
    case .privateFacility: "private_facility"
    case .hospital: "hospital"
    case .onTheWay: "on_the_way"
    case .traditionalAttendantsHome: "traditional_home"
    }
  }
}

extension BirthAttendant {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .kader: "kader"
    case .midwife: "midwife"
    case .nurse: "nurse"
    case .doctor: "doctor"
    case .dentist: "dentist"
    case .otherHealthWorker: "other"
    case .teacher: "teacher"
    case .traditional: "traditional"
    case .family: "family"
    case .nobody: "nobody"
    }
  }
}
