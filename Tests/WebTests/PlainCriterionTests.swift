import Guidance
import Health
import Programmes
import Services
import Testing

@testable import Web

/// The conditions of the book as a clinician reads and signs them: plain, and with the same meaning.
@Suite struct PlainCriterionTests {
  private static let (first, second, third) = (
    Criterion.pregnant, Criterion.afterBirth, Criterion.sex(.female)
  )

  private enum Truth: Int, CaseIterable, Comparable {
    case no, unknown, yes

    var denied: Truth { self == .yes ? .no : self == .no ? .yes : .unknown }
    static func < (left: Truth, right: Truth) -> Bool { left.rawValue < right.rawValue }
  }

  /// What a condition is answered where its simple parts are answered so. A part that is judged as
  /// of an earlier day is looked into as well.
  private static func truth(_ criterion: Criterion, _ known: [Criterion: Truth]) -> Truth {
    switch criterion {
    case .all(let parts): return parts.map { truth($0, known) }.min() ?? .yes
    case .one(let parts): return parts.map { truth($0, known) }.max() ?? .no
    case .atLeast(let count, let parts):
      let answers = parts.map { truth($0, known) }
      if answers.count(where: { $0 == .yes }) >= count { return .yes }
      return answers.count(where: { $0 != .no }) >= count ? .unknown : .no
    case .not(let part): return truth(part, known).denied
    case .asObserved(_, _, let part): return truth(part, known)
    default: return known[criterion] ?? .unknown
    }
  }

  /// The simple parts of a condition.
  private static func atoms(_ criterion: Criterion) -> Set<Criterion> {
    switch criterion {
    case .all(let parts), .one(let parts), .atLeast(_, of: let parts):
      parts.reduce(into: []) { $0.formUnion(atoms($1)) }
    case .not(let part), .asObserved(_, _, let part): atoms(part)
    default: [criterion]
    }
  }

  /// Whether a condition still says something that it need not: denied twice, a group within one of
  /// its kind or of a single part, or "not all of".
  private static func isTwisted(_ criterion: Criterion) -> Bool {
    switch criterion {
    case .all(let parts):
      parts.count == 1
        || parts.contains { if case .all = $0 { true } else { isTwisted($0) } }
    case .one(let parts):
      parts.count == 1
        || parts.contains { if case .one = $0 { true } else { isTwisted($0) } }
    case .atLeast(_, let parts): parts.contains(where: isTwisted)
    case .asObserved(_, _, let part): isTwisted(part)
    case .not(.not), .not(.all): true
    case .not(.one(let parts)):
      parts.contains { if case .not = $0 { true } else { isTwisted($0) } }
    case .not(let part): isTwisted(part)
    default: false
    }
  }

  /// All conditions that the book prints.
  private static var printed: [Criterion] {
    let book = CareBook.motherAndChild
    return book.guidelines.map(\.applies) + book.services.values.map(\.applies)
      + book.tables.values.flatMap { [$0.applies] + $0.rows.map(\.when) }
      + book.instruments.values.flatMap { [$0.applies] + $0.items.map(\.when) }
      + book.forms.flatMap { [$0.applies] + $0.sections.flatMap(\.questions).map(\.when) }
  }

  @Test(
    arguments: [
      (!(!first), first), (!(!(!first)), !first), (.all([first]), first),
      (.one([!(!first)]), first),
      (.all([first, .all([second, third])]), .all([first, second, third])),
      (.one([.one([first, second]), third]), .one([first, second, third])),
      (!(.all([first, second])), .one([!first, !second])),
      (!(.all([first, !second])), .one([!first, second])),
      (!(.one([first, second])), !(.one([first, second]))),
      (!(.one([!first, second])), .all([first, !second])),
      (.all([first, !(.one([!second, third]))]), .all([first, second, !third])),
      (!(.one([.all([first, second]), !third])), .all([.one([!first, !second]), third])),
      (.atLeast(2, of: [!(!first), second]), .atLeast(2, of: [first, second])),
      (first, first),
    ] as [(Criterion, Criterion)])
  func isToldPlainly(written: Criterion, told: Criterion) {
    #expect(written.plain == told)
    #expect(told.plain == told)
  }

  @Test func everyConditionOfTheBookIsPlainAndMeansTheSame() {
    var checked = 0
    for criterion in Self.printed {
      let plain = criterion.plain
      #expect(!Self.isTwisted(plain), "\(plain)")
      guard plain != criterion else { continue }
      let atoms = Array(Self.atoms(criterion))
      #expect(Set(atoms) == Self.atoms(plain))
      // All answers of up to six parts; of more 200 of them.
      let all = atoms.count <= 6 ? (0..<atoms.count).reduce(1) { product, _ in product * 3 } : 200
      for number in 0..<all {
        var rest = number
        var draw = UInt64(number) &* 0x9e37_79b9_7f4a_7c15
        var known: [Criterion: Truth] = [:]
        for atom in atoms {
          draw = draw &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          let place = atoms.count <= 6 ? rest % 3 : Int((draw >> 33) % 3)
          known[atom] = Truth(rawValue: place)
          rest /= 3
        }
        checked += 1
        if Self.truth(criterion, known) != Self.truth(plain, known) {
          Issue.record("\(criterion) and \(plain) where \(known)")
          break
        }
      }
    }
    #expect(checked > 100)
  }

  /// Children are numbers and no "times", and what lies between two pregnancies is months.
  @Test func figuresOfAPregnancyAreNumbers() throws {
    let format = Format(words: Words(try Phrases(.indonesian)), hoursEastOfGreenwich: 7)
    let text = CareText(format: format, settings: ClinicalSettings())
    func sentence(_ figure: PregnancyFigure, _ least: Int32) -> String {
      text.sentence(.pregnancyFigure(figure, .atLeast(.fixed(.times(least)))))
    }
    #expect(sentence(.livingChildren, 4) == "Jumlah anak hidup 4 atau lebih")
    #expect(sentence(.fetuses, 2) == "Jumlah janin 2 atau lebih")
    #expect(
      sentence(.monthsSinceLastPregnancy, 120)
        == "Jarak dari kehamilan sebelumnya 120 bulan atau lebih")
  }

  /// Numbers stand with what is counted, a "no" that is asked for is told, and nothing twice.
  @Test func valuesAreToldOnceAndWithWhatIsCounted() throws {
    let format = Format(words: Words(try Phrases(.indonesian)), hoursEastOfGreenwich: 7)
    let text = CareText(format: format, settings: ClinicalSettings())
    for (element, value, told): (DataElement, Int32, String) in [
      (.ironTabletsGiven, 30, "30 tablet"), (.tetanusStatus, 5, "5"), (.oedemaDegree, 0, "0"),
      (.mealsYesterday, 3, "3 kali"), (.motherVitaminACapsules, 2, "2 kapsul"),
      (.platelets, 150_000, "150.000"), (.coughDays, 14, "14 hari"),
    ] {
      #expect(text.value(value, of: element) == told, "\(element.name)")
    }
    #expect(text.element(.coughDays) == "Lama batuk")
    #expect(
      text.sentence(DataElement.ironTabletsTakenSoFar.atLeast(.times(90), .thisPregnancy))
        == "Tablet tambah darah diminum selama hamil ini 90 tablet atau lebih dalam kehamilan ini")
    #expect(
      text.sentence(.whereObserved(.goodAppetite, .oneOf(1 << 0), .last(.days(14))))
        == "Nafsu makan baik: Tidak dalam 2 minggu terakhir (bila diperiksa)")
    let wholes = [[DataElement.fits, .bleeding], [.pallor, .counselled, .fits]].map {
      Evidence.together($0.map { .observed($0) })
    }
    #expect(text.evidence(wholes[0]) == "2 pertanyaannya dijawab pada hari yang sama")
    #expect(
      text.evidence(.one(wholes))
        == "semua pertanyaan formulir untuk umur anak dijawab pada hari yang sama")
    let bled = DataElement.bleedingThisPregnancy.isYes(.thisPregnancy)
    #expect(text.sentence(.one([bled, bled])) == "Perdarahan dalam kehamilan ini")
  }

  @Test(arguments: Language.allCases)
  func noLineDeniesTwice(_ language: Language) throws {
    let words = Words(try Phrases(language))
    let text = CareText(
      format: Format(words: words, hoursEastOfGreenwich: 7), settings: ClinicalSettings())
    let denies = words("care.criteria.not", ["part": ""])
    let twice = denies + String(denies.dropLast())
    for criterion in Self.printed {
      for line in text.lines(criterion) {
        #expect(!line.text.contains(twice), "\(line.text)")
      }
    }
  }
}
