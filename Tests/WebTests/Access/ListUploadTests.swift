import Foundation
import GRDB
import Health
import Journal
import Services
import Testing

@testable import Web

@Suite("Lists that are uploaded")
struct ListUploadTests {
  static let heading = "No KK,NIK,Nama,JK,Tgl Lahir,SHDK,Desa,HP\n"
  /// The village that a family of the north lives in.
  static let village = "Desa Utara 1"

  /// Sends a file as a browser does.
  static func upload(
    _ content: [UInt8], named name: String = "daftar.csv", to path: String = "/lists/households",
    for place: Identifier = TwoPuskesmas.Side.north.puskesmas, by browser: Browser
  ) async throws -> RawAnswer {
    try await browser.upload(
      [("place", place.text)], file: (name, content), to: path)
  }

  static func file(_ rows: [String]) -> [UInt8] {
    Array((heading + rows.joined(separator: "\n") + "\n").utf8)
  }

  /// The page of an upload once nobody works on it any more.
  static func settled(_ path: String, _ browser: Browser) async throws -> RawAnswer {
    for _ in 0..<400 {
      let answer = try await browser.get(path)
      if !answer.text.contains("sedang di") && !answer.text.contains("Sedang di") { return answer }
      try await Task.sleep(for: .milliseconds(25))
    }
    throw RawClientError.notHTTP
  }

  static let family = [
    "9999030301000001,9999010101800101,Uji Kepala Baru,L,1980-01-01,Kepala Keluarga,\(village),",
    "9999030301000001,9999014101820102,Uji Istri Baru,P,1982-01-01,Istri,,",
  ]

  @Test("Days in explanations are told in words, and a cell as it was typed")
  func daysAreTold() async throws {
    let server = try await SignedInServer.start()
    let manager = try await server.signIn(.dataManager)
    let row =
      "9999030301000001,9999010101800101,Uji Kepala,L,01-01-2030,Kepala Keluarga,\(Self.village),"
    let answer = try await Self.upload(Self.file([row]), by: manager)
    let path = try #require(answer["location"])
    _ = try await Self.settled(path, manager)
    let refused = try await manager.get(path + "?show=refused").text
    #expect(refused.contains("hari ini 20 Juni 2025") && refused.contains("01-01-2030"))
    #expect(!refused.contains("hari ini 2025") && !refused.contains("2030-01-01"))
  }

  @Test("A list is looked through, written and taken back, all within the own area")
  func wholeWay() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.dataManager)
    let form = try await browser.get("/lists/households")
    #expect(form.status == 200 && form.text.contains("multipart/form-data"))
    let facts = try server.facts()
    let elsewhere =
      "9999030301000002,9999010101800103,Uji Selatan,L,1980-01-01,Kepala Keluarga,Desa Selatan 1,"
    let answer = try await Self.upload(Self.file(Self.family + [elsewhere]), by: browser)
    #expect(answer.status == 303)
    let path = try #require(answer["location"])
    let preview = try await Self.settled(path, browser)
    #expect(try server.facts() == facts, "something was written before anybody agreed")
    let refused = try await browser.get(path + "?show=refused")
    #expect(refused.text.contains("Tempat ini di luar wilayah"))
    #expect(refused.text.contains("Uji Selatan"))
    let fresh = try await browser.get(path + "?show=new")
    #expect(fresh.text.contains("Uji Kepala Baru") && fresh.text.contains("Uji Istri Baru"))
    #expect(preview.status == 200)
    #expect(try await browser.get(path + "?show=all").status == 400)
    // Sorted, and as a file to ask others about, which the log tells.
    let byName = try await browser.get(path + "?show=new&sort=name").text
    let (wife, man) = (byName.range(of: "Uji Istri"), byName.range(of: "Uji Kepala"))
    #expect(try #require(wife).lowerBound < (try #require(man)).lowerBound)
    #expect(byName.contains("\(path)/rows.xlsx?show=new&amp;sort=name"))
    let rows = try await browser.get(path + "/rows.csv?show=new&sort=name").text
    #expect(rows.split(separator: "\r\n").count == 3 && rows.contains("Uji Istri Baru"))
    #expect(!rows.contains("Uji Selatan"))
    #expect(try await browser.get(path + "/rows.csv?show=refused").text.contains("di luar wilayah"))
    let early = try await browser.get(path + "/refused.csv")
    #expect(early["Location"] == path + "/rows.csv?show=refused")
    #expect(try await browser.get(path + "?sort=x").status == 400)
    // Whoever reads names in the preview stands in the log, with how many rows that were.
    var filter = AuditFilter()
    filter.actions = [AuditCode(Action.importPersons)]
    let looks = try server.log.entries(filter).entries.map(\.entry)
      .filter { $0.route == "GET /uploads/{id}" && $0.count == 2 }
    #expect(!looks.isEmpty)

    let exported = try server.log.entries(filter).entries.map(\.entry)
      .first { $0.route == "GET /uploads/{id}/rows.csv" && $0.count == 2 }
    #expect(exported?.detail.form == "csv")

    // Nobody else sees it.
    let other = try await server.signIn(.administrator)
    #expect(try await other.get(path).status == 404)
    #expect(try await other.get(path + "/rows.csv").status == 404)

    // Somebody else's fact that came meanwhile is not vouched for in this visitor's name.
    let before = try server.log.check(against: server.district.journal).uncoveredFacts
    var weight = MeasurementBody()
    weight.weight = Mass(grams: 9000)
    let foreign = Fact(
      id: .fresh(at: SmallDistrict.today), subject: TwoPuskesmas.patient, kind: .measurement,
      occurredOn: TwoPuskesmas.day(2025, 6, 1), recordedAt: SmallDistrict.today,
      body: weight.bytes)
    _ = try await server.district.journal.accept([foreign], now: SmallDistrict.today)
    #expect(try await browser.post(path + "/write").status == 303)
    let written = try await Self.settled(path, browser)
    #expect(written.text.contains("Sudah disimpan."))
    let uncovered = try server.log.check(against: server.district.journal).uncoveredFacts
    #expect(uncovered == before + 1)
    let once = try await browser.post(path + "/check")
    #expect(once.status == 409 && once.text.contains("Daftar ini sudah disimpan"))
    #expect(try server.facts() > facts)
    let csv = try await browser.get(path + "/refused.csv")
    #expect(csv.text.contains("Uji Selatan") && !csv.text.contains("Uji Kepala Baru"))
    let batch = try #require(try server.district.importBatches().first)
    #expect(batch.kind == .households && batch.place == TwoPuskesmas.Side.north.puskesmas)
    #expect(batch.accepted == 2 && batch.refused == 1)

    // Whose area holds the list's place may see what was refused; nobody else.
    let head = try await server.signIn(.puskesmasHead)
    let import_ = try await head.get("/imports/\(batch.id.text)")
    #expect(import_.status == 200 && import_.text.contains("Desa Selatan 1"))
    // Rows name people: who read them stands in the log, with how many they were.
    #expect(try await head.get("/imports/\(batch.id.text)/refused.csv").status == 200)
    var byHead = AuditFilter()
    byHead.worker = TwoPuskesmas.worker(.puskesmasHead)
    let read = try server.log.entries(byHead).entries.map(\.entry)
      .filter { $0.route?.hasPrefix("GET /imports/{id}") == true }
    #expect(read.map(\.count) == [1, 1] && read.compactMap(\.detail.form) == ["csv"])
    #expect(try await head.get("/imports/\(batch.id.text)/undo").status == 403)

    let undo = try await browser.get("/imports/\(batch.id.text)/undo")
    #expect(undo.status == 200 && undo.text.contains("akan ditarik"))
    let staying = try await browser.get("/imports/\(batch.id.text)/undo/kept.csv")
    #expect(staying.status == 200 && staying.text.split(separator: "\r\n").count == 1)
    #expect(try await browser.post("/imports/\(batch.id.text)/undo").status == 303)
    #expect(try server.district.plannedUndo(of: batch.id)?.count == 0)
    let undone = try await browser.get(path).text
    #expect(undone.contains("lalu dibatalkan") && !undone.contains("Sudah disimpan.<"))
    #expect(!undone.contains("/undo"))
    // Wherever its counts stand it says that they are taken back, by whom and when.
    let sentence = "Dibatalkan oleh Petugas uji5, 20 Juni 2025"
    #expect(undone.contains(sentence))
    let page = try await head.get("/imports/\(batch.id.text)").text
    #expect(page.contains(sentence) && page.contains("<dt>Diterima, lalu dibatalkan</dt>"))
    #expect(!page.contains("<dt>Diterima</dt>"))
    let list = try await head.get("/imports").text
    #expect(list.contains(sentence) && list.contains("<s>2</s>"))
    #expect(try await head.get("/imports.csv").text.contains(sentence))
    #expect(try await browser.get("/lists/households").text.contains(sentence))
    #expect(try await browser.get("/imports/\(batch.id.text)/undo").text.contains(sentence))
    #expect(try server.district.verify().mismatch == nil)
    let log = try server.log.check(against: server.district.journal)
    #expect(log.mismatch == nil && log.uncoveredFacts == before + 1)
  }

  @Test("Refused rows name whom they are about, and no sentence ends in a colon and nothing")
  func refusedRows() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.dataManager)
    let rows = [
      "9999030301000009,9999010101800109,Uji Ditolak,X,1980-01-01,Kepala Keluarga,Desa Utara 1,",
      "9999030301000008,9999010101800108,Uji Jauh,L,1980-01-01,Kepala Keluarga,Zzzzqqqq,",
    ]
    let answer = try await Self.upload(Self.file(rows), by: browser)
    let path = try #require(answer["location"])
    _ = try await Self.settled(path, browser)
    let page = try await browser.get(path + "?show=refused").text
    #expect(page.contains("Uji Ditolak") && page.contains("Uji Jauh"))
    #expect(page.contains("Desa ini tidak ada dalam daftar wilayah. "))
    #expect(!page.contains("Yang mirip"))

    // Once written the import says the same: whom, and every problem on a line of its own.
    let two =
      "9999030301000007,123,Uji Dua Salah,X,1980-01-01,Pembantu Dekat,Zzzzqqqq,"
    let mixed = try await Self.upload(Self.file(Self.family + rows + [two]), by: browser)
    let second = try #require(mixed["location"])
    _ = try await Self.settled(second, browser)
    #expect(try await browser.post(second + "/write").status == 303)
    _ = try await Self.settled(second, browser)
    let batch = try #require(try server.district.importBatches().first)
    let kept = try await browser.get("/imports/\(batch.id.text)").text
    #expect(kept.contains("Uji Ditolak") && kept.contains("Uji Jauh"))
    #expect(kept.contains("Uji Dua Salah"))
    #expect(kept.contains("Desa ini tidak ada dalam daftar wilayah. "))
    #expect(!kept.contains("Yang mirip") && kept.contains("<br><strong>"))
    #expect(kept.contains("Lainnya. Tulis seperti di Kartu Keluarga"))
    let listed = try server.district.refusedRows(of: batch.id)
    #expect(listed.map(\.name) == ["Uji Ditolak", "Uji Jauh", "Uji Dua Salah"])
  }

  @Test("The empty list of households has every column that a list may fill", arguments: ["csv"])
  func template(_ ending: String) async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.dataManager)
    let file = try await browser.get("/lists/households/template.\(ending)")
    #expect(file.text.contains("Jaminan Kesehatan"))
  }

  @Test("The list of imports shows those of the own area, sorted, chosen, and as a spreadsheet")
  func imports() async throws {
    let server = try await SignedInServer.start()
    let moments = [1, 2, 3].map {
      Instant(milliseconds: SmallDistrict.today.milliseconds - 10_000 + $0)
    }
    let files: [(String, ImportKind, Identifier?, Int)] = [
      ("b-utara.csv", .households, TwoPuskesmas.Side.north.puskesmas, 0),
      ("a-utara.csv", .staff, TwoPuskesmas.Side.north.puskesmas, 4),
      ("selatan.csv", .households, TwoPuskesmas.Side.south.puskesmas, 0),
    ]
    try await server.district.journal.pool.write { db in
      for (file, moment) in zip(files, moments) {
        try db.execute(
          sql: """
            INSERT INTO import_batch (id, file_name, started_at, finished_at, rows_accepted,
              rows_there, rows_refused, kind, place) VALUES (?, ?, ?, ?, 1, 0, ?, ?, ?)
            """,
          arguments: [
            Identifier.fresh(at: moment).data, file.0, moment.milliseconds, moment.milliseconds,
            file.3, Int64(file.1.rawValue), file.2?.data,
          ])
      }
    }
    let browser = try await server.signIn(.dataManager)
    func order(_ query: String = "", _ path: String = "/imports") async throws -> [String] {
      let page = try await browser.get(path + query)
      #expect(page.status == 200)
      return ["a-utara.csv", "b-utara.csv", "selatan.csv"].filter { page.text.contains($0) }
        .sorted { page.text.range(of: $0)!.lowerBound < page.text.range(of: $1)!.lowerBound }
    }
    #expect(try await order() == ["a-utara.csv", "b-utara.csv"])
    #expect(try await order("?sort=file") == ["a-utara.csv", "b-utara.csv"])
    #expect(try await order("?sort=refused") == ["a-utara.csv", "b-utara.csv"])
    #expect(try await order("?kind=households") == ["b-utara.csv"])
    #expect(try await order("?state=done_refused") == ["a-utara.csv"])
    #expect(try await order("?q=B-UTARA") == ["b-utara.csv"])
    #expect(try await order("?q=selatan") == [])
    #expect(try await order("?kind=households", "/imports.csv") == ["b-utara.csv"])
    #expect(try await browser.get("/imports?kind=other").status == 400)
    #expect(try await browser.get("/imports?page=2").status == 400)
    let everybody = try await server.signIn(.puskesmasHead)
    #expect(try await everybody.get("/imports").text.contains("b-utara.csv"))
  }

  @Test("Files that are no list are told so, and nothing is kept of what is too large")
  func badFiles() async throws {
    let server = try await SignedInServer.start()
    let browser = try await server.signIn(.dataManager)
    for (content, wanted) in [
      ([UInt8]("\u{7F}ELF\u{0}\u{1}\u{2}".utf8), "bukan CSV dan bukan XLSX"),
      ([UInt8]("PK\u{3}\u{4} nothing behind it".utf8), "Berkas rusak atau terpotong. "),
      ([UInt8]("Nama,Umur\nSiti,4\n".utf8), "class=\"alert\""),
    ] {
      let answer = try await Self.upload(content, named: "daftar.xlsx", by: browser)
      let page = try await Self.settled(try #require(answer["location"]), browser)
      #expect(page.text.contains(wanted), "\(wanted)")
    }
    let empty = try await Self.upload([], by: browser)
    #expect(empty.status == 400 && empty.text.contains("Berkas ini kosong"))
    let foreign = try await Self.upload(
      Self.file(Self.family), for: TwoPuskesmas.Side.south.puskesmas, by: browser)
    #expect(foreign.status == 400)
    var nobody = browser
    nobody.cookies[Cookies.session] = nil
    #expect(try await Self.upload(Self.file(Self.family), by: nobody).status == 303)
    // It is refused by what it says of its length, before it is read.
    let large = try await browser.client.send(
      "POST", "/lists/households",
      headers: [
        "Cookie": browser.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "),
        "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": "\(MultipartForm.largestFile + 100_000)",
      ], body: "--x")
    #expect(large.status == 413)
    let folder = URL(filePath: server.district.journal.path).deletingLastPathComponent()
      .appending(path: "test.uploads")
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(kept.count { $0.hasSuffix(".list") } == 3)
    for name in kept {
      let attributes = try FileManager.default.attributesOfItem(
        atPath: folder.appending(path: name).path)
      let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
      #expect(mode == 0o600, "\(name)")
    }
    // A day later they are gone.
    let later = Instant(milliseconds: SmallDistrict.today.milliseconds + 90_000_000)
    ListUploads(server.district).removeExpired(now: later)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A list of workers gives roles within the rights of whoever brings it")
  func staff() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let content = Array(
      "Nama,NIK,Peran,Tempat Tugas\nUji Petugas,9999010101800199,Petugas Klaster,Utara\n".utf8)
    let answer = try await Self.upload(
      content, to: "/lists/staff", for: TwoPuskesmas.district, by: browser)
    let path = try #require(answer["location"])
    _ = try await Self.settled(path, browser)
    #expect(try await browser.get(path + "?show=new").text.contains("Uji Petugas"))
    #expect(try await browser.post(path + "/write").status == 303)
    _ = try await Self.settled(path, browser)
    #expect(try server.district.workers().contains { $0.name == "Uji Petugas" })
    for (name, type) in [("template.csv", "text/csv"), ("template.xlsx", "spreadsheetml")] {
      let file = try await browser.get("/lists/staff/\(name)")
      #expect(file.status == 200 && file["content-type"]?.contains(type) == true)
    }
  }

  @Test(
    "A role that nobody knows is refused with those that there are, and the other rows are taken")
  func unknownRoles() async throws {
    let server = try await SignedInServer.start()
    var browser = try await server.signIn(.administrator)
    let rows = [
      "Nama,NIK,Peran,Tempat Tugas", "Uji Tukang,9999010101800198,Tukang Pijat,Utara",
      "Uji Petugas,9999010101800199,Petugas Klaster,Utara",
    ]
    let answer = try await Self.upload(
      Array((rows.joined(separator: "\n") + "\n").utf8), to: "/lists/staff",
      for: TwoPuskesmas.district, by: browser)
    let path = try #require(answer["location"])
    _ = try await Self.settled(path, browser)
    let refused = try await browser.get(path + "?show=refused").text
    #expect(refused.contains("Uji Tukang") && refused.contains("Tukang Pijat"))
    #expect(refused.contains("Kader"), "the roles that there are")
    #expect(try await browser.post(path + "/write").status == 303)
    _ = try await Self.settled(path, browser)
    let names = try server.district.workers().map(\.name)
    #expect(names.contains("Uji Petugas") && !names.contains("Uji Tukang"))
    // The row that was refused comes back in the file's own columns.
    let csv = try await browser.get(path + "/refused.csv").text
    #expect(csv.contains("Uji Tukang,9999010101800198,Tukang Pijat,Utara"))
  }

  @Test("Forms with files, whole and broken")
  func forms() throws {
    let body =
      "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\n"
      + "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\\\d\\\\b.csv\"\r\n\r\n"
      + "k\r\n--y\r\n--x--\r\n"
    let form = try #require(MultipartForm(Array(body.utf8), boundary: "x"))
    #expect(form["a"] == "1" && form.file?.name == "b.csv")
    #expect(form.file.map { Array($0.bytes) } == Array("k\r\n--y".utf8))
    // Cut anywhere it is none, or holds no file.
    for length in 0..<(body.utf8.count - 4) {
      let cut = MultipartForm(Array(body.utf8.prefix(length)), boundary: "x")
      #expect(cut == nil, "\(length)")
    }
    #expect(MultipartForm.boundary(of: "multipart/form-data; boundary=\"a b\"") == nil)
    #expect(MultipartForm.boundary(of: "multipart/form-data; boundary=----x") == "----x")
    #expect(MultipartForm.boundary(of: "text/plain; boundary=x") == nil)
  }
}
