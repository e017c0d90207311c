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

  /// These fields and others; the others win.
  func merging(_ other: Fields) -> Fields {
    var merged = self
    merged.values.merge(other.values) { _, new in new }
    return merged
  }
}
