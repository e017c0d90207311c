// Entry point for libFuzzer: any bytes at all must give an error or an answer, never a crash.
// The first byte chooses the format; the rest is the buffer.
import Guidance
import Health
import Monitoring
import Programmes

/// Feeds one buffer to the format that its first byte chooses.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 0 else { return 0 }
  let buffer = UnsafeBufferPointer(start: start + 1, count: count - 1)
  switch start[0] % 6 {
  case 0: fuzzTimeline(buffer)
  case 1: _ = try? PackedContributions.unpack(buffer)
  case 2: _ = try? CubeCell(packed: buffer)
  case 3: fuzzBodies(buffer)
  case 4: fuzzSettings(buffer)
  default: fuzzCarePlan(buffer)
  }
  return 0
}

private func fuzzTimeline(_ buffer: UnsafeBufferPointer<UInt8>) {
  guard let timeline = try? Timeline(packed: [UInt8](buffer)) else { return }
  guard let record = try? GrowthRecord(timeline: buffer) else { return }
  _ = PackedGrowth.pack(record, settings: GrowthSettings())
  let months = record.childMonths()
  let packed = PackedContributions.pack(months)
  let back = packed.withUnsafeBufferPointer { try? PackedContributions.unpack($0) }
  precondition(back == months, "contributions must survive packing")
  precondition(timeline.bytes.count == buffer.count)
}

private func fuzzSettings(_ buffer: UnsafeBufferPointer<UInt8>) {
  guard let settings = try? PackedSettings.unpack(buffer) else { return }
  let packed = PackedSettings.pack(settings)
  let back = packed.withUnsafeBufferPointer { try? PackedSettings.unpack($0) }
  precondition(back == settings, "settings must survive packing")
}

private func fuzzCarePlan(_ buffer: UnsafeBufferPointer<UInt8>) {
  let instruments = Guideline.motherAndChild.flatMap(\.instruments)
  func band(_ instrument: UInt16, _ number: UInt8) -> Instrument.Band? {
    instruments.first { $0.number == instrument }?.band(number)
  }
  guard let plan = try? PackedCarePlan.unpack(buffer, band: band) else { return }
  let packed = PackedCarePlan.pack(plan)
  let back = packed.withUnsafeBufferPointer { try? PackedCarePlan.unpack($0, band: band) }
  precondition(back == plan, "a care plan must survive packing")
}

private func fuzzBodies(_ buffer: UnsafeBufferPointer<UInt8>) {
  _ = try? PersonBody(buffer)
  _ = try? PlaceBody(buffer)
  _ = try? ResidenceBody(buffer)
  _ = try? AuditAnchorBody(buffer)
  _ = try? CatchmentBody(buffer)
  _ = try? AgreementBody(buffer)
  if let body = try? BoundaryBody(buffer) {
    let bytes = body.bytes
    let back = bytes.withUnsafeBufferPointer { try? BoundaryBody($0) }
    precondition(back == body, "a boundary must survive packing")
    _ = body.contains(BoundaryPoint(longitude: 111_000_000, latitude: -2_000_000))
  }
  if let body = try? MeasurementBody(buffer) {
    let bytes = body.bytes
    let back = bytes.withUnsafeBufferPointer { try? MeasurementBody($0) }
    precondition(back == body, "a body must survive packing")
  }
  fuzzPersonStates(buffer)
  fuzzFamilyAndKader(buffer)
}

/// Whether a body that was read is read again from what it writes.
private func survives<Body: Equatable>(
  _ buffer: UnsafeBufferPointer<UInt8>, _ read: (UnsafeBufferPointer<UInt8>) throws -> Body,
  _ bytes: (Body) -> [UInt8]
) -> Bool {
  guard let body = try? read(buffer) else { return true }
  return bytes(body).withUnsafeBufferPointer { try? read($0) } == body
}

private func fuzzPersonStates(_ buffer: UnsafeBufferPointer<UInt8>) {
  precondition(survives(buffer, { try InsuranceBody($0) }, \.bytes), "insurance")
  precondition(survives(buffer, { try ConsentBody($0) }, \.bytes), "consent")
  precondition(survives(buffer, { try SubjectRequestBody($0) }, \.bytes), "request")
  precondition(survives(buffer, { try SubjectAnswerBody($0) }, \.bytes), "answer")
  precondition(survives(buffer, { try RestrictionBody($0) }, \.bytes), "restriction")
  precondition(survives(buffer, { try CardBody($0) }, \.bytes), "card")
  precondition(survives(buffer, { try VaccinationBody($0) }, \.bytes), "vaccination")
  precondition(survives(buffer, { try ReferralBody($0) }, \.bytes), "referral")
  precondition(survives(buffer, { try ReferralAnswerBody($0) }, \.bytes), "answer to a referral")
}

private func fuzzFamilyAndKader(_ buffer: UnsafeBufferPointer<UInt8>) {
  precondition(survives(buffer, { try FamilyIndexAnswerBody($0) }, \.bytes), "family index")
  precondition(survives(buffer, { try KaderSkillBody($0) }, \.bytes), "skill")
  precondition(survives(buffer, { try KaderTermsBody($0) }, \.bytes), "five T")
  _ = IdentityCheck(today: CivilDate(dayNumber: 20_393))
    .warnings(ofNationalIdentityNumber: [UInt8](buffer))
  _ = try? TemporaryNumber(typed: buffer)
}
