import Foundation
import Health
import Journal
import Samples
import Services

/// A district in a folder of its own, which goes away with it.
final class TemporaryDistrict: Sendable {
  let district: District
  private let folder: URL

  init() throws {
    folder = URL.temporaryDirectory.appending(path: "sikilap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    district = try District(path: folder.appending(path: "district.sqlite").path())
  }

  deinit {
    try? district.journal.close()
    try? FileManager.default.removeItem(at: folder)
  }
}

/// Two villages of two Puskesmas with three Posyandu.
enum ExamplePlaces {
  static let district = id(800)
  static let puskesmas = [id(810), id(811)]
  static let villages = [id(820), id(821)]
  static let posyandu = [id(830), id(831), id(832)]

  /// A place's fact; `number` makes its id and the moment of recording.
  static func fact(
    _ place: Identifier, _ kind: PlaceKind, partOf: Identifier?, number: Int,
    on date: String = "2020-01-01"
  ) -> Fact {
    let body = PlaceBody(
      kind: kind, name: Array("Tempat Contoh \(place.low)".utf8), code: [], partOf: partOf,
      codeIsExample: true)
    return Fact(
      id: id(9_000_000 + number), subject: place, kind: .place, occurredOn: day(date),
      recordedAt: Instant(milliseconds: Int64(number)), body: body.bytes)
  }

  static var facts: [Fact] {
    [
      fact(district, .district, partOf: nil, number: 1),
      fact(puskesmas[0], .puskesmas, partOf: district, number: 2),
      fact(puskesmas[1], .puskesmas, partOf: district, number: 3),
      fact(villages[0], .village, partOf: puskesmas[0], number: 4),
      fact(villages[1], .village, partOf: puskesmas[1], number: 5),
      fact(posyandu[0], .posyandu, partOf: villages[0], number: 6),
      fact(posyandu[1], .posyandu, partOf: villages[0], number: 7),
      fact(posyandu[2], .posyandu, partOf: villages[1], number: 8),
    ]
  }
}
