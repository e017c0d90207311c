import Health

extension AccessEvent {
  /// The event as the log of access holds it.
  ///
  /// - Parameter author: who asked, where the event itself does not say.
  public func entry(by author: AuditAuthor) -> AuditEntry {
    var author = author
    author.worker = by ?? author.worker ?? worker
    author.device = author.device ?? device
    return AuditEntry(
      at: at, by: author, action: AuditCode(rawValue: "access.\(what.code)") ?? "access",
      purpose: what.detail.flatMap(AuditCode.init(rawValue:)), place: place,
      outcome: what.isRefusal ? .refused : .allowed, count: 1,
      subjects: worker.map { [$0] } ?? [])
  }
}

extension AccessEvent.What {
  /// Whether somebody was kept from something.
  var isRefusal: Bool {
    switch self {
    case .signInRefused, .unlockRefused, .changeRefused, .codeRefused: true
    default: false
    }
  }
}
