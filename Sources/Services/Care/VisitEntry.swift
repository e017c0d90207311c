import Guidance
import Health
import Programmes

/// What somebody entered on a form of a visit, as values of data elements.
public struct VisitEntry: Hashable, Sendable {
  /// Where.
  public var setting: CareSetting?
  /// By whom.
  public var performer: CarePerformer?
  /// Lying or standing, where length or height was taken.
  public var position: BodyPosition?
  /// The values.
  public var values: [DataElement: Int32] = [:]

  /// Nothing entered yet.
  public init() {}

  /// The facts of the visit: what was measured is a measurement, so that growth and its figures
  /// see it; what is told of the birth belongs to who the person is; all else is the visit.
  public func facts(
    by form: VisitForm, of person: Identifier, on day: CivilDate, at place: Identifier?,
    _ recording: Recording
  ) -> [Fact] {
    var visit = VisitBody(setting: setting, performer: performer, purposes: form.purposes)
    var measurement = MeasurementBody()
    var birth = PersonBody()
    for (element, value) in values
    where !measurement.take(element, value) && !birth.take(element, value) {
      visit[element.code] = value
    }
    var facts = [recording.fact(.visit, of: person, on: day, at: place, visit.bytes)]
    if measurement != MeasurementBody() {
      if measurement.length != nil { measurement.position = position }
      facts.append(recording.fact(.measurement, of: person, on: day, at: place, measurement.bytes))
    }
    // What it leaves open, earlier facts told.
    if birth != PersonBody() {
      facts.append(recording.fact(.person, of: person, on: day, at: place, birth.bytes))
    }
    return facts
  }
}

extension PersonBody {
  /// Takes a value that tells of the birth.
  ///
  /// - Returns: whether it is one.
  fileprivate mutating func take(_ element: DataElement, _ value: Int32) -> Bool {
    switch element {
    case .birthWeight: birthWeight = Mass(grams: value)
    case .birthLength: birthLength = Length(tenthsOfMillimetre: value)
    case .birthHeadCircumference: birthHeadCircumference = Length(tenthsOfMillimetre: value)
    case .gestationAtBirth: gestationalAgeAtBirth = AgeInDays(value)
    default: return false
    }
    return true
  }
}

extension MeasurementBody {
  /// Takes a value that is a measurement.
  ///
  /// - Returns: whether it is one.
  fileprivate mutating func take(_ element: DataElement, _ value: Int32) -> Bool {
    switch element {
    case .weight: weight = Mass(grams: value)
    case .lengthOrHeight: length = Length(tenthsOfMillimetre: value)
    case .headCircumference: headCircumference = Length(tenthsOfMillimetre: value)
    case .armCircumference: armCircumference = Length(tenthsOfMillimetre: value)
    case .pittingOedema: hasOedema = value == 1
    default: return false
    }
    return true
  }
}
