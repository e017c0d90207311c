import Health

/// A village with its people and who looks after them.
struct VillageSite: Sendable {
  let area: DistrictGround.Area
  /// Position of its Puskesmas.
  let puskesmas: Int
  /// How many people live there on the first day.
  let people: Int
  /// Its Posyandu among all of the district.
  let posyandu: Range<Int>
  /// The midwife who registers its people.
  let bidan: Author
  /// How she writes names down.
  let habit: SpellingHabit
}

/// A Posyandu with its five kader.
struct PosyanduSite: Sendable {
  let posyandu: SyntheticPosyandu
  let name: String
  let village: Int
  let kader: [Author]
}

/// A Puskesmas with its villages.
struct PuskesmasSite: Sendable {
  let id: Identifier
  let name: String
  let code: String
  /// Its villages among all of the district.
  let villages: Range<Int>
  /// Its Posyandu among all of the district.
  let posyandu: Range<Int>
  /// Who manages its data, and corrects.
  let dataManager: Author
}

/// Who looks after whom in the district: villages with Puskesmas and Posyandu. It is small, and
/// the same for whoever lives anywhere in it, so that people can move.
struct DistrictMap: Sendable {
  let plan: PopulationPlan
  let ground: DistrictGround
  private(set) var puskesmas: [PuskesmasSite] = []
  private(set) var villages: [VillageSite] = []
  private(set) var posyandu: [PosyanduSite] = []

  /// People that one Posyandu looks after, about.
  static let peoplePerPosyandu = 700
  /// Kader of each Posyandu: one for each of its five tables.
  static let kaderPerPosyandu = 5

  /// The map of a plan's district.
  init(_ plan: PopulationPlan, on ground: DistrictGround) {
    self.plan = plan
    self.ground = ground
    var random = plan.random(1)
    let weights = ground.villages.map { villages in
      villages.map { area in exponential(random.normal(deviation: 0.45)) * (area.isWard ? 2.6 : 1) }
    }
    let total = weights.reduce(0) { $0 + $1.reduce(0, +) }
    let shares = DistrictMap.puskesmas(of: weights, plan.puskesmasCount)
    for (kecamatan, count) in shares.enumerated() {
      let areas = ground.villages[kecamatan]
      for part in 0..<count {
        let range = areas.count * part / count..<areas.count * (part + 1) / count
        guard !range.isEmpty else { continue }
        let title = ground.subdistricts[kecamatan].name + (count > 1 ? " \(part + 1)" : "")
        let people = range.map {
          Int((Double(plan.people) * weights[kecamatan][$0] / total).rounded())
        }
        add(title, areas: Array(areas[range]), people: people, &random)
      }
    }
  }

  /// How many Puskesmas each kecamatan has: one, and the rest where most people are.
  private static func puskesmas(of weights: [[Double]], _ count: Int) -> [Int] {
    var shares = weights.map { $0.isEmpty ? 0 : 1 }
    while shares.reduce(0, +) < count {
      var fullest: Int?
      for place in shares.indices where shares[place] < weights[place].count {
        let load = weights[place].reduce(0, +) / Double(shares[place])
        if fullest.map({ load > weights[$0].reduce(0, +) / Double(shares[$0]) }) ?? true {
          fullest = place
        }
      }
      guard let fullest else { break }
      shares[fullest] += 1
    }
    return shares
  }

  private mutating func add(
    _ title: String, areas: [DistrictGround.Area], people: [Int], _ random: inout SeededRandom
  ) {
    let number = puskesmas.count
    let name = title.contains("Contoh") ? "Puskesmas \(title)" : "Puskesmas Contoh \(title)"
    let digits = SyntheticNames.padded(number + 1, to: 2)
    let firstVillage = villages.count
    let firstPosyandu = posyandu.count
    for (area, people) in zip(areas, people) {
      let village = villages.count
      let bidan = author("bidan \(village)")
      let count = max(
        1, (people + DistrictMap.peoplePerPosyandu / 2) / DistrictMap.peoplePerPosyandu)
      let first = posyandu.count
      for _ in 0..<count { addPosyandu(in: village, by: bidan, &random) }
      villages.append(
        VillageSite(
          area: area, puskesmas: number, people: people, posyandu: first..<posyandu.count,
          bidan: bidan, habit: SpellingHabit.ofWorker(&random)))
    }
    puskesmas.append(
      PuskesmasSite(
        id: plan.identifier("puskesmas \(number)"), name: name, code: "P9903\(digits)0101",
        villages: firstVillage..<villages.count, posyandu: firstPosyandu..<posyandu.count,
        dataManager: author("data manager \(number)")))
  }

  private mutating func addPosyandu(
    in village: Int, by bidan: Author, _ random: inout SeededRandom
  ) {
    let serial = posyandu.count + 1
    let kader = (0..<DistrictMap.kaderPerPosyandu).map { author("kader \(serial).\($0)") }
    let site = SyntheticPosyandu(
      id: plan.identifier("posyandu \(serial)"), dayOfMonth: 4 + random.whole(0...21),
      size: 0.65 + 0.7 * random.fraction(), leaning: random.normal(deviation: 0.5),
      kader: kader[2], bidan: bidan)
    let flower = SyntheticNames.plant(serial)
    posyandu.append(
      PosyanduSite(
        posyandu: site, name: "Posyandu Contoh \(flower) \(SyntheticNames.padded(serial, to: 3))",
        village: village, kader: kader))
  }

  private func author(_ who: String) -> Author {
    Author(recorder: plan.identifier(who), device: plan.identifier("device of \(who)"))
  }

  /// A worker of the cluster for mothers and children: 0 the midwife, 1 the nurse.
  func motherAndChildWorker(_ place: Int, ofPuskesmas number: Int) -> Author {
    author("cluster worker \(number * DistrictMap.clusterTeams.count + place + 1)")
  }

  /// The district office, which enters places, officials and agreements.
  var office: Author { author("district office") }

  /// A Posyandu of a village, in proportion to size.
  func posyandu(in village: Int, _ random: inout SeededRandom) -> Int {
    let range = villages[village].posyandu
    return random.whole(range.lowerBound...range.upperBound - 1)
  }
}
