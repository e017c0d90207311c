/// Names that nobody can take for a real person's: each says "Contoh", example.
enum SyntheticNames {
  private static let plants = [
    "Melati", "Mawar", "Kenanga", "Cempaka", "Anggrek", "Teratai", "Dahlia", "Kamboja", "Seroja",
    "Flamboyan", "Bougenvil", "Kemuning", "Kantil", "Sedap Malam", "Matahari", "Tulip", "Lavender",
    "Wijayakusuma", "Soka", "Alamanda", "Pandan", "Ulin", "Meranti", "Rotan", "Ramin", "Gaharu",
  ]
  private static let waters = [
    "Barito", "Kahayan", "Katingan", "Mentaya", "Seruyan", "Arut", "Kumai", "Kapuas", "Lamandau",
    "Jelai", "Sirius", "Vega", "Altair", "Rigel", "Antares", "Kejora", "Orion", "Bimasakti",
  ]
  private static let numbers = [
    "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan", "Sepuluh",
    "Sebelas", "Duabelas",
  ]

  /// The name of somebody grown up: "Contoh Melati Barito Satu".
  static func adult(_ random: inout SeededRandom) -> String {
    "Contoh \(random.one(of: plants)) \(random.one(of: waters)) \(random.one(of: numbers))"
  }

  /// The name of a child: "Anak Contoh Mawar 0123".
  static func child(_ serial: Int, _ random: inout SeededRandom) -> String {
    "Anak Contoh \(random.one(of: plants)) \(padded(serial, to: 4))"
  }

  /// The name of a kader or midwife: "Kader Contoh Dahlia 07".
  static func worker(_ role: String, _ serial: Int, _ random: inout SeededRandom) -> String {
    "\(role) Contoh \(random.one(of: plants)) \(padded(serial, to: 2))"
  }

  /// A plant, in turn: Posyandu bear such names.
  static func plant(_ serial: Int) -> String { plants[serial % plants.count] }

  /// A number with zeros before it.
  static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
