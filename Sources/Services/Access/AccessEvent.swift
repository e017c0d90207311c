import Health

/// Something that happened about signing in, for the log of access. It holds no secret.
public struct AccessEvent: Hashable, Sendable {
  /// What happened.
  public enum What: Hashable, Sendable {
    /// A session began.
    case signedIn(SessionStrength)
    /// Somebody was not let in.
    case signInRefused(AccessRefusal)
    /// A locked session went on after the PIN.
    case unlocked
    /// A session stayed locked.
    case unlockRefused(AccessRefusal)
    /// Somebody signed out.
    case signedOut
    /// A session was ended otherwise.
    case sessionEnded(SessionEnd)
    /// A session got a new token.
    case sessionRotated
    /// A password was set where there was none, by a one-time code or by the command line.
    case passwordSet
    /// A password was changed by its owner.
    case passwordChanged
    /// A password was set anew by a one-time code.
    case passwordReset
    /// A password or PIN was not changed.
    case changeRefused(AccessRefusal)
    /// A password or PIN is hashed with stronger parameters from now on.
    case rehashed
    /// A PIN was set or changed.
    case pinSet
    /// A phone was enrolled.
    case deviceEnrolled
    /// A worker was added to a phone that was enrolled before.
    case deviceShared
    /// A worker may not use a device any more.
    case deviceLeft
    /// A browser is remembered as an official's.
    case browserRemembered
    /// A device may not be used any more.
    case deviceRevoked
    /// A one-time code was given out.
    case codeIssued(CodePurpose)
    /// A one-time code was used.
    case codeUsed(CodePurpose)
    /// A one-time code was not accepted.
    case codeRefused(AccessRefusal)
    /// An authenticator app is asked for from now on.
    case timeCodeSet
    /// The authenticator app is not asked for any more.
    case timeCodeRemoved
    /// All that let a worker in was taken away.
    case accessEnded

    /// The key of the words in the catalogues, under `access.events`.
    public var code: String {
      switch self {
      case .signedIn: "signed_in"
      case .signInRefused: "sign_in_refused"
      case .unlocked: "unlocked"
      case .unlockRefused: "unlock_refused"
      case .signedOut: "signed_out"
      case .sessionEnded: "session_ended"
      case .sessionRotated: "session_rotated"
      case .passwordSet: "password_set"
      case .passwordChanged: "password_changed"
      case .passwordReset: "password_reset"
      case .changeRefused: "change_refused"
      case .rehashed: "rehashed"
      case .pinSet: "pin_set"
      case .deviceEnrolled: "device_enrolled"
      case .deviceShared: "device_shared"
      case .deviceLeft: "device_left"
      case .browserRemembered: "browser_remembered"
      case .deviceRevoked: "device_revoked"
      case .codeIssued: "code_issued"
      case .codeUsed: "code_used"
      case .codeRefused: "code_refused"
      case .timeCodeSet: "time_code_set"
      case .timeCodeRemoved: "time_code_removed"
      case .accessEnded: "access_ended"
      }
    }

    /// The further code: the refusal's, the strength's, the end's or the purpose's.
    public var detail: String? {
      switch self {
      case .signedIn(let strength): strength.code
      case .signInRefused(let refusal), .unlockRefused(let refusal), .changeRefused(let refusal),
        .codeRefused(let refusal):
        refusal.code
      case .sessionEnded(let end): end.code
      case .codeIssued(let purpose), .codeUsed(let purpose): purpose.code
      default: nil
      }
    }

    /// One of each, for whoever checks that each has words.
    public static let examples: [What] = [
      .signedIn(.password), .signInRefused(.wrongPassword), .unlocked,
      .unlockRefused(.pinLocked), .signedOut, .sessionEnded(.idle), .sessionRotated,
      .passwordSet, .passwordChanged, .passwordReset, .changeRefused(.wrongCurrentPassword),
      .rehashed, .pinSet, .deviceEnrolled, .deviceShared, .deviceLeft,
      .browserRemembered, .deviceRevoked, .codeIssued(.enrolKader), .codeUsed(.enrolKader),
      .codeRefused(.codeUsed), .timeCodeSet, .timeCodeRemoved, .accessEnded,
    ]
  }

  /// What happened.
  public let what: What
  /// Whose session, password, PIN or code it is about; nothing where nobody is known.
  public var worker: Identifier?
  /// Who did it, where that is somebody else.
  public var by: Identifier?
  /// Through which device, or about which.
  public var device: Identifier?
  /// Which session; not its token.
  public var session: Identifier?
  /// For which place.
  public var place: Identifier?
  /// From which address, where somebody was not let in.
  public var address: ClientAddress?
  /// When.
  public let at: Instant

  init(
    _ what: What, worker: Identifier? = nil, by: Identifier? = nil, device: Identifier? = nil,
    session: Identifier? = nil, place: Identifier? = nil, address: ClientAddress? = nil,
    at: Instant
  ) {
    self.what = what
    self.worker = worker
    self.by = by
    self.device = device
    self.session = session
    self.place = place
    self.address = address
    self.at = at
  }
}
