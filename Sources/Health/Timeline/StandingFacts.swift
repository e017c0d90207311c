extension TimelineReader {
  /// The facts that stand: corrections in the place of what they correct, nothing withdrawn.
  ///
  /// A fact is withdrawn while a withdrawal that is not itself withdrawn points at it. Among a fact
  /// and its corrections, the one stands that no other correction replaces; where two people
  /// corrected the same fact, the later recorded one, and among those the greater id, so that
  /// every device chooses the same. An undone correction brings back what it had replaced.
  public static func standingFacts(
    of bytes: UnsafeBufferPointer<UInt8>
  ) throws(WireError) -> [TimelineEntry] {
    var reader = try TimelineReader(bytes)
    var entries: [TimelineEntry] = []
    // Few facts are shorter, so that room is made once.
    entries.reserveCapacity(bytes.count / 48)
    var isPlain = true
    while let entry = try reader.next() {
      entries.append(entry)
      if entry.replaces != nil || entry.kind == .withdrawal { isPlain = false }
    }
    return isPlain ? entries : Replacements(entries).standing()
  }
}

/// Settles which facts stand where some replace others.
private struct Replacements {
  let entries: [TimelineEntry]
  /// For each entry the position of the one that it replaces, where that is here.
  let targets: [Int?]
  var isWithdrawn: [Bool]

  init(_ entries: [TimelineEntry]) {
    self.entries = entries
    let byId = entries.indices.sorted { entries[$0].id < entries[$1].id }
    targets = entries.map { entry in
      entry.replaces.flatMap { Replacements.find($0, in: entries, order: byId) }
    }
    isWithdrawn = [Bool](repeating: false, count: entries.count)
    settleWithdrawals()
  }

  private static func find(
    _ id: Identifier, in entries: [TimelineEntry], order: [Int]
  ) -> Int? {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) / 2
      if entries[order[middle]].id < id { low = middle + 1 } else { high = middle }
    }
    guard low < order.count, entries[order[low]].id == id else { return nil }
    return order[low]
  }

  /// Withdrawals may themselves be withdrawn; each pass settles one more level. Honest histories
  /// have one or two levels; deeper ones, and cycles, end with the last pass.
  private mutating func settleWithdrawals() {
    let withdrawals = entries.indices.filter { entries[$0].kind == .withdrawal }
    for _ in 0...min(withdrawals.count, 64) {
      var next = [Bool](repeating: false, count: entries.count)
      for withdrawal in withdrawals where !isWithdrawn[withdrawal] {
        if let target = targets[withdrawal] { next[target] = true }
      }
      if next == isWithdrawn { return }
      isWithdrawn = next
    }
  }

  func standing() -> [TimelineEntry] {
    let roots = roots()
    var isReplaced = [Bool](repeating: false, count: entries.count)
    for position in entries.indices where entries[position].kind != .withdrawal {
      if !isWithdrawn[position], let target = targets[position] { isReplaced[target] = true }
    }
    let candidates = entries.indices.filter {
      entries[$0].kind != .withdrawal && !isWithdrawn[$0] && !isReplaced[$0]
    }
    // Of the candidates with one root the last in this order stands.
    let ranked = candidates.sorted { left, right in
      if roots[left] != roots[right] { return roots[left] < roots[right] }
      return (entries[left].recordedAt, entries[left].id)
        < (entries[right].recordedAt, entries[right].id)
    }
    var stands = [Bool](repeating: false, count: entries.count)
    for (rank, position) in ranked.enumerated() {
      stands[position] =
        rank + 1 == ranked.count || roots[ranked[rank + 1]] != roots[position]
    }
    return entries.indices.filter { stands[$0] }.map { entries[$0] }
  }

  /// For each entry the id of the first fact of the chain of corrections that it belongs to.
  private func roots() -> [Identifier] {
    var known = [Identifier?](repeating: nil, count: entries.count)
    for position in entries.indices {
      var trail: [Int] = []
      var current = position
      var root: Identifier?
      while root == nil {
        if let found = known[current] {
          root = found
        } else if trail.count > entries.count {
          // A circle, which no honest device makes, is one chain under its smallest id.
          root = trail.map { entries[$0].id }.min() ?? entries[current].id
        } else {
          trail.append(current)
          if let target = targets[current] {
            current = target
          } else {
            root = entries[current].replaces ?? entries[current].id
          }
        }
      }
      for passed in trail { known[passed] = root }
    }
    return known.enumerated().map { $0.element ?? entries[$0.offset].id }
  }
}
