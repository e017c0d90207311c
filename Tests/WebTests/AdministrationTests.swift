import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// Workers and places over HTTP, by people who may and people who may not.
@Suite struct AdministrationTests {
  private static func worker(_ location: String?) throws -> Identifier {
    let path = try #require(location)
    let text = path.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? ""
    return try #require(Identifier(text: text))
  }

  private static func kader(_ changes: [String: String] = [:]) -> [(String, String)] {
    var fields = [
      "name": "Contoh Kader Baru", "nik": "", "telephone": "0812", "user_name": "",
      "role": "1", "place": SmallDistrict.posyanduOne.text, "since": "2025-06-01", "until": "",
    ]
    fields.merge(changes) { _, new in new }
    return fields.map { ($0.key, $0.value) }
  }

  @Test func everyPageAnswersInBothLanguages() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let pages = [
      "/", "/workers", "/workers?q=contoh&role=1&sort=place", "/workers?sort=role",
      "/workers/new?role=1", "/workers/\(server.worker.text)?role=1",
      "/workers?place=\(SmallDistrict.villageA.text)", "/workers/new",
      "/workers/\(server.worker.text)", "/workers/\(SmallDistrict.worker.text)",
      "/administration/places", "/administration/places/\(SmallDistrict.puskesmas.text)",
      "/administration/places/\(SmallDistrict.villageA.text)",
      "/administration/places/\(SmallDistrict.posyanduOne.text)",
    ]
    for language in Language.allCases {
      for path in pages where path != "/workers/\(SmallDistrict.worker.text)" {
        let answer = try await server.get(path, in: language)
        #expect(answer.status == 200, "\(path)")
        try RouteTests.expectSound(answer, language: language)
        #expect(try PageText.matches("<(h1)", in: answer.text).count == 1, "\(path)")
      }
    }
    #expect(try await server.get("/workers?role=99").status == 400)
    #expect(try await server.get("/workers?page=9").status == 400)
    #expect(try await server.get("/workers.csv").text.contains("Contoh Pengguna"))
    // The worker of the measurements has no role and no place: outside a Puskesmas' area.
    #expect(try await server.get("/workers/\(SmallDistrict.worker.text)").status == 404)
    #expect(try await server.get("/").text.contains("href=\"/workers\""))
  }

  @Test func aNamesakeAtTheSamePlaceIsAskedAboutOnce() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let first = try Self.worker(try await server.post("/workers", Self.kader())["Location"])
    let facts = try server.facts()
    for changes in [[:], ["name": " CONTOH kader  baru"], ["nik": "6371010101900001"]] {
      let answer = try await server.post("/workers", Self.kader(changes))
      #expect(answer.status == 409)
      #expect(answer.text.contains("/workers/\(first.text)"))
      #expect(answer.text.contains("name=\"confirm\" value=\"1\""))
      #expect(answer.text.contains("Somebody else, add"))
    }
    #expect(try server.facts() == facts)
    let elsewhere = ["place": SmallDistrict.villageA.text]
    #expect(try await server.post("/workers", Self.kader(elsewhere)).status == 303)
    let confirmed = Self.kader() + [("confirm", "1")]
    #expect(try await server.post("/workers", confirmed).status == 303)
  }

  @Test func differentNumbersAreDifferentPeople() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    for number in ["6371010101900001", "6371010101900002"] {
      #expect(try await server.post("/workers", Self.kader(["nik": number])).status == 303)
    }
  }

  @Test func workerIsAddedCorrectedAndEnded() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let added = try await server.post("/workers", Self.kader(["nik": "6371010101900001"]))
    #expect(added.status == 303)
    let id = try Self.worker(added["Location"])
    let worker = try #require(try server.district.worker(id))
    #expect(worker.name == "Contoh Kader Baru")
    #expect(worker.assignments.map(\.body.role) == [.kader])
    #expect(worker.assignments.map(\.body.place) == [SmallDistrict.posyanduOne])
    #expect(try await server.get("/workers/\(id.text)?done=added").text.contains("role=\"status\""))

    let details = [("name", "Contoh Kader Lama"), ("nik", "6371010101900001"), ("str", "S-1")]
    #expect(try await server.post("/workers/\(id.text)", details).status == 303)
    let corrected = try #require(try server.district.worker(id))
    #expect(corrected.name == "Contoh Kader Lama")
    #expect(corrected.body.registrationNumber == Array("S-1".utf8))

    let role = [
      ("role", "3"), ("place", SmallDistrict.puskesmas.text), ("since", "2025-06-10"),
      ("clusters", "2"), ("clusters", "4"), ("sensitive", "1"),
    ]
    #expect(try await server.post("/workers/\(id.text)/roles", role).status == 303)
    let second = try #require(
      try server.district.worker(id)?.assignments.first { $0.body.role == .clusterWorker })
    #expect(second.body.clusters == [.motherAndChild, .adult])
    #expect(second.body.sensitiveMatters == .infection)
    // The same role twice is refused.
    #expect(try await server.post("/workers/\(id.text)/roles", role).status == 400)

    let end = "/workers/\(id.text)/roles/\(second.fact.text)/end"
    #expect(try await server.post(end, [("until", "yesterday")]).status == 400)
    #expect(try await server.post(end, [("until", "2025-06-19")]).status == 303)
    let role2 = try #require(
      try server.district.worker(id)?.assignments.first { $0.body.role == .clusterWorker })
    #expect(role2.body.until == CivilDate(year: 2025, month: 6, day: 19))
    // Its end is no way to give it anew.
    let later = "/workers/\(id.text)/roles/\(role2.fact.text)/end"
    #expect(try await server.post(later, [("until", "2026-06-19")]).status == 400)

    #expect(try await server.post("/workers/\(id.text)/end", [("on", "2999-01-01")]).status == 400)
    // What ends with it is told first, and nothing is written before that was confirmed.
    let before = try server.facts()
    let asked = try await server.post("/workers/\(id.text)/end", [("on", "2025-06-19")])
    #expect(asked.status == 200 && asked.text.contains("name=\"confirm\""))
    #expect(asked.text.contains("Open sessions"))
    try RouteTests.expectSound(asked, language: .english)
    #expect(try server.facts() == before)
    let sure = [("on", "2025-06-19"), ("confirm", "1")]
    #expect(try await server.post("/workers/\(id.text)/end", sure).status == 303)
    #expect(try server.district.worker(id)?.isActive(on: server.today) == false)
    // Who was ended by mistake, or comes back, goes on with the roles that are not over.
    let ended = try await server.get("/workers/\(id.text)").text
    #expect(ended.contains("/workers/\(id.text)/resume"))
    #expect(try await server.post("/workers/\(id.text)/resume").status == 303)
    let again = try #require(try server.district.worker(id))
    #expect(again.rolesToCome(from: server.today).map(\.body.role) == [.kader])
    #expect(try await server.post("/workers/\(id.text)/resume").status == 404)
  }

  @Test func badInputIsToldAndWritesNothing() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let facts = try server.facts()
    let cases: [[String: String]] = [
      ["name": ""], ["nik": "123"], ["user_name": "X!"], ["role": "0"], ["place": "nowhere"],
      ["place": SmallDistrict.puskesmas.text], ["since": "soon"], ["since": "2999-01-01"],
      ["until": "2020-01-01"],
      ["sensitive": "1"], ["name": String(repeating: "a", count: 101)],
    ]
    for changes in cases {
      let answer = try await server.post("/workers", Self.kader(changes))
      #expect(answer.status == 400, "\(changes)")
      #expect(answer.text.contains("aria-invalid") || answer.text.contains("class=\"wrong\""))
      try RouteTests.expectSound(answer, language: .english)
    }
    let path = "/administration/places/\(SmallDistrict.villageA.text)"
    let bad: [(String, [(String, String)])] = [
      ("", [("name", "")]), ("", [("name", "A"), ("latitude", "-3")]),
      ("", [("name", "A"), ("latitude", "95"), ("longitude", "1")]),
      ("", [("name", "A"), ("organization", "a b")]),
      ("/below", [("kind", "2"), ("name", "Baru")]), ("/below", [("kind", "4"), ("name", "")]),
      ("/below", [("kind", "4"), ("name", "contoh mawar")]),
      ("/end", [("on", "2999-01-01")]), ("/end", [("on", "2025-06-01"), ("successor", "x")]),
      ("/catchment", [("since", "2025-06-01")]),
    ]
    for (act, fields) in bad {
      #expect(try await server.post(path + act, fields).status == 400, "\(act) \(fields)")
    }
    #expect(try await server.post("/workers", Self.kader(), token: "wrong").status == 403)
    #expect(try server.facts() == facts)
  }

  @Test func headGivesRolesUpToTheOwnLevel() async throws {
    let server = try await SignedInServer.start(.puskesmasHead, at: SmallDistrict.puskesmas)
    #expect(try await server.post("/workers", Self.kader()).status == 303)
    let facts = try server.facts()
    for role in [Role.districtManager, .auditor, .administrator] {
      let fields = Self.kader([
        "role": "\(role.rawValue)", "place": SmallDistrict.puskesmas.text,
      ])
      #expect(try await server.post("/workers", fields).status == 400, "\(role)")
    }
    // The role is chosen first; its form has the places that fit it and no others.
    let choice = try await server.get("/workers/new").text
    #expect(choice.contains("/workers/new?role=4") && !choice.contains("/workers/new?role=10"))
    let form = try await server.get("/workers/new?role=1").text
    #expect(form.contains("<optgroup label=\"Puskesmas"))
    #expect(form.contains("<option value=\"\(SmallDistrict.posyanduOne.text)\""))
    #expect(!form.contains("<option value=\"\(SmallDistrict.puskesmas.text)\""))
    let other = try await server.get("/workers/new?role=4").text
    #expect(other.contains("<option value=\"4\" selected"))
    #expect(other.contains("<option value=\"\(SmallDistrict.puskesmas.text)\""))
    #expect(!other.contains("<option value=\"\(SmallDistrict.posyanduOne.text)\""))
    // Nobody gives a role to themselves.
    let role = [
      ("role", "3"), ("place", SmallDistrict.puskesmas.text), ("since", "2025-06-10"),
    ]
    #expect(try await server.post("/workers/\(server.worker.text)/roles", role).status == 404)
    // An administrator who has a role here is not the head's to change, nor to get a code for.
    let admin = try await SignedInServer.addWorker(
      "Contoh Admin", .administrator, at: SmallDistrict.puskesmas, to: server.district)
    let after = try server.facts()
    #expect(after == facts + 2)
    #expect(try await server.get("/workers/\(admin.text)").status == 200)
    #expect(try await server.post("/workers/\(admin.text)", [("name", "X")]).status == 404)
    #expect(
      try await server.post("/workers/\(admin.text)/end", [("on", "2025-06-01")]).status == 404)
    #expect(
      try await server.post("/workers/\(admin.text)/code", [("purpose", "2")]).status == 404)
    #expect(
      try await server.post(
        "/administration/places/\(SmallDistrict.villageA.text)/end",
        [("on", "2025-06-01")]
      ).status == 403)
    #expect(try server.facts() == after)
  }

  @Test func codesAreShownOnceAndLetIn() async throws {
    let server = try await SignedInServer.start(.pustuWorker, at: SmallDistrict.villageA)
    let kader = try await SignedInServer.addWorker(
      "Contoh Kader Satu", .kader, at: SmallDistrict.posyanduOne, to: server.district)
    let page = try await server.get("/workers/\(kader.text)")
    #expect(page.status == 200)
    #expect(!page.text.contains("?role="))
    let path = "/workers/\(kader.text)/code"
    let answer = try await server.post(path, [("purpose", "1")])
    #expect(answer.status == 200)
    try RouteTests.expectSound(answer, language: .english)
    #expect(answer.text.contains("<svg class=\"qr\""))
    let short = try #require(
      try PageText.matches("short-code mono\">([0-9A-Z]{4}-[0-9A-Z]{4})<", in: answer.text).first)
    let looked = try await server.access.look(
      atCode: short, address: ClientAddress("127.0.0.1"), at: SmallDistrict.today)
    guard case .success(let grant) = looked.result else {
      Issue.record("the code does not open")
      return
    }
    #expect(grant.worker == kader)
    #expect(grant.place == SmallDistrict.posyanduOne)
    #expect(grant.issuedBy == server.worker)
    #expect(try await !server.get("/workers/\(kader.text)").text.contains(short))
    // For officials a Pustu gives out none, and no kader of another village.
    #expect(try await server.post(path, [("purpose", "3")]).status == 404)
    let elsewhere = try await SignedInServer.addWorker(
      "Contoh Kader Dua", .kader, at: SmallDistrict.posyanduTwo, to: server.district)
    #expect(
      try await server.post("/workers/\(elsewhere.text)/code", [("purpose", "1")]).status == 404)
    #expect(try await server.post("/workers", Self.kader()).status == 403)
    #expect(try await server.get("/workers/new").status == 403)
  }

  @Test func whoEndedTodayIsLetInNoMore() async throws {
    let server = try await SignedInServer.start(.puskesmasHead, at: SmallDistrict.puskesmas)
    let kader = try await SignedInServer.addWorker(
      "Contoh Kader Satu", .kader, at: SmallDistrict.posyanduOne, to: server.district)
    let path = "/workers/\(kader.text)"
    let before = try await server.get(path).text
    #expect(before.contains("\(path)/code") && before.contains("\(path)?role=1"))
    let end = [("on", "2025-06-20"), ("confirm", "1")]
    #expect(try await server.post("\(path)/end", end).status == 303)
    let page = try await server.get(path).text
    #expect(!page.contains("\(path)/code") && !page.contains("\(path)?role="))
    // The day on which the role began, and ended with the work.
    func days(_ page: String) -> Int { page.components(separatedBy: "20 June 2025").count }
    #expect(days(page) == days(before) + 2)
    #expect(try await server.post("\(path)/code", [("purpose", "1")]).status == 404)
    let role = [
      ("role", "1"), ("place", SmallDistrict.posyanduOne.text), ("since", "2025-06-20"),
    ]
    #expect(try await server.post("\(path)/roles", role).status == 404)
    #expect(try server.access.devices(of: kader).isEmpty)
  }

  @Test func sessionsAndPhonesAreEnded() async throws {
    let server = try await SignedInServer.start(.dataManager, at: SmallDistrict.puskesmas)
    let kader = try await SignedInServer.addWorker(
      "Contoh Kader Satu", .kader, at: SmallDistrict.posyanduOne, to: server.district)
    let issued = try await server.access.issueCode(
      .enrolKader, for: kader, at: SmallDistrict.posyanduOne, by: server.worker,
      at: SmallDistrict.today)
    guard case .success(let code) = issued.result else {
      Issue.record("no code is issued")
      return
    }
    let enrolled = try await server.client.post(
      "/enrol",
      ["code": code.short, "pin": "480271", "again": "480271", "device": "HP Contoh"])
    #expect(enrolled.status == 303)
    let session = try #require(
      try server.access.sessions(of: kader, at: SmallDistrict.today).first)
    let page = try await server.get("/workers/\(kader.text)").text
    #expect(page.contains("HP Contoh") && page.contains("Last used"))
    let end = "/workers/\(kader.text)/sessions/\(session.id.text)/end"
    #expect(try await server.post(end).status == 303)
    #expect(try server.access.sessions(of: kader, at: SmallDistrict.today).isEmpty)
    #expect(try await server.post(end).status == 404)
    let device = try #require(try server.access.devices(of: kader).first)
    let revoke = "/workers/\(kader.text)/devices/\(device.id.text)/revoke"
    #expect(try await server.post(revoke).status == 303)
    #expect(try server.access.devices(of: kader).first?.revokedAt == SmallDistrict.today)
    let foreign = "/workers/\(kader.text)/devices/\(kader.text)/revoke"
    #expect(try await server.post(foreign).status == 404)
  }

  @Test func placesAreAddedCorrectedTakenAndEnded() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let path = "/administration/places"
    let puskesmas = "\(path)/\(SmallDistrict.puskesmas.text)"
    let added = try await server.post(
      "\(puskesmas)/below", [("kind", "3"), ("name", "Contoh Baru"), ("code", "63.71.01")])
    #expect(added.status == 303)
    let village = try Self.worker(added["Location"])
    #expect(try server.district.places().places[village]?.partOf == SmallDistrict.puskesmas)
    let fields = [
      ("name", "Contoh Lebih Baru"), ("telephone", "0511"), ("organization", "abc-123"),
      ("latitude", "-3,0125"), ("longitude", "114.3921"),
    ]
    #expect(try await server.post("\(path)/\(village.text)", fields).status == 303)
    let place = try #require(try server.district.places().places[village])
    #expect(place.name == "Contoh Lebih Baru")
    #expect(place.code == "63.71.01")
    #expect(place.latitude == -3_012_500)
    #expect(place.longitude == 114_392_100)
    let taken = [("villages", village.text), ("since", "2025-06-01")]
    #expect(try await server.post("\(puskesmas)/catchment", taken).status == 303)
    #expect(try await server.post("\(puskesmas)/catchment", taken).status == 400)
    let overview = try server.district.placeOverview(on: server.today)
    #expect(overview.catchments.map(\.village) == [village])
    #expect(overview.counts(of: SmallDistrict.puskesmas).villages == 3)
    let history = try await server.get("\(path)/\(village.text)")
    #expect(history.text.contains("Contoh Pengguna"))
    try RouteTests.expectSound(history, language: .english)
    let end = [("on", "2025-06-15"), ("successor", SmallDistrict.villageB.text)]
    let old = SmallDistrict.villageA.text
    let asked = try await server.post("\(path)/\(old)/end", end)
    try RouteTests.expectSound(asked, language: .english)
    #expect(asked.status == 200 && asked.text.contains("Open sessions"))
    let sure = end + [("confirm", "1")]
    #expect(try await server.post("\(path)/\(old)/end", sure).status == 303)
    #expect(try await server.post("\(path)/\(old)/end", sure).status == 400)
    #expect(
      try server.district.places().places[SmallDistrict.villageA]?.successor
        == SmallDistrict.villageB)
    let gaps = try server.district.placeOverview(on: server.today).gaps()
    #expect(gaps.map(\.kind) == [.livingInEnded])
    #expect(gaps.first?.count ?? 0 > 0)
    #expect(try await server.get(path).text.contains(old))
  }

  @Test func agreementsOfFacilitiesAreTold() async throws {
    let district = SmallDistrict.id(50)
    let server = try await SignedInServer.start(.administrator, at: district)
    let recording = Recording(at: SmallDistrict.today, recorder: nil)
    let body = PlaceBody(kind: .district, name: Array("Contoh".utf8), code: [], partOf: nil)
    _ = try await server.district.record([
      recording.fact(.place, of: district, on: server.today, body.bytes)
    ])
    let path = "/administration/places"
    let added = try await server.post(
      "\(path)/\(SmallDistrict.villageA.text)/below", [("kind", "9"), ("name", "Klinik Contoh")])
    #expect(added.status == 303)
    let clinic = try Self.worker(added["Location"])
    let fields = [
      ("number", "1/2024"), ("start", "2024-01-01"), ("end", "2025-07-01"),
      ("with", SmallDistrict.puskesmas.text),
    ]
    #expect(try await server.post("\(path)/\(clinic.text)/agreements", fields).status == 303)
    #expect(try await server.post("\(path)/\(clinic.text)/agreements", fields).status == 400)
    let gaps = try server.district.placeOverview(on: server.today).gaps()
    #expect(gaps.contains { $0.kind == .agreementEnds && $0.place == clinic })
    let page = try await server.get("\(path)/\(clinic.text)")
    #expect(page.text.contains("1/2024"))
    try RouteTests.expectSound(page, language: .english)
    let other = "\(path)/\(SmallDistrict.puskesmas.text)/agreements"
    #expect(try await server.post(other, fields).status == 404)
  }

  @Test func theLogVouchesForWhatWasWritten() async throws {
    let server = try await SignedInServer.start(.administrator, at: SmallDistrict.puskesmas)
    let before = try server.log.head().entries
    #expect(try await server.post("/workers", Self.kader()).status == 303)
    #expect(try server.log.head().entries > before)
  }

  @Test(arguments: Language.allCases) func everyCodeHasText(_ language: Language) throws {
    let words = Words(try Phrases(language))
    var needed = PlaceOverview.Gap.Kind.allCases.map { "administration.gap_\($0.rawValue)" }
    needed += Clusters.named.map { "clusters.\($0.code)" }
    needed += SensitiveMatters.named.map { "sensitive.\($0.code)" }
    needed += CodePurpose.allCases.map { "administration.code_\($0.code)" }
    needed += Section.allCases.map { "common.menu_\($0.rawValue)" }
    for key in needed { #expect(words.find(key) != nil, "\(key)") }
  }
}

extension SignedInServer {
  var today: CivilDate { SmallDistrict.today.day(hoursEastOfGreenwich: 7) }
}
