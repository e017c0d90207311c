import Guidance

/// How a line of a care plan is coloured.
enum Tone: String {
  case good
  case poor
  case bad
  case plain = "none"
}

/// One line of a care plan: by what lines are sorted and summed up, and all that a template draws.
struct CareLine {
  /// What it is about.
  let name: String
  /// How it is coloured.
  let tone: Tone
  /// How a service stands; nothing of anything else.
  let status: String?
  /// How urgent a sign, a class or a score is.
  let urgency: Urgency
  /// What a page says on top where somebody is referred for it today; nothing of others.
  let alarm: Alarm?
  /// Whether it says that a sick child is stable, or that it is not; nothing of other lines.
  let saysStable: Bool?
  /// All that a template draws.
  let fields: Fields

  /// A line with what is told beside its name.
  init(
    _ name: String, _ tone: Tone, status: String? = nil, urgency: Urgency = .homeCare,
    alarm: Alarm? = nil, saysStable: Bool? = nil, _ fields: Fields
  ) {
    self.name = name
    self.tone = tone
    self.status = status
    self.urgency = urgency
    self.alarm = alarm
    self.saysStable = saysStable
    self.fields = fields.merging(["name": name, "tone": tone.rawValue, "status": status])
  }
}

/// The lines of a care plan by where they stand on a page.
struct CareLines {
  /// Signs of danger.
  var dangers: [CareLine] = []
  /// What somebody has to act on at once: to refer. These and the next are the most urgent first.
  var grave: [CareLine] = []
  /// Main symptoms of a visit that were not asked about to the end.
  var unfinished: [CareLine] = []
  /// What else somebody has to act on: to refer with an appointment, then to treat.
  var poor: [CareLine] = []
  /// Other classes and scores that were found: advice too.
  var mild: [CareLine] = []
  /// What cannot be judged yet.
  var open: [CareLine] = []
  /// Services by how they stand, under the name of the group in catalogues.
  var groups: [String: CareGroup] = [:]

  /// These lines with what is urgent of others: a danger is told though the value that tells it is
  /// hardly believed, and nothing else follows from that value before it is said to be right.
  func warning(of others: CareLines) -> CareLines {
    var lines = self
    (lines.dangers, lines.grave) = (others.dangers, others.grave)
    return lines.withoutFalseCalm()
  }

  /// These lines with what is urgent, or referred with an appointment, in those of another day. What
  /// stands in both is told once, as urgent as in either.
  func adding(urgent others: CareLines) -> CareLines {
    var lines = self
    lines.dangers = Self.joined(dangers, others.dangers)
    lines.grave = Self.joined(grave, others.grave)
    let known = Set(lines.grave.map(\.name))
    lines.poor = Self.joined(poor, others.poor.filter { $0.urgency >= .referPlanned })
      .filter { !known.contains($0.name) }
    return lines.withoutFalseCalm()
  }

  private static func joined(_ lines: [CareLine], _ others: [CareLine]) -> [CareLine] {
    var joined = lines
    for other in others {
      guard let place = joined.firstIndex(where: { $0.name == other.name }) else {
        joined.append(other)
        continue
      }
      if joined[place].urgency <= other.urgency { joined[place] = other }
    }
    return joined.mostUrgentFirst(\.urgency)
  }

  /// These lines without "stable" beside what contradicts it: a sign of danger, a class that is
  /// referred today, or a child that is cold. The first look finds only its own signs.
  func withoutFalseCalm() -> CareLines {
    guard
      !dangers.isEmpty || !grave.isEmpty
        || (poor + mild).contains(where: { $0.saysStable == false })
    else { return self }
    var lines = self
    lines.mild.removeAll { $0.saysStable == true }
    return lines
  }
}
