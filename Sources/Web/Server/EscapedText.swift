import Mustache

/// Escapes what a template puts into a page. The templates' own way looks at every character of
/// every text, and took an eighth of the time of a child's page; few texts have one to escape.
struct EscapedText: MustacheContentType {
  /// What templates call it.
  static let name = "ESCAPED"

  func escapeText(_ text: String) -> String { Markup.escape(text) }
}

/// A text has no parts. Without being told so, the templates look for them by reflection whenever
/// a section opens on a text, as `{{#url}}<a href="{{url}}">` does.
extension String: @retroactive MustacheParent {
  /// Nothing: a text has no parts.
  public func child(named name: String) -> Any? { nil }
}
