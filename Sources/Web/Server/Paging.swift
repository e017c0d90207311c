/// The way through a list that does not fit on one page.
struct Paging {
  private let visit: Visit

  init(_ visit: Visit) { self.visit = visit }

  /// Which rows are shown of how many, and the pages before and after.
  func fields(
    _ page: Int, of pages: Int, size: Int, total: Int, link: (Int) -> String
  ) -> Fields {
    let first = (page - 1) * size
    return [
      "text": visit.words(
        "common.rows_of",
        [
          "from": visit.format.whole(first + 1),
          "to": visit.format.whole(min(total, first + size)), "total": visit.format.whole(total),
        ]),
      "previous_url": page > 1 ? link(page - 1) : nil,
      "next_url": page < pages ? link(page + 1) : nil,
    ]
  }
}
