import Guidance
import Health
import Programmes
import Testing

/// The readings of every setting, the default first, with who says so.
@Suite("Sick child: what editions say")
struct SickChildSettingTests {
  static let rows: [(ClinicalSetting, [(Int32, String)])] = [
    (.lowOxygen, [(93, "mtbs-2022"), (90, "mtbs-2015"), (90, "who-smart-emcare")]),
    (.feverFrom, [(375, "who-imci-2014"), (376, "mtbs-2022")]),
    (.paracetamolFrom, [(380, "mtbs-2022"), (385, "mtbs-2015"), (385, "who-imci-2014")]),
    (.highFeverFrom, [(385, "usulan")]),
    (.indrawingAloneIsSevere, [(1, "mtbs-2022"), (0, "who-imci-2014")]),
    (.malariaEndemic, [(1, "usulan")]),
    (.malariaWithoutTest, [(0, "usulan"), (1, "mtbs-2022")]),
    (.choleraOutbreak, [(0, "usulan")]),
    (.childAnaemiaLimit, [(110, "who-smart-emcare"), (100, "mtbs-2022")]),
    (.infantComplicationAlone, [(0, "usulan"), (1, "mtbs-2022")]),
    (.childColdBelow, [(355, "usulan")]),
    (.infantFeverFrom, [(376, "mtbs-2022"), (380, "who-smart-emcare")]),
    (.infantColdBelow, [(365, "mtbs-2022"), (355, "who-smart-emcare")]),
    (.infantSlowBreathing, [(40, "mtbs-2022"), (30, "mtbs-2015")]),
    (.infantFastBreathingRefers, [(1, "mtbs-2022"), (0, "who-smart-emcare")]),
    (.tuberculosisCoughDays, [(14, "kmk-2015-2023"), (21, "tb-anak-2016")]),
    (.infantLocalInfectionByMouth, [(0, "mtbs-2022"), (1, "who-smart-emcare")]),
    (.sixWithoutSymptomsIsLatent, [(1, "kmk-2015-2023"), (0, "usulan")]),
    (.doseLimitBelongsBelow, [(0, "usulan"), (1, "mtbs-2015")]),
    (.sickChildClassesShown, [(14, "usulan")]),
    (.pneumoniaAgain, [(2, "mtbs-2022"), (3, "who-imci-2014")]),
    (.coughAgain, [(5, "mtbs-2022"), (2, "mtbs-2015")]),
    (.someDehydrationAgain, [(2, "mtbs-2022"), (3, "mtbs-2015")]),
    (.noDehydrationAgain, [(2, "mtbs-2022"), (3, "mtbs-2015"), (5, "who-imci-2014")]),
    (.persistentDiarrhoeaAgain, [(2, "mtbs-2022"), (5, "mtbs-2015"), (5, "who-imci-2014")]),
    (.dysenteryAgain, [(2, "mtbs-2022"), (3, "mtbs-2015"), (3, "who-imci-2014")]),
    (.malariaAgain, [(3, "mtbs-2022")]),
    (.otherFeverAgain, [(2, "mtbs-2022"), (3, "who-imci-2014")]),
    (.measlesAgain, [(3, "mtbs-2022")]), (.dengueAgain, [(1, "mtbs-2022"), (1, "mtbs-2015")]),
    (.noDengueAgain, [(2, "mtbs-2022"), (2, "mtbs-2015")]), (.earAgain, [(5, "mtbs-2022")]),
    (.anaemiaAgain, [(14, "mtbs-2015"), (14, "who-imci-2014"), (7, "mtbs-2022")]),
    (.severeMalnutritionAgain, [(7, "mtbs-2022")]),
    (.moderateMalnutritionAgain, [(14, "mtbs-2022"), (30, "mtbs-2015"), (30, "who-imci-2014")]),
    (.overweightAgain, [(14, "mtbs-2022")]),
    (.feedingAgain, [(7, "mtbs-2022"), (7, "who-imci-2014")]),
    (.localInfectionAgain, [(2, "mtbs-2022"), (2, "who-smart-emcare")]),
    (.jaundiceAgain, [(1, "mtbs-2022"), (1, "who-smart-emcare")]),
    (.infantDiarrhoeaAgain, [(1, "mtbs-2022")]),
    (.infantFeedingAgain, [(2, "mtbs-2022"), (2, "who-smart-emcare")]),
    (.infantWeightAgain, [(7, "mtbs-2022"), (14, "who-smart-emcare")]),
    (.tuberculosisAgain, [(14, "kmk-2015-2023")]), (.seenAgainLate, [(2, "usulan")]),
    (.seenAgainCloses, [(14, "usulan")]), (.seenIfNotBetterCloses, [(5, "usulan")]),
    (.doseWeightDays, [(7, "usulan")]), (.planBHours, [(3, "mtbs-2015"), (4, "who-imci-2014")]),
    (.earAmoxicillinDays, [(10, "mtbs-2022"), (7, "mtbs-2015"), (5, "who-imci-2014")]),
  ]

  @Test("Every setting has its readings, the default first")
  func readings() {
    #expect(Set(Self.rows.map(\.0)) == Set(ClinicalSetting.sickChild))
    #expect(Self.rows.count == ClinicalSetting.sickChild.count)
    for (setting, readings) in Self.rows {
      #expect(setting.readings.map(\.value) == readings.map(\.0), "\(setting.name)")
      #expect(setting.readings.map(\.source.id.description) == readings.map(\.1), "\(setting.name)")
      #expect(ClinicalSettings()[setting] == readings.first?.0)
    }
  }

  @Test("What was not read in a publication is not called one")
  func standings() {
    for setting in ClinicalSetting.sickChild {
      for reading in setting.readings {
        switch reading.source.id.description {
        case "usulan", "who-imci-2014", "tb-anak-2016":
          #expect(reading.source.standing == .fromMemory, "\(setting.name)")
        case "mtbs-2022", "kmk-2015-2023":
          #expect(reading.source.standing == .secondary, "\(setting.name)")
        case "who-smart-emcare": #expect(reading.source.standing == .primary, "\(setting.name)")
        default: #expect(reading.source.standing != .primary, "\(setting.name)")
        }
      }
    }
  }
}
