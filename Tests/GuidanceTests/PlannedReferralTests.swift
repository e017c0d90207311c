import Guidance
import Health
import Testing

@testable import Programmes

/// Which findings of growth and development send a child today, and which with an appointment.
@Suite("Planned referrals")
struct PlannedReferralTests {
  @Test("A short child goes to the hospital's paediatrician with an appointment")
  func stunting() {
    let rows = DecisionTable.stunting.rows
    for name in ["very_short", "short"] {
      let row = rows.first { "\($0.name)" == name }
      #expect(row?.urgency == .referPlanned, "\(name)")
      #expect(row?.actions == [.referToHospital], "\(name)")
    }
  }

  @Test("Of growth only malnutrition that cannot wait goes on the same day")
  func growth() {
    let today = DecisionTable.growthFollowUp.rows.filter { $0.urgency == .refer }
    #expect(today.map { "\($0.name)" } == ["malnutrition_refer", "malnutrition_no_better"])
    #expect(today.allSatisfy { $0.actions == [.referToHospitalNow] })
  }

  @Test("KPSP of six and less is referred with an appointment, at every age")
  func development() {
    for questionnaire in DevelopmentQuestionnaire.all {
      let bands = questionnaire.instrument.bands
      #expect(bands.category(of: 6).urgency == .referPlanned)
      #expect(bands.category(of: 7).urgency == .treat)
      #expect(bands.category(of: 9).urgency == .homeCare)
    }
  }

  @Test("In pregnancy whoever is sent to a doctor is referred, not treated here")
  func pregnancy() {
    // Infections are treated where they are found.
    let tables = Guideline.pregnancy.tables.filter {
      !["hiv_in_pregnancy", "syphilis_and_hepatitis_b", "birth_complications"]
        .contains("\($0.name)")
    }
    for row in tables.flatMap(\.rows) where row.actions.contains(.referToDoctor) {
      #expect([.refer, .referPlanned].contains(row.urgency), "\(row.name)")
    }
    let rows = DecisionTable.anaemia.rows
    #expect(rows.first { $0.number == 2 }?.urgency == .referPlanned)
    #expect(rows.first { $0.number == 3 }?.urgency == .treat)
    #expect(DecisionTable.energyDeficiency.rows.first?.urgency == .referPlanned)
  }

  @Test("A planned referral is more than treatment here and less than one today")
  func order() {
    #expect(Urgency.allCases.sorted() == [.homeCare, .treat, .referPlanned, .refer, .referNow])
  }
}
