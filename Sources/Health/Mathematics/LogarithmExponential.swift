// The clinical core's only transcendental functions. They are written once in Swift, so that a
// server and a phone give the same z-score to the last bit: the C libraries of glibc, musl and
// the browsers differ in the last places. Both stay within one unit in the last place over the
// range that growth standards use (checked in LogarithmExponentialTests).
//
// Method: argument reduction and the minimax polynomials published with FreeBSD's msun (K.C. Ng,
// 1985): figures taken, structure our own.

private let ln2High = 6.931_471_803_691_238_164_90e-01
private let ln2Low = 1.908_214_929_270_587_700_02e-10

/// The natural logarithm of a positive, finite number; not a number otherwise.
public func naturalLogarithm(_ x: Double) -> Double {
  guard x > 0, x < .infinity else { return .nan }
  var bits = x.bitPattern
  var power = 0
  if bits < 0x0010_0000_0000_0000 {
    bits = (x * 0x1p54).bitPattern
    power = -54
  }
  // Bring the significand into [√½, √2), so that the series is short.
  power += Int(bits >> 52) - 1023
  bits = (bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000
  var significand = Double(bitPattern: bits)
  if significand > 1.414_213_562_373_095_1 {
    significand *= 0.5
    power += 1
  }
  let f = significand - 1
  let s = f / (2 + f)
  let z = s * s
  let w = z * z
  let even =
    w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
  let odd =
    z
    * (6.666666666666735130e-01
      + w
      * (2.857142874366239149e-01
        + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)))
  let half = 0.5 * f * f
  let k = Double(power)
  return k * ln2High - ((half - (s * (half + (even + odd)) + k * ln2Low)) - f)
}

/// e raised to `x`; 0 below about −745, infinity above about 709.
public func exponential(_ x: Double) -> Double {
  guard x < 709.78 else { return x.isNaN ? x : .infinity }
  guard x > -745 else { return 0 }
  let k = (x * 1.442_695_040_888_963_387 + (x < 0 ? -0.5 : 0.5)).rounded(.towardZero)
  let high = x - k * ln2High
  let low = k * ln2Low
  let r = high - low
  let t = r * r
  let c =
    r - t
    * (1.66666666666666019037e-01
      + t
      * (-2.77777777770155933842e-03
        + t
        * (6.61375632143793436117e-05
          + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))))
  let y = 1 - ((low - (r * c) / (2 - c)) - high)
  return scaled(y, byTwoTo: Int(k))
}

/// A positive base raised to a power, through the logarithm.
@inline(__always)
public func power(_ base: Double, _ exponent: Double) -> Double {
  exponential(exponent * naturalLogarithm(base))
}

/// `y × 2ⁿ`, in two steps where one would leave the range of normal numbers.
private func scaled(_ y: Double, byTwoTo n: Int) -> Double {
  if n >= -1022 && n <= 1023 { return y * Double(bitPattern: UInt64(n + 1023) << 52) }
  if n > 1023 { return y * 0x1p1023 * Double(bitPattern: UInt64(n - 1023 + 1023) << 52) }
  return y * Double(bitPattern: UInt64(n + 1023 + 54) << 52) * 0x1p-54
}

/// The share of a standard normal distribution that lies below `z`, 0 to 1: the centile of a z-score.
///
/// The distribution's own series (G. Marsaglia, "Evaluating the normal distribution", Journal of
/// Statistical Software 2004, 11:4); beyond ±8 it is 0 or 1 to the last place shown anywhere.
public func normalShare(below z: Double) -> Double {
  guard z > -8 else { return z.isNaN ? z : 0 }
  guard z < 8 else { return 1 }
  let square = z * z
  var sum = z
  var last = 0.0
  var term = z
  var divisor = 1.0
  while sum != last {
    divisor += 2
    term *= square / divisor
    last = sum
    sum += term
  }
  // The logarithm of √(2π).
  return 0.5 + sum * exponential(-0.5 * square - 0.918_938_533_204_672_74)
}
