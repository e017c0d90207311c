/// Where care was given.
public enum CareSetting: UInt8, Hashable, Sendable, CaseIterable {
  /// Posyandu.
  case posyandu = 1
  /// Pustu, or the health post of a village.
  case pustu = 2
  /// Puskesmas.
  case puskesmas = 3
  /// The person's home.
  case home = 4
  /// School.
  case school = 5
  /// Private clinic or practice.
  case privateFacility = 6
  /// Hospital.
  case hospital = 7
}

/// Who gave the care.
public enum CarePerformer: UInt8, Hashable, Sendable, CaseIterable {
  /// Kader.
  case kader = 1
  /// Midwife (bidan).
  case midwife = 2
  /// Nurse (perawat).
  case nurse = 3
  /// Doctor.
  case doctor = 4
  /// Dentist.
  case dentist = 5
  /// Nutritionist, sanitarian, laboratory or another health worker.
  case otherHealthWorker = 6
  /// Teacher.
  case teacher = 7
}

/// For what somebody was seen; one visit may serve several.
public struct CarePurpose: OptionSet, Hashable, Sendable {
  /// One bit for each purpose.
  public let rawValue: UInt32
  /// These purposes.
  public init(rawValue: UInt32) { self.rawValue = rawValue }
  /// Antenatal care (ANC).
  public static let antenatal = CarePurpose(rawValue: 1)
  /// Care of a mother after birth (KF).
  public static let postnatal = CarePurpose(rawValue: 2)
  /// Care of a newborn (KN).
  public static let newborn = CarePurpose(rawValue: 4)
  /// Growth and development of a child.
  public static let childDevelopment = CarePurpose(rawValue: 8)
  /// A sick child (MTBS, MTBM).
  public static let sickChild = CarePurpose(rawValue: 16)
  /// Class for pregnant women (kelas ibu hamil).
  public static let antenatalClass = CarePurpose(rawValue: 32)
  /// Family planning.
  public static let familyPlanning = CarePurpose(rawValue: 64)
  /// Follow-up of malnutrition.
  public static let nutritionFollowUp = CarePurpose(rawValue: 128)
  /// Signs of danger, whatever they come from.
  public static let dangerSigns = CarePurpose(rawValue: 8192)
  /// Tuberculosis: examined, scored, seen again.
  public static let tuberculosis = CarePurpose(rawValue: 4096)
}

/// One thing that was asked, seen or tested, by the code of its data element.
public struct ObservedValue: Hashable, Sendable {
  /// The data element's code.
  public let element: UInt16
  /// The value in the element's own unit: 1 and 0 for yes and no, the number of a choice, a day's
  /// number.
  public let value: Int32

  /// A value of an element.
  @inlinable
  public init(element: UInt16, value: Int32) {
    self.element = element
    self.value = value
  }
}

/// A visit: where, by whom, for what, and everything that was observed. What was not observed is
/// missing, which is not "no".
public struct VisitBody: Hashable, Sendable {
  /// Where.
  public var setting: CareSetting?
  /// By whom.
  public var performer: CarePerformer?
  /// For what.
  public var purposes: CarePurpose
  /// Words of the one who wrote it down, or empty.
  public var note: [UInt8]
  /// What was observed, in rising order of the elements' codes, each once.
  public private(set) var observations: [ObservedValue]

  /// The number of the field that holds element 0.
  static let firstElementField: UInt16 = 256
  /// The greatest code that an element may have.
  public static let largestElement: UInt16 = 4095

  /// The numbers that an observation may have. Within them no arithmetic of guidelines overflows.
  public static let recordable: ClosedRange<Int32> = -10_000_000...10_000_000

  /// A visit at which nothing was observed yet.
  public init(
    setting: CareSetting? = nil, performer: CarePerformer? = nil, purposes: CarePurpose = [],
    note: [UInt8] = []
  ) {
    self.setting = setting
    self.performer = performer
    self.purposes = purposes
    self.note = note
    observations = []
  }

  /// The value of an element; nothing where it was not observed.
  public subscript(element: UInt16) -> Int32? {
    get { observations.first { $0.element == element }?.value }
    set {
      let place = observations.firstIndex { $0.element >= element } ?? observations.count
      let isThere = place < observations.count && observations[place].element == element
      switch (isThere, newValue) {
      case (true, let value?):
        observations[place] = ObservedValue(element: element, value: value)
      case (true, nil): observations.remove(at: place)
      case (false, let value?):
        observations.insert(ObservedValue(element: element, value: value), at: place)
      case (false, nil): break
      }
    }
  }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    var found: [ObservedValue] = []
    self = try VisitBody.read(body) { found.append($0) }
    observations = found
  }

  /// Reads the fields, telling what was observed one by one in place of gathering it.
  public static func read(
    _ body: UnsafeBufferPointer<UInt8>, observed: (ObservedValue) -> Void
  ) throws(WireError) -> VisitBody {
    var visit = VisitBody()
    var fields = FieldReader(body)
    while let (field, value) = try fields.next() {
      switch value {
      case .bytes(let bytes): if field == 4 { visit.note = [UInt8](bytes) }
      case .number(let wide):
        guard let number = Int32(exactly: wide) else { throw .numberTooLarge }
        switch field {
        case 1: visit.setting = CareSetting(rawValue: UInt8(truncatingIfNeeded: number))
        case 2: visit.performer = CarePerformer(rawValue: UInt8(truncatingIfNeeded: number))
        case 3: visit.purposes = CarePurpose(rawValue: UInt32(bitPattern: number))
        case firstElementField...:
          guard VisitBody.recordable.contains(number) else { throw .numberTooLarge }
          observed(ObservedValue(element: field - firstElementField, value: number))
        default: continue
        }
      }
    }
    return visit
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, setting)
    writer.code(2, performer)
    writer.number(3, purposes.isEmpty ? nil : Int64(Int32(bitPattern: purposes.rawValue)))
    writer.bytes(4, note)
    for observed in observations {
      writer.number(VisitBody.firstElementField + observed.element, observed.value)
    }
    return writer.bytes
  }
}
