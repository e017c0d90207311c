import Guidance
import Health

/// The development questionnaire (KPSP) of one age: ten questions. Its items are elements 1000 and
/// on, ten for each age; the book's questions stand in the catalogues.
public struct DevelopmentQuestionnaire: Hashable, Sendable {
  /// The place in ``ages``.
  public let index: Int
  /// The age in completed months.
  public var months: Int32 { DevelopmentQuestionnaire.ages[index] }

  /// The ages at which the questionnaire is put (from memory).
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

  /// From when it is put: from its age until the next one's.
  var window: (opens: Span, closes: Span) {
    let next =
      index + 1 < DevelopmentQuestionnaire.ages.count
      ? DevelopmentQuestionnaire.ages[index + 1] : months + 6
    return (.months(months), .months(next))
  }

  /// Its score: 9 and 10 as expected, 7 and 8 doubtful, 6 and less a deviation.
  public var instrument: Instrument {
    Instrument(
      DevelopmentQuestionnaire.firstNumber + UInt16(index), "kpsp", source: .developmentScreening,
      for: .age(from: window.opens, until: window.closes) && element(0).isKnown(.last(.months(6))),
      (0..<DevelopmentQuestionnaire.itemCount).map {
        Instrument.Item(element($0), 1, .last(.months(6)))
      },
      bands: Classification(
        source: .developmentScreening,
        [
          .init(.upTo(6), .init(1, "deviation", .refer)),
          .init(.upTo(8), .init(2, "doubtful", .treat)),
        ], above: .init(3, "as_expected", .homeCare)))
  }

  /// The service that owes it.
  public var service: CareService {
    CareService(
      DevelopmentQuestionnaire.firstNumber + UInt16(index), "kpsp", source: .developmentScreening,
      for: .age(from: .months(max(0, months - 1)), until: window.closes),
      .once(
        .birth, opens: window.opens, late: .months(months + 1), closes: window.closes),
      doneBy: .observed(element(0)))
  }

  /// All of them.
  public static let all = ages.indices.map { DevelopmentQuestionnaire(index: $0) }
}

extension Source {
  /// Stimulation, detection and early intervention of growth and development.
  static let developmentScreening = Source(
    id: "sdidtk-kpsp", title: "Stimulasi, Deteksi dan Intervensi Dini Tumbuh Kembang Anak: KPSP",
    edition: "2016; 2022", place: "KPSP, interpretasi", standing: .fromMemory)
}

extension Guideline {
  /// The development of children until school age (SDIDTK).
  public static let childDevelopment = Guideline(
    4, "child_development", source: .developmentScreening,
    for: .age(from: .months(2), until: .months(78)),
    services: DevelopmentQuestionnaire.all.map { $0.service },
    instruments: DevelopmentQuestionnaire.all.map { $0.instrument })
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
