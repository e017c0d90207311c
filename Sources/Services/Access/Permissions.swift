import Health

/// What somebody does, as the table of permissions and the log of access name it.
public enum Action: String, Hashable, Sendable, CaseIterable {
  // About no place and no person.
  case openGuidelines, signGuidelines, calculate, keepOwnAccount
  // Sums.
  case seeFigures, exportFigures
  // Persons by name.
  case openNames, exportNames, searchPersons, seePerson, seeGrowth, seeCare, seeFamily
  // What was done for somebody.
  case recordCare
  // What is recorded of persons.
  case registerPerson, correctPerson, movePerson, recordDeath, changeFamily, recordConsent
  case issueCard, proposeMerge, decideMerge, endTie
  // Whose record was looked at, and by whom.
  case showAccess, takeSubjectRequest, answerSubjectRequest
  // Who is hidden from others, and to see them nevertheless.
  case protectPerson, seeProtected
  // Files.
  case seeImports, importPersons, importStaff
  // Places and those who work there.
  case seePlaces, changePlaces, moveResidents, seeWorkers, changeWorkers, enrolKader, endSessions
  // When care cannot wait for a right.
  case breakGlass, reviewBreakGlass, openWithPurpose
  // The log and the system.
  case readLog, exportLog
}

/// How far an action reaches.
public enum Reach: Hashable, Sendable {
  /// About no place and no person.
  case everywhere
  /// At the places of the assignment and all below.
  case area
  /// Only persons with whom the facility has an episode of care, and those whom it entered.
  case ownPatients
  /// Only what a recorded purpose has opened, for as long as it stays open.
  case opened
  /// Figures of the area, of which small counts are hidden.
  case hidingSmallCounts
  /// What the worker recorded, for two days.
  case ownEntries
}

/// The policy: what each role may do, and how far that reaches. Whatever does not stand here is
/// refused.
///
/// Read it as sentences: "a kader sees growth in the area of the assignment". After Permenkes
/// 24/2022 on medical records (who may view, enter and correct) and UU 27/2022 on personal data;
/// the assignment of roles to clusters follows Kepmenkes HK.01.07/MENKES/2015/2023. The cells
/// themselves are this project's decision: see docs/decisions/0030-permissions.md.
public enum Permissions {
  /// Everybody who is signed in.
  static let everybody: [Action: Reach] = [
    .openGuidelines: .everywhere, .calculate: .everywhere, .keepOwnAccount: .everywhere,
  ]

  /// What a role adds to that.
  public static let table: [Role: [Action: Reach]] = [
    // A neighbour who weighs, visits and reminds. Sees whom the Posyandu looks after, no diagnosis.
    .kader: [
      .seeFigures: .area, .openNames: .area, .searchPersons: .area, .seePerson: .area,
      .seeGrowth: .area, .seeCare: .area, .recordCare: .area, .seeFamily: .area,
      .registerPerson: .area, .changeFamily: .area,
      .correctPerson: .ownEntries, .recordConsent: .area, .proposeMerge: .area,
      .seePlaces: .area,
    ],
    // Nurse or midwife of a Pustu: the villages that it looks after.
    .pustuWorker: [
      .seeFigures: .area, .exportFigures: .area, .openNames: .area, .exportNames: .area,
      .searchPersons: .area, .seePerson: .area, .seeGrowth: .area, .seeCare: .area,
      .seeFamily: .area,
      .recordCare: .area, .registerPerson: .area, .correctPerson: .area, .movePerson: .area,
      .recordDeath: .area,
      .changeFamily: .area, .recordConsent: .area, .proposeMerge: .area, .decideMerge: .area,
      .issueCard: .area, .showAccess: .area, .endTie: .area, .takeSubjectRequest: .area,
      .seePlaces: .area,
      .seeWorkers: .area,
      .enrolKader: .area, .protectPerson: .area, .seeProtected: .area,
      .breakGlass: .everywhere,
    ],
    // A cluster's midwife, nurse or doctor in the Puskesmas.
    .clusterWorker: [
      .seeFigures: .area, .exportFigures: .area, .openNames: .area, .exportNames: .area,
      .searchPersons: .area, .seePerson: .area, .seeGrowth: .area, .seeCare: .area,
      .seeFamily: .area,
      .recordCare: .area, .registerPerson: .area, .correctPerson: .area, .movePerson: .area,
      .recordDeath: .area,
      .changeFamily: .area, .recordConsent: .area, .proposeMerge: .area, .decideMerge: .area,
      .issueCard: .area, .showAccess: .area, .endTie: .area, .takeSubjectRequest: .area,
      .seePlaces: .area,
      .seeWorkers: .area,
      .protectPerson: .area, .seeProtected: .area, .breakGlass: .everywhere,
    ],
    // Answers for the Puskesmas: sees all of it, decides what others prepare.
    .puskesmasHead: [
      .seeFigures: .area, .exportFigures: .area, .openNames: .area, .exportNames: .area,
      .searchPersons: .area, .seePerson: .area, .seeGrowth: .area, .seeCare: .area,
      .seeFamily: .area,
      .correctPerson: .area, .movePerson: .area, .recordDeath: .area, .decideMerge: .area,
      .showAccess: .area, .endTie: .area, .takeSubjectRequest: .area, .answerSubjectRequest: .area,
      .seeImports: .area, .seePlaces: .area, .seeWorkers: .area, .changeWorkers: .area,
      .enrolKader: .area, .endSessions: .area, .protectPerson: .area, .seeProtected: .area,
      .breakGlass: .everywhere,
      .reviewBreakGlass: .area, .readLog: .area, .signGuidelines: .everywhere,
    ],
    // Keeps the register of the Puskesmas complete and free of duplicates.
    .dataManager: [
      .seeFigures: .area, .exportFigures: .area, .openNames: .area, .exportNames: .area,
      .searchPersons: .area, .seePerson: .area, .seeGrowth: .area, .seeCare: .area,
      .seeFamily: .area,
      .registerPerson: .area, .correctPerson: .area, .movePerson: .area, .recordDeath: .area,
      .changeFamily: .area, .recordConsent: .area, .proposeMerge: .area, .decideMerge: .area,
      .issueCard: .area, .showAccess: .area, .endTie: .area, .takeSubjectRequest: .area,
      .seeImports: .area,
      .importPersons: .area,
      .seePlaces: .area, .moveResidents: .area, .seeWorkers: .area, .enrolKader: .area,
      .endSessions: .area,
    ],
    // A private clinic, practice or hospital: its own patients and the shared essential record.
    .privateFacility: [
      .searchPersons: .ownPatients, .seePerson: .ownPatients, .seeGrowth: .ownPatients,
      .seeCare: .ownPatients, .recordCare: .ownPatients,
      .seeFamily: .ownPatients, .registerPerson: .ownPatients, .correctPerson: .ownEntries,
      .recordConsent: .ownPatients, .proposeMerge: .ownPatients, .endTie: .ownPatients,
      .takeSubjectRequest: .ownPatients, .breakGlass: .everywhere,
    ],
    // Steers programmes by figures; names only for a purpose that is recorded first.
    .districtManager: [
      .seeFigures: .area, .exportFigures: .area, .seePlaces: .area, .seeWorkers: .area,
      .openWithPurpose: .area, .openNames: .opened, .exportNames: .opened,
      .searchPersons: .opened, .seePerson: .opened, .seeGrowth: .opened, .seeFamily: .opened,
      .answerSubjectRequest: .area, .reviewBreakGlass: .area, .signGuidelines: .everywhere,
    ],
    // Reads who did what, and nobody's health.
    .auditor: [.readLog: .area, .exportLog: .area, .seeWorkers: .area, .seePlaces: .area],
    // The bupati's office and other sectors: sums only.
    .otherSector: [.seeFigures: .hidingSmallCounts, .exportFigures: .hidingSmallCounts],
    // Sets up places, workers and the program; nobody's health.
    .administrator: [
      .seePlaces: .area, .changePlaces: .area, .moveResidents: .area, .seeWorkers: .area,
      .changeWorkers: .area,
      .enrolKader: .area, .endSessions: .area, .importStaff: .area,
    ],
  ]

  /// What may be done with the one person whom an emergency has opened, as far as the role may do
  /// it at all. Sensitive matters stay as closed as before.
  static let openedByEmergency: Set<Action> = [.seePerson, .seeGrowth, .seeCare]

  /// How far an action reaches for a role; nothing where it is refused.
  public static func reach(of action: Action, for role: Role) -> Reach? {
    table[role]?[action] ?? everybody[action]
  }
}
