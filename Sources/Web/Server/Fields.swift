import Mustache

/// What a template is filled with: texts, truths, lists and further fields by name.
///
/// Nothing and empty texts are left out, since a template asks for "is it there".
struct Fields: MustacheParent, ExpressibleByDictionaryLiteral {
  private var values: [String: Any] = [:]

  init() {}

  init(dictionaryLiteral elements: (String, Any?)...) {
    values.reserveCapacity(elements.count)
    for (name, value) in elements { self[name] = value }
  }

  /// A value by name.
  subscript(name: String) -> Any? {
    get { values[name] }
    set {
      if let text = newValue as? String, text.isEmpty { return }
      values[name] = newValue
    }
  }

  func child(named name: String) -> Any? { values[name] }

  /// What may be chosen in one filter of a list, and what is: for the template `select`.
  ///
  /// - Parameter chosen: the value of the option that is chosen.
  static func select(
    _ name: String, label: String, _ options: [(value: String, text: String)], chosen: String
  ) -> Fields {
    ["name": name, "label": label, "options": choices(options, chosen: chosen)]
  }

  /// The options alone, for lists of choices that stand in a form of their own.
  static func choices(_ options: [(value: String, text: String)], chosen: String) -> [Fields] {
    options.map { ["value": $0.value, "text": $0.text, "selected": $0.value == chosen] }
  }

  /// These fields and others; the others win.
  func merging(_ other: Fields) -> Fields {
    var merged = self
    merged.values.merge(other.values) { _, new in new }
    return merged
  }
}
