import Foundation
import Health
import Journal
import Services
import Testing

@testable import Web

/// What is typed wrongly where persons are registered and corrected: refused with where and how to
/// mend it, or taken with a warning.
@Suite struct BadEntryTests {
  private static let side = TwoPuskesmas.Side.north

  static func entered(_ changes: [String: String]) -> [(String, String)] {
    var fields = [
      "name": "Warga Baru", "sex": "female", "born": "1990-03-04", "mother": "Ibu Warga",
      "relation": "1", "since": "2025-06-01", "place": side.posyandu(1).text,
    ]
    fields.merge(changes) { $1 }
    return fields.map { ($0.key, $0.value) }
  }

  @Test func whatNobodySeesOrDialsIsRefusedWithItsPlace() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let before = try server.facts()
    let wrong: [(String, String, String)] = [
      ("name", "Siti\u{202E}nimA", "Sesudah “Siti” ada karakter yang tidak terlihat"),
      ("name", "\u{2066}Siti", "Di depan ada karakter yang tidak terlihat"),
      ("name", "Si\u{7}ti", "Sesudah “Si” ada karakter"),
      ("name", "Siti 😀", "Sesudah “Siti ” ada gambar"),
      ("name", "12", "tanpa huruf"),
      ("mother", "Ibu\u{200B} Dua", "Sesudah “Ibu” ada karakter"),
      ("father", "😀", "Di depan ada gambar"),
      ("telephone", "0812abc", "“a” bukan bagian nomor telepon"),
      ("telephone", "0812/3456", "“/” bukan bagian"), ("telephone", "+-()", "bukan bagian"),
      ("nik", "99990101O1000001", "Hanya angka"), ("nik", "123", "Ada 3 angka; seharusnya 16"),
      ("mother_nik", "999901010100000x", "Hanya angka"),
      ("card", "12\u{202E}34", "Sesudah “12” ada karakter"),
      ("came_from", "Banjar\u{2069}", "Sesudah “Banjar” ada karakter"),
    ]
    for (field, value, told) in wrong {
      let answer = try await midwife.post("/people", Self.entered([field: value]))
      #expect(answer.status == 400, "\(field) \(value)")
      #expect(answer.text.contains(told), "\(field) \(value)")
    }
    let child = Self.side.child(1)
    let record = try #require(try server.district.person(child))
    let edit = try await midwife.post(
      Links.person(child) + "/edit",
      [
        ("based_on", record.personFact?.text ?? ""), ("name", "Bagas\u{202D}"), ("sex", "male"),
        ("born", "2024-01-01"),
      ])
    #expect(edit.status == 400 && edit.text.contains("Sesudah “Bagas” ada karakter"))
    #expect(try server.facts() == before)
    let fit = try await midwife.post("/people", Self.entered(["telephone": "+62 (812) 34-56"]))
    #expect(fit.status == 303)
  }

  @Test func shortNamesAndCardsAreTakenWithAWarning() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    func page(_ changes: [String: String]) async throws -> String {
      let answer = try await midwife.post("/people", Self.entered(changes) + [("is_new", "1")])
      #expect(answer.status == 303)
      return try await midwife.get(try #require(answer["Location"])).text
    }
    #expect(try await page(["name": "S"]).contains("Nama ini hanya satu huruf"))
    #expect(try await !page(["name": "Sukarno"]).contains("hanya satu huruf"))
    let short = try await page(["name": "Kartu Pendek", "card": "9999-0101"])
    #expect(short.contains("Nomor KK ini 8 angka; seharusnya 16"))
    let letters = try await page(["name": "Kartu Huruf", "card": "99990202O2002999"])
    #expect(letters.contains("karakter yang bukan angka"))
    // What was typed is kept, and not as a family card.
    let found = try #require(
      try server.district.search(PersonQuestion(name: "Kartu Pendek"), limit: 1).persons.first)
    let id = try #require(found.person.household)
    let household = try #require(try server.district.household(id))
    #expect(household.body.familyCardNumber.isEmpty)
    #expect(household.body.localIdentifier == Array("9999-0101".utf8))
    let right = try await page(["name": "Kartu Benar", "card": "9999020220250001"])
    #expect(!right.contains("Nomor KK ini"))
  }

  @Test func aNumberThatIsNoNIKIsKeptAsToldWithOneMorePress() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.clusterWorker)
    let entered = Self.entered(["name": "Nomor Kurang", "nik": "6203-0157"]) + [("is_new", "1")]
    let before = try server.facts()
    let asked = try await midwife.post("/people", entered)
    #expect(asked.status == 400 && asked.text.contains("Ada 8 angka; seharusnya 16"))
    #expect(asked.text.contains("name=\"keep_nik\" value=\"6203-0157\""))
    #expect(asked.text.contains("Simpan apa adanya"))
    // What somebody said of one number says nothing of another.
    let other = try await midwife.post("/people", entered + [("keep_nik", "6203-0158")])
    #expect(other.status == 400)
    // A picture or what nobody sees is never kept.
    let strange = Self.entered(["nik": "6203😀"]) + [("keep_nik", "6203😀"), ("is_new", "1")]
    let refused = try await midwife.post("/people", strange)
    #expect(refused.status == 400 && !refused.text.contains("name=\"keep_nik\""))
    #expect(try server.facts() == before)
    let kept = try await midwife.post("/people", entered + [("keep_nik", "6203-0157")])
    #expect(kept.status == 303)
    let address = try #require(kept["Location"])
    let page = try await midwife.get(address).text
    #expect(page.contains("6203-0157") && page.contains("NIK ini 8 angka; seharusnya 16"))
    #expect(page.contains("TMP-"))
    // In the history as much of it as of a NIK; in the person's own copy all of it.
    let record = String(address.split(separator: "?")[0])
    let history = try await midwife.get(record + "/history").text
    #expect(history.contains("Disebut sebagai NIK: •••••••••") && !history.contains("6203-0157"))
    for path in ["/record", "/record.csv"] {
      #expect(
        try await midwife.get(record + path).text.contains("Disebut sebagai NIK: 6203-0157"))
    }
    let found = try #require(
      try server.district.search(PersonQuestion(name: "Nomor Kurang"), limit: 1).persons.first)
    #expect(found.person.nationalIdentityNumber.isEmpty)
    func body() throws -> PersonBody {
      try #require(try server.district.person(found.person.id)).summary.person
    }
    #expect(try body().toldIdentityNumber == Array("6203-0157".utf8))
    // Something else is corrected: the number need not be said again.
    func correct(_ changes: [String: String]) async throws -> RawAnswer {
      let record = try #require(try server.district.person(found.person.id))
      let fields = Self.entered(
        ["name": "Nomor Kurang", "nik": "6203-0157"].merging(changes) { $1 })
      return try await midwife.post(
        Links.person(found.person.id) + "/edit",
        fields + [("based_on", record.personFact?.text ?? "")])
    }
    let form = try await midwife.get(Links.person(found.person.id) + "/edit").text
    #expect(form.contains("name=\"nik\" value=\"6203-0157\""))
    #expect(try await correct(["father": "Ayah Baru"]).status == 303)
    #expect(try body().toldIdentityNumber == Array("6203-0157".utf8))
    // The NIK that comes later takes its place.
    #expect(try await correct(["nik": "9999014403900001"]).status == 303)
    #expect(try body().toldIdentityNumber.isEmpty)
    #expect(try body().nationalIdentityNumber == Array("9999014403900001".utf8))
  }
}
