import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Cards: the number as text, and the pages.
@Suite struct CardTests {
  private static let mother = TwoPuskesmas.Side.north.mother(2)
  private static let symbols = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  @Test func everyNumberIsReadAsItIsWritten() throws {
    var numbers = [Identifier(high: 0, low: 0), Identifier(high: .max, low: .max)]
    for _ in 0..<200 { numbers.append(try CardNumber.random().identifier) }
    for number in numbers {
      let text = CardNumber(number).text
      #expect(CardNumber(text: text)?.identifier == number)
      #expect(CardNumber(text: text.lowercased().replacing("-", with: " "))?.identifier == number)
      let misread = text.replacing("0", with: "O").replacing("1", with: "l")
      #expect(CardNumber(text: misread)?.identifier == number)
    }
    // What is handed out can be read aloud; older cards end in a sign now and then.
    #expect(
      numbers.dropFirst(2).allSatisfy { number in
        CardNumber(number).text.last.map(Self.symbols.contains) ?? false
      })
    #expect(Set(numbers).count == numbers.count)
    #expect(CardNumber(text: "") == nil)
    #expect(CardNumber(text: "Sulastri") == nil)
    #expect(CardNumber(text: "6203010101900001") == nil)
    #expect(CardNumber(text: String(repeating: "Z", count: 27)) == nil)
  }

  @Test func aWrongSymbolAndASwappedPairAreNoticed() throws {
    let number = CardNumber(Identifier(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210))
    let text = Array(number.text.replacing("-", with: ""))
    for place in 0..<26 {
      for symbol in Self.symbols where symbol != text[place] {
        var wrong = text
        wrong[place] = symbol
        #expect(CardNumber(text: String(wrong)) == nil, "\(String(wrong))")
      }
    }
    for place in 0..<25 where text[place] != text[place + 1] {
      var swapped = text
      swapped.swapAt(place, place + 1)
      #expect(CardNumber(text: String(swapped)) == nil)
    }
  }

  private func held(_ server: SignedInServer) throws -> String? {
    try server.district.person(Self.mother)?.summary.card.map { CardNumber($0).text }
  }

  @Test func aCardIsGivenOutFoundReplacedAndRevoked() async throws {
    let server = try await SignedInServer.start()
    var worker = try await server.signIn(.clusterWorker)
    let path = Links.person(Self.mother) + "/card"
    #expect(try await worker.post(path, [("act", "revoke")]).status == 400)
    #expect(try await worker.post(path, [("act", "issue")]).status == 303)
    let first = try #require(try held(server))
    let page = try await worker.get(path).text
    #expect(page.contains(first))
    #expect(page.contains("<svg class=\"qr\""))
    #expect(page.contains("1995"))
    // Neither NIK nor day of birth, masked or not.
    #expect(!page.contains("9999"))
    #expect(!page.contains("Maret"))
    let search = "/search?q="
    let name = "Sulastri2 \(TwoPuskesmas.northern)"
    #expect(try await worker.get(search + first).text.contains(name))
    #expect(
      try await worker.get(search + first.lowercased().replacing("-", with: "")).text.contains(name)
    )
    // Exact, and in reach only.
    #expect(!(try await worker.get(search + first.dropLast()).text.contains(name)))
    let kader = try await server.signIn(.kader)
    #expect(!(try await kader.get(search + first).text.contains(name)))
    // In an emergency the card is enough.
    var clinic = try await server.signIn(.privateFacility)
    let opened = try await clinic.post(
      "/openings/emergency",
      [("number", first), ("reason", "urgentCare"), ("words", "Pasien kejang, membawa kartunya")])
    #expect(opened["Location"] == Links.person(Self.mother))
    #expect(try await worker.post(path, [("act", "issue")]).status == 409)
    #expect(try await worker.post(path, [("act", "issue"), ("held", first)]).status == 303)
    let second = try #require(try held(server))
    #expect(first != second)
    #expect(!(try await worker.get(search + first).text.contains(name)))
    #expect(try await worker.get(search + second).text.contains(name))
    #expect(try await worker.post(path, [("act", "revoke"), ("held", second)]).status == 303)
    #expect(try held(server) == nil)
    #expect(!(try await worker.get(search + second).text.contains(name)))
    #expect(try await worker.get(path).text.contains("Belum ada kartu"))
  }
}
