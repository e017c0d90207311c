import CZip
import Foundation

/// The packed file around a spreadsheet: which parts it has, and their bytes.
///
/// Everything that a file says of itself is checked before a part is opened, and counted again
/// while it is read.
final class SpreadsheetArchive {
  struct Entry {
    let index: UInt64
    let name: String
    let size: UInt64
    let packed: UInt64
  }

  let limits: SpreadsheetLimits
  private let zip: OpaquePointer
  /// The whole file where it came as bytes; it must outlive the archive.
  private let memory: UnsafeMutableRawBufferPointer?
  /// By name in small letters: names of parts differ by more than capitals.
  private var entries: [String: Entry] = [:]
  private var countedParts: Set<UInt64> = []
  private var unpackedBytes = 0

  /// Opens a file.
  init(path: String, limits: SpreadsheetLimits) throws(SpreadsheetProblem) {
    try SpreadsheetArchive.inspect(path: path, limits)
    self.limits = limits
    memory = nil
    var error = zip_error_t()
    guard let source = zip_source_file_create(path, 0, 0, &error) else {
      throw .unreadable(path: path)
    }
    zip = try SpreadsheetArchive.open(source)
    try list()
  }

  /// Opens a file that lies in memory.
  init(bytes: [UInt8], limits: SpreadsheetLimits) throws(SpreadsheetProblem) {
    guard !bytes.isEmpty else { throw .empty }
    guard bytes.count <= limits.fileBytes else { throw .fileTooLarge(limit: limits.fileBytes) }
    try SpreadsheetArchive.inspect(bytes)
    self.limits = limits
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    copy.copyBytes(from: bytes)
    memory = copy
    var error = zip_error_t()
    guard
      let source = zip_source_buffer_create(copy.baseAddress, UInt64(copy.count), 0, &error)
    else {
      copy.deallocate()
      throw .damaged(part: nil)
    }
    do {
      zip = try SpreadsheetArchive.open(source)
    } catch {
      copy.deallocate()
      throw error
    }
    try list()
  }

  deinit {
    zip_discard(zip)
    memory?.deallocate()
  }

  // MARK: What kind of file it is

  private static func inspect(
    path: String, _ limits: SpreadsheetLimits
  ) throws(SpreadsheetProblem) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(path: path)
    }
    if isFolder.boolValue { throw .isFolder(path: path) }
    guard let file = FileHandle(forReadingAtPath: path), let size = try? file.seekToEnd(),
      (try? file.seek(toOffset: 0)) != nil
    else { throw .unreadable(path: path) }
    guard size > 0 else { throw .empty }
    guard size <= UInt64(limits.fileBytes) else { throw .fileTooLarge(limit: limits.fileBytes) }
    let head = [UInt8]((try? file.read(upToCount: 4096)) ?? Data())
    let isPacked = head.starts(with: packedMark)
    if !isPacked, head.starts(with: oldExcelMark), let all = try? file.readToEnd() {
      try inspect(head + [UInt8](all))
    } else if !isPacked {
      try inspect(head)
    }
  }

  private static let packedMark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  private static let oldExcelMark: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0]

  /// Refuses what is not packed at all, and says what it seems to be.
  private static func inspect(_ bytes: [UInt8]) throws(SpreadsheetProblem) {
    if bytes.starts(with: packedMark) { return }
    if bytes.starts(with: oldExcelMark) {
      let encrypted = Data("EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), 0] })
      if Data(bytes).range(of: encrypted) != nil { throw .passwordProtected }
      let word = Data("WordDocument".utf16.flatMap { [UInt8($0 & 0xFF), 0] })
      throw .notASpreadsheet(Data(bytes).range(of: word) != nil ? .oldWord : .oldExcel)
    }
    if let kind = OtherFileKind.withoutTable(bytes) { throw .notASpreadsheet(kind) }
    let head = bytes.prefix(4096)
    let text = String(decoding: head, as: UTF8.self).lowercased()
    if text.contains("<html") || text.contains("<table") || text.contains("<!doctype html") {
      throw .notASpreadsheet(.webPage)
    }
    let isText = head.allSatisfy { $0 >= 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
    throw .notASpreadsheet(isText ? .text : .unknown)
  }

  // MARK: Parts

  private static func open(_ source: OpaquePointer) throws(SpreadsheetProblem) -> OpaquePointer {
    var error = zip_error_t()
    if let zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) { return zip }
    // Names that are there twice: opened once more so that the list can say which.
    if zip_error_code_zip(&error) == ZIP_ER_EXISTS,
      let zip = zip_open_from_source(source, ZIP_RDONLY, &error)
    {
      return zip
    }
    zip_source_free(source)
    throw .damaged(part: nil)
  }

  private func list() throws(SpreadsheetProblem) {
    let count = Int(zip_get_num_entries(zip, 0))
    guard count <= limits.entries else {
      throw .tooManyEntries(count: count, limit: limits.entries)
    }
    for index in 0..<UInt64(max(0, count)) {
      var state = zip_stat_t()
      zip_stat_init(&state)
      guard zip_stat_index(zip, index, 0, &state) == 0, let bytes = state.name else {
        throw .damaged(part: nil)
      }
      let name = String(cString: bytes)
      guard SpreadsheetArchive.isSafe(name) else { throw .unsafeName(name) }
      guard state.encryption_method == ZIP_EM_NONE else { throw .passwordProtected }
      guard [ZIP_CM_STORE, ZIP_CM_DEFLATE].contains(Int32(state.comp_method)) else {
        throw .unknownPacking(part: name)
      }
      guard state.size <= UInt64(limits.partBytes) else {
        throw .partTooLarge(part: name, limit: limits.partBytes)
      }
      let entry = Entry(index: index, name: name, size: state.size, packed: state.comp_size)
      guard entries.updateValue(entry, forKey: name.lowercased()) == nil else {
        throw .duplicateName(name)
      }
    }
  }

  private static func isSafe(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return !name.isEmpty && !name.hasPrefix("/") && !name.utf8.contains(UInt8(ascii: "\\"))
      && !name.utf8.contains(UInt8(ascii: ":")) && !parts.contains("..")
  }

  /// Whether there is such a part.
  func has(_ name: String) -> Bool { entries[name.lowercased()] != nil }

  /// Opens a part for reading.
  func open(_ name: String) throws(SpreadsheetProblem) -> ArchivePart {
    guard let entry = entries[name.lowercased()] else { throw .missingPart(name) }
    guard entry.size <= allowedBytes(of: entry) else {
      throw .packedTooTightly(part: entry.name, limit: limits.ratio)
    }
    guard let file = zip_fopen_index(zip, entry.index, 0) else {
      throw .damaged(part: entry.name)
    }
    return ArchivePart(archive: self, entry: entry, file: file)
  }

  private func allowedBytes(of entry: Entry) -> UInt64 {
    let (bytes, overflows) = entry.packed.multipliedReportingOverflow(by: UInt64(limits.ratio))
    return overflows ? .max : max(bytes, UInt64(limits.ratioFreeBytes))
  }

  /// Counts bytes that were unpacked from a part; a part that is read twice counts once.
  fileprivate func count(
    _ read: Int, position: Int, of entry: Entry
  ) throws(SpreadsheetProblem) {
    if read == 0 {
      countedParts.insert(entry.index)
      return
    }
    guard position <= limits.partBytes else {
      throw .partTooLarge(part: entry.name, limit: limits.partBytes)
    }
    guard UInt64(position) <= allowedBytes(of: entry) else {
      throw .packedTooTightly(part: entry.name, limit: limits.ratio)
    }
    if countedParts.contains(entry.index) { return }
    unpackedBytes += read
    guard unpackedBytes <= limits.unpackedBytes else {
      throw .unpacksTooLarge(limit: limits.unpackedBytes)
    }
  }
}

/// One part of the packed file while it is read.
final class ArchivePart {
  private let archive: SpreadsheetArchive
  private let entry: SpreadsheetArchive.Entry
  private let file: OpaquePointer
  /// How many bytes were read.
  private(set) var position = 0

  fileprivate init(
    archive: SpreadsheetArchive, entry: SpreadsheetArchive.Entry, file: OpaquePointer
  ) {
    self.archive = archive
    self.entry = entry
    self.file = file
  }

  deinit { zip_fclose(file) }

  var name: String { entry.name }

  /// How many bytes the part has, as the file says.
  var size: Int { Int(clamping: entry.size) }

  /// Reads the next bytes; 0 at the end, where also the checksum was right.
  func read(
    into buffer: UnsafeMutableRawPointer, count: Int
  ) throws(SpreadsheetProblem) -> Int {
    let read = Int(zip_fread(file, buffer, UInt64(count)))
    guard read >= 0 else { throw .damaged(part: entry.name) }
    position += read
    try archive.count(read, position: position, of: entry)
    return read
  }
}
