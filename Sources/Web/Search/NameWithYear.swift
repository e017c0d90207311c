import Health

/// A name with the year of birth beside it, as in `Budi 1995` or `Budi 17-04-1995`.
struct NameWithYear: Equatable {
  let name: String
  let year: Int

  private static let earliest = 1900

  /// - Returns: nothing where no year stands beside a name, or more than one.
  init?(_ typed: String, until today: CivilDate) {
    let latest = today.components.year
    func told(_ word: Substring) -> Int? {
      let day = try? PersonForm.day(String(word)).get()
      let year = day?.components.year ?? (word.utf8.count == 4 ? Int(word) : nil)
      return year.flatMap { (NameWithYear.earliest...latest).contains($0) ? $0 : nil }
    }
    let words = typed.split(separator: " ")
    let years = words.compactMap(told)
    let others = words.filter { told($0) == nil }
    guard let year = years.first, years.count == 1,
      others.contains(where: { $0.contains { $0.isLetter } })
    else { return nil }
    name = others.joined(separator: " ")
    self.year = year
  }
}
