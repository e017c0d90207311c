/// Other ways to spell a word.
enum Spelling {
  /// As before 1972: u was oe, j was dj, c was tj, y was j, sy was sj, ny was nj, kh was ch.
  static func old(_ letters: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(letters.count + 4)
    var place = 0
    while place < letters.count {
      let letter = letters[place]
      let next = place + 1 < letters.count ? letters[place + 1] : 0
      switch (letter, next) {
      case (115, 121), (110, 121):
        result += [letter, 106]
        place += 1
      case (107, 104):
        result += [99, 104]
        place += 1
      case (117, _): result += [111, 101]
      case (106, _): result += [100, 106]
      case (99, _): result += [116, 106]
      case (121, _): result.append(106)
      default: result.append(letter)
      }
      place += 1
    }
    return result
  }

  private static let pairs: [(from: [UInt8], to: [UInt8])] = [
    ("f", "p"), ("p", "f"), ("z", "j"), ("z", "s"), ("sy", "s"), ("kh", "h"), ("h", ""),
    ("iy", "i"), ("ia", "iya"), ("i", "y"), ("ai", "ae"), ("ah", "a"), ("a", "ah"), ("k", "q"),
    ("d", "dh"), ("o", "u"), ("u", "o"), ("nn", "n"), ("n", "nn"), ("d", "t"), ("v", "p"),
    ("t", "th"), ("r", "rr"), ("y", "i"), ("e", "i"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// As it might also be heard: one sound is written in another way.
  static func otherwise(_ letters: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    let first = random.whole(0...pairs.count - 1)
    for step in 0..<pairs.count {
      let pair = pairs[(first + step) % pairs.count]
      guard letters.count > 3, let place = place(of: pair.from, in: letters), place > 0 else {
        continue
      }
      return Array(letters[..<place]) + pair.to + letters[(place + pair.from.count)...]
    }
    return letters
  }

  /// The last place of `part`, so that beginnings stay.
  private static func place(of part: [UInt8], in letters: [UInt8]) -> Int? {
    guard letters.count >= part.count else { return nil }
    for place in stride(from: letters.count - part.count, through: 0, by: -1)
    where letters[place] == part[0] && (part.count == 1 || letters[place + 1] == part[1]) {
      return place
    }
    return nil
  }

  /// With a slip of the finger: a letter wrong, lost or doubled, or two in the wrong order.
  static func slipped(_ letters: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    guard letters.count > 2 else { return letters + [0x61] }
    var result = letters
    let place = random.whole(0...letters.count - 2)
    switch random.whole(0...3) {
    case 0: result[place] = UInt8(0x61 + random.whole(0...25))
    case 1: result.remove(at: place)
    case 2: result.insert(letters[place], at: place)
    default: result.swapAt(place, place + 1)
    }
    return result
  }
}
