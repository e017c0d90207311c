/// What is wrong with a new PIN. Each has a sentence in both catalogues under `access.pin`.
public enum PINProblem: String, Hashable, Sendable, CaseIterable {
  /// Anything but six digits.
  case notSixDigits = "not_six_digits"
  /// One, two or three digits again and again, as 111111, 121212, 123123 or 112233.
  case repeated
  /// Digits as they follow in counting, up or down, as 123456.
  case sequence
  /// A date, or a year at its begin or end: the first that whoever knows the family tries.
  case date
}

/// Which PINs are good enough for a phone that is enrolled.
enum PINRules {
  /// What is wrong; nothing where the PIN is good.
  static func problem(_ pin: Secret) -> PINProblem? {
    let digits = pin.withBytes { bytes in bytes.map { Int($0) - 48 } }
    guard digits.count == 6, digits.allSatisfy({ 0...9 ~= $0 }) else { return .notSixDigits }
    if isRepeated(digits) { return .repeated }
    if isSequence(digits) { return .sequence }
    return isDate(digits) ? .date : nil
  }

  private static func isRepeated(_ digits: [Int]) -> Bool {
    let isPeriodic = [1, 2, 3].contains { period in
      digits.indices.dropFirst(period).allSatisfy { digits[$0] == digits[$0 - period] }
    }
    let isPaired = stride(from: 0, to: 6, by: 2).allSatisfy { digits[$0] == digits[$0 + 1] }
    return isPeriodic || isPaired || Set(digits).count <= 2
  }

  private static func isSequence(_ digits: [Int]) -> Bool {
    let steps = zip(digits, digits.dropFirst()).map { ($1 - $0 + 10) % 10 }
    return steps.allSatisfy { $0 == 1 } || steps.allSatisfy { $0 == 9 }
  }

  /// DDMMYY, MMDDYY, YYMMDD, or a year from 1930 to 2039 in front or behind.
  private static func isDate(_ digits: [Int]) -> Bool {
    let pairs = stride(from: 0, to: 6, by: 2).map { digits[$0] * 10 + digits[$0 + 1] }
    let isDay = { (day: Int, month: Int) in 1...31 ~= day && 1...12 ~= month }
    if isDay(pairs[0], pairs[1]) || isDay(pairs[1], pairs[0]) || isDay(pairs[2], pairs[1]) {
      return true
    }
    return [pairs[0] * 100 + pairs[1], pairs[1] * 100 + pairs[2]].contains { 1930...2039 ~= $0 }
  }
}
