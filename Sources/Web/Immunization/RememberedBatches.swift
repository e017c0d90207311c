import Foundation
import Health
import Services

/// The batch of each product that the worker wrote last in this browser today, so that it is typed
/// once a day. What somebody else wrote, or another day, is not remembered.
struct RememberedBatches {
  /// So many products are remembered.
  private static let most = 12
  /// The longest batch number that is remembered and taken.
  static let longest = 30

  private let mark: String
  private var batches: [(product: UInt16, batch: String)] = []

  init(_ visit: Visit) {
    mark = "\(VisitDefaults.mark(visit) ?? "")\(Format.iso(visit.today))"
    var parts = (visit.lastBatches ?? "").split(separator: "!", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.removeFirst() == mark else { return }
    for part in parts {
      let pair = part.split(separator: ":", maxSplits: 1)
      guard pair.count == 2, let product = UInt16(pair[0]),
        let batch = String(pair[1]).removingPercentEncoding
      else { continue }
      batches.append((product, batch))
    }
  }

  /// The batch of a product; nothing where none was written today.
  subscript(product: UInt16) -> String? { batches.last { $0.product == product }?.batch }

  /// Notes what was written now.
  mutating func note(_ product: UInt16, _ batch: String) {
    guard !batch.isEmpty, batch.count <= RememberedBatches.longest else { return }
    batches.removeAll { $0.product == product }
    batches.append((product, batch))
    batches = batches.suffix(RememberedBatches.most)
  }

  /// The cookie, which ends with the browser's session.
  var cookie: [String] {
    guard !batches.isEmpty else { return [] }
    let pairs = batches.map { "\($0.product):\(Links.encoded($0.batch))" }
    return [Cookies.set(Cookies.batches, ([mark] + pairs).joined(separator: "!"))]
  }
}
