import Services

/// The list of children that the worker opened last in this browser today, to which the plan leads
/// back once a visit is saved. It is the list's address and names nobody; what somebody else opened,
/// or on another day, is not remembered.
enum RememberedList {
  private static let path = "/nutrition/names?"

  /// The address of the list; nothing where none was opened.
  static func address(_ visit: Visit) -> String? {
    guard let kept = visit.lastList?.split(separator: "!", maxSplits: 1), kept.count == 2,
      kept[0] == mark(visit), kept[1].hasPrefix(path)
    else { return nil }
    return String(kept[1])
  }

  /// The cookie, which ends with the browser's session.
  static func cookie(_ address: String, _ visit: Visit) -> String {
    Cookies.set(Cookies.list, "\(mark(visit))!\(address)")
  }

  private static func mark(_ visit: Visit) -> String {
    "\(VisitDefaults.mark(visit) ?? "")\(Format.iso(visit.today))"
  }
}
