import Guidance
import Health
import Programmes
import Testing

@Suite("Guidelines and forms as the phone's core carries them")
struct PackedDefinitionsTests {
  static let packed = PackedDefinitions.pack(.motherAndChild)

  private func unpack(_ bytes: [UInt8]) throws(WireError) -> CareDefinitions {
    let result: Result<CareDefinitions, WireError> = bytes.withUnsafeBufferPointer { bytes in
      do throws(WireError) {
        return .success(try PackedDefinitions.unpack(bytes))
      } catch { return .failure(error) }
    }
    return try result.get()
  }

  @Test("Nothing is lost: what was read is written as the same bytes")
  func same() throws {
    let read = try unpack(Self.packed)
    #expect(PackedDefinitions.pack(read) == Self.packed)
    #expect(read.guidelines.map(\.number) == Guideline.motherAndChild.map(\.number))
    #expect(read.forms.map(\.number) == VisitForm.all.map(\.number))
  }

  @Test("Every setting of the guidelines comes along with its range and default")
  func settings() throws {
    let read = try unpack(Self.packed).settings
    let own = CareDefinitions.motherAndChild.settings
    #expect(own.count > 60)
    #expect(read.map(\.number) == own.map(\.number))
    #expect(own.map(\.number) == Set(own.map(\.number)).sorted())
    #expect(read.map(\.range) == own.map(\.range))
    #expect(read.map(\.standard) == own.map(\.standard))
    #expect(read.map(\.unit) == own.map(\.unit))
    let limit = ClinicalSetting.anaemiaLimit
    #expect(CareDefinitions.motherAndChild.setting(limit.number) == limit)
    #expect(CareDefinitions.motherAndChild.setting(9_999) == nil)
  }

  @Test("What is cut short, too long, of another form or version is refused")
  func refused() throws {
    for count in stride(from: 0, to: Self.packed.count, by: 211) {
      #expect(throws: WireError.self) { try unpack(Array(Self.packed[..<count])) }
    }
    #expect(throws: WireError.unknownForm) { try unpack(Self.packed + [0]) }
    var other = Self.packed
    other[1] = 0x54
    #expect(throws: WireError.notThisFormat) { try unpack(other) }
    other = Self.packed
    other[2] = PackedDefinitions.version + 1
    #expect(throws: WireError.unknownVersion(other[2])) { try unpack(other) }
  }

  @Test("A changed byte is refused or read, and traps nothing")
  func damaged() throws {
    var refused = 0
    for place in stride(from: 3, to: Self.packed.count, by: 97) {
      var bytes = Self.packed
      bytes[place] ^= 1 << UInt8(place % 8)
      do throws(WireError) { _ = try unpack(bytes) } catch { refused += 1 }
    }
    #expect(refused > 20)
  }

  @Test("Forms tell all that they can ask")
  func forms() throws {
    let bytes = PackedForms.definitions(of: VisitForm.all)
    #expect(Array(bytes.prefix(4)) == [0x53, 0x46, 3, UInt8(VisitForm.all.count)])
    #expect(bytes == PackedForms.definitions(of: try unpack(Self.packed).forms))
  }
}
