import Health
import Samples
import Testing

@Suite("Body of a vaccination")
struct VaccinationBodyTests {
  private func read(_ bytes: [UInt8]) throws -> VaccinationBody {
    try bytes.withUnsafeBufferPointer { try VaccinationBody($0) }
  }

  private func written(_ write: (inout FieldWriter) -> Void) -> [UInt8] {
    var writer = FieldWriter()
    write(&writer)
    return writer.bytes
  }

  @Test("It keeps what it holds, whatever of it is there")
  func roundTrip() throws {
    var numbers = SeededNumbers(seed: 33)
    for _ in 0..<1000 {
      func maybe<Value>(_ values: [Value]) -> Value? {
        numbers.once(in: 2) ? values.randomElement(using: &numbers) : nil
      }
      func text(_ value: String) -> [UInt8] { numbers.once(in: 2) ? Array(value.utf8) : [] }
      var body = VaccinationBody(
        product: .random(in: 0 ... .max, using: &numbers), dose: text("DPT-HB-Hib 2"),
        dayKnownBy: maybe(VaccinationDay.allCases), origin: maybe(VaccinationOrigin.allCases))
      body.batch = text("BD-0123")
      body.expiry = maybe([day("2027-03-31")])
      body.site = maybe(VaccinationSite.allCases)
      body.route = maybe(VaccinationRoute.allCases)
      body.facility = text("Klinik Contoh")
      body.spoiled = maybe(SpoiledVaccine.allCases)
      body.tradeName = text("Contoh")
      body.note = text("lengan kiri bengkak sedikit")
      #expect(try read(body.bytes) == body)
    }
  }

  @Test("The bytes of an example, as docs/formats/facts.md has it")
  func example() throws {
    var body = VaccinationBody(product: 198, dose: Array("2".utf8), origin: .book)
    body.expiry = CivilDate(dayNumber: 20_000)
    let bytes: [UInt8] = [0x02, 0x8C, 0x03, 0x05, 0x01, 0x32, 0x08, 0x06, 0x0C, 0xC0, 0xB8, 0x02]
    #expect(body.bytes == bytes)
    #expect(try read(bytes) == body)
  }

  @Test("A vaccination with nothing is refused; codes and fields of newer versions are passed over")
  func limits() throws {
    #expect(throws: WireError.unknownForm) { _ = try read([]) }
    for product in [-1, 65_536] as [Int64] {
      #expect(throws: WireError.unknownForm) { _ = try read(written { $0.number(1, product) }) }
    }
    #expect(throws: WireError.numberTooLarge) {
      _ = try read(
        written {
          $0.number(1, Int64(8))
          $0.number(6, Int64(200_001))
        })
    }
    let newer = written {
      $0.number(1, Int64(8))
      $0.number(3, Int64(99))
      $0.number(7, Int64(300))
      $0.number(900, Int64(1))
    }
    #expect(try read(newer) == VaccinationBody(product: 8))
  }
}
