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
    var replacements = 0
    while let entry = try reader.next() {
      entries.append(entry)
      if entry.replaces != nil { replacements += 1 }
    }
    if replacements == 0 { return entries }
    return Replacements(entries).standing()
  }
}

/// Settles which facts stand where some replace others.
private struct Replacements {
  let entries: [TimelineEntry]
  var isWithdrawn: [Bool]

  init(_ entries: [TimelineEntry]) {
    self.entries = entries
    isWithdrawn = [Bool](repeating: false, count: entries.count)
    settleWithdrawals()
  }

  private func index(of id: Identifier) -> Int? {
    entries.firstIndex { $0.id == id }
  }

  /// Withdrawals may themselves be withdrawn; each pass settles one more level, and a cycle,
  /// which no honest device makes, ends with the last pass.
  private mutating func settleWithdrawals() {
    let withdrawals = entries.indices.filter { entries[$0].kind == .withdrawal }
    for _ in 0...withdrawals.count {
      var next = [Bool](repeating: false, count: entries.count)
      for withdrawal in withdrawals where !isWithdrawn[withdrawal] {
        if let target = entries[withdrawal].replaces.flatMap({ index(of: $0) }) {
          next[target] = true
        }
      }
      if next == isWithdrawn { return }
      isWithdrawn = next
    }
  }

  func standing() -> [TimelineEntry] {
    var roots = [Identifier](repeating: Identifier(high: 0, low: 0), count: entries.count)
    var isReplaced = [Bool](repeating: false, count: entries.count)
    for position in entries.indices {
      roots[position] = root(of: position)
      if entries[position].kind != .withdrawal, !isWithdrawn[position],
        let target = entries[position].replaces.flatMap({ index(of: $0) })
      {
        isReplaced[target] = true
      }
    }
    var result: [TimelineEntry] = []
    for position in entries.indices {
      let entry = entries[position]
      guard entry.kind != .withdrawal, !isWithdrawn[position], !isReplaced[position] else {
        continue
      }
      let isBeaten = entries.indices.contains { other in
        other != position && roots[other] == roots[position]
          && entries[other].kind != .withdrawal && !isWithdrawn[other] && !isReplaced[other]
          && (entry.recordedAt, entry.id) < (entries[other].recordedAt, entries[other].id)
      }
      if !isBeaten { result.append(entry) }
    }
    return result
  }

  /// The id of the first fact of the chain of corrections that an entry belongs to.
  private func root(of position: Int) -> Identifier {
    var current = position
    for _ in entries.indices {
      guard let older = entries[current].replaces else { return entries[current].id }
      guard let next = index(of: older) else { return older }
      current = next
    }
    return entries[current].id
  }
}
