import Guidance
import Samples
import Testing

/// The classes, danger signs and dates of WHO's 37 test women at their 67 contacts.
///
/// What WHO's decision tables say (WHO/SRH/21.2) and what Indonesia's rules say stand side by side
/// in `Tests/Fixtures/antenatal`, each difference with the rule that explains it.
@Suite("WHO's test women of antenatal care")
struct SmartAntenatalCareTests {
  /// How many outcomes of each group there are, and in how many Indonesia says what WHO says.
  static let agreement: [String: [Int]] = [
    "dating": [31, 26], "gestation": [25, 20], "expected_birth": [25, 20],
    "completed_weeks": [11, 7], "anaemia": [65, 46], "pressure": [64, 64],
    "preeclampsia_risk": [33, 13], "diabetes": [28, 11], "infection": [35, 28],
    "body_mass": [51, 51], "weight_gain": [2, 0], "fetal_heart": [52, 31],
    "fetal_heart_by_who_limits": [52, 49], "twins": [52, 52], "caesarean_before": [25, 25],
    "danger": [67, 57], "syphilis_test": [48, 42],
  ]

  /// Why Indonesia's answer is another one; the fixture's README gives the source of each.
  static let rules: Set<String> = [
    "early_ultrasound_overrides", "late_ultrasound_does_not_date",
    "period_stands_within_seven_days", "no_dating_by_fundal_height",
    "sheet_contradicts_its_dates", "unknown_without_test", "result_holds_in_pregnancy",
    "unknown_without_answers", "moderate_risks_count", "both_values_needed", "three_tests_needed",
    "tested_again_from_24_weeks",
    "total_gain_not_weekly", "heart_120_to_160",
    "heart_before_20_weeks", "each_heart_of_twins", "signs_of_the_book",
    "infections_are_tested_once",
  ]

  @Test(
    "Every outcome is the expected one, by the least and by the greatest figure of each class",
    arguments: AntenatalCases.Figure.allCases)
  func outcomes(figure: AntenatalCases.Figure) throws {
    let cases = try AntenatalCases(figure)
    #expect(cases.contacts.count == 67)
    var compared: [String: Int] = [:]
    var differences: [String] = []
    for row in try FixtureTable("antenatal/who-outcomes.csv").rows {
      let (name, group) = (row["contact"], row["group"])
      let contact = try #require(cases.contacts[name])
      let plan = try contact.plan()
      let found = try contact.outcome(group, plan)
      compared[group, default: 0] += 1
      if found != row["expected"] {
        differences.append("\(name) \(group): \(row["expected"]), ours \(found)")
      }
      if !row["action"].isEmpty, !contact.actions(group, plan).contains(row["action"]) {
        differences.append("\(name) \(group): nobody is told to \(row["action"])")
      }
    }
    #expect(differences == [])
    #expect(compared == Self.agreement.mapValues { $0[0] })
  }

  @Test("Where Indonesia differs from WHO, a rule that is known says why")
  func differences() throws {
    var counts: [String: [Int]] = [:]
    var rules: Set<String> = []
    for row in try FixtureTable("antenatal/who-outcomes.csv").rows {
      counts[row["group"], default: [0, 0]][0] += 1
      if row["rule"] == "same" {
        counts[row["group"], default: [0, 0]][1] += 1
      } else {
        rules.insert(row["rule"])
        #expect(row["who"] != row["expected"], "line \(row.line)")
      }
    }
    #expect(counts == Self.agreement)
    #expect(rules == Self.rules)
  }

  @Test("The plan doubts the dates of the three women whose late ultrasound contradicts them")
  func datesInDoubt() throws {
    let cases = try AntenatalCases(.least)
    let doubted = try cases.contacts.filter { try $0.value.plan().found(92) == "dates_differ" }
    #expect(Set(doubted.keys) == ["camila-chagas", "fabiane", "jeena-baldwin-2"])
  }

  /// Answers by which nobody would look after her more.
  static let harmless: Set<String> = [
    "no_anaemia", "normal_pressure", "preeclampsia_unlikely", "no_diabetes", "no_infection",
    "glucose_normal_so_far",
    "normal_before", "gains_well", "no", "none", "unknown", "nothing",
  ]

  @Test("What WHO's own sheet warns of is warned of, but where the sheet has another ground")
  func warnings() throws {
    let cases = try AntenatalCases(.least)
    var (warned, silent): (Int, Set<String>) = (0, [])
    for row in try FixtureTable("antenatal/who-outcomes.csv").rows where row["sheet"] == "yes" {
      let contact = try #require(cases.contacts[row["contact"]])
      if Self.harmless.contains(try contact.outcome(row["group"], try contact.plan())) {
        silent.insert("\(row["contact"]) \(row["group"])")
      } else {
        warned += 1
      }
    }
    #expect(warned == 44)
    #expect(
      silent == [
        // Body mass of 24.8, 19.0 and 23.7: no warning by WHO's own limits.
        "sugar body_mass", "ashley-finney body_mass", "alana-1 body_mass",
        // Findings of the visual pelvic examination, for which there is no element.
        "ashley-finney danger", "juliana-freitas danger", "fatima-5 danger", "carmen danger",
        "inara-5 danger", "maria-1 danger",
        // 10.6 to 10.9 g/dL at 21 weeks.
        "inara-2 anaemia",
        // Seven kilograms at 22 and 28 weeks, within what may be gained in all.
        "elly-smith-3 weight_gain", "mona-3 weight_gain",
      ])
  }
}
