import Health
import Programmes
import Services

/// What was recorded at a child's birth, as pages say it.
struct BirthText {
  let person: PersonBody
  let format: Format

  private var words: Words { format.words }

  /// The weight at birth, where it is one.
  var weight: Mass? { person.birthWeight.flatMap { $0.grams > 0 ? $0 : nil } }

  /// `2.300 g: BBLR · 46 cm · LK 32 cm · 36+2 minggu`; nothing where nothing was recorded.
  var measured: String? {
    let weight = weight.map { weight in
      let grams = "\(format.whole(weight.grams)) \(words["common.g"])"
      guard let category = NewbornSizes.category(of: weight) else { return grams }
      return "\(grams): \(words[category.key])"
    }
    let parts = [
      weight, value(.length), value(.headCircumference).map { "\(words["birth.head"]) \($0)" },
      gestationalAge,
    ].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// The value of a measure with its unit.
  func value(_ measure: NewbornMeasure) -> String? {
    func centimetres(_ length: Length?) -> String? {
      length.map { "\(format.centimetres($0.centimetres)) \(words["common.cm"])" }
    }
    switch measure {
    case .weight: return weight.map { "\(format.whole($0.grams)) \(words["common.g"])" }
    case .length: return centimetres(person.birthLength)
    case .headCircumference: return centimetres(person.birthHeadCircumference)
    }
  }

  /// `36+2 minggu`.
  var gestationalAge: String? {
    person.gestationalAgeAtBirth.map { age in
      words("birth.weeks", ["weeks": "\(age.count / 7)", "days": "\(age.count % 7)"])
    }
  }

  /// Size for gestational age by weight: `kecil masa kehamilan, persentil 4,2`, or why not.
  var size: String? { size(.weight) }

  /// What is said of a measure beside those of that gestational age; nothing where it was not
  /// measured.
  func size(_ measure: NewbornMeasure) -> String? {
    switch person.sizeAtBirth(measure) {
    case .unknown(.notMeasured): nil
    case .unknown(let reason):
      words("birth.size_unknown", ["reason": words["birth.unknown.\(reason.code)"]])
    case .implausible(let size):
      "\(format.zScore(size.score.hundredths)): \(words["growth.flags.implausible"])"
    case .known(let size):
      measure == .weight
        ? "\(words[size.category.key]), \(centile(size))" : centile(size)
    }
  }

  /// `persentil 4,2`; below the first and above the 99th no more is said. Never rounded across the
  /// 10th or 90th.
  func centile(_ size: NewbornSize) -> String {
    let hundredths = size.centileHundredths
    if hundredths < 100 { return words["birth.centile_below_first"] }
    if hundredths > 9900 { return words["birth.centile_above_last"] }
    let isOver = hundredths > 9000
    let tenths = isOver ? (hundredths + 9) / 10 : hundredths / 10
    return words("birth.centile", ["centile": format.short(Double(tenths) / 10, digits: 1)])
  }
}

extension NewbornUnknown {
  /// The name under `birth.unknown`.
  var code: String {
    switch self {
    case .notMeasured: "not_measured"
    case .gestationalAge: "gestational_age"
    case .sex: "sex"
    case .outsideStandard: "outside_standard"
    }
  }
}
