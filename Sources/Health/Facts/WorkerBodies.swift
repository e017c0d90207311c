/// Who works for the programme: a kader, nurse, midwife, doctor, manager.
public struct WorkerBody: Hashable, Sendable {
  /// The name.
  public var name: [UInt8] = []
  /// The role as synthetic districts of the first version numbered it; roles are assignments now.
  public var formerRole: Int32?
  /// Where the worker works mainly.
  public var place: Identifier?
  /// The worker as a person in the registry, where known.
  public var person: Identifier?
  /// Nomor Induk Kependudukan, or empty.
  public var nationalIdentityNumber: [UInt8] = []
  /// Surat Tanda Registrasi of a health professional, or empty.
  public var registrationNumber: [UInt8] = []
  /// Surat Izin Praktik, or empty.
  public var practiceLicence: [UInt8] = []
  /// Telephone, or empty.
  public var telephone: [UInt8] = []
  /// The name by which the worker signs in, or empty.
  public var userName: [UInt8] = []
  /// The last day of work.
  public var endedOn: CivilDate?

  /// Nothing known yet.
  public init() {}

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    name = fields.text(1)
    formerRole = try fields.number32(2)
    place = fields.identifier(3)
    person = fields.identifier(4)
    nationalIdentityNumber = fields.text(5)
    registrationNumber = fields.text(6)
    practiceLicence = fields.text(7)
    telephone = fields.text(8)
    userName = fields.text(9)
    endedOn = try fields.day(10)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.bytes(1, name)
    writer.number(2, formerRole)
    writer.identifier(3, place)
    writer.identifier(4, person)
    writer.bytes(5, nationalIdentityNumber)
    writer.bytes(6, registrationNumber)
    writer.bytes(7, practiceLicence)
    writer.bytes(8, telephone)
    writer.bytes(9, userName)
    writer.day(10, endedOn)
    return writer.bytes
  }
}

/// What somebody may do where, from the fact's day on. What each role may do stands in one table:
/// `Permissions` in Services.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// A volunteer of a Posyandu.
  case kader = 1
  /// Nurse or midwife of a Pustu and the villages that it looks after.
  case pustuWorker = 2
  /// Nurse, midwife or doctor of a cluster in the Puskesmas.
  case clusterWorker = 3
  /// Head of the Puskesmas.
  case puskesmasHead = 4
  /// Data manager of cluster 1 in the Puskesmas.
  case dataManager = 5
  /// A private clinic, practice, laboratory or hospital.
  case privateFacility = 6
  /// Programme manager of the district health office.
  case districtManager = 7
  /// Reads the log, and no clinical data.
  case auditor = 8
  /// The bupati's office and other sectors: sums only.
  case otherSector = 9
  /// Sets up places, workers and the program; no clinical data.
  case administrator = 10
}

/// The five clusters of integrated primary care, as the worker's assignment names them.
public struct Clusters: OptionSet, Hashable, Sendable {
  /// One bit for each cluster.
  public let rawValue: UInt8
  /// These clusters.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Cluster 1: management.
  public static let management = Clusters(rawValue: 1)
  /// Cluster 2: mothers, children, adolescents.
  public static let motherAndChild = Clusters(rawValue: 2)
  /// Cluster 3: adults and older people.
  public static let adult = Clusters(rawValue: 4)
  /// Cluster 4: communicable diseases and environment.
  public static let communicable = Clusters(rawValue: 8)
  /// Across clusters: emergency, laboratory, pharmacy, inpatient.
  public static let crossCluster = Clusters(rawValue: 16)
}

/// Matters that have a right of their own, whatever the role.
public struct SensitiveMatters: OptionSet, Hashable, Sendable {
  /// One bit for each matter.
  public let rawValue: UInt8
  /// These matters.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// HIV and sexually transmitted infections.
  public static let infection = SensitiveMatters(rawValue: 1)
  /// Mental health.
  public static let mentalHealth = SensitiveMatters(rawValue: 2)
  /// Violence against women and children.
  public static let violence = SensitiveMatters(rawValue: 4)
  /// Abortion.
  public static let abortion = SensitiveMatters(rawValue: 8)
  /// The loss of a pregnancy. No assignment gives it: it comes with a role that looks after mothers.
  public static let loss = SensitiveMatters(rawValue: 16)
  /// Tests of a pregnant woman for syphilis and hepatitis B. As with losses no assignment gives it:
  /// it comes with a role that records care, and never reaches a kader.
  public static let antenatalTests = SensitiveMatters(rawValue: 32)
  /// That a mother is sad, weeps, sleeps badly or is afraid: signs of danger that everybody asks. As
  /// with losses no assignment gives what others wrote down of it; a kader sees her own entries.
  public static let distress = SensitiveMatters(rawValue: 64)
  /// What no assignment gives or takes: it comes with the role.
  public static let ofRole: SensitiveMatters = [.loss, .antenatalTests, .distress]
  /// What somebody who may see these may ask and write down.
  public var asked: SensitiveMatters { union(.distress) }
  /// Whatever there is: where nothing is hidden.
  public static let all = SensitiveMatters(rawValue: .max)
}

/// A role that a worker has at a place since the fact's day.
public struct AssignmentBody: Hashable, Sendable {
  /// The role.
  public var role: Role
  /// Where: a Posyandu, village, Puskesmas, facility or district.
  public var place: Identifier
  /// The clusters that the worker belongs to.
  public var clusters: Clusters
  /// The last day, where one is agreed.
  public var until: CivilDate?
  /// Sensitive matters that the worker may see.
  public var sensitiveMatters: SensitiveMatters

  /// The role at a place.
  public init(
    role: Role, place: Identifier, clusters: Clusters = [], until: CivilDate? = nil,
    sensitiveMatters: SensitiveMatters = []
  ) {
    self.role = role
    self.place = place
    self.clusters = clusters
    self.until = until
    self.sensitiveMatters = sensitiveMatters
  }

  /// Reads the fields; a role not known here, or nowhere, is of unknown form: it grants nothing.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let role: Role = fields.code(1), let place = fields.identifier(2) else {
      throw .unknownForm
    }
    self.init(
      role: role, place: place,
      clusters: Clusters(rawValue: UInt8(truncatingIfNeeded: fields.number(3) ?? 0)),
      until: try fields.day(4),
      sensitiveMatters: SensitiveMatters(
        rawValue: UInt8(truncatingIfNeeded: fields.number(5) ?? 0)))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.code(1, role)
    writer.identifier(2, place)
    writer.number(3, clusters.isEmpty ? nil : Int64(clusters.rawValue))
    writer.day(4, until)
    writer.number(5, sensitiveMatters.isEmpty ? nil : Int64(sensitiveMatters.rawValue))
    return writer.bytes
  }
}

/// That a kader showed one of the 25 basic skills, or did not, on the fact's day.
public struct KaderSkillBody: Hashable, Sendable {
  /// The skill's number in the national list, 1 to 25.
  public var skill: UInt8
  /// Whether the kader showed it.
  public var isMastered: Bool
  /// Who assessed it.
  public var assessor: Identifier?
  /// The last day on which it counts, where one was set.
  public var until: CivilDate?

  /// What was shown, and to whom.
  public init(
    skill: UInt8, isMastered: Bool, assessor: Identifier? = nil, until: CivilDate? = nil
  ) {
    self.skill = skill
    self.isMastered = isMastered
    self.assessor = assessor
    self.until = until
  }

  /// Reads the fields; a skill outside the list is of unknown form.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    guard let number = fields.number(1), (1...25).contains(number), let result = fields.flag(2)
    else { throw .unknownForm }
    self.init(
      skill: UInt8(number), isMastered: result, assessor: fields.identifier(3),
      until: try fields.day(4))
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.number(1, Int64(skill))
    writer.flag(2, isMastered)
    writer.identifier(3, assessor)
    writer.day(4, until)
    return writer.bytes
  }
}
