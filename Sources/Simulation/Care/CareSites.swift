import Health

/// A place where care is given, with who writes it down there.
struct CareSite: Sendable {
  let place: Identifier
  let setting: CareSetting
  let author: Author
}

/// Where people of each Posyandu go for care.
struct CareSites: Sendable {
  private let map: DistrictMap
  /// The Pustu of each village, by the village's position.
  private let pustu: [Identifier]
  private let practices: [FacilitySite]
  private let hospitalSite: FacilitySite?
  private let midwives: [Author]
  private let nurses: [Author]

  /// The places of a district's map.
  init(_ map: DistrictMap) {
    self.map = map
    var pustu = map.villages.map(\.area.id)
    for site in map.pustu {
      for village in site.villages { pustu[village] = site.id }
    }
    self.pustu = pustu
    practices = map.puskesmas.indices.map { map.midwifePractice(of: $0) }
    hospitalSite = map.facilities.last { $0.kind == .hospital }
    midwives = map.puskesmas.indices.map { map.motherAndChildWorker(0, ofPuskesmas: $0) }
    nurses = map.puskesmas.indices.map { map.motherAndChildWorker(1, ofPuskesmas: $0) }
  }

  private func village(of posyandu: Int) -> Int { map.posyandu[posyandu].village }
  private func puskesmasNumber(of posyandu: Int) -> Int {
    map.villages[village(of: posyandu)].puskesmas
  }

  /// The Posyandu on its day, where the village's midwife sees people.
  func posyanduDay(of posyandu: Int) -> CareSite {
    let site = map.posyandu[posyandu].posyandu
    return CareSite(place: site.id, setting: .posyandu, author: site.bidan)
  }

  /// The village's midwife in the Pustu.
  func pustu(of posyandu: Int) -> CareSite {
    let village = village(of: posyandu)
    return CareSite(place: pustu[village], setting: .pustu, author: map.villages[village].bidan)
  }

  /// The village's midwife in people's home.
  func home(of posyandu: Int) -> CareSite {
    let site = map.posyandu[posyandu].posyandu
    return CareSite(place: site.id, setting: .home, author: site.bidan)
  }

  /// The Puskesmas, where a midwife of the cluster for mothers and children writes.
  func puskesmas(of posyandu: Int) -> CareSite {
    let number = puskesmasNumber(of: posyandu)
    return CareSite(
      place: map.puskesmas[number].id, setting: .puskesmas, author: midwives[number])
  }

  /// The Puskesmas' room for sick children, where a nurse of the cluster writes.
  func childClinic(of posyandu: Int) -> CareSite {
    let number = puskesmasNumber(of: posyandu)
    return CareSite(place: map.puskesmas[number].id, setting: .puskesmas, author: nurses[number])
  }

  /// The midwife's practice of the Puskesmas' area.
  func practice(of posyandu: Int) -> CareSite {
    let site = practices[puskesmasNumber(of: posyandu)]
    return CareSite(place: site.id, setting: .privateFacility, author: site.author)
  }

  /// The district's hospital.
  func hospital(of posyandu: Int) -> CareSite {
    guard let hospitalSite else { return puskesmas(of: posyandu) }
    return CareSite(place: hospitalSite.id, setting: .hospital, author: hospitalSite.author)
  }
}
