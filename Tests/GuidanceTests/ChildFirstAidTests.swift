import Guidance
import Health
import Testing

@testable import Programmes

/// Which signs of danger of children cannot wait, and who does what about them.
@Suite("Signs of danger of children that cannot wait")
struct ChildFirstAidTests {
  private static let children = [Guideline.sickChild, .youngInfant, .newborn]

  private static func urgency(
    _ sign: DataElement, _ value: Int32, daysOld: Int32
  ) throws -> Urgency? {
    let day = SickChildClinic.day
    var life = Life(.male, born: CivilDate(dayNumber: day.dayNumber - daysOld))
    life.visit(.sickChild, on: day, [sign: value])
    return try life.plan(on: day, by: children).dangers.first { $0.element == sign.code }?
      .urgency
  }

  static let signs: [(DataElement, Int32, Int32, Urgency?)] =
    [
      .cannotDrink, .vomitsAll, .fits, .lethargic, .stridor, .stiffNeck, .abnormalAppearance,
      .abnormalBreathing, .abnormalCirculation, .coldLimbs,
    ].map { ($0, 1, 400, .referNow) }
    + [
      DataElement.blueLips, .grunting, .nasalFlaring, .strongIndrawing, .hardlyMoves,
      .noStoolTwoDays, .vomitsGreen, .distendedBelly, .noAnus, .jaundiceFirstDay, .jaundicePalms,
    ].flatMap { [($0, 1, 5, .referNow), ($0, 1, 40, .referNow)] }
    // On the newborn's own list until 28 days, on the young infant's from 29.
    + [DataElement.notSuckling, .fits].flatMap { sign in
      [28, 29, 59].map { (sign, 1, $0, .referNow) }
    }
    + [DataElement.weakNewborn, .moaning, .blueOrPale].map { ($0, 1, 5, .referNow) }
    // These wait until later on the day; what is measured is measured again.
    + [DataElement.jaundice, .infectedNavel, .diarrhoea, .paleStool].map { ($0, 1, 5, .refer) }
    + [
      (.temperature, 364, 5, .refer), (.temperature, 365, 5, nil), (.temperature, 375, 5, nil),
      (.temperature, 376, 5, .refer), (.breathsPerMinute, 59, 5, nil),
      (.breathsPerMinute, 60, 5, .refer), (.fits, 0, 400, nil), (.notSuckling, 0, 5, nil),
    ]

  @Test("How urgent each sign is, and that it is none where it is not there", arguments: signs)
  func urgent(sign: DataElement, value: Int32, daysOld: Int32, expected: Urgency?) throws {
    #expect(try Self.urgency(sign, value, daysOld: daysOld) == expected)
  }

  @Test("Help ends with the referral; in fits nothing goes into the mouth")
  func help() {
    for sign in Self.children.flatMap(\.dangerSigns) {
      if sign.firstAid?.actions == [.warmNewborn] {
        #expect(sign.element == .temperature && sign.urgency == .refer)
        continue
      }
      #expect((sign.urgency == .referNow) == (sign.firstAid != nil), "\(sign.element.name)")
      guard let aid = sign.firstAid else { continue }
      #expect(aid.actions.last == .referNow, "\(sign.element.name)")
      #expect((aid.actions.first == .careForChildFits) == (sign.element == .fits))
      let stops = aid.actions.contains { [.stopFits, .stopInfantFits].contains($0) }
      #expect(stops == (sign.element == .fits))
    }
  }

  @Test("In fits a young infant is given phenobarbital, a child diazepam")
  func fits() throws {
    let rows: [(Guideline, CareAction)] = [
      (.sickChild, .stopFits), (.youngInfant, .stopInfantFits),
    ]
    for (guideline, medicine) in rows {
      let actions =
        guideline.tables.flatMap(\.rows).flatMap(\.actions)
        + guideline.dangerSigns.flatMap { $0.firstAid?.actions ?? [] }
      #expect(
        Set(actions).intersection([.stopFits, .stopInfantFits]) == [medicine],
        "\(guideline.name)")
    }
  }

  @Test("Every red class of the chart book says now, and so does its list of what to do")
  func classes() {
    let rows = [Guideline.sickChild, .youngInfant].flatMap(\.tables).flatMap(\.rows)
    #expect(rows.contains { $0.urgency == .referNow } && !rows.contains { $0.urgency == .refer })
    for row in rows {
      let isNow = row.actions.contains(where: CareAction.ofReferralNow.contains)
      #expect(isNow == (row.urgency == .referNow), "\(row.name)")
    }
  }
}
