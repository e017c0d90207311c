import Guidance
import Health

/// Why what is told of a pregnancy hardly fits together. Each can be true all the same, so it is asked
/// once and never refused.
enum PregnancyDoubt: Hashable {
  /// Fewer pregnancies than births and losses before, and this one.
  case fewPregnancies(gravida: Int32, least: Int32)
  /// More children who live than births: twins, or children of somebody else.
  case manyChildren(living: Int32, para: Int32)
  /// Ultrasound and last menstrual period are so many days apart.
  case datesDiffer(days: Int32)
  /// A birth was so many days ago.
  case soonAfterBirth(days: Int32)

  /// The days between ultrasound and period up to which nothing is asked: three weeks, as where a late
  /// ultrasound is looked at again (own reading).
  static let daysApart: Int32 = 21

  /// All of what a form tells, without the days after a birth.
  static func all(of body: PregnancyBody) -> [PregnancyDoubt] {
    var doubts: [PregnancyDoubt] = []
    if let gravida = body.gravida {
      let least = (body.para ?? 0) + (body.losses ?? 0) + 1
      if gravida < least { doubts.append(.fewPregnancies(gravida: gravida, least: least)) }
    }
    if let living = body.livingChildren, let para = body.para, living > para {
      doubts.append(.manyChildren(living: living, para: para))
    }
    if let period = body.lastMenstrualPeriod, let on = body.ultrasoundOn,
      let gestation = body.ultrasoundGestation
    {
      let days = abs((on - period).count - gestation)
      if days > daysApart { doubts.append(.datesDiffer(days: days)) }
    }
    return doubts
  }

  /// The field that it stands at.
  var field: String {
    switch self {
    case .fewPregnancies: "gravida"
    case .manyChildren: "living_children"
    case .datesDiffer: "scan_weeks"
    case .soonAfterBirth: "on"
    }
  }

  /// The name in catalogues.
  var name: String {
    switch self {
    case .fewPregnancies: "few_pregnancies"
    case .manyChildren: "many_children"
    case .datesDiffer: "dates_differ"
    case .soonAfterBirth: "soon_after_birth"
    }
  }

  /// What its sentence names.
  var figures: [String: String] {
    switch self {
    case .fewPregnancies(let gravida, let least): ["gravida": "\(gravida)", "least": "\(least)"]
    case .manyChildren(let living, let para): ["living": "\(living)", "para": "\(para)"]
    case .datesDiffer(let days): ["weeks": "\(days / 7)", "days": "\(days % 7)"]
    case .soonAfterBirth(let days): ["days": "\(days)"]
    }
  }

  /// By which an answer is known to be of these very values.
  var code: String {
    ([name] + figures.sorted { $0.key < $1.key }.map(\.value)).joined(separator: "-")
  }
}
