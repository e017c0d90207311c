import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Requests of persons about their data, over HTTP.
@Suite struct RequestPageTests {
  private static let north = TwoPuskesmas.Side.north
  private static let mother = TwoPuskesmas.Side.north.mother(2)

  private func take(
    _ kind: String, _ browser: inout Browser, received: String = "2025-06-20"
  ) async throws -> Int {
    try await browser.post(
      Links.person(Self.mother) + "/requests",
      [("kind", kind), ("received", received), ("words", "Diminta oleh ibu sendiri")]
    ).status
  }

  @Test func aRequestIsTakenCountedDownAndAnswered() async throws {
    let clock = TestClock()
    let server = try await SignedInServer.start(clock: { clock.now })
    var cluster = try await server.signIn(.clusterWorker)
    #expect(try await take("", &cluster) == 400)
    #expect(try await take("access", &cluster, received: "2025-06-21") == 400)
    #expect(try await take("access", &cluster, received: "2025-01-01") == 400)
    #expect(try await take("access", &cluster) == 303)
    let list = try await cluster.get("/requests").text
    #expect(list.contains("Sulastri2 \(TwoPuskesmas.northern)"))
    #expect(list.contains("masih 72 jam"))
    #expect(!list.contains("href=\"/requests/"))
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    #expect(try await cluster.get(path).status == 403)
    // Whoever answers is told on the first page; whoever only takes them is not.
    var head = try await server.signIn(.puskesmasHead)
    let notice = "1 permintaan atas data menunggu jawaban"
    #expect(try await head.get("/").text.contains("\(notice), 0 terlambat"))
    #expect(!(try await cluster.get("/").text.contains(notice)))
    clock.advance(hours: 72)
    // The district sees that it is late, and not whose it is.
    let manager = try await server.signIn(.districtManager)
    let late = try await manager.get("/requests").text
    #expect(late.contains("1 menunggu jawaban, 1 terlambat"))
    #expect(!late.contains(TwoPuskesmas.northern))
    // Words may name the person: they are for who may see the person.
    #expect(list.contains("Diminta oleh ibu sendiri"))
    #expect(!late.contains("Diminta oleh ibu") && late.contains("kata-kata hanya untuk"))
    head = try await server.signIn(.puskesmasHead)
    #expect(try await head.get("/").text.contains("\(notice), 1 terlambat"))
    #expect(try await head.get(path).text.contains("terlambat"))
    let refused: [[(String, String)]] = [
      [], [("outcome", "done")], [("outcome", "refused"), ("text", "Tidak.")],
      [("outcome", "erased"), ("text", "Ya.")],
    ]
    for form in refused { #expect(try await head.post(path, form).status == 400) }
    let answer = [("outcome", "done"), ("text", "Catatan dicetak dan diserahkan.")]
    #expect(try await head.post(path, answer).status == 303)
    #expect(try await head.post(path, answer).status == 409)
    #expect(try server.district.openSubjectRequests().isEmpty)
    #expect(!(try await head.get("/").text.contains("menunggu jawaban")))
    cluster = try await server.signIn(.clusterWorker)
    let page = try await cluster.get(Links.person(Self.mother) + "/requests").text
    #expect(page.contains("Catatan dicetak dan diserahkan."))
    let history = try await cluster.get(Links.person(Self.mother) + "/history").text
    #expect(history.contains("Diminta oleh ibu sendiri"))
  }

  @Test func anEarlierDayOfReceiptShortensTheTime() async throws {
    let server = try await SignedInServer.start()
    var cluster = try await server.signIn(.clusterWorker)
    #expect(try await take("correction", &cluster, received: "2025-06-18") == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    // Midnight in Jakarta.
    #expect(request.body.receivedAt.milliseconds % 86_400_000 == 17 * 3_600_000)
    #expect(request.body.dueAt.day(hoursEastOfGreenwich: 7) == TwoPuskesmas.day(2025, 6, 21))
  }

  @Test func erasureIsAnsweredByRestriction() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await take("erasure", &head) == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    let page = try await head.get(path).text
    #expect(page.contains("25 tahun"))
    // To erase needs a ground, and one that holds.
    for ground in ["", "whim", "consent", "retention"] {
      let all = [("outcome", "done"), ("text", "Dihapus."), ("ground", ground)]
      #expect(try await head.post(path, all).status == 400, "\(ground)")
    }
    let manager = try await server.signIn(.dataManager)
    #expect(try await manager.get(Links.person(Self.mother)).status == 200)
    let answer = [("outcome", "doneInPart"), ("text", "Dibatasi."), ("law", "Permenkes 24/2022")]
    #expect(try await head.post(path, answer).status == 303)
    #expect(try await head.get(Links.person(Self.mother)).status == 200)
    #expect(try await manager.get(Links.person(Self.mother)).status == 404)
  }

  @Test func erasingIsDecidedOnThePageAndDoneBySomebodyElse() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    #expect(try await take("erasure", &head) == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    let answer = [("outcome", "done"), ("text", "Akan dihapus."), ("ground", "unlawful")]
    #expect(try await head.post(path, answer).status == 303)
    let command =
      "sikilap erase \(Self.mother.text) --reason unlawful --by "
      + "\(TwoPuskesmas.userName(.puskesmasHead)) --request \(request.id.text) --yes"
    let page = try await head.get(path).text
    #expect(PageText.unescaped(page).contains(command))
    #expect(page.contains("Petugas \(TwoPuskesmas.userName(.puskesmasHead)) sudah memutuskan"))
    #expect(page.contains("orang lain"))
    // Hidden at once, and on the list until it is done.
    let manager = try await server.signIn(.dataManager)
    #expect(try await manager.get(Links.person(Self.mother)).status == 404)
    #expect(try await head.get("/requests").text.contains("menunggu dihapus"))
    let erased = try await server.district.erase(
      Self.mother, because: .recordedUnlawfully, answering: request.id,
      Recording(at: SmallDistrict.today, recorder: TwoPuskesmas.worker(.puskesmasHead)))
    #expect(erased.records == [Self.mother])
    #expect(!(try await head.get("/requests").text.contains("menunggu dihapus")))
    #expect(try await head.get(path).status == 404)
  }

  @Test func aWithdrawalThatIsFulfilledTakesTheConsentBack() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    let patient = TwoPuskesmas.patient
    var kader = try await server.signIn(.kader)
    let agreed = [
      ("text", "reminders"), ("decision", "yes"), ("giver", "parent"), ("giver_name", "Sulastri"),
      ("form", "spoken"), ("on", "2025-06-10"),
    ]
    #expect(try await kader.post(Links.person(patient) + "/consent", agreed).status == 303)
    let asked = [("kind", "withdrawal"), ("received", "2025-06-20"), ("words", "Jangan dibagikan")]
    #expect(try await head.post(Links.person(patient) + "/requests", asked).status == 303)
    let request = try #require(try server.district.openSubjectRequests().first)
    let path = "/requests/\(request.id.text)"
    let page = try await head.get(path).text
    #expect(page.contains("Berbagi dengan fasilitas swasta"))
    #expect(page.contains("Pengingat lewat pesan") && !page.contains("Penelitian"))
    let answer = [("outcome", "done"), ("text", "Ditarik.")]
    #expect(try await head.post(path, answer).status == 400)
    #expect(try await head.post(path, answer + [("consent", "research")]).status == 400)
    let before = try server.facts()
    #expect(try await head.post(path, answer + [("consent", "network")]).status == 303)
    #expect(try server.facts() == before + 2)
    let person = try #require(try server.district.entry(patient))
    let last = try #require(try server.district.consents(of: person).first)
    #expect(last.body.decision == .withdrawn && last.body.edition == 1)
    #expect(last.body.scope == .network && last.body.request == request.id)
    #expect(try server.district.consentsInForce(of: person).map(\.code) == ["reminders"])
    #expect(try !server.district.permits(.network, of: person))
    let consents = try await kader.get(Links.person(patient) + "/consent").text
    #expect(consents.contains("Ditarik kembali, 20 Juni 2025, oleh yang meminta"))
    // From now on the clinic sees no more of what others measured.
    let clinic = try await server.signIn(.privateFacility)
    #expect(try await clinic.get(Links.child(patient)).status == 404)
    // Refused, nothing is taken back.
    #expect(try await head.post(Links.person(patient) + "/requests", asked).status == 303)
    let second = try #require(try server.district.openSubjectRequests().first)
    let refused = [("outcome", "refused"), ("text", "Tidak."), ("law", "UU 27/2022")]
    #expect(try await head.post("/requests/\(second.id.text)", refused).status == 303)
    #expect(try server.district.consentsInForce(of: person).map(\.code) == ["reminders"])
  }

  @Test func theListIsSortedAndLeavesAsAFile() async throws {
    let server = try await SignedInServer.start()
    var head = try await server.signIn(.puskesmasHead)
    func ask(_ kind: String, _ person: Identifier, _ received: String) async throws {
      let fields = [("kind", kind), ("received", received), ("words", "=Diminta")]
      try #require(try await head.post(Links.person(person) + "/requests", fields).status == 303)
    }
    try await ask("access", Self.north.mother(4), "2025-06-19")
    try await ask("correction", Self.north.mother(1), "2025-06-20")
    try await ask("restriction", Self.north.mother(3), "2025-06-18")
    func order(_ query: String) async throws -> [String] {
      let page = try await head.get("/requests" + query).text
      return try PageText.matches("<h2><a href=\"[^\"]+\">(Sulastri[0-9])", in: page)
    }
    #expect(try await order("") == ["Sulastri3", "Sulastri4", "Sulastri1"])
    #expect(try await order("?sort=kind") == ["Sulastri4", "Sulastri3", "Sulastri1"])
    #expect(try await order("?sort=place") == ["Sulastri1", "Sulastri3", "Sulastri4"])
    #expect(try await head.get("/requests?sort=whim").status == 400)
    let file = try await head.get("/requests.csv?sort=place")
    let rows = file.text.split(separator: "\r\n")
    #expect(rows.count == 4 && rows[1].hasPrefix("Sulastri1 \(TwoPuskesmas.northern)"))
    #expect(rows[1].contains("'=Diminta") && rows[1].contains("menunggu jawaban"))
    let book = try await head.get("/requests.xlsx")
    #expect(book.status == 200 && book["content-type"]?.contains("spreadsheetml") == true)
    let told = try server.log.entries(about: Self.north.mother(3)).entries.map(\.entry)
    #expect(told.filter { $0.action == "seeRequests" }.compactMap(\.detail.form).count == 2)
    #expect(told.contains { $0.detail.form == "csv" && $0.count == 3 })
    // The district is not told the name by the file either.
    let manager = try await server.signIn(.districtManager)
    let without = try await manager.get("/requests.csv").text
    #expect(without.contains("Seseorang di") && !without.contains(TwoPuskesmas.northern))
  }

  @Test func theWholeRecordIsPrintedAndThatIsLogged() async throws {
    let server = try await SignedInServer.start()
    let head = try await server.signIn(.puskesmasHead)
    let child = Self.north.child(2)
    _ = try await head.get(Links.person(child))
    let page = try await head.get(Links.person(child) + "/record").text
    #expect(page.contains("9,0 kg"))
    // It is the person's own copy: the number stands in it whole, above and in the list.
    #expect(page.components(separatedBy: Self.north.number(102)).count > 2)
    #expect(page.contains("membuka catatan seseorang"))
    let file = try await head.get(Links.person(child) + "/record.csv").text
    #expect(file.contains("Bagas2 \(TwoPuskesmas.northern)"))
    let forms = try server.log.entries(about: child).entries.map(\.entry.detail.form)
    #expect(forms.contains("print"))
    #expect(forms.contains("csv"))
  }
}
