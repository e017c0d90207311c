import Health

extension SyntheticPopulation {
  /// The packed timeline of every person, in the order in which they are first told of: for tests
  /// that ask the same of everybody by several builds.
  ///
  /// - Throws: ``WireError`` where a timeline has no more room.
  public func timelines() throws -> [Timeline] {
    var places: [Identifier: Int] = [:]
    var timelines: [Timeline] = []
    try forEachBatch { facts in
      for fact in facts {
        if places[fact.subject] == nil {
          guard fact.kind == .person else { continue }
          places[fact.subject] = timelines.count
          timelines.append(Timeline())
        }
        guard let place = places[fact.subject] else { continue }
        try timelines[place].insert(fact)
      }
    }
    return timelines
  }
}
