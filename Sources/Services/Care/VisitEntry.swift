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
    where !measurement.take(element.code, value) && !birth.take(element.code, value) {
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
  /// What forms of visits ask of the birth.
  static let birthElements: [DataElement] = [
    .birthWeight, .birthLength, .birthHeadCircumference, .gestationAtBirth,
  ]

  /// Takes a value that tells of the birth, or takes it away.
  ///
  /// - Returns: whether it is one.
  @discardableResult
  mutating func take(_ element: UInt16, _ value: Int32?) -> Bool {
    switch element {
    case DataElement.birthWeight.code: birthWeight = value.map { Mass(grams: $0) }
    case DataElement.birthLength.code: birthLength = value.map { Length(tenthsOfMillimetre: $0) }
    case DataElement.birthHeadCircumference.code:
      birthHeadCircumference = value.map { Length(tenthsOfMillimetre: $0) }
    case DataElement.gestationAtBirth.code: gestationalAgeAtBirth = value.map { AgeInDays($0) }
    default: return false
    }
    return true
  }

  /// What it tells of the birth.
  func value(of element: DataElement) -> Int32? {
    switch element {
    case .birthWeight: birthWeight?.grams
    case .birthLength: birthLength?.tenthsOfMillimetre
    case .birthHeadCircumference: birthHeadCircumference?.tenthsOfMillimetre
    case .gestationAtBirth: gestationalAgeAtBirth?.count
    default: nil
    }
  }

  /// Whether it tells of the birth and nothing else, as the facts of visits do.
  var tellsBirthAlone: Bool {
    var rest = self
    for element in PersonBody.birthElements { rest.take(element.code, nil) }
    return rest == PersonBody() && self != PersonBody()
  }
}

extension MeasurementBody {
  /// What forms of visits ask of it, without the position.
  static let elements: [DataElement] = [
    .weight, .lengthOrHeight, .headCircumference, .armCircumference, .pittingOedema,
  ]

  /// Takes a value that is a measurement, or takes it away.
  ///
  /// - Returns: whether it is one.
  @discardableResult
  mutating func take(_ element: UInt16, _ value: Int32?) -> Bool {
    switch element {
    case DataElement.weight.code: weight = value.map { Mass(grams: $0) }
    case DataElement.lengthOrHeight.code: length = value.map { Length(tenthsOfMillimetre: $0) }
    case DataElement.headCircumference.code:
      headCircumference = value.map { Length(tenthsOfMillimetre: $0) }
    case DataElement.armCircumference.code:
      armCircumference = value.map { Length(tenthsOfMillimetre: $0) }
    case DataElement.pittingOedema.code: hasOedema = value.map { $0 == 1 }
    default: return false
    }
    return true
  }

  /// What was measured of an element.
  public func value(of element: DataElement) -> Int32? {
    switch element {
    case .weight: weight?.grams
    case .lengthOrHeight: length?.tenthsOfMillimetre
    case .headCircumference: headCircumference?.tenthsOfMillimetre
    case .armCircumference: armCircumference?.tenthsOfMillimetre
    case .pittingOedema: hasOedema.map { $0 ? 1 : 0 }
    default: nil
    }
  }

  /// Takes over what another measurement of the day tells.
  mutating func add(_ later: MeasurementBody) {
    for element in MeasurementBody.elements {
      if let value = later.value(of: element) { take(element.code, value) }
    }
    if later.length != nil { position = later.position }
    tricepsSkinfold = later.tricepsSkinfold ?? tricepsSkinfold
    subscapularSkinfold = later.subscapularSkinfold ?? subscapularSkinfold
    hasChildHealthBook = later.hasChildHealthBook ?? hasChildHealthBook
    sourceLine = later.sourceLine ?? sourceLine
  }
}
