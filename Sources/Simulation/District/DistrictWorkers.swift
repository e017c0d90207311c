import Health

/// The facts that tell who works where, as what.
extension DistrictMap {
  /// The names by which one worker of each role signs in to a demo.
  public static let demoAccounts: [(role: Role, userName: String)] = [
    (.kader, "demo.kader"), (.pustuWorker, "demo.bidan"), (.clusterWorker, "demo.klaster"),
    (.puskesmasHead, "demo.kapus"), (.dataManager, "demo.data"), (.privateFacility, "demo.klinik"),
    (.districtManager, "demo.kabupaten"), (.auditor, "demo.auditor"),
    (.otherSector, "demo.sektor"), (.administrator, "demo.admin"),
  ]

  /// The made-up registration number (STR) of a demo account that signs guidelines; none for the
  /// other roles. No real number is written so.
  static func demoRegistrationNumber(of role: Role) -> String {
    switch role {
    case .puskesmasHead: "STR-CONTOH-0001"
    case .districtManager: "STR-CONTOH-0002"
    default: ""
    }
  }

  /// Those who work for the whole district, and in private facilities.
  func districtWorkerFacts() -> [Fact] {
    var scribe = OfficeScribe(plan, matter: 3, minute: 100)
    let district = ground.district.id
    for (role, who) in [
      (Role.districtManager, "Pengelola Program"), (.auditor, "Auditor"),
      (.otherSector, "Staf Bupati"), (.administrator, "Administrator"),
    ] {
      add(who, who, 1, role, at: district, isDemo: true, &scribe)
    }
    for site in facilities {
      let isDemo = site.kind == .clinic && site.serial == firstClinic
      add(
        "facility worker \(site.serial)", "Petugas", site.serial, .privateFacility, at: site.id,
        isDemo: isDemo, &scribe)
    }
    return scribe.take()
  }

  private var firstClinic: Int { facilities.first { $0.kind == .clinic }?.serial ?? 0 }

  /// Those who work for a Puskesmas: head, data manager, clusters, midwives, kader with what they
  /// showed that they can.
  func workerFacts(ofPuskesmas number: Int) -> [Fact] {
    var scribe = OfficeScribe(plan, matter: 4, number: number, minute: 120)
    let site = puskesmas[number]
    let isFirst = number == 0
    add(
      "head \(number)", "Kepala", number + 1, .puskesmasHead, at: site.id, isDemo: isFirst, &scribe)
    add(
      "data manager \(number)", "Pengelola Data", number + 1, .dataManager, at: site.id,
      clusters: .management, isDemo: isFirst, &scribe)
    for (place, clusters) in DistrictMap.clusterTeams.enumerated() {
      let serial = number * DistrictMap.clusterTeams.count + place + 1
      add(
        "cluster worker \(serial)", place % 2 == 0 ? "Bidan" : "Perawat", serial, .clusterWorker,
        at: site.id, clusters: clusters, isDemo: isFirst && place == 0, &scribe)
    }
    for pustu in pustu where pustu.puskesmas == number {
      for village in pustu.villages {
        add(
          "bidan \(village)", "Bidan Desa", village + 1, .pustuWorker, at: pustu.id,
          isDemo: isFirst && village == site.villages.lowerBound, &scribe)
      }
    }
    let assessor = plan.identifier("cluster worker \(number * DistrictMap.clusterTeams.count + 1)")
    for place in site.posyandu { addKader(of: place, assessor: assessor, &scribe) }
    return scribe.take()
  }

  static let clusterTeams: [Clusters] = [
    .motherAndChild, .motherAndChild, .adult, .adult, .communicable, .crossCluster,
  ]

  private func add(
    _ who: String, _ title: String, _ serial: Int, _ role: Role, at place: Identifier,
    clusters: Clusters = [], isDemo: Bool = false, _ scribe: inout OfficeScribe
  ) {
    let id = plan.identifier(who)
    var body = WorkerBody()
    body.name = Array(scribe.draw { SyntheticNames.worker(title, serial, &$0) }.utf8)
    body.place = place
    if isDemo, let account = DistrictMap.demoAccounts.first(where: { $0.role == role }) {
      body.userName = Array(account.userName.utf8)
      body.registrationNumber = Array(DistrictMap.demoRegistrationNumber(of: role).utf8)
    }
    scribe.write(.worker, about: id, body.bytes, place: place, by: office)
    let since = CivilDate(
      dayNumber: plan.firstDay.dayNumber - Int32(scribe.draw { $0.whole(30...2500) }))
    let assignment = AssignmentBody(
      role: role, place: place, clusters: clusters,
      sensitiveMatters: PopulationPlan.sensitiveMatters(of: role, in: clusters))
    scribe.write(.assignment, about: id, assignment.bytes, on: since, place: place, by: office)
  }

  private func addKader(of place: Int, assessor: Identifier, _ scribe: inout OfficeScribe) {
    let site = posyandu[place]
    for (number, kader) in site.kader.enumerated() {
      add(
        "kader \(place + 1).\(number)", "Kader", place * DistrictMap.kaderPerPosyandu + number + 1,
        .kader, at: site.posyandu.id, isDemo: place == 0 && number == 0, &scribe)
      let level = scribe.draw { $0.position(in: KaderLevel.shares) }
      let groups = KaderLevel.groups[level]
      let assessed = CivilDate(
        dayNumber: plan.firstDay.dayNumber - Int32(scribe.draw { $0.whole(5...400) }))
      for group in groups {
        for skill in KaderLevel.skills[group] {
          // Where a group is mastered at all, one skill in fifteen was not shown at first.
          let isMastered = level == KaderLevel.utama || scribe.draw { !$0.happens(0.03) }
          let body = KaderSkillBody(skill: skill, isMastered: isMastered, assessor: assessor)
          scribe.write(
            .kaderSkill, about: kader.recorder, body.bytes, on: assessed,
            place: site.posyandu.id,
            by: Author(recorder: assessor, device: plan.identifier("device of assessors")))
        }
      }
    }
  }
}

/// How far kader have come with the 25 skills. The groups follow the national list; how many kader
/// stand where is assumed.
private enum KaderLevel {
  /// Kader with nothing shown, Purwa, Madya, Utama.
  static let shares = [0.40, 0.32, 0.18, 0.10]
  /// Position of Utama.
  static let utama = 3
  /// The groups that each level has shown.
  static let groups = [[], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]]
  /// Skills by group: Posyandu management, under-fives, pregnancy, school age, adults.
  static let skills: [ClosedRange<UInt8>] = [1...4, 5...11, 12...17, 18...20, 21...25]
}

extension PopulationPlan {
  /// The sensitive matters that an assignment gives: as districts do it, whoever looks after
  /// pregnant women tests them for HIV.
  public static func sensitiveMatters(of role: Role, in clusters: Clusters) -> SensitiveMatters {
    let testsMothers =
      role == .pustuWorker || (role == .clusterWorker && clusters.contains(.motherAndChild))
    return testsMothers ? .infection : []
  }
}
