import Health

extension Role {
  /// The name in catalogues.
  public var code: String {
    switch self {
    case .kader: "kader"
    case .pustuWorker: "pustu_worker"
    case .clusterWorker: "cluster_worker"
    case .puskesmasHead: "puskesmas_head"
    case .dataManager: "data_manager"
    case .privateFacility: "private_facility"
    case .districtManager: "district_manager"
    case .auditor: "auditor"
    case .otherSector: "other_sector"
    case .administrator: "administrator"
    }
  }
}

extension HouseholdRelation {
  /// The name in catalogues.
  public var code: String {
    switch self {
    case .head: "head"
    case .spouse: "spouse"
    case .child: "child"
    case .childInLaw: "child_in_law"
    case .grandchild: "grandchild"
    case .parent: "parent"
    case .parentInLaw: "parent_in_law"
    case .otherRelative: "other_relative"
    case .domesticWorker: "domestic_worker"
    case .other: "other"
    }
  }
}

extension FactKind {
  /// The name in catalogues.
  public var code: String {
    switch self {
    case .person: "person"
    case .residence: "residence"
    case .measurement: "measurement"
    case .death: "death"
    case .departure: "departure"
    case .withdrawal: "withdrawal"
    case .relation: "relation"
    case .merge: "merge"
    case .notTheSame: "notTheSame"
    case .insurance: "insurance"
    case .consent: "consent"
    case .subjectRequest: "subjectRequest"
    case .subjectAnswer: "subjectAnswer"
    case .restriction: "restriction"
    case .card: "card"
    case .visit: "visit"
    case .vaccination: "vaccination"
    case .pregnancy: "pregnancy"
    case .pregnancyEnd: "pregnancyEnd"
    case .refusal: "refusal"
    case .referral: "referral"
    case .referralAnswer: "referralAnswer"
    case .place: "place"
    case .catchment: "catchment"
    case .agreement: "agreement"
    case .worker: "worker"
    case .importBatch: "import"
    case .household: "household"
    case .dwelling: "dwelling"
    case .assignment: "assignment"
    case .guidelineReview: "guidelineReview"
    default: "other"
    }
  }
}
