import Guidance
import Health

/// The development questionnaire (KPSP) of one age: ten questions. Its items are elements 1000 and
/// on, ten for each age; the book's questions stand in the catalogues.
public struct DevelopmentQuestionnaire: Hashable, Sendable {
  /// The place in ``ages``.
  public let index: Int
  /// The age in completed months.
  public var months: Int32 { DevelopmentQuestionnaire.ages[index] }

  /// The ages at which the questionnaire is put.
  public static let ages: [Int32] = [
    3, 6, 9, 12, 15, 18, 21, 24, 30, 36, 42, 48, 54, 60, 66, 72,
  ]
  /// How many questions each has.
  public static let itemCount = 10
  /// The code of the first question of the first age.
  static let firstElement: UInt16 = 1_000

  init(index: Int) { self.index = index }

  /// The names of the questions; the catalogues have them under the questionnaire's age.
  private static let itemNames: [StaticString] = [
    "item_1", "item_2", "item_3", "item_4", "item_5", "item_6", "item_7", "item_8", "item_9",
    "item_10",
  ]

  /// A question, from 0.
  public func element(_ item: Int) -> DataElement {
    DataElement(
      DevelopmentQuestionnaire.firstElement
        + UInt16(index * DevelopmentQuestionnaire.itemCount + item),
      DevelopmentQuestionnaire.itemNames[item], .yesNo)
  }

  /// Its questions.
  var elements: [DataElement] {
    (0..<DevelopmentQuestionnaire.itemCount).map { element($0) }
  }

  /// The age in completed months from which a child born early is as old as its birth says.
  static let lastCorrectedMonth: Int32 = 24

  /// From what its age counts: the day of term for the questionnaires of the first two years, which
  /// a child born early gets so much later.
  var anchor: Anchor { months < DevelopmentQuestionnaire.lastCorrectedMonth ? .termBirth : .birth }

  /// From when it is put, until the next one is: 16 days over a month count as the next month.
  var window: (opens: Span, closes: Span) {
    let isLast = index + 1 == DevelopmentQuestionnaire.ages.count
    let next = isLast ? months + 6 : DevelopmentQuestionnaire.ages[index + 1]
    return (
      .fixed(Period(months: months - 1, days: 16)), .fixed(Period(months: next - 1, days: 16))
    )
  }

  /// Children who are in its window; from 24 months nobody is corrected any more.
  private func applies(from: Span) -> Criterion {
    let inWindow = Criterion.after(anchor, from: from, until: window.closes)
    guard anchor == .termBirth else { return inWindow }
    let isUncorrected = Span.fixed(
      Period(months: DevelopmentQuestionnaire.lastCorrectedMonth - 1, days: 16))
    return inWindow && .age(from: .none, until: isUncorrected)
  }

  /// Whether it is the one to be put at the child's age.
  var isPut: Criterion { applies(from: window.opens) }

  /// Its score: 9 and 10 as expected, 7 and 8 doubtful, 6 and less a deviation.
  public var instrument: Instrument {
    Instrument(
      DevelopmentQuestionnaire.firstNumber + UInt16(index), "kpsp", source: .developmentScreening,
      for: applies(from: window.opens)
        && .whereObserved(element(0), .known, .last(.months(6))),
      elements.map { Instrument.Item($0, 1, .last(.months(6))) },
      bands: Classification(
        source: .developmentScreening,
        [
          .init(.upTo(6), .init(1, "deviation", .referPlanned)),
          .init(.upTo(8), .init(2, "doubtful", .treat)),
        ], above: .init(3, "as_expected", .homeCare)))
  }

  /// The service that owes it. At the Posyandu there is the list of the book of mothers alone.
  public var service: CareService {
    CareService(
      DevelopmentQuestionnaire.firstNumber + UInt16(index), "kpsp", source: .developmentScreening,
      for: applies(from: .months(months - 2)),
      .once(
        anchor, opens: window.opens, late: .months(months + 1), closes: window.closes),
      doneBy: .whole(elements), in: [.pustu, .puskesmas, .school, .privateFacility, .hospital])
  }

  /// All of them.
  public static let all = ages.indices.map { DevelopmentQuestionnaire(index: $0) }
}

extension Source {
  /// Stimulation, detection and early intervention of growth and development.
  static let developmentScreening = Source(
    id: "sdidtk-kpsp", title: "Stimulasi, Deteksi dan Intervensi Dini Tumbuh Kembang Anak: KPSP",
    edition: "2022", place: "KPSP, interpretasi", standing: .secondary)
  /// The same, on what is examined and asked beside the questionnaire.
  private static func screening(
    _ place: StaticString, _ standing: Source.Standing = .secondary
  ) -> Source {
    Source(
      id: "sdidtk", title: "Stimulasi, Deteksi dan Intervensi Dini Tumbuh Kembang Anak",
      edition: "2022", place: place, standing: standing)
  }
  /// How often the head is measured; the pages were not read.
  static let headScreening = screening("lingkar kepala anak", .fromMemory)
  /// How often a child of five years and more is weighed and measured; the pages were not read.
  static let preschoolGrowth = screening("berat dan tinggi anak", .fromMemory)
  /// The test of hearing.
  static let hearingScreening = screening("tes daya dengar (TDD)")
  /// The test of sight.
  static let visionScreening = screening("tes daya lihat (TDL)")
  /// The red reflex.
  static let redReflexScreening = screening("pemeriksaan refleks merah")
  /// The questions on feelings and behaviour.
  static let behaviourScreening = screening("kuesioner masalah perilaku dan emosional (KMPE)")
  /// The questions on autism.
  static let autismScreening = screening("M-CHAT-R")
}

extension DevelopmentQuestionnaire {
  /// The first number of the services and instruments, one for each age.
  static let firstNumber: UInt16 = 100

  /// The questionnaire whose service or instrument has that number.
  public init?(serviceNumber number: UInt16) {
    guard number >= DevelopmentQuestionnaire.firstNumber,
      Int(number - DevelopmentQuestionnaire.firstNumber) < DevelopmentQuestionnaire.ages.count
    else { return nil }
    index = Int(number - DevelopmentQuestionnaire.firstNumber)
  }

  /// The question that an element is, with its questionnaire; nothing where it is none.
  public static func item(_ code: UInt16) -> (questionnaire: DevelopmentQuestionnaire, item: Int)? {
    guard code >= firstElement, Int(code - firstElement) < ages.count * itemCount else {
      return nil
    }
    let place = Int(code - firstElement)
    return (DevelopmentQuestionnaire(index: place / itemCount), place % itemCount)
  }
}
