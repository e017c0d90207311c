import Foundation

/// Fills a form of a page with what was written before, as a browser would keep it: texts, choices,
/// boxes and what the form carries unseen, save the token of its session.
struct FilledForm {
  private let action: String
  private let items: [(name: String, value: String)]

  init(_ kept: KeptForm) {
    action = Markup.escape(kept.path)
    items = kept.items
  }

  /// The page with the form filled in; nothing where it has no such form.
  func page(_ html: String) -> String? {
    var best: (form: Range<String.Index>, fitting: Int)?
    var start = html.startIndex
    while let tag = html.range(of: "<form ", range: start..<html.endIndex),
      let end = html.range(of: "</form>", range: tag.upperBound..<html.endIndex)
    {
      start = end.upperBound
      let form = tag.lowerBound..<end.lowerBound
      guard let opening = html[form].firstIndex(of: ">"),
        // Some addresses say after a question mark which form of a visit it is.
        ["\"", "?"].contains(where: {
          html[form.lowerBound...opening].contains(" action=\"\(action)\($0)")
        }),
        html[form.lowerBound...opening].contains(" method=\"post\"")
      else { continue }
      let fitting = Set(items.map(\.name)).filter { name in
        html[form].contains(" name=\"\(Markup.escape(name))\"")
      }.count
      if fitting > best?.fitting ?? 0 { best = (form, fitting) }
    }
    guard let form = best?.form else { return nil }
    return html[..<form.lowerBound] + filled(html[form]) + html[form.upperBound...]
  }

  /// A tag at a time.
  private func filled(_ form: Substring) -> String {
    var left: [String: [String]] = [:]
    for item in items { left[item.name, default: []].append(item.value) }
    var (result, rest) = ("", form)
    var chosen: String?
    while let start = rest.firstIndex(of: "<") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: ">") else { break }
      let tag = String(rest[start...end])
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("<input ") {
        result += input(tag, &left)
      } else if tag.hasPrefix("<select ") {
        chosen = Self.name(of: tag).flatMap { next($0, &left) }
        result += tag
      } else if tag.hasPrefix("<option"), let chosen {
        result += Self.marked(tag, "selected", Self.attribute("value", of: tag) == chosen)
      } else if tag.hasPrefix("<textarea "),
        let text = Self.name(of: tag).flatMap({
          next($0, &left)
        })
      {
        result += tag + Markup.escape(text)
        rest = rest.range(of: "</textarea>").map { rest[$0.lowerBound...] } ?? rest
      } else {
        if tag == "</select>" { chosen = nil }
        result += tag
      }
    }
    return result + rest
  }

  private func input(_ tag: String, _ left: inout [String: [String]]) -> String {
    guard let name = Self.name(of: tag), name != "form_token" else { return tag }
    switch Self.attribute("type", of: tag) {
    case "password", "file", "submit": return tag
    case "radio", "checkbox":
      let value = Self.attribute("value", of: tag) ?? "on"
      return Self.marked(
        tag, "checked", items.contains { $0.name == name && $0.value == value })
    default:
      guard let value = next(name, &left) else { return tag }
      let bare = Self.attribute("value", of: tag).map {
        tag.replacingOccurrences(of: " value=\"\(Markup.escape($0))\"", with: "")
      }
      return (bare ?? tag).dropLast() + " value=\"\(Markup.escape(value))\">"
    }
  }

  /// What was written in the next field of a name.
  private func next(_ name: String, _ left: inout [String: [String]]) -> String? {
    guard let values = left[name], let first = values.first else { return nil }
    left[name] = Array(values.dropFirst())
    return first
  }

  private static func marked(_ tag: String, _ mark: String, _ isMarked: Bool) -> String {
    let bare = tag.replacingOccurrences(of: " \(mark)", with: "")
    return isMarked ? bare.dropLast() + " \(mark)>" : bare
  }

  private static func name(of tag: String) -> String? { attribute("name", of: tag) }

  private static func attribute(_ name: String, of tag: String) -> String? {
    guard let start = tag.range(of: " \(name)=\""),
      let end = tag.range(of: "\"", range: start.upperBound..<tag.endIndex)
    else { return nil }
    return Self.unescaped(String(tag[start.upperBound..<end.lowerBound]))
  }

  private static func unescaped(_ text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
      $0.replacingOccurrences(of: $1.0, with: $1.1)
    }
  }
}
