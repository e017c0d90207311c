import Guidance
import Health
import Programmes

extension PuskesmasCare {
  /// Writes how a pregnancy ended: a birth that the register has, a stillbirth or a loss.
  mutating func end(_ place: Int, on day: CivilDate, with people: PuskesmasPeople) {
    let course = courses[place]
    let mother = Int(course.mother)
    let home = posyandu(of: mother, in: people)
    let moment = evening(of: day, about: mother, with: people, mayBeLate: false)
    switch course.outcome {
    case .liveBirth, .stillbirth:
      let birth = birth(of: course, at: home)
      courses[place].isCaesarean = birth.mode == .caesarean
      var body = PregnancyEndBody(outcome: course.outcome, episode: course.episode)
      body.mode = birth.mode
      body.setting = BirthPlace(birth.site.setting)
      body.attendant = birth.attendant
      body.bornAlive = Int32(course.children?.count ?? 0)
      body.bornDead = course.outcome == .stillbirth ? 1 : 0
      body.gestation = Int32(course.gestation(on: day))
      write(
        .pregnancyEnd, about: mother, on: day, at: birth.site, body.bytes, with: people,
        moment: moment)
      births[course.mother, default: EarlierBirths()].add(
        on: day, isAlive: course.outcome == .liveBirth)
    case .miscarriage, .ectopic, .molar:
      // A loss of which nobody knew is mostly told to nobody.
      guard course.episode != nil || random.happens(SyntheticRates.unknownLossTold) else {
        courses[place].steps = []
        return
      }
      let isAtHospital = course.outcome != .miscarriage || random.happens(0.4)
      let site = isAtHospital ? sites.hospital(of: home) : sites.puskesmas(of: home)
      noteLoss(course, on: day, at: site, with: people, moment: moment)
      var body = PregnancyEndBody(outcome: course.outcome, episode: course.episode)
      body.setting = BirthPlace(site.setting)
      body.attendant = isAtHospital ? .doctor : .midwife
      body.gestation = Int32(course.gestation(on: day))
      write(
        .pregnancyEnd, about: mother, on: day, at: site, body.bytes, with: people,
        moment: moment.onNextPage)
    }
  }

  /// Where a child is born, how, and who attends.
  private mutating func birth(
    of course: PregnancyCourse, at home: Int
  ) -> (site: CareSite, mode: BirthMode, attendant: BirthAttendant?) {
    var traits = traits(of: Int(course.mother))
    let woman = Mother(&traits)
    let isFirst = births[course.mother] == nil
    let isDangerous =
      course.preeclampsiaFrom.map { $0 <= course.endDay } ?? false || course.isTwins
    // Who had one has the next ones so as well; a first birth ends so more often.
    let section =
      woman.hadCaesarean && !isFirst
      ? SyntheticRates.caesareans.again
      : woman.hadCaesarean ? 0.9 : isDangerous ? 0.35 : 0.02
    if random.happens(section) { return (sites.hospital(of: home), .caesarean, .doctor) }
    if isDangerous { return (sites.hospital(of: home), .spontaneous, .doctor) }
    let mode: BirthMode =
      random.happens(SyntheticRates.assistedBirths) ? .assisted : .spontaneous
    switch random.position(in: SyntheticRates.birthPlaces) {
    case 0:
      let hasMidwife = random.happens(SyntheticRates.midwifeAtHome)
      return (sites.home(of: home), .spontaneous, hasMidwife ? .midwife : nil)
    case 1: return (sites.pustu(of: home), .spontaneous, .midwife)
    case 2: return (sites.puskesmas(of: home), mode, .midwife)
    case 3: return (sites.practice(of: home), .spontaneous, .midwife)
    default: return (sites.hospital(of: home), mode, .doctor)
    }
  }

  /// The visit at which a loss is found.
  private mutating func noteLoss(
    _ course: PregnancyCourse, on day: CivilDate, at site: CareSite,
    with people: PuskesmasPeople, moment: Instant
  ) {
    guard course.episode != nil, course.outcome == .miscarriage else { return }
    var visit = VisitBody(
      setting: site.setting, performer: site.setting == .hospital ? .doctor : .midwife,
      purposes: .antenatal)
    visit.note(.bleeding, true)
    visit.note(.bleedingAmount, random.happens(0.7) ? 2 : 3)
    visit.note(.severeAbdominalPain, random.happens(0.4))
    visit.note(.cervixOpen, random.happens(0.7))
    visit.note(.tissuePassed, random.position(in: [0.3, 0.4, 0.3]) + 1)
    visit.note(.wombTooSmall, random.happens(0.4))
    write(
      visit, about: Int(course.mother), on: day, at: site, with: people, moment: moment)
  }

  /// Seen again after a loss.
  mutating func visitAfterLoss(of place: Int, on day: CivilDate, with people: PuskesmasPeople) {
    let course = courses[place]
    var traits = traits(of: Int(course.mother))
    let woman = Mother(&traits)
    let site = sites.puskesmas(of: posyandu(of: Int(course.mother), in: people))
    var visit = VisitBody(setting: site.setting, performer: .midwife, purposes: .postnatal)
    visit.note(
      signs: [
        (.bleeding, 0.08), (.smellyLochia, 0.02), (.feverTwoDays, 0.02),
        (.severeAbdominalPain, 0.02), (.wombInfection, 0.015), (.sleeplessAnxious, 0.06),
      ], &random)
    visit.note(.lossReviewed, true)
    visit.note(
      .haemoglobin, Int((min(max(woman.haemoglobin - 0.5, 6), 16) * 10).rounded()))
    visit.note(.contraceptionCounselled, random.happens(0.7))
    if random.happens(0.5) {
      visit.note(.contraceptiveMethod, random.position(in: SyntheticRates.contraceptives) + 1)
    }
    write(visit, about: Int(course.mother), on: day, at: site, with: people)
  }
}
