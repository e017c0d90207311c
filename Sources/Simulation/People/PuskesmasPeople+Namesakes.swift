import Health

extension PuskesmasPeople {
  /// Notes who bears the name of somebody else: fathers and sons, and people of about one age.
  mutating func noteNamesakes() {
    let order = villagers.indices.filter(isKnown).sorted {
      let (left, right) = (villagers[$0].name.key, villagers[$1].name.key)
      return (left, $0) < (right, $1)
    }
    var start = 0
    while start < order.count {
      var end = start + 1
      let key = villagers[order[start]].name.key
      while end < order.count, villagers[order[end]].name.key == key { end += 1 }
      for first in start..<end {
        for second in first + 1..<end { noteIfAlike(order[first], order[second]) }
      }
      start = end
    }
  }

  private mutating func noteIfAlike(_ first: Int, _ second: Int) {
    let (one, other) = (villagers[first], villagers[second])
    let areFatherAndSon = other.father == Int32(first) || one.father == Int32(second)
    guard areFatherAndSon || abs((one.birth - other.birth).count) <= 730 else { return }
    truth.namesakes.append(SyntheticTruth.Pair(one.id, other.id))
  }
}
