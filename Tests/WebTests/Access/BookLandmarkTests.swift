import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// Who jumps from part to part of a chapter of the book reads a name of its own for each.
@Suite struct BookLandmarkTests {
  @Test func noTwoTablesOfAChapterHaveOneName() async throws {
    let server = try await SignedInServer.shared()
    let midwife = try await server.signIn(.pustuWorker)
    for chapter in GuidelineBook().chapters {
      let page = try await midwife.get(Links.guideline(chapter)).text
      let tables = try PageText.matches(
        "class=\"table-scroll\" role=\"region\" aria-label=\"([^\"]*)\"", in: page)
      #expect(Set(tables).count == tables.count, "\(chapter.code): \(tables)")
      let titles = try PageText.matches("<h2 id=\"part-[^\"]*\">([^<]*)</h2>", in: page)
      #expect(Set(titles).isDisjoint(with: tables), "\(chapter.code)")
    }
  }
}
