/// What speaks for and against two records being one person, and how much.
public struct DuplicateEvidence: Hashable, Sendable {
  /// One field's part.
  public struct Finding: Hashable, Sendable {
    /// How far the records agree in it.
    public let level: EvidenceLevel
    /// What that counts for, in hundredths of bits; negative where it speaks against.
    public let weight: Int32

    /// The field.
    public var field: EvidenceField { level.field }
  }

  /// What keeps a pair from being proposed as likely, however high it scores.
  public struct Brakes: OptionSet, Hashable, Sendable {
    /// One bit a reason, as kept with a decision.
    public let rawValue: UInt8

    /// Those reasons.
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Born on one day of one mother, but name, birth order or NIK differ.
    public static let twins = Brakes(rawValue: 1)
    /// One name, a generation apart: father and son, mother and daughter.
    public static let generations = Brakes(rawValue: 2)
    /// One NIK under which two people go: name, and birth date or sex, differ.
    public static let borrowedNumber = Brakes(rawValue: 4)
  }

  /// What is proposed; people decide, nothing is ever merged by a score alone.
  public enum Proposal: UInt8, Hashable, Sendable {
    /// Two people, as far as we know.
    case different = 0
    /// Worth looking at.
    case review = 1
    /// Very likely one person.
    case likely = 2
  }

  /// The sum of all weights, less what the family counted too much, in hundredths of bits.
  public internal(set) var total: Int32 = 0
  /// By how much mother, home and family card together passed their limit; taken off the total.
  public internal(set) var familySurplus: Int32 = 0
  /// What keeps the pair from being likely.
  public internal(set) var brakes: Brakes = []
  /// What is proposed.
  public internal(set) var proposal: Proposal = .different

  var levels: SIMD8<UInt8> = .zero
  var weights = FieldWeights()

  /// The parts in the order of the fields; fields that a side does not know are left out.
  public var findings: [Finding] {
    var result: [Finding] = []
    for place in 0..<8 {
      guard let level = EvidenceLevel(rawValue: levels[place]) else { continue }
      result.append(Finding(level: level, weight: weights[place]))
    }
    return result
  }

  /// The level of a field, nothing where a side does not know it.
  public func level(of field: EvidenceField) -> EvidenceLevel? {
    EvidenceLevel(rawValue: levels[Int(field.rawValue)])
  }
}

/// One weight for each of the eight fields, in two registers: see ``DuplicateEvidence/weights``.
struct FieldWeights: Hashable, Sendable {
  private var first: SIMD4<Int32> = .zero
  private var second: SIMD4<Int32> = .zero

  subscript(field: Int) -> Int32 {
    get { field < 4 ? first[field] : second[field - 4] }
    set { if field < 4 { first[field] = newValue } else { second[field - 4] = newValue } }
  }

  var sum: Int32 { (first &+ second).wrappedSum() }
}
