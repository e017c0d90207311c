import Guidance
import Programmes

/// Why somebody is referred or examined today: what a plan says before everything else.
struct Alarm {
  /// Where to, and how soon; of the same urgency the gravest last.
  enum Level: Int, Comparable, CaseIterable {
    /// Examined here, and referred nowhere.
    case examine
    case today
    case now
    case hospitalNow

    /// The name in catalogues.
    var code: String {
      switch self {
      case .examine: "examine"
      case .today: "today"
      case .now: "now"
      case .hospitalNow: "hospital_now"
      }
    }

    /// Whether somebody is sent to others.
    var isReferral: Bool { self != .examine }

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  let level: Level
  /// How urgent it is: who needs help first is graver than who is only brought to a hospital.
  let urgency: Urgency
  /// For what, in words.
  let what: String

  /// Nothing where nobody is referred on the same day.
  init?(_ urgency: Urgency, _ actions: [CareAction], for what: String) {
    guard urgency >= .refer else { return nil }
    let isHospital = actions.contains(.referToHospitalNow)
    level = isHospital ? .hospitalNow : urgency == .referNow ? .now : .today
    self.urgency = urgency
    self.what = what
  }

  /// Who is to be examined today by whoever reads it.
  init(examining what: String) {
    (level, urgency) = (.examine, .treat)
    self.what = what
  }

  /// Whether another is graver, whatever it is for.
  func isLess(than other: Alarm) -> Bool {
    (urgency, level) < (other.urgency, other.level)
  }
}

extension CareLines {
  /// The gravest level of what somebody is referred or examined for today, with each thing of that
  /// level in the order of the page, and where the first of them stands; nothing where there is none.
  var gravest: (level: Alarm.Level, what: [String], anchor: String)? {
    let signs = dangers.compactMap(\.alarm)
    let found = grave.compactMap(\.alarm)
    guard let worst = (signs + found).max(by: { $0.isLess(than: $1) }) else { return nil }
    func isWorst(_ alarm: Alarm) -> Bool { !alarm.isLess(than: worst) }
    var what: [String] = []
    for alarm in signs + found where isWorst(alarm) && !what.contains(alarm.what) {
      what.append(alarm.what)
    }
    return (worst.level, what, signs.contains(where: isWorst) ? "dangers" : "findings")
  }
}
