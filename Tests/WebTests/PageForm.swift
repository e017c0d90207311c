import Foundation

@testable import Web

/// A form of a page as a browser would send it untouched.
struct PageForm {
  /// Where it is sent.
  let path: String
  /// What stands in it.
  private(set) var fields: [(String, String)]

  /// The form on a page that is sent to a path and holds some text; nothing where there is none.
  init?(to path: String, holding text: String = "", in html: String) throws {
    let pattern = "<form[^>]*action=\"\(NSRegularExpression.escapedPattern(for: path))\"[^>]*>"
    let forms = try PageText.matches("(?s)\(pattern)(.*?)</form>", in: html)
    guard let form = forms.first(where: { text.isEmpty || $0.contains(text) }) else { return nil }
    self.path = path
    fields = try PageForm.inputs(form) + PageForm.selects(form)
  }

  private static func attribute(_ name: String, of tag: String) throws -> String? {
    try PageText.matches("\\b\(name)=\"([^\"]*)\"", in: tag).first.map(PageText.unescaped)
  }

  private static func inputs(_ form: String) throws -> [(String, String)] {
    try PageText.matches("<input ([^>]*)>", in: form).compactMap { tag in
      guard let name = try attribute("name", of: tag) else { return nil }
      let isChoice = tag.contains("type=\"radio\"") || tag.contains("type=\"checkbox\"")
      guard !isChoice || tag.contains(" checked") else { return nil }
      return (name, try attribute("value", of: tag) ?? "")
    }
  }

  private static func selects(_ form: String) throws -> [(String, String)] {
    try PageText.matches("(?s)(<select [^>]*>.*?)</select>", in: form).compactMap { select in
      guard let name = try attribute("name", of: select) else { return nil }
      let options = try PageText.matches("(<option [^>]*)>", in: select)
      let chosen = options.first { $0.contains(" selected") } ?? options.first
      return (name, try chosen.flatMap { try attribute("value", of: $0) } ?? "")
    }
  }

  /// What stands in a field; nothing where the form does not have it.
  subscript(name: String) -> String? { fields.first { $0.0 == name }?.1 }

  /// The same with other values.
  func filled(_ values: [(String, String)]) -> [(String, String)] {
    fields.filter { field in !values.contains { $0.0 == field.0 } } + values
  }
}

extension PageText {
  /// Where the link with that text leads.
  static func link(_ text: String, in html: String) throws -> String? {
    let label = NSRegularExpression.escapedPattern(for: text)
    return try matches("<a [^>]*href=\"([^\"]*)\"[^>]*>(?:<[^>]*>)*\(label)<", in: html).first
      .map(unescaped)
  }
}
