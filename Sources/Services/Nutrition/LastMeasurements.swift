import GRDB
import Health
import Journal
import Programmes

extension District {
  /// Each person's last measurement up to a day, by the person's short number; who was never
  /// measured by then is not in the answer.
  public func lastMeasurements(
    of persons: [Int64], notAfter day: CivilDate
  ) throws -> [Int64: RecordedMeasurement] {
    try journal.pool.read { db in
      var last: [Int64: RecordedMeasurement] = [:]
      for person in persons {
        guard let timeline = try PersonEntry.timeline(person, in: db) else { continue }
        let record = try timeline.bytes.withUnsafeBufferPointer { bytes in
          try GrowthRecord(timeline: bytes, settings: settings)
        }
        last[person] = record.measurements.last { $0.occurredOn <= day }
      }
      return last
    }
  }

  /// The names of workers, as far as they are known.
  public func workerNames(_ workers: Set<Identifier>) throws -> [Identifier: String] {
    try journal.pool.read { db in
      var names: [Identifier: String] = [:]
      for worker in workers { names[worker] = try WorkerName.fetch(worker, in: db) }
      return names
    }
  }
}
