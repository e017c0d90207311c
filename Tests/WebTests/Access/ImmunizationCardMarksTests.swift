import Health
import Journal
import Testing

@testable import Web

/// On the card what is made up for and what is given no more differ in colour, and in a sign where
/// there is no colour. The child is 17 months old and has no dose.
@Suite struct ImmunizationCardMarksTests {
  @Test(arguments: ["", "/print?paper=a4", "/print?paper=a5"])
  func catchingUpAndTooLateAreToldApart(page: String) async throws {
    let server = try await SignedInServer.shared()
    let address = "/people/\(MotherAndChild.child.text)/immunizations\(page)"
    let card = try await server.signIn(.pustuWorker).get(address).text
    func tags(_ sign: String, _ words: String) throws -> Set<String> {
      Set(
        try PageText.matches(
          "class=\"tag tone-(\\w+) marked\"><span aria-hidden=\"true\">\(sign)</span> \(words)<",
          in: card))
    }
    #expect(try tags("▲", "Kejar") == ["poor"])
    #expect(try tags("✕", "Tidak diberikan lagi") == ["none"])
    // The source is told in words, not as the code of an edition.
    #expect(!card.contains("id-kmk") && card.contains("diubah dengan KMK"))
  }
}
