import Health
import Testing

/// What stands in a name that is none of it.
@Suite struct NameCheckTests {
  private func check(_ name: String) -> NameCheck { NameCheck(name.utf8) }

  @Test func namesAsSpokenAreLetThrough() {
    let names = [
      "Sukarno", "Hj. Siti Aminah, S.Tr.Keb", "Ma'ruf", "Nur-Aini", "By. Ny. Lestari", "Ju\u{e9}",
      "Ó Briain", "王小明", "محمد", "O\u{2019}Neill", "R. A. (Kartini)", "Aisyah 2",
    ]
    for name in names {
      #expect(check(name).found == nil, "\(name)")
      #expect(check(name).letters > 1, "\(name)")
    }
  }

  @Test func whatNobodySeesIsFoundWithItsPlace() {
    let hidden: [UInt32] = [
      0x00, 0x07, 0x1F, 0x7F, 0x85, 0xAD, 0x61C, 0x200B, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B,
      0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFE0F, 0xFEFF, 0xE0041,
    ]
    for code in hidden {
      guard let scalar = Unicode.Scalar(code) else { continue }
      let found = check("Si\(String(Character(scalar)))ti").found
      #expect(found?.fault == .invisible && found?.position == 2, "\(code)")
      #expect(found?.code == code)
    }
  }

  @Test func picturesAreFound() {
    for picture in ["😀", "❤", "⭐", "👶", "→"] {
      let found = check("Siti \(picture)").found
      #expect(found?.fault == .picture && found?.position == 5, "\(picture)")
    }
  }

  @Test func lettersAreCounted() {
    #expect(check("").letters == 0)
    #expect(check("12 - ? .").letters == 0)
    #expect(check("A").letters == 1 && check("A.").letters == 1)
    #expect(check("É").letters == 1)
    #expect(check("Al").letters == 2)
  }

  @Test func bytesThatAreNoTextAreFound() {
    #expect(NameCheck([0x53, 0xFF]).found?.fault == .unreadable)
    #expect(NameCheck([0x53, 0xFF]).found?.position == 1)
  }
}
