import CExpat
import Foundation

/// A name in a part, without its prefix: programs are free in prefixes, and the strict variant of
/// the format has other namespaces.
struct MarkupName {
  let start: UnsafePointer<UInt8>
  let count: Int

  init(_ pointer: UnsafePointer<XML_Char>) {
    var start = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
    var end = start
    while end.pointee != 0 {
      if end.pointee == UInt8(ascii: ":") { start = end + 1 }
      end += 1
    }
    self.start = start
    count = end - start
  }

  static func == (left: MarkupName, right: StaticString) -> Bool {
    left.count == right.utf8CodeUnitCount && memcmp(left.start, right.utf8Start, left.count) == 0
  }

  static func == (left: MarkupName, right: Unicode.Scalar) -> Bool {
    left.count == 1 && UInt32(left.start.pointee) == right.value
  }
}

/// The attributes of an element, while it is being handled.
struct MarkupAttributes {
  fileprivate let start: UnsafeMutablePointer<UnsafePointer<XML_Char>?>

  /// Calls `body` with each name and value.
  func forEach(_ body: (MarkupName, UnsafeBufferPointer<UInt8>) -> Void) {
    var pair = start
    while let name = pair[0], let value = pair[1] {
      let bytes = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
      body(MarkupName(name), UnsafeBufferPointer(start: bytes, count: strlen(value)))
      pair += 2
    }
  }

  /// The value of an attribute.
  subscript(_ name: StaticString) -> String? {
    var found: String?
    forEach { if found == nil, $0 == name { found = String(decoding: $1, as: UTF8.self) } }
    return found
  }

  /// Whether an attribute says yes, as XML Schema has it.
  func isTrue(_ name: StaticString) -> Bool { ["1", "true", "on"].contains(self[name] ?? "") }
}

/// Hears what a part holds. `depth` counts from 1, the part's outermost element.
class PartListener {
  /// Whether texts are wanted.
  var wantsText: Bool { true }

  /// How deep the elements lie that are wanted.
  var lastDepth: Int { .max }

  func start(
    _ name: MarkupName, _ attributes: MarkupAttributes, depth: Int
  ) throws(SpreadsheetProblem) {}

  func end(depth: Int) throws(SpreadsheetProblem) {}

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(SpreadsheetProblem) {}
}

/// The time that was spent on reading, apart from what the caller did in between.
final class ReadingTime {
  private let limit: Int
  private var spent = Duration.zero

  init(limit: Int) { self.limit = limit }

  func measure<Value>(
    _ body: () throws(SpreadsheetProblem) -> Value
  ) throws(SpreadsheetProblem) -> Value {
    let start = ContinuousClock.now
    let value = try body()
    spent += ContinuousClock.now - start
    guard spent <= .seconds(limit) else { throw .tookTooLong(seconds: limit) }
    return value
  }
}

/// Reads a part piece by piece and tells a listener what it holds.
final class PartMarkup {
  private static let chunk = 64 << 10

  let part: ArchivePart
  private let limits: SpreadsheetLimits
  private let time: ReadingTime
  private let listener: PartListener
  private let lastDepth: Int
  private let shortTag: Int32
  private let parser: XML_Parser
  private var depth = 0
  private var hasFailed = false
  private var failure: SpreadsheetProblem?
  private var isAtEnd = false

  init(
    _ part: ArchivePart, limits: SpreadsheetLimits, time: ReadingTime, to listener: PartListener
  ) throws(SpreadsheetProblem) {
    guard let parser = XML_ParserCreate(nil) else { throw .damaged(part: part.name) }
    self.part = part
    self.limits = limits
    self.time = time
    self.listener = listener
    // An attribute takes five bytes at least, and a value may grow by half in UTF-8.
    shortTag = Int32(clamping: min(4 * limits.attributes, limits.attributeBytes / 2))
    lastDepth = listener.lastDepth
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { user, name, attributes in
        guard let name, let attributes else { return }
        PartMarkup.from(user) { $0.start(name, MarkupAttributes(start: attributes)) }
      },
      { user, _ in PartMarkup.from(user) { $0.end() } })
    XML_SetStartDoctypeDeclHandler(parser) { user, _, _, _, _ in
      PartMarkup.from(user) { $0.fail(.documentType(part: $0.part.name)) }
    }
    if listener.wantsText {
      XML_SetCharacterDataHandler(parser) { user, text, count in
        guard let text else { return }
        PartMarkup.from(user) {
          let bytes = UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
          $0.text(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
      }
    }
  }

  deinit { XML_ParserFree(parser) }

  /// Reads a whole part.
  static func read(
    _ part: ArchivePart, limits: SpreadsheetLimits, time: ReadingTime, to listener: PartListener
  ) throws(SpreadsheetProblem) {
    let markup = try PartMarkup(part, limits: limits, time: time, to: listener)
    while try markup.readMore() {}
  }

  /// Reads the next piece.
  ///
  /// - Returns: whether there was one.
  func readMore() throws(SpreadsheetProblem) -> Bool {
    if isAtEnd { return false }
    try time.measure { () throws(SpreadsheetProblem) in try readChunk() }
    return true
  }

  private func readChunk() throws(SpreadsheetProblem) {
    guard let buffer = XML_GetBuffer(parser, Int32(PartMarkup.chunk)) else {
      throw .damaged(part: part.name)
    }
    let count = try part.read(into: buffer, count: PartMarkup.chunk)
    isAtEnd = count == 0
    let status = XML_ParseBuffer(parser, Int32(count), isAtEnd ? 1 : 0)
    if let failure { throw failure }
    guard status != XML_STATUS_ERROR else {
      throw .damagedMarkup(part: part.name, line: line)
    }
    // What the parser holds back is one unfinished tag, which would grow as long as we feed it.
    let pending = part.position - Int(XML_GetCurrentByteIndex(parser))
    guard isAtEnd || pending <= limits.tagBytes + PartMarkup.chunk else {
      throw .tagTooLong(part: part.name, line: line)
    }
  }

  private var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  private static func from(_ user: UnsafeMutableRawPointer?, _ body: (PartMarkup) -> Void) {
    guard let user else { return }
    Unmanaged<PartMarkup>.fromOpaque(user)._withUnsafeGuaranteedRef { body($0) }
  }

  private func fail(_ problem: SpreadsheetProblem) {
    if failure == nil { failure = problem }
    hasFailed = true
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private func start(_ name: UnsafePointer<XML_Char>, _ attributes: MarkupAttributes) {
    if hasFailed { return }
    depth += 1
    do throws(SpreadsheetProblem) {
      if depth > limits.depth { throw .nestedTooDeeply(part: part.name, line: line) }
      // Most tags are too short to break a limit.
      if XML_GetCurrentByteCount(parser) > shortTag { try check(attributes) }
      if depth > lastDepth { return }
      try listener.start(MarkupName(name), attributes, depth: depth)
    } catch {
      fail(error)
    }
  }

  private func check(_ attributes: MarkupAttributes) throws(SpreadsheetProblem) {
    var count = 0
    while attributes.start[2 * count] != nil, let value = attributes.start[2 * count + 1] {
      count += 1
      if count > limits.attributes { throw .tooManyAttributes(part: part.name, line: line) }
      if strnlen(value, limits.attributeBytes + 1) > limits.attributeBytes {
        throw .attributeTooLong(part: part.name, line: line)
      }
    }
  }

  private func end() {
    if hasFailed { return }
    depth -= 1
    if depth >= lastDepth { return }
    do throws(SpreadsheetProblem) { try listener.end(depth: depth + 1) } catch { fail(error) }
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if hasFailed { return }
    do throws(SpreadsheetProblem) { try listener.text(bytes) } catch { fail(error) }
  }
}
