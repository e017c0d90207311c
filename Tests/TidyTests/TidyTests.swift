import Foundation
import Testing

/// What the house agreed on and no compiler checks.
@Suite("Tidiness")
struct TidyTests {
  /// A Swift file of the product.
  struct File: Sendable, CustomTestStringConvertible {
    let path: String
    let lines: [String]

    /// `Sources/Health/Calendar/CivilDate.swift` belongs to Health.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var testDescription: String { path }

    /// The modules that are imported, without attributes and conditions.
    var imports: [String] {
      lines.compactMap { line in
        let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
        guard words.first == "import", words.count > 1 else { return nil }
        return words[words.count - 1].split(separator: ".").first.map(String.init)
      }
    }
  }

  static let repository = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func files(under folder: String) throws -> [File] {
    let root = repository.path()
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root + folder)
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOfFile: "\(root)\(folder)/\(path)", encoding: .utf8)
      return File(path: "\(folder)/\(path)", lines: text.components(separatedBy: "\n"))
    }
  }

  static let core: Set<String> = ["Health", "Guidance", "Programmes"]

  /// What each folder may import: the table of the architecture, one way down.
  static let mayImport: [String: Set<String>] = [
    "Health": [],
    "Guidance": ["Health"],
    "Programmes": ["Guidance", "Health"],
    "Monitoring": core,
    "Journal": ["Health", "GRDB", "GRDBSQLite", "CLibCrypto", "Foundation", "Synchronization"],
    "Exchange": core.union([
      "Monitoring", "Journal", "GRDB", "Foundation", "Synchronization", "CZip", "CExpat",
      "CXLSXWriter",
    ]),
    "Services": core.union([
      "Monitoring", "Journal", "Exchange", "GRDB", "CArgon2", "CLibCrypto", "Foundation",
      "Synchronization",
    ]),
    "Web": core.union([
      "Monitoring", "Journal", "Exchange", "Services", "Foundation", "Synchronization",
      "Hummingbird",
      "HummingbirdCore", "Mustache", "Logging", "HTTPTypes", "NIOCore", "CQRCode",
    ]),
    "Simulation": core.union(["Monitoring", "Journal", "Services", "Foundation"]),
    "sikilap": core.union([
      "Monitoring", "Journal", "Exchange", "Services", "Web", "Simulation", "Foundation",
      "Synchronization", "ArgumentParser", "Logging", "GRDB", "Glibc", "Musl", "Darwin",
    ]),
    "PhoneRuntime": [],
  ]

  /// The compiler lays what lives across an `await` at a multiple of 16 bytes and no more: wider
  /// vectors there write beyond their frame.
  @Test("No vector is wider than 16 bytes")
  func vectors() throws {
    let wide = try Regex(
      #"SIMD(64|32)<|SIMD16<U?Int(16|32|64)|SIMD8<(U?Int(32|64)|Float|Double)|SIMD4<(U?Int64|Double|U?Int>)"#
    )
    var found: [String] = []
    for file in try TidyTests.files(under: "Sources") {
      for (number, line) in file.lines.enumerated() where line.contains(wide) {
        found.append("\(file.path):\(number + 1)")
      }
    }
    #expect(found.isEmpty)
    #expect("let words: SIMD4<UInt64>".contains(wide) && !"SIMD16<UInt8>()".contains(wide))
  }

  @Test("Each folder imports only what lies below it")
  func imports() throws {
    let files = try Self.files(under: "Sources")
    #expect(files.count > 50)
    for file in files {
      let allowed = try #require(
        Self.mayImport[file.target], "\(file.target) has no line in the table of imports")
      let others = Set(file.imports).subtracting(allowed)
      #expect(others.isEmpty, "\(file.path) imports \(others.sorted())")
    }
  }

  @Test("An import that goes up is noticed")
  func importsControl() {
    let file = File(
      path: "Sources/Health/Fact.swift",
      lines: ["@preconcurrency import Foundation", "import struct Journal.StoredFact", "// import"])
    #expect(file.target == "Health")
    #expect(file.imports == ["Foundation", "Journal"])
  }

  @Test(
    "The clinical core keeps to what compiles for the phone",
    arguments: ["Health", "Guidance", "Programmes"])
  func clinicalCore(target: String) throws {
    for file in try Self.files(under: "Sources/" + target) {
      for (number, line) in file.lines.enumerated() {
        let words = line.split { !$0.isLetter }.map(String.init)
        for banned in ["Foundation", "Codable", "Mirror", "NSLock"] where words.contains(banned) {
          let isComment = line.trimmingCharacters(in: .whitespaces).hasPrefix("//")
          #expect(isComment, "\(file.path):\(number + 1) uses \(banned)")
        }
      }
    }
  }

  @Test(
    "No file is longer than 400 lines, generated tables excepted",
    arguments: ["Sources", "Tests", "Plugins"])
  func length(folder: String) throws {
    for file in try Self.files(under: folder) {
      let isGenerated = file.lines.prefix(12).contains { $0.contains("Generated by ") }
      #expect(isGenerated || file.lines.count <= 401, "\(file.path): \(file.lines.count) lines")
    }
  }

  @Test("No folder is named after nothing")
  func folders() throws {
    let banned: Set<String> = ["Core", "Utils", "Helpers", "Common", "Managers"]
    for folder in ["Sources", "Tests", "Plugins"] {
      for file in try Self.files(under: folder) {
        let found = Set(file.path.split(separator: "/").dropLast().map(String.init))
          .intersection(banned)
        #expect(found.isEmpty, "\(file.path)")
      }
    }
  }

  @Test("Nothing is forced, and only the command line prints")
  func banned() throws {
    for file in try Self.files(under: "Sources") {
      for (number, line) in file.lines.enumerated() {
        let text = line.trimmingCharacters(in: .whitespaces)
        if text.hasPrefix("//") { continue }
        let place = "\(file.path):\(number + 1)"
        for forced in ["try!", "as!", "fatalError("] {
          #expect(!text.contains(forced), "\(place): \(forced)")
        }
        let prints = ["print(", "debugPrint(", "dump("].contains {
          text.hasPrefix($0) || text.contains(" " + $0)
        }
        #expect(!prints || file.target == "sikilap", "\(place) prints")
        #expect(!text.contains("TODO") && !text.contains("FIXME"), "\(place)")
      }
    }
  }

  @Test(
    "The documents that a newcomer looks for are there",
    arguments: ["README.md", "docs/ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
  func documents(name: String) throws {
    let text = try String(contentsOf: Self.repository.appending(path: name), encoding: .utf8)
    #expect(text.count > 100)
  }
}
