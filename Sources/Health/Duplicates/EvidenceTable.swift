/// One line of the table of evidence: how often a level is met among records of one person and
/// among records of two.
public struct EvidenceRow: Sendable {
  /// The level.
  public var level: EvidenceLevel
  /// m: the share of pairs that are one person in which the level is met, where both know the
  /// field.
  public var amongSame: Double
  /// u: the share of pairs of different persons in which it is met.
  public var amongDifferent: Double
  /// The most that the level counts for, in bits; for evidence that leans on what others of the
  /// table say too.
  public var limit: Double

  /// A line of the table.
  public init(
    _ level: EvidenceLevel, amongSame: Double, amongDifferent: Double, limit: Double = 20
  ) {
    self.level = level
    self.amongSame = amongSame
    self.amongDifferent = amongDifferent
    self.limit = limit
  }

  /// log₂(m ⁄ u) within ± limit, in hundredths of bits.
  public var weight: Int32 {
    let bits = naturalLogarithm(amongSame / amongDifferent) / EvidenceTable.logarithmOfTwo
    return EvidenceTable.hundredths(max(-limit, min(limit, bits)))
  }
}

/// Everything that decides whether two records may be one person, in one place.
///
/// Method: H.B. Newcombe et al., Science 130 (1959) 954–959; I.P. Fellegi and A.B. Sunter, "A
/// theory for record linkage", Journal of the American Statistical Association 64 (1969)
/// 1183–1210: the weights log₂(m ⁄ u) of independent fields add up. Weights of names by their
/// frequency: Newcombe 1959 and W.E. Winkler 1990. Missing fields count nothing: T. Enamorado,
/// B. Fifield and K. Imai, American Political Science Review 113 (2019) 353–371. Overview:
/// P. Christen, Data Matching, Springer 2012.
///
/// The starting figures are our own estimates, to be replaced by counts (``EvidenceCounts``) once
/// a district has decided on enough pairs.
public struct EvidenceTable: Sendable {
  /// One line a level.
  public var rows: [EvidenceRow]
  /// The most that mother, home and family card count for together, in bits: all three say that
  /// two records are of one family, which brothers and sisters are too.
  public var familyLimit: Double = 12
  /// What two local identifiers of one source take away, in bits.
  public var localIdentifierPenalty: Double = 8
  /// Names at least so similar (Jaro–Winkler, ten-thousandths) are taken for one with slips of the
  /// finger.
  public var similarName: Int32 = 9_200
  /// The same for mothers' names.
  public var similarMother: Int32 = 9_000
  /// Names of at least so many letters that are one slip apart are similar too; shorter ones are
  /// often two names: Ani and Ana.
  public var shortestSlip = 5
  /// Days of birth that are known exactly and no further apart are taken for one with a slip.
  public var fewDays: Int32 = 4
  /// Records of one name born further apart than so many years are father and son, or mother and
  /// daughter.
  public var generationYears: Int32 = 12
  /// From so many bits on a pair is proposed as very likely one person.
  public var likely: Double = 16
  /// From so many bits on a pair stands in the list to be looked at.
  public var worthReview: Double = 10

  /// A table with these lines and the usual limits.
  public init(rows: [EvidenceRow]) { self.rows = rows }

  /// The estimates to begin with.
  public static var startingEstimates: EvidenceTable {
    EvidenceTable(rows: [
      // A NIK is region, birth date and a serial number that is mostly 0001: two strangers who were
      // born on one day in one district often differ in one digit of it. Only a slip that makes a
      // number impossible speaks for one person; the limit keeps it from counting for more when
      // shares are counted on pairs drawn by chance, where it is hardly met.
      EvidenceRow(.numberEqual, amongSame: 0.93, amongDifferent: 0.000_001),
      EvidenceRow(.numberNearlyEqual, amongSame: 0.04, amongDifferent: 0.002, limit: 4),
      EvidenceRow(.numberDiffers, amongSame: 0.03, amongDifferent: 0.96),

      EvidenceRow(.nameSame, amongSame: 0.70, amongDifferent: 0.005, limit: 12),
      EvidenceRow(.nameOtherReading, amongSame: 0.17, amongDifferent: 0.004, limit: 11),
      EvidenceRow(.nameSimilar, amongSame: 0.08, amongDifferent: 0.006, limit: 11),
      EvidenceRow(.nameDiffers, amongSame: 0.05, amongDifferent: 0.985),

      EvidenceRow(.birthEqual, amongSame: 0.80, amongDifferent: 0.000_05, limit: 10),
      EvidenceRow(.birthEqualRoughly, amongSame: 0.50, amongDifferent: 0.002, limit: 4),
      EvidenceRow(.birthNearlyEqual, amongSame: 0.10, amongDifferent: 0.004),
      EvidenceRow(.birthYearNear, amongSame: 0.6, amongDifferent: 0.05),
      EvidenceRow(.birthNear, amongSame: 0.03, amongDifferent: 0.03),
      EvidenceRow(.birthDiffers, amongSame: 0.03, amongDifferent: 0.96),

      EvidenceRow(.sexEqual, amongSame: 0.985, amongDifferent: 0.5),
      EvidenceRow(.sexDiffers, amongSame: 0.015, amongDifferent: 0.5),

      EvidenceRow(.motherSame, amongSame: 0.80, amongDifferent: 0.002, limit: 8.6),
      EvidenceRow(.motherSimilar, amongSame: 0.10, amongDifferent: 0.006, limit: 8.6),
      EvidenceRow(.motherDiffers, amongSame: 0.10, amongDifferent: 0.99),

      EvidenceRow(.homeSameVillage, amongSame: 0.75, amongDifferent: 0.005),
      EvidenceRow(.homeSamePuskesmas, amongSame: 0.17, amongDifferent: 0.04),
      EvidenceRow(.homeElsewhere, amongSame: 0.08, amongDifferent: 0.955),

      EvidenceRow(.familyCardEqual, amongSame: 0.7, amongDifferent: 0.000_01, limit: 10),
      EvidenceRow(.familyCardDiffers, amongSame: 0.3, amongDifferent: 1),
    ])
  }

  static let logarithmOfTwo = 0.693_147_180_559_945_3

  /// Bits in hundredths, rounded.
  static func hundredths(_ bits: Double) -> Int32 {
    Int32((bits * 100 + (bits < 0 ? -0.5 : 0.5)).rounded(.towardZero))
  }
}

/// How often each level was met among pairs that people decided on, to make a table of.
public struct EvidenceCounts: Sendable {
  private var same = [Int](repeating: 0, count: EvidenceLevel.end)
  private var different = [Int](repeating: 0, count: EvidenceLevel.end)

  /// Nothing counted yet.
  public init() {}

  /// Counts one pair.
  public mutating func count(_ evidence: DuplicateEvidence, isSame: Bool) {
    for finding in evidence.findings {
      if isSame {
        same[Int(finding.level.rawValue)] += 1
      } else {
        different[Int(finding.level.rawValue)] += 1
      }
    }
  }

  /// The table with shares as counted, the rest as in `table`.
  ///
  /// The starting share counts as if `weight` pairs had shown it, so that a level that was never
  /// met keeps a share above nothing.
  public func table(from table: EvidenceTable, weight: Double = 20) -> EvidenceTable {
    var result = table
    var sameTotal = [Double](repeating: 0, count: 8)
    var differentTotal = [Double](repeating: 0, count: 8)
    for row in table.rows {
      let field = Int(row.level.field.rawValue)
      sameTotal[field] += Double(same[Int(row.level.rawValue)])
      differentTotal[field] += Double(different[Int(row.level.rawValue)])
    }
    for place in result.rows.indices {
      let row = result.rows[place]
      let level = Int(row.level.rawValue)
      let field = Int(row.level.field.rawValue)
      result.rows[place].amongSame =
        (Double(same[level]) + weight * row.amongSame) / (sameTotal[field] + weight)
      result.rows[place].amongDifferent =
        (Double(different[level]) + weight * row.amongDifferent)
        / (differentTotal[field] + weight)
    }
    return result
  }
}
