import Guidance
import Programmes

/// Why somebody is referred today: what a plan says before everything else.
struct Alarm {
  /// Where to, and how soon; the gravest last.
  enum Level: Int, Comparable {
    case today
    case now
    case hospitalNow

    /// The name in catalogues.
    var code: String {
      switch self {
      case .today: "today"
      case .now: "now"
      case .hospitalNow: "hospital_now"
      }
    }

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  let level: Level
  /// For what, in words.
  let what: String

  /// Nothing where nobody is referred on the same day.
  init?(_ urgency: Urgency, _ actions: [CareAction], for what: String) {
    guard urgency >= .refer else { return nil }
    let isHospital = actions.contains(.referToHospitalNow)
    level = isHospital ? .hospitalNow : urgency == .referNow ? .now : .today
    self.what = what
  }
}

extension CareLines {
  /// The gravest level of what somebody is referred for today, with each thing of that level in the
  /// order of the page, and where the first of them stands; nothing where nobody is referred today.
  var gravest: (level: Alarm.Level, what: [String], anchor: String)? {
    let signs = dangers.compactMap(\.alarm)
    let found = grave.compactMap(\.alarm)
    guard let level = (signs + found).map(\.level).max() else { return nil }
    let isSign = signs.contains { $0.level == level }
    var what: [String] = []
    for alarm in signs + found where alarm.level == level && !what.contains(alarm.what) {
      what.append(alarm.what)
    }
    return (level, what, isSign ? "dangers" : "findings")
  }
}
