import Guidance

extension Urgency {
  /// The name in catalogues.
  var code: String {
    switch self {
    case .homeCare: "home_care"
    case .treat: "treat"
    case .refer: "refer"
    case .referPlanned: "refer_planned"
    case .referNow: "refer_now"
    }
  }

  /// The colour on pages.
  var tone: Tone {
    switch self {
    case .homeCare: .good
    case .treat, .referPlanned: .poor
    case .refer, .referNow: .bad
    }
  }
}

extension Collection {
  /// The same elements, the most urgent first; what is equally urgent keeps its order. Pages and
  /// letters sort signs, classes and reasons by this alone.
  func mostUrgentFirst(_ urgency: (Element) -> Urgency) -> [Element] {
    Urgency.allCases.sorted(by: >).flatMap { level in filter { urgency($0) == level } }
  }
}
