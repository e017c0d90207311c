import Health
import Journal
import Services

/// The register of workers says who is called how. What people sign in by follows it.
extension Visit {
  /// Has the accounts of workers follow the register.
  func keepUserNamesInStep(of workers: [Worker]) async throws {
    guard isSigningIn else { return }
    let told = workers.compactMap { worker in UserName(of: worker).map { (worker.id, $0) } }
    try await access.follow(Dictionary(told, uniquingKeysWith: { first, _ in first }))
  }

  /// The same for all who are, or were, called so: before somebody signs in by a name.
  func keepUserNameInStep(_ entered: String) async throws {
    guard let name = UserName(entered) else { return }
    let holder = try access.worker(userName: name).flatMap { try district.worker($0) }
    // Whom the register calls nothing keeps the name that they chose.
    if let holder, UserName(of: holder) == nil { return }
    try await keepUserNamesInStep(
      of: [
        try district.worker(userName: name.text), holder,
      ].compactMap(\.self))
  }

  /// Writes down the name that a worker chose, where the register had none. Nobody is signed in yet:
  /// the code has told who it is.
  func register(userName: String?, of worker: Worker) async throws {
    guard let userName, UserName(of: worker) == nil, UserName(userName) != nil else { return }
    var body = worker.body
    body.userName = Array(userName.utf8)
    let fact = Recording(at: site.now, recorder: worker.id).fact(
      .worker, of: worker.id, on: today, at: body.place, replacing: worker.fact, body.bytes)
    let results: [Acceptance]
    do {
      results = try await district.record([fact], correcting: [worker.fact])
    } catch is ChangedMeanwhile { return }
    try await site.vouch(
      for: results,
      as: AuditEntry(
        at: site.now, by: AuditAuthor(worker: worker.id), action: .acceptedFacts,
        route: "POST /enrol", place: body.place, subjects: [worker.id]))
  }
}

extension Visit {
  /// Whether a worker signs in with a password.
  func hasAccount(_ worker: Worker) throws -> Bool {
    isSigningIn ? try access.account(of: worker.id) != nil : false
  }

  /// By what a worker signs in; empty where the worker does not, or cannot by any name.
  func userNameOfAccount(_ worker: Worker) throws -> String {
    guard isSigningIn, let account = try access.account(of: worker.id) else { return "" }
    return UserName(account.userName)?.text ?? ""
  }

  /// Who has a user name: by the register, else by the accounts of those of whom it tells none.
  func worker(calledSo entered: String) throws -> Worker? {
    if let known = try district.worker(userName: entered) { return known }
    guard isSigningIn, let name = UserName(entered), let id = try access.worker(userName: name),
      let worker = try district.worker(id), UserName(of: worker) == nil
    else { return nil }
    return worker
  }
}
