import Exchange
import Foundation
import Health
import Journal
import Samples
import Testing

@testable import Services

@Suite("Lists of areas that come along")
struct ShippedAreasTests {
  static let today = day("2026-01-01")

  static func table(_ code: String) throws -> AreaTable {
    try AreaTable(path: try #require(District.shippedAreas(of: code)), today: today)
  }

  @Test(
    "Each is what its checksum says",
    arguments: ["62.01", "62.03"])
  func checksum(code: String) throws {
    let folder = District.shippedAreasFolder
    let sums = try String(contentsOf: folder.appending(path: "SHA256SUMS"), encoding: .utf8)
    let line = try #require(
      sums.split(separator: "\n").first { $0.hasSuffix("  \(code).csv") }.map(String.init))
    let digest = try #require(
      try FileDigest(path: folder.appending(path: "\(code).csv").path))
    #expect(line.hasPrefix(digest.bytes.map { String(format: "%02x", $0) }.joined() + "  "))
    let listed = sums.split(separator: "\n").map { String($0.dropFirst(66).dropLast(4)) }
    #expect(District.shippedAreas == listed)
  }

  @Test(
    "Each has as many kecamatan and villages as the district, every area once and inside another",
    arguments: [
      ("62.01", "Kabupaten Kotawaringin Barat", 6, 81, 13),
      ("62.03", "Kabupaten Kapuas", 17, 214, 17),
    ])
  func counts(code: String, name: String, subdistricts: Int, desa: Int, kelurahan: Int) throws {
    let table = try Self.table(code)
    #expect(table.problems.isEmpty)
    let kinds = Dictionary(grouping: table.areas, by: \.kind).mapValues(\.count)
    #expect(
      kinds == [
        .province: 1, .district: 1, .subdistrict: subdistricts, .village: desa + kelurahan,
      ])
    #expect(Set(table.areas.map(\.code)).count == table.areas.count)
    #expect(table.areas.first { $0.kind == .district }?.name == name)
    // The first of a village's last four digits tells a kelurahan (1) from a desa (2).
    let villages = table.areas.filter { $0.kind == .village }
    let forms = Dictionary(grouping: villages) { $0.code.dropFirst(9).first }.mapValues(\.count)
    #expect(forms == ["1": kelurahan, "2": desa])
    #expect(villages.allSatisfy { $0.position != nil })
    #expect(table.around(code).count == table.areas.count)
  }

  @Test("Two villages of Kapuas share a name; a kecamatan has the name of another district")
  func traps() throws {
    let areas = try Self.table("62.03").areas
    #expect(areas.filter { $0.name == "Sidomulyo" }.map(\.kind) == [.village, .village])
    #expect(areas.first { $0.name == "Kapuas Hulu" }?.code == "62.03.12")
  }
}
