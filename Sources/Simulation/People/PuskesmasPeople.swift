import Health

/// The people of one Puskesmas through the years: families, births, deaths, marriages, moves, and
/// what is written down of them. Who moves to another Puskesmas of the district lives on here, and
/// is written down there.
struct PuskesmasPeople: Sendable {
  let map: DistrictMap
  let number: Int
  var random: SeededRandom
  var scribe: Scribe
  var villagers: [Villager] = []
  var homes: [Home] = []
  var children: [Child] = []
  var pending: [Pending] = []
  var truth = SyntheticTruth()
  /// All deliveries so far.
  var deliveries: [Delivery] = []
  var people = 0

  var numbers: SyntheticIdentityNumbers
  var cards: SyntheticIdentityNumbers
  let practice: FacilitySite
  var dwellings: SeededRandom

  var plan: PopulationPlan { map.plan }
  var site: PuskesmasSite { map.puskesmas[number] }

  /// The people of that Puskesmas, before anybody is there.
  init(_ map: DistrictMap, puskesmas number: Int) {
    self.map = map
    self.number = number
    random = map.plan.random(5, number)
    dwellings = map.plan.random(6, number)
    scribe = Scribe(until: map.plan.lastDay)
    numbers = SyntheticIdentityNumbers(puskesmas: number)
    cards = SyntheticIdentityNumbers(familyCardsOf: number)
    practice = map.midwifePractice(of: number)
  }

  /// Opens the register: everybody who lives there on the first day, village by village.
  ///
  /// - Parameter take: is handed the facts of one village after the other, in order of their
  ///   moment of recording.
  mutating func openRegister(_ take: ([Fact]) throws -> Void) rethrows {
    let total = site.villages.reduce(0) { $0 + map.villages[$1].people }
    villagers.reserveCapacity(total + total / 4)
    homes.reserveCapacity(total / 3)
    // Within the day: from 03:00 on, ten hours at most.
    let step = 36_000_000 / Double(max(1, total) + site.villages.count * 20)
    var maker = FamilyMaker(on: plan.firstDay)
    for village in site.villages {
      let goal = villagers.count + map.villages[village].people
      while villagers.count < goal {
        maker.makeHousehold(&random)
        let moment = Scribe.moment(
          on: plan.firstDay, minute: 180, milliseconds: Int(Double(villagers.count) * step))
        let posyandu = map.posyandu(in: village, &random)
        settle(maker.members, at: posyandu, on: plan.firstDay, moment: moment, reason: nil)
      }
      try take(scribe.take())
    }
    people = villagers.count
  }

  /// Lives through the days from `first` to `last`, which lie in one month.
  ///
  /// - Returns: the facts, in no particular order.
  mutating func live(from first: CivilDate, to last: CivilDate) -> [Fact] {
    let window = MonthWindow(first: first, last: last)
    writeWhatIsDue(in: window)
    liveOn(in: window)
    letHouseholdsMove(in: window)
    letMarry(in: window)
    letArrive(in: window)
    if window.month >= plan.firstVisitMonth, window.month <= plan.lastMonth {
      holdPosyanduDays(in: window)
    }
    return scribe.take()
  }

  /// Whether somebody is written down before the plan's days are over.
  func isKnown(_ villager: Int) -> Bool { villagers[villager].knownSince < scribe.lastMoment }

  /// The Posyandu of a villager.
  func posyandu(of villager: Int) -> PosyanduSite {
    map.posyandu[homes[Int(villagers[villager].home)].posyandu]
  }

  /// Who registers people at a Posyandu, and how they write names.
  func registrar(at posyandu: Int) -> VillageSite { map.villages[map.posyandu[posyandu].village] }

  /// A moment in the evening, so many days later.
  mutating func evening(after day: CivilDate, days: Int) -> Instant {
    Scribe.evening(after: day, days: days, &random)
  }

  /// A day of the window.
  mutating func someDay(of window: MonthWindow) -> CivilDate {
    window.day(random.whole(0...window.days - 1))
  }
}
