import Exchange
import Foundation
import Health
import Journal

/// A list or map with which somebody sets up a district: kept for its uploader alone, in private
/// files beside the database, until it is taken or a day old.
public struct SetupUpload: Codable, Sendable {
  /// What it tells.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// Areas down to the village.
    case areas
    /// Facilities with catchments and agreements.
    case facilities
    /// The boundaries of areas.
    case boundaries
  }

  /// A name that nobody can guess.
  public let id: String
  /// What it tells.
  public let kind: Kind
  /// Who sent it, as text; only they see it.
  public let worker: String?
  /// The file's name as it was sent.
  public let fileName: String
  /// The Kemendagri code of the district; of a map nothing.
  public let code: String
  /// When it came, milliseconds since 1970 UTC.
  public let at: Int64
}

/// What an upload would bring in.
public enum SetupPlan: Sendable {
  /// Areas or facilities.
  case district(DistrictPlan)
  /// Boundaries.
  case boundaries(BoundaryPlan)

  /// What forbids taking it.
  public var problems: [DistrictProblem] {
    switch self {
    case .district(let plan): plan.problems
    case .boundaries(let plan): plan.problems
    }
  }

  /// What should be looked at again.
  public var warnings: [DistrictWarning] {
    switch self {
    case .district(let plan): plan.warnings
    case .boundaries(let plan): plan.warnings
    }
  }

  /// What would be written, in the name of who does so.
  public func facts(by recorder: Identifier?) -> [Fact] {
    switch self {
    case .district(let plan): plan.facts(by: recorder)
    case .boundaries(let plan): plan.facts(by: recorder)
    }
  }

  /// Of everything it tells, whatever the moment: the same as long as nobody changes a place.
  public var mark: String {
    var text: [String] = []
    switch self {
    case .district(let plan):
      text = plan.places.map { place in
        ([place.kind.code, place.code, place.name, place.change.rawValue]
          + place.details.map(\.rawValue).sorted()).joined(separator: "|")
      }.sorted()
      for counts in [plan.catchments, plan.agreements] {
        text += PlannedChange.allCases.map { String(counts[$0] ?? 0) }
      }
    case .boundaries(let plan):
      text = PlannedChange.allCases.map { String(plan.boundaries[$0] ?? 0) }
    }
    return Identifier.ofContent("setup-plan", Array(text.joined(separator: "\n").utf8)).text
  }
}

extension ListUploads {
  private static let setupEndings = ["setup", "setup-file"]

  /// Keeps a list or map for its uploader; what the same one left before goes away.
  public func keep(
    _ bytes: ArraySlice<UInt8>, named fileName: String, _ kind: SetupUpload.Kind, of code: String,
    worker: Identifier?, now: Instant
  ) throws(UploadProblem) -> SetupUpload {
    removeExpired(now: now)
    for earlier in setups where earlier.worker == worker?.text { remove(earlier) }
    let upload = SetupUpload(
      id: ListUploads.freshName(), kind: kind, worker: worker?.text,
      fileName: String(fileName.prefix(120)), code: code, at: now.milliseconds)
    do {
      try keep(bytes, at: path(upload.id, "setup-file"))
      try ListUploads.write(JSONEncoder().encode(upload), to: path(upload.id, "setup"))
    } catch { throw .cannotKeep }
    return upload
  }

  /// The list or map with that name, where that worker sent it.
  public func setup(_ id: String, of worker: Identifier?) -> SetupUpload? {
    guard ListUploads.isName(id) else { return nil }
    return readSetup(id).flatMap { $0.worker == worker?.text ? $0 : nil }
  }

  private func readSetup(_ id: String) -> SetupUpload? {
    FileManager.default.contents(atPath: path(id, "setup"))
      .flatMap { try? JSONDecoder().decode(SetupUpload.self, from: $0) }
  }

  private var setups: [SetupUpload] { names(ending: "setup").compactMap { readSetup($0) } }

  /// Removes a list or map.
  public func remove(_ upload: SetupUpload) {
    for ending in ListUploads.setupEndings {
      try? FileManager.default.removeItem(atPath: path(upload.id, ending))
    }
  }

  func removeExpiredSetups(now: Instant) {
    for upload in setups where upload.at + ListUploads.lifetime < now.milliseconds {
      remove(upload)
    }
  }

  /// Lists and maps of whole districts take seconds and much memory: one at a time.
  private static let planning = DispatchQueue(label: "sikilap.setup", qos: .userInitiated)

  /// What ``plan(_:now:)`` tells, worked out beside the requests, which it must not hold up.
  public func worked(
    out upload: SetupUpload, now: Instant
  ) async -> Result<SetupPlan, any Error> {
    await withCheckedContinuation { continuation in
      ListUploads.planning.async { [self] in
        continuation.resume(returning: Result { try plan(upload, now: now) })
      }
    }
  }

  /// Works out what a list or map would bring in, and writes nothing.
  ///
  /// - Throws: what ``DistrictFileExplanation`` or ``explanation(of:)`` tells, where it cannot be
  ///   read at all.
  public func plan(_ upload: SetupUpload, now: Instant) throws -> SetupPlan {
    let path = path(upload.id, "setup-file")
    let today = now.day(hoursEastOfGreenwich: district.hoursEastOfGreenwich)
    switch upload.kind {
    case .areas:
      return .district(
        try district.plan(
          areas: try AreaTable(path: path, today: today), of: upload.code, facilities: nil,
          now: now))
    case .facilities:
      return .district(
        try district.plan(
          areas: nil, of: upload.code, facilities: try FacilityTable(path: path, today: today),
          now: now))
    case .boundaries:
      return .boundaries(
        try district.plan(
          boundaries: try BoundaryFile(path: path), source: upload.fileName, asOf: today,
          now: now))
    }
  }

  /// Why a file cannot be read at all, or nothing be written of it: `key`, that of the explanation
  /// in the catalogues, and what it fills in.
  public static func explanation(of error: any Error) -> [String: String] { problem(error) }
}
