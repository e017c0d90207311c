/// Which parts a part of the file leads to.
struct Relationships {
  struct Relationship {
    let id: String
    /// The last word of the type, which both variants of the format share: `worksheet`.
    let kind: String
    let target: String
    let isExternal: Bool
  }

  private let all: [Relationship]
  private let folder: String

  /// The relationships of a part, from the part that lists them.
  init(of part: String, in file: OpenFile) throws(SpreadsheetProblem) {
    let cut = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
    folder = String(part[..<cut])
    let listener = RelationshipListener()
    try file.read("\(folder)_rels/\(part[cut...]).rels", to: listener)
    all = listener.found
  }

  func id(_ id: String) -> Relationship? { all.first { $0.id == id } }

  /// The part that the first relationship of that kind leads to.
  func part(_ kind: String) throws(SpreadsheetProblem) -> String? {
    guard let found = all.first(where: { $0.kind == kind }) else { return nil }
    return try part(of: found)
  }

  /// The name of the part that a relationship leads to; refused where it leads out of the file.
  func part(of relationship: Relationship) throws(SpreadsheetProblem) -> String {
    let target = relationship.target
    guard !relationship.isExternal, !target.contains(":"), !target.contains("\\") else {
      throw .externalPart(target: target)
    }
    var parts = target.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for step in target.split(separator: "/") {
      switch step {
      case ".": continue
      case "..":
        guard parts.popLast() != nil else { throw .externalPart(target: target) }
      default: parts.append(String(step))
      }
    }
    return parts.joined(separator: "/")
  }
}

private final class RelationshipListener: PartListener {
  var found: [Relationships.Relationship] = []

  override var wantsText: Bool { false }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    guard depth == 2, name == "Relationship", let target = attributes["Target"] else { return }
    let type = attributes["Type"] ?? ""
    found.append(
      Relationships.Relationship(
        id: attributes["Id"] ?? "", kind: type.split(separator: "/").last.map(String.init) ?? "",
        target: target, isExternal: attributes["TargetMode"] == "External"))
  }
}

/// What kind of content each part has.
final class ContentTypes: PartListener {
  private var types: [String: String] = [:]

  override var wantsText: Bool { false }

  override func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {
    guard depth == 2, name == "Override", let part = attributes["PartName"] else { return }
    types[part.lowercased()] = attributes["ContentType"] ?? ""
  }

  /// The type of a part, where the file names it.
  func type(of part: String) -> String? { types["/" + part.lowercased()] }
}

/// A packed file with what reading its parts needs.
final class OpenFile {
  let archive: SpreadsheetArchive
  let time: ReadingTime

  init(_ archive: SpreadsheetArchive) {
    self.archive = archive
    time = ReadingTime(limit: archive.limits.seconds)
  }

  var limits: SpreadsheetLimits { archive.limits }

  /// Reads a whole part.
  func read(_ part: String, to listener: PartListener) throws(SpreadsheetProblem) {
    try PartMarkup.read(archive.open(part), limits: limits, time: time, to: listener)
  }
}
