/// Why somebody is not let in, or something about signing in is not done. Each has words in both
/// catalogues under `access.refusals`: what is wrong, and how to mend it.
public enum AccessRefusal: Error, Hashable, Sendable {
  /// User name and password do not belong together; it is not told which of them is unknown.
  case wrongPassword
  /// The current password that was given is not the right one.
  case wrongCurrentPassword
  /// The PIN is wrong; so many tries are left.
  case wrongPIN(triesLeft: Int)
  /// The PIN was wrong too often on this device: the midwife enrols anew.
  case pinLocked
  /// This device is not enrolled, or is not any more.
  case unknownDevice
  /// This worker has no PIN on this device.
  case notOnThisDevice
  /// Name and password are right; the code of the authenticator app is needed too.
  case timeCodeNeeded
  /// The code of the authenticator app is wrong, or was used before.
  case wrongTimeCode
  /// An authenticator app is asked for already; it must be removed before another one is set.
  case timeCodeThere
  /// Too many failures: to be tried again after so many seconds.
  case wait(seconds: Int)
  /// Too many sign in at this moment: to be tried again after so many seconds.
  case busy(seconds: Int)
  /// A character of the one-time code is mistyped.
  case codeMistyped
  /// There is no such one-time code.
  case codeUnknown
  /// The one-time code is too old.
  case codeExpired
  /// The one-time code was used before.
  case codeUsed
  /// The one-time code was tried wrongly too often.
  case codeLocked
  /// The one-time code is for something else.
  case codeForSomethingElse
  /// The phone is enrolled for another Posyandu.
  case deviceOfOtherPlace
  /// The new password is not good enough.
  case password([PasswordProblem])
  /// The new PIN is not good enough.
  case pin(PINProblem)
  /// The user name has other characters than it may have, or too few or many.
  case userNameUnfit
  /// Somebody else has the user name.
  case userNameTaken
  /// The session has ended: sign in again.
  case sessionEnded
  /// The worker has no password here.
  case noAccount

  /// The key of the sentences in the catalogues.
  public var code: String {
    switch self {
    case .wrongPassword: "wrong_password"
    case .wrongCurrentPassword: "wrong_current_password"
    case .wrongPIN: "wrong_pin"
    case .pinLocked: "pin_locked"
    case .unknownDevice: "unknown_device"
    case .notOnThisDevice: "not_on_this_device"
    case .timeCodeNeeded: "time_code_needed"
    case .wrongTimeCode: "wrong_time_code"
    case .timeCodeThere: "time_code_there"
    case .wait: "wait"
    case .busy: "busy"
    case .codeMistyped: "code_mistyped"
    case .codeUnknown: "code_unknown"
    case .codeExpired: "code_expired"
    case .codeUsed: "code_used"
    case .codeLocked: "code_locked"
    case .codeForSomethingElse: "code_for_something_else"
    case .deviceOfOtherPlace: "device_of_other_place"
    case .password: "password"
    case .pin: "pin"
    case .userNameUnfit: "user_name_unfit"
    case .userNameTaken: "user_name_taken"
    case .sessionEnded: "session_ended"
    case .noAccount: "no_account"
    }
  }

  /// What the sentences fill in.
  public var values: [String: String] {
    switch self {
    case .wrongPIN(let triesLeft): ["tries": String(triesLeft)]
    case .wait(let seconds), .busy(let seconds): ["seconds": String(seconds)]
    default: [:]
    }
  }

  /// One of each, for whoever checks that each has words.
  public static let examples: [AccessRefusal] = [
    .wrongPassword, .wrongCurrentPassword, .wrongPIN(triesLeft: 3), .pinLocked, .unknownDevice,
    .notOnThisDevice, .timeCodeNeeded, .wrongTimeCode, .timeCodeThere, .wait(seconds: 5),
    .busy(seconds: 5),
    .codeMistyped, .codeUnknown, .codeExpired, .codeUsed, .codeLocked, .codeForSomethingElse,
    .deviceOfOtherPlace, .password([.tooShort]), .pin(.notSixDigits), .userNameUnfit,
    .userNameTaken, .sessionEnded, .noAccount,
  ]
}

/// What is wrong with the files of signing in, for whoever runs the machine.
public enum AccessProblem: Error, Hashable, Sendable {
  /// The operating system gives no random numbers.
  case noRandomness
  /// A stored hash is no argon2id hash, or has parameters out of bounds: somebody changed it.
  case damagedHash
  /// A stored row cannot be read.
  case damagedRow(table: String)
  /// A sealed secret cannot be opened with the key beside it.
  case damagedSecret
  /// The key file is gone, though secrets are sealed with it.
  case keyMissing(path: String)
  /// The key file is not 32 bytes, can be read by others, or cannot be read or written.
  case keyUnusable(path: String, reason: String)
  /// The list of common passwords is missing beside the program, or damaged.
  case noPasswordList
}

/// What became of a request to sign in or to change something about it, with what the log of access
/// shall tell of it.
public struct Outcome<Success: Sendable>: Sendable {
  /// What was asked for, or why not.
  public let result: Result<Success, AccessRefusal>
  /// What happened, in order; to be recorded by whoever asked, in any case.
  public let events: [AccessEvent]

  /// What was asked for.
  public func get() throws(AccessRefusal) -> Success { try result.get() }
}
