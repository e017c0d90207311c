import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Catchments and agreements from their beginning to their end, and the list of places.
@Suite struct PlaceTests {
  private static let north = TwoPuskesmas.Side.north
  private static let path = "/administration/places"

  private static func link(_ id: Identifier) -> String { "\(path)/\(id.text)" }

  @Test func catchmentEndsAndTheVillageIsGivenToAnother() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let village = Self.north.village(1)
    let taken = try await browser.post(
      Self.link(Self.north.puskesmas) + "/catchment",
      [("villages", village.text), ("since", "2025-01-01")])
    #expect(taken.status == 303)
    let file = try await browser.get("/administration/places.csv?kind=puskesmas").text
    #expect(file.contains(",Desa Utara 1,") && file.contains("Wilayah kerja,Perjanjian"))
    let record = try server.district.placeRecord(Self.north.puskesmas).standing
    let fact = try #require(record.catchmentFacts.values.first)
    let end = "\(Self.link(Self.north.puskesmas))/catchment/\(fact.text)/end"
    for language in Language.allCases {
      let page = try await browser.get(
        Self.link(Self.north.puskesmas) + "?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(page.text.contains(end))
    }
    let before = try server.facts()
    for wrong in ["", "x", "2999-01-01"] {
      #expect(try await browser.post(end, [("until", wrong)]).status == 400)
    }
    #expect(try server.facts() == before)
    #expect(try await browser.post(end, [("until", "2025-06-10")]).status == 303)
    let ended = try server.district.placeRecord(Self.north.puskesmas).standing.catchments
    #expect(ended.map(\.until) == [TwoPuskesmas.day(2025, 6, 10)])
    #expect(try server.district.places().places[village]?.partOf == nil)
    // The same form again meets what stands now.
    #expect(try await browser.post(end, [("until", "2025-06-09")]).status != 303)
    // It is told of, to the administrator with the way to mend it.
    let list = try await browser.get(Self.path).text
    #expect(list.contains("Desa Utara 1") && list.contains(Self.link(village)))
    let page = try await browser.get(Self.link(village)).text
    #expect(page.contains(Self.link(village) + "/puskesmas"))
    let assign = Self.link(village) + "/puskesmas"
    #expect(try await browser.post(assign, [("puskesmas", "x")]).status == 400)
    let south = TwoPuskesmas.Side.south.puskesmas
    let given = try await browser.post(
      assign, [("puskesmas", south.text), ("since", "2025-06-11")])
    #expect(given.status == 303)
    #expect(try server.district.places().places[village]?.partOf == south)
    #expect(
      try await browser.post(
        assign, [("puskesmas", south.text), ("since", "2025-06-11")]
      ).status == 400)
    #expect(try server.district.placeRecord(south).standing.catchments.map(\.village) == [village])
  }

  @Test func catchmentEndsOnADayToCome() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let village = Self.north.village(1)
    let puskesmas = Self.north.puskesmas
    func end() throws -> String {
      let standing = try server.district.placeRecord(puskesmas).standing
      let fact = try #require(standing.catchmentFacts.values.first)
      return "\(Self.link(puskesmas))/catchment/\(fact.text)/end"
    }
    func partOf() throws -> Identifier? { try server.district.places().places[village]?.partOf }
    func later(_ days: Int64) -> Instant {
      Instant(milliseconds: SmallDistrict.today.milliseconds + days * 86_400_000)
    }
    let taken = [("villages", village.text), ("since", "2025-01-01")]
    #expect(try await browser.post(Self.link(puskesmas) + "/catchment", taken).status == 303)
    // Ten days ahead: until then nothing changes, on that day neither, and after it the village
    // belongs to none.
    let far = try await browser.post(try end(), [("until", "2027-07-01")])
    #expect(far.status == 400)
    let planned = try await browser.post(try end(), [("until", "2025-06-30")])
    #expect(planned["Location"]?.hasSuffix("done=catchment_end_planned") == true)
    #expect(try partOf() == puskesmas)
    let page = try await browser.get(Self.link(puskesmas) + "?lang=en").text
    #expect(page.contains("until 30 June 2025") && page.contains("The end is planned."))
    #expect(try await server.district.settleCatchments(at: later(10)).isEmpty)
    // It is put off, and lifted, and planned again.
    for day in ["2025-07-31", "", "2025-06-30"] {
      #expect(try await browser.post(try end(), [("until", day)]).status == 303)
      let until = try server.district.placeRecord(puskesmas).standing.catchments.map(\.until)
      #expect(until.map { $0.map { Format.iso($0) } ?? "" } == [day])
    }
    #expect(try await server.district.settleCatchments(at: later(10)).isEmpty)
    #expect(try partOf() == puskesmas)
    #expect(try await server.district.settleCatchments(at: later(11)).count == 1)
    #expect(try partOf() == nil)
    #expect(try await server.district.settleCatchments(at: later(11)).isEmpty)
    #expect(try server.district.verify().mismatch == nil)
  }

  @Test func aPuskesmasEndsOnlyAfterItsCountsWereSeenAndComesBack() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let link = Self.link(Self.north.puskesmas)
    let before = try server.facts()
    let fields = [("on", "2025-06-20")]
    let asked = try await browser.post(link + "/end", fields)
    #expect(asked.status == 200 && asked.text.contains("Pengganti belum dipilih"))
    #expect(asked.text.contains("Sesi yang terbuka") && asked.text.contains("Petugas"))
    #expect(asked.text.contains(TwoPuskesmas.Side.south.puskesmas.text))
    for language in Language.allCases {
      let page = try await browser.post(link + "/end?lang=\(language.rawValue)", fields)
      #expect(page.status == 200)
    }
    #expect(try server.facts() == before)
    let overview = try server.district.placeOverview(on: TwoPuskesmas.day(2025, 6, 20))
    #expect(!overview.gaps().contains { $0.kind == .noPuskesmas })
    #expect(try await browser.post(link + "/end", fields + [("confirm", "1")]).status == 303)
    // What has nobody now is told of, and can be given to another.
    let gaps = try server.district.placeOverview(on: TwoPuskesmas.day(2025, 6, 20)).gaps()
    let village = Self.north.village(1)
    #expect(gaps.contains { $0.kind == .noPuskesmas && $0.place == village })
    #expect(gaps.contains { $0.kind == .workersInEnded && $0.place == Self.north.puskesmas })
    let list = try await browser.get(Self.path + "?lang=id").text
    #expect(list.contains("masih bertugas di sana") && list.contains(Self.link(village)))
    let south = TwoPuskesmas.Side.south.puskesmas
    let assign = [("puskesmas", south.text), ("since", "2025-06-20")]
    #expect(try await browser.post(Self.link(village) + "/puskesmas", assign).status == 303)
    #expect(try server.district.places().places[village]?.partOf == south)
    let day = TwoPuskesmas.day(2025, 6, 20)
    let holders = try server.district.placeOverview(on: day).catchments.filter {
      $0.village == village && $0.holds(on: day)
    }
    #expect(holders.map(\.facility) == [south])
    // The end is taken back; what was given away is not.
    #expect(try await browser.get(link).text.contains(link + "/reopen"))
    let back = try await browser.post(link + "/reopen")
    #expect(back["Location"]?.hasSuffix("done=place_reopened") == true)
    let places = try server.district.places().places
    #expect(places[Self.north.puskesmas]?.endedOn == nil && places[village]?.partOf == south)
    let after = try server.district.placeOverview(on: TwoPuskesmas.day(2025, 6, 20)).gaps()
    #expect(!after.contains { $0.kind == .noPuskesmas || $0.kind == .workersInEnded })
  }

  @Test func aVillageCountsWhatIsItsOwn() async throws {
    let server = try await SignedInServer.start()
    let (village, other) = (Self.north.village(1), Self.north.village(2))
    let day = TwoPuskesmas.day(2025, 6, 20)
    func overview() throws -> PlaceOverview { try server.district.placeOverview(on: day) }
    let before = try overview().counts(of: village)
    let tree = try server.district.places()
    #expect(before.villages == 0)
    #expect(before.posyandu == tree.parts(of: village).count { $0.kind == .posyandu })
    // A Pustu that stands in the village and serves its neighbour, too.
    let pustu = TwoPuskesmas.id(7_777_777)
    var body = PlaceBody(
      kind: .pustu, name: Array("Pustu Uji".utf8), code: [], partOf: Self.north.puskesmas)
    body.within = village
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let since = TwoPuskesmas.day(2025, 1, 1)
    _ = try await server.district.record(
      [recording.fact(.place, of: pustu, on: since, at: pustu, body.bytes)]
        + [village, other].map {
          recording.fact(
            .catchment, of: pustu, on: since, at: pustu, CatchmentBody(village: $0).bytes)
        })
    var expected = before
    expected.facilities += 1
    #expect(try overview().counts(of: village) == expected)
    #expect(try overview().counts(of: other).facilities == 0)
    // Of the Pustu itself: all that it looks after.
    #expect(try overview().counts(of: pustu).villages == 2)
    #expect(try overview().counts(of: Self.north.puskesmas).villages >= 2)
    var browser = try await server.signIn(.administrator)
    // To end its catchment takes no Puskesmas from a village, and the page does not say so.
    let page = try await browser.get(Self.link(pustu)).text
    #expect(page.contains("Puskesmas desa tidak berubah"))
    #expect(!page.contains("desa tetap milik Puskesmas ini"))
    let end = try await browser.post(Self.link(village) + "/end", [("on", "2025-06-20")])
    let words = Words(try Phrases(.indonesian))
    let said = "<dt>\(words["administration.place_villages"])</dt><dd>0</dd>"
    #expect(end.status == 200 && end.text.contains(said))
  }

  /// What a clinic looks after stays with its Puskesmas, and opens nobody to it.
  @Test func aClinicLooksAfterVillages() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let page = Self.link(TwoPuskesmas.clinic)
    let villages = [Self.north.village(2), TwoPuskesmas.Side.south.village(1)]
    func above() throws -> [Identifier?] {
      let tree = try server.district.places()
      return villages.map { tree.places[$0]?.partOf }
    }
    let before = try above()
    let form = try #require(
      try PageForm(to: page + "/catchment", in: try await browser.get(page).text))
    let taken =
      form.filled([("since", "2025-06-01")]).filter { $0.0 != "villages" }
      + villages.map { ("villages", $0.text) }
    #expect(try await browser.post(page + "/catchment", taken).status == 303)
    let known = try server.district.placeRecord(TwoPuskesmas.clinic).standing
    #expect(Set(known.catchments.map(\.village)) == Set(villages))
    #expect(try above() == before)
    let shown = try await browser.get(page).text
    for village in villages { #expect(shown.contains("href=\"\(Self.link(village))\"")) }
    #expect(try await browser.get(Self.link(villages[0])).text.contains(page))
    let clinic = try await server.signIn(.privateFacility)
    let found = try await clinic.get("/search?q=sulastri").text
    #expect(!found.contains(TwoPuskesmas.southern))
    let stranger = TwoPuskesmas.Side.south.mother(1)
    #expect(try await clinic.get(Links.person(stranger)).status == 404)
    let fact = try #require(known.catchmentFacts.first { $0.key.village == villages[1] }?.value)
    let end = "\(page)/catchment/\(fact.text)/end"
    #expect(try await browser.post(end, [("until", "2025-06-10")]).status == 303)
    #expect(try above() == before)
  }

  @Test func agreementIsCorrectedAndEnded() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let clinic = Self.link(TwoPuskesmas.clinic)
    let fields = [
      ("number", "PKS-1"), ("start", "2024-01-01"), ("with", Self.north.puskesmas.text),
    ]
    #expect(try await browser.post(clinic + "/agreements", fields).status == 303)
    let known = try server.district.placeRecord(TwoPuskesmas.clinic).standing
    let fact = try #require(known.agreementFacts.values.first)
    let change = "\(clinic)/agreements/\(fact.text)"
    #expect(try await browser.get(clinic).text.contains(change))
    let list = try await browser.get("/administration/places.csv?kind=clinic").text
    #expect(list.contains("PKS-1, 1 Januari 2024"))
    let before = try server.facts()
    #expect(try await browser.post(change, fields + [("end", "2023-01-01")]).status == 400)
    #expect(try await browser.post(change, [("number", "")]).status == 400)
    #expect(try await browser.post(change, fields).status == 303)
    #expect(try server.facts() == before)
    #expect(try await browser.post(change, fields + [("end", "2025-12-31")]).status == 303)
    let ended = try server.district.placeRecord(TwoPuskesmas.clinic).standing.agreements
    #expect(ended.map(\.end) == [TwoPuskesmas.day(2025, 12, 31)])
    #expect(try server.facts() == before + 1)
    #expect(
      try await browser.post("\(clinic)/agreements/\(TwoPuskesmas.id(77).text)", fields)
        .status == 404)
  }

  @Test func placesAreChosenAndSorted() async throws {
    let server = try await SignedInServer.shared()
    let browser = try await server.signIn(.administrator)
    let villages = try await browser.get("\(Self.path)?kind=village&sort=posyandu").text
    #expect(villages.contains("Desa Selatan 2") && !villages.contains("Mawar Utara"))
    let found = try await browser.get("\(Self.path)?q=mawar+utara&sort=name").text
    let names = try PageText.matches(">(Mawar [^<]*)</a>", in: found)
    #expect(names == (1...4).map { "Mawar Utara \($0)" })
    let csv = try await browser.get("\(Self.path).csv?q=mawar+utara").text
    #expect(csv.split(separator: "\r\n").count == 5)
    #expect(try await browser.get("\(Self.path)?sort=x").status == 400)
    #expect(try await browser.get("\(Self.path)?kind=x").status == 400)
    let manager = try await server.signIn(.dataManager)
    #expect(!(try await manager.get("\(Self.path).csv")).text.contains("Selatan"))
  }

  /// A village, its Puskesmas and a Posyandu in it have ended.
  @Test func aVillageComesBackWithoutItsPuskesmasAndAPosyanduAfterItsVillage() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let end = [("on", "2025-06-10"), ("confirm", "1")]
    let posyandu = Self.link(Self.north.posyandu(1))
    let village = Self.link(Self.north.village(1))
    let puskesmas = Self.link(Self.north.puskesmas)
    for link in [posyandu, village, puskesmas] {
      #expect(try await browser.post(link + "/end", end).status == 303)
    }
    // The Posyandu waits for its village; the page names it and leads there.
    let waiting = try await browser.get(posyandu).text
    #expect(waiting.contains("baru dapat dibatalkan setelah"))
    #expect(waiting.contains("href=\"\(village)\"") && !waiting.contains(posyandu + "/reopen"))
    let facts = try server.facts()
    let early = try await browser.post(posyandu + "/reopen")
    #expect(early.status == 409 && early.text.contains("href=\"\(village)\""))
    #expect(try server.facts() == facts)
    // The village does not wait, and is told what comes of that.
    for language in Language.allCases {
      let page = try await browser.get(village + "?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      #expect(page.text.contains("href=\"\(puskesmas)\""))
      #expect(page.text.contains(village + "/reopen"))
    }
    let back = try await browser.post(village + "/reopen")
    #expect(back["Location"]?.hasSuffix("done=village_reopened") == true)
    let day = TwoPuskesmas.day(2025, 6, 20)
    let overview = try server.district.placeOverview(on: day)
    #expect(overview.tree.places[Self.north.village(1)]?.endedOn == nil)
    #expect(
      overview.gaps().contains {
        $0.kind == .noPuskesmas && $0.place == Self.north.village(1)
      })
    #expect(try await browser.get(village).text.contains(village + "/puskesmas"))
    let next = try await browser.post(posyandu + "/reopen")
    #expect(next["Location"]?.hasSuffix("done=place_reopened") == true)
    #expect(try server.district.verify().mismatch == nil)
  }

  /// Of hundreds of villages those of one Puskesmas stand together.
  @Test func villagesToTakeStandInGroups() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let south = TwoPuskesmas.Side.south
    let end = [("on", "2025-06-10"), ("confirm", "1")]
    #expect(try await browser.post(Self.link(south.puskesmas) + "/end", end).status == 303)
    for language in Language.allCases {
      let page = try await browser.get(
        Self.link(Self.north.puskesmas) + "?lang=\(language.rawValue)")
      try RouteTests.expectSound(page, language: language)
      for name in ["Utara", "Selatan"] {
        let group = "<details><summary>Puskesmas \(name) (2)</summary><fieldset"
        #expect(page.text.contains(group), "\(language) \(name)")
        #expect(page.text.contains("<legend class=\"visually-hidden\">Puskesmas \(name)</legend>"))
      }
    }
    // What was ticked is in sight where the form comes back.
    let taken = [("villages", south.village(1).text), ("since", "x")]
    let wrong = try await browser.post(Self.link(Self.north.puskesmas) + "/catchment", taken)
    #expect(wrong.status == 400)
    #expect(wrong.text.contains("<details open><summary>Puskesmas Selatan (2)</summary>"))
    #expect(wrong.text.contains("<details><summary>Puskesmas Utara (2)</summary>"))
    // Who may take over a village stands in groups, too.
    let village = try await browser.get(Self.link(Self.north.village(1))).text
    #expect(village.contains("<optgroup label=\"Puskesmas Selatan\">"))
  }
}
