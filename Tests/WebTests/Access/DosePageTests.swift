import Guidance
import Health
import Journal
import Programmes
import Services
import Testing

@testable import Web

/// The dose stands beside what is to be given, for whoever treats. The child is 17 months old on
/// 20 June 2025.
@Suite struct DosePageTests {
  private static let visit = "/people/\(TwoPuskesmas.patient.text)/visit"
  private static let amoxicillin = "tablet 500 mg"

  private static func sent(_ kilograms: String?, _ answers: [(DataElement, Int32)])
    -> [(String, String)]
  {
    [("on", "2025-06-20")] + (kilograms.map { [("e\(DataElement.weight.code)", $0)] } ?? [])
      + answers.map { ("e\($0.code)", "\($1)") }
  }

  private static let pneumonia: [(DataElement, Int32)] = [
    (.coughOrHardBreathing, 1), (.breathsPerMinute, 58), (.chestIndrawing, 0),
  ]
  private static let dehydrated: [(DataElement, Int32)] = [
    (.diarrhoea, 1), (.restless, 1), (.sunkenEyes, 1), (.lethargic, 0), (.drinking, 1),
    (.skinPinch, 1),
  ]

  @Test func aMidwifeReadsTheRowOfTheWeightAndWhatToDoWithoutOne() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let path = "\(Self.visit)/consequences?form=sick_child"
    let told = try await midwife.post(path, Self.sent("8,2", Self.pneumonia)).text
    #expect(told.contains("3/4 \(Self.amoxicillin)") && told.contains("berat 8,2 kg"))
    // What is measured stands as a decimal, tablets as parts.
    #expect(told.contains("15 ml sirup 125 mg/5 ml") && told.contains("7,5 ml sirup 250 mg/5 ml"))
    // A limit belongs to the row above it, which has no syrup of 250 mg.
    let limit = try await midwife.post(path, Self.sent("10", Self.pneumonia)).text
    #expect(limit.contains("1 1/4 \(Self.amoxicillin)") && !limit.contains("sirup 250 mg"))
    let unweighed = try await midwife.post(path, Self.sent(nil, Self.pneumonia)).text
    #expect(!unweighed.contains(Self.amoxicillin) && unweighed.contains("timbang dahulu"))

    // Of what counts for each kilogram the product stands with the rate; zinc goes by age.
    let water = try await midwife.post(path, Self.sent("8,2", Self.dehydrated)).text
    #expect(water.contains("615 ml (75 ml/kg) dalam 3 jam") && water.contains("20 mg"))
    let rate = try await midwife.post(path, Self.sent(nil, Self.dehydrated)).text
    #expect(rate.contains("75 ml/kg dalam 3 jam: timbang dahulu") && !rate.contains("615 ml"))
  }

  /// From 19 kg on the tables of some medicines end: which they are is told.
  @Test func aDoseThatIsNotInItsTableNamesItsMedicine() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let path = "\(Self.visit)/consequences?form=sick_child"
    let sent = Self.sent("20", Self.pneumonia) + [("c\(DataElement.weight.code)", "1")]
    let told = try await midwife.post(path, sent).text
    let words = Words(try Phrases(.indonesian))
    let medicine = words["care.doses.amoxicillin_pneumonia"]
    #expect(medicine.contains("Amoksisilin"))
    #expect(told.contains(words("care.dose.weight_outside", ["medicine": medicine])))
  }

  /// Fits, blood in the stool, and an ear that hurts, at 8.2 kg.
  private static let convulsing: [(DataElement, Int32)] = [
    (.fits, 1), (.diarrhoea, 1), (.bloodInStool, 1), (.earProblem, 1), (.swellingBehindEar, 0),
    (.earPain, 1),
  ]

  @Test func fitsDysenteryAndTheEarHaveTheirDoses() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let path = "\(Self.visit)/consequences?form=sick_child"
    let told = try await midwife.post(path, Self.sent("8,2", Self.convulsing)).text
    #expect(told.contains("4,1 mg (0,5 mg/kg)"))
    #expect(told.contains("2 tablet anak 20/100 mg") && told.contains("123 mg (15 mg/kg)"))
    #expect(told.contains("Amoksisilin 10 hari") && !told.contains("buku 2015: 7"))
    // Without a weight the rate stands with the most that is given.
    let unweighed = try await midwife.post(path, Self.sent(nil, Self.convulsing)).text
    #expect(unweighed.contains("0,5 mg/kg, paling banyak 10 mg: timbang dahulu"))
  }

  @Test func aKaderReadsNoDose() async throws {
    let server = try await SignedInServer.start()
    var midwife = try await server.signIn(.pustuWorker)
    let kept = try await midwife.post(
      "\(Self.visit)?form=sick_child",
      Self.sent("8,2", Self.pneumonia) + [("c\(DataElement.weight.code)", "1"), ("act", "save")])
    #expect(kept.status == 303)
    let plan = "/people/\(TwoPuskesmas.patient.text)/care"
    let page = try await midwife.get(plan).text
    #expect(page.contains(Self.amoxicillin) && page.contains("Tabel dosis: "))
    // When to come back is named for everybody.
    #expect(page.contains("tidak bisa minum atau menyusu"))
    let kader = try await server.signIn(.kader).get(plan).text
    #expect(kader.contains("tidak bisa minum atau menyusu"))
    #expect(!kader.contains(Self.amoxicillin) && !kader.contains("Tabel dosis: "))
  }
}
