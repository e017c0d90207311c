import Guidance
import Health
import Journal
import Programmes
import Testing

@testable import Web

/// That a mother sleeps badly or is afraid: everybody asks it, a kader reads what she wrote down
/// herself, and no paper tells it. The mother is in her 28th week on 20 June 2025.
@Suite struct DistressPrivacyTests {
  private static let person = Links.person(MotherAndChild.mother)
  private static let sign = "Sulit tidur atau cemas"

  private static func enter(_ browser: inout Browser) async throws {
    let answers = [DataElement.sleeplessAnxious, .heartPounding].map { ("e\($0.code)", "1") }
    let sent = [("on", "2025-06-20"), ("act", "save")] + answers
    #expect(try await browser.post("\(person)/visit?form=antenatal", sent).status == 303)
  }

  @Test func aKaderReadsOnlyHerOwnEntry() async throws {
    for isOwn in [false, true] {
      let server = try await SignedInServer.start()
      try await MotherAndChild.makePregnant(server)
      var kader = try await server.signIn(.kader)
      var midwife = try await server.signIn(.pustuWorker)
      // The kader is asked to ask it, whoever did before.
      let form = try await kader.get("\(Self.person)/visit?form=antenatal").text
      #expect(form.contains("name=\"e\(DataElement.sleeplessAnxious.code)\""))
      if isOwn { try await Self.enter(&kader) } else { try await Self.enter(&midwife) }
      for path in ["/care", "/history"] {
        let read = try await kader.get(Self.person + path).text
        #expect(read.contains(Self.sign) == isOwn, "\(path), \(isOwn)")
        #expect(read.contains("Jantung berdebar"), "\(path), \(isOwn)")
        #expect(try await midwife.get(Self.person + path).text.contains(Self.sign), "\(path)")
      }
    }
  }

  /// What others wrote down is told to a kader as urgency alone, and nothing says that all is well.
  @Test func aKaderIsToldThatItIsUrgentAndNotWhy() async throws {
    for (day, isUrgent) in [("2025-06-20", true), ("2025-06-06", false)] {
      let server = try await SignedInServer.start()
      try await MotherAndChild.makePregnant(server, known: TwoPuskesmas.day(2025, 6, 1))
      let kader = try await server.signIn(.kader)
      var midwife = try await server.signIn(.pustuWorker)
      let before = try await kader.get(Self.person + "/care").text
      #expect(!before.contains("hubungi bidan"))
      let sent = [("on", day), ("act", "save"), ("e\(DataElement.sleeplessAnxious.code)", "1")]
      #expect(try await midwife.post("\(Self.person)/visit?form=antenatal", sent).status == 303)
      let page = try await kader.get(Self.person + "/care").text
      #expect(page.contains("Ibu ini harus ke bidan hari ini: hubungi bidan") == isUrgent)
      for telling in [Self.sign, "Rujuk hari ini", "cemas", "Sulit tidur"] {
        #expect(!page.contains(telling), "\(telling)")
      }
      if isUrgent { #expect(!page.contains("Kunjungan berikut")) }
      let known = try await midwife.get(Self.person + "/care").text
      #expect(known.contains(Self.sign) == isUrgent && !known.contains("hubungi bidan"))
    }
  }

  @Test func noPaperTellsIt() async throws {
    let server = try await SignedInServer.start()
    try await MotherAndChild.makePregnant(server)
    var midwife = try await server.signIn(.pustuWorker)
    try await Self.enter(&midwife)
    for path in ["/pregnancy/sheet", "/referral"] {
      let paper = try await midwife.get(Self.person + path).text
      #expect(!paper.contains(Self.sign) && paper.contains("Jantung berdebar"), "\(path)")
    }
  }
}
