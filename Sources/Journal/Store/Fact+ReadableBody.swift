import Health

extension FactKind {
  /// Whether facts of this kind belong into a person's timeline.
  public var isAboutPerson: Bool { subject == .person }
}

extension Fact {
  /// Whether the body is what its kind says. Kinds that are not known here are not judged.
  var hasReadableBody: Bool {
    guard body.count <= Timeline.bodyLimit else { return false }
    return body.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        switch kind {
        case .person: _ = try PersonBody(bytes)
        case .measurement: _ = try MeasurementBody(bytes)
        case .withdrawal: _ = try WithdrawalBody(bytes)
        case .departure: _ = try DepartureBody(bytes)
        case .residence: _ = try ResidenceBody(bytes)
        case .relation: _ = try RelationBody(bytes)
        case .merge, .notTheSame: _ = try SamenessBody(bytes)
        case .insurance: _ = try InsuranceBody(bytes)
        case .consent: _ = try ConsentBody(bytes)
        case .subjectRequest: _ = try SubjectRequestBody(bytes)
        case .subjectAnswer: _ = try SubjectAnswerBody(bytes)
        case .restriction: _ = try RestrictionBody(bytes)
        case .card: _ = try CardBody(bytes)
        case .visit: _ = try VisitBody(bytes)
        case .vaccination: _ = try VaccinationBody(bytes)
        case .pregnancy: _ = try PregnancyBody(bytes)
        case .pregnancyEnd: _ = try PregnancyEndBody(bytes)
        case .refusal: _ = try RefusalBody(bytes)
        case .referral: _ = try ReferralBody(bytes)
        case .referralAnswer: _ = try ReferralAnswerBody(bytes)
        case .place: return try PlaceBody(bytes) != nil
        case .catchment: _ = try CatchmentBody(bytes)
        case .agreement: _ = try AgreementBody(bytes)
        case .boundary: _ = try BoundaryBody(bytes)
        case .household: _ = try HouseholdBody(bytes)
        case .dwelling: _ = try DwellingBody(bytes)
        case .familyIndexAnswer: _ = try FamilyIndexAnswerBody(bytes)
        case .worker: _ = try WorkerBody(bytes)
        case .assignment: _ = try AssignmentBody(bytes)
        case .kaderSkill: _ = try KaderSkillBody(bytes)
        case .kaderTerms: _ = try KaderTermsBody(bytes)
        case .importBatch: _ = try ImportBatchBody(bytes)
        case .auditAnchor: _ = try AuditAnchorBody(bytes)
        case .erasure: _ = try ErasureBody(bytes)
        case .guidelineReview: _ = try GuidelineReviewBody(bytes)
        default: break
        }
        return true
      } catch { return false }
    }
  }
}
