/// What argon2id is run with.
public struct HashingParameters: Hashable, Sendable {
  /// How often the memory is passed over (t).
  public let passes: UInt32
  /// Memory in KiB (m).
  public let memoryKiB: UInt32

  /// These parameters, with one lane (p = 1).
  public init(passes: UInt32, memoryKiB: UInt32) {
    self.passes = passes
    self.memoryKiB = memoryKiB
  }

  /// For PINs, which are nothing without their device's key, and for one-time codes, which live ten
  /// minutes: the least that OWASP's Password Storage Cheat Sheet advises. About 60 ms.
  public static let light = HashingParameters(passes: 2, memoryKiB: 19_456)
  /// For passwords, which stand alone: memory and passes of RFC 9106's second recommended option,
  /// in one lane. About 0.5 s.
  public static let strong = HashingParameters(passes: 3, memoryKiB: 65_536)
}

/// The limits of signing in. Every number of the rules stands here, once.
public struct AccessSettings: Hashable, Sendable {
  /// How passwords of officials are hashed; older hashes are made anew at the next sign-in.
  public var password = HashingParameters.strong
  /// How kader's PINs and one-time codes are hashed.
  public var pin = HashingParameters.light
  /// Hashes that run at the same time: each holds its memory, 64 MiB for a password.
  public var hashesAtOnce = 2
  /// Hashes that may wait; whoever comes then is asked to come again.
  public var hashesWaiting = 32

  /// A session of an official ends after so long without a page.
  public var officialIdle = Duration.seconds(30 * 60)
  /// A session of an official ends after so long in any case.
  public var officialLongest = Duration.seconds(12 * 3600)
  /// A kader's session asks for the PIN again after so long without a page.
  public var kaderIdle = Duration.seconds(15 * 60)
  /// A kader's session ends after so long without a page.
  public var kaderLongest = Duration.seconds(90 * 86_400)
  /// Sessions of one worker at a time; a further one ends the one seen longest ago.
  public var sessionsPerWorker = 5
  /// How often it is written down that a session was seen.
  public var seenEvery = Duration.seconds(60)

  /// Wrong PINs in a row on a device that is known; then the midwife enrols anew.
  public var pinTries = 5
  /// Failures for one user name from devices that are not known, or from one known device.
  public var nameThrottle = ThrottleRule(
    limit: 5, window: .seconds(15 * 60), freeTries: 2, firstDelay: .seconds(5))
  /// Failures from one address of the network.
  public var addressThrottle = ThrottleRule(
    limit: 20, window: .seconds(15 * 60), freeTries: 10, firstDelay: .seconds(1))
  /// Searches of one worker for persons of other facilities, by their whole number: as many as a
  /// busy clinic has new patients in an hour, and too few to try numbers out.
  public var numberThrottle = ThrottleRule(
    limit: 30, window: .seconds(3600), freeTries: 30, firstDelay: .seconds(1))
  /// Look-ups of persons out of reach that found nobody, for one worker.
  public var lookUpThrottle = ThrottleRule(
    limit: 10, window: .seconds(3600), freeTries: 5, firstDelay: .seconds(5))
  /// Browsers of one official that are remembered.
  public var browsersPerWorker = 10

  /// How long a one-time code can be used.
  public var codeLifetime = Duration.seconds(10 * 60)
  /// Wrong tries that a one-time code survives, less one.
  public var codeTries = 5
  /// How long used and expired codes are kept, so that their holder is told what became of them.
  public var codeKept = Duration.seconds(86_400)

  /// The limits as decided.
  public init() {}

  /// The limits as decided.
  public static let standard = AccessSettings()
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    let parts = components
    return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
  }
}
