import Health

extension LMSRow {
  /// The z-score of a measurement: `((y/M)^L − 1) / (L·S)`, or `ln(y/M)/S` where L is 0.
  func zScore(_ y: Double) -> Double {
    if l == 0 { return naturalLogarithm(y / m) / s }
    return (power(y / m, l) - 1) / (s * l)
  }

  /// The z-score where measurements that depend on weight are skewed: beyond ±3 SD the distance
  /// between the second and third SD is carried on, because the Box-Cox tail has no data behind it.
  /// (WHO Child Growth Standards: Methods and development, 2006, chapter 7.)
  func restrictedZScore(_ y: Double) -> Double {
    let z = zScore(y)
    if z > 3 {
      let third = measurement(at: 3)
      return 3 + (y - third) / (third - measurement(at: 2))
    }
    if z < -3 {
      let third = measurement(at: -3)
      return -3 + (y - third) / (measurement(at: -2) - third)
    }
    return z
  }

  /// The measurement that lies at a z-score: the standard's curve.
  func measurement(at z: Double) -> Double {
    if l == 0 { return m * exponential(s * z) }
    return m * power(1 + l * s * z, 1 / l)
  }

  /// The row a part of the way to the next one; L, M and S each on a straight line.
  func interpolated(to next: LMSRow, part: Double) -> LMSRow {
    LMSRow(l: l + part * (next.l - l), m: m + part * (next.m - m), s: s + part * (next.s - s))
  }
}
