import Health
import Testing

@Suite("Three-valued answers")
struct AnswerTests {
  static let all: [Answer] = [.no, .yes] + Missing.allCases.map(Answer.unknown)

  /// Forgets what is missing: only that something is.
  static func kind(_ answer: Answer) -> Int {
    switch answer {
    case .no: 0
    case .unknown: 1
    case .yes: 2
    }
  }

  @Test("Not unknown is unknown, of the same", arguments: Missing.allCases)
  func negation(missing: Missing) {
    #expect(!Answer.unknown(missing) == .unknown(missing))
    #expect(!Answer.unknown(missing).isYes)
  }

  @Test("Unknown is neither yes nor no where the other side does not decide")
  func undecided() {
    #expect((.yes && .unknown(.sex)) == Answer.unknown(.sex))
    #expect((.no || .unknown(.sex)) == Answer.unknown(.sex))
    #expect((.no && .unknown(.sex)) == Answer.no)
    #expect((.unknown(.sex) && .no) == Answer.no)
    #expect((.yes || .unknown(.sex)) == Answer.yes)
    #expect((.unknown(.sex) || .yes) == Answer.yes)
    #expect((.unknown(.sex) && .unknown(.weight)) == Answer.unknown(.sex))
    #expect((.unknown(.weight) || .unknown(.sex)) == Answer.unknown(.weight))
  }

  @Test("Both is the lower, either the higher of no < unknown < yes")
  func order() {
    for left in AnswerTests.all {
      for right in AnswerTests.all {
        let (one, other) = (AnswerTests.kind(left), AnswerTests.kind(right))
        #expect(AnswerTests.kind(left && right) == min(one, other))
        #expect(AnswerTests.kind(left || right) == max(one, other))
        #expect(AnswerTests.kind(left && right) == AnswerTests.kind(right && left))
        #expect(AnswerTests.kind(left || right) == AnswerTests.kind(right || left))
      }
    }
  }

  @Test("De Morgan, double negation and association hold with what is missing")
  func laws() {
    for left in AnswerTests.all {
      #expect(!(!left) == left)
      #expect((left && left) == left)
      for middle in AnswerTests.all {
        #expect(!(left && middle) == (!left || !middle))
        #expect(!(left || middle) == (!left && !middle))
        for right in AnswerTests.all {
          #expect(((left && middle) && right) == (left && (middle && right)))
          #expect(((left || middle) || right) == (left || (middle || right)))
        }
      }
    }
  }
}
