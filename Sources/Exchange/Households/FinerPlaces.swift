import Health

/// Where households of a list live of which an earlier row names the village alone, and a later one
/// a Posyandu in it: the finer place stands for the whole family.
///
/// Rows are compared one by one, and an earlier one may be on the disk when a later one is read. So
/// such a list is read once before, for this alone.
struct FinerPlaces: Sendable {
  /// A place, with the line that names it.
  struct Told: Sendable {
    let place: Identifier
    let line: Int32
  }

  private var told: [HouseholdRow.Key: Told] = [:]

  /// None: every row says what it says.
  init() {}

  /// Reads a table to its end. Of rows that are refused for what stands in them nothing is taken.
  init(in table: some TableReader, _ reader: HouseholdRowReader) throws {
    var table = table
    /// Households of which a row so far names the village alone.
    var coarse: Set<HouseholdRow.Key> = []
    while try table.next({ row in
      guard !row.isBlank, let named = reader.named(row) else { return }
      if named.isCoarse {
        coarse.insert(named.key)
      } else if coarse.contains(named.key), told[named.key] == nil,
        let read = reader.read(row).row, let place = read.residence.place
      {
        told[named.key] = Told(place: place, line: Int32(clamping: read.line))
      }
    }) != nil {}
  }

  /// The place that a later row names.
  subscript(key: HouseholdRow.Key) -> Told? { told[key] }
}
