import Health

/// The words of lists of households.
enum HouseholdWords {
  /// SHDK as the family card prints it; spouses by either word.
  static let relations = ListWords<HouseholdRelation>([
    (.head, ["Kepala Keluarga", "KK", "Kepala", "Kep. Keluarga", "Head"]),
    (.spouse, ["Istri", "Isteri", "Wife", "Spouse"]),
    (.spouse, ["Suami", "Husband"]),
    (.child, ["Anak", "Anak Kandung", "Anak Tiri", "Anak Angkat", "Child", "Son", "Daughter"]),
    (.childInLaw, ["Menantu", "Child-in-law"]),
    (.grandchild, ["Cucu", "Grandchild"]),
    (.parent, ["Orang Tua", "Ortu", "Ayah", "Ibu", "Parent"]),
    (.parentInLaw, ["Mertua", "Parent-in-law"]),
    (.otherRelative, ["Famili Lain", "Famili", "Other relative"]),
    (.domesticWorker, ["Pembantu", "ART", "Domestic worker"]),
    (.other, ["Lainnya", "Lain-lain", "Other"]),
  ])

  static let water = ListWords<WaterSource>([
    (.piped, ["PDAM", "PAM", "PAMSIMAS", "Ledeng", "Perpipaan", "Air Pipa", "Piped"]),
    (.drilledWell, ["Sumur Bor", "Sumur Pompa", "Drilled well"]),
    (.protectedWell, ["Sumur Terlindung", "Sumur Gali Terlindung", "Protected well"]),
    (
      .unprotectedWell,
      ["Sumur Tidak Terlindung", "Sumur Gali Tidak Terlindung", "Unprotected well"]
    ),
    (.protectedSpring, ["Mata Air Terlindung", "Protected spring"]),
    (.unprotectedSpring, ["Mata Air Tidak Terlindung", "Unprotected spring"]),
    (.rain, ["Air Hujan", "Penampungan Air Hujan", "PAH", "Rain"]),
    (.surface, ["Sungai", "Danau", "Air Permukaan", "Kolam", "Irigasi", "Surface water", "River"]),
    (.bottled, ["Air Kemasan", "Air Isi Ulang", "Isi Ulang", "Galon", "Bottled"]),
  ])

  static let latrine = ListWords<Latrine>([
    (.waterSealOwn, ["Leher Angsa Sendiri", "Jamban Sendiri", "Sendiri", "Own"]),
    (.waterSealShared, ["Leher Angsa Bersama", "Jamban Bersama", "Bersama", "Komunal", "Shared"]),
    (.unimproved, ["Cemplung", "Cubluk", "Plengsengan", "Jamban Apung", "Unimproved"]),
    (.none, ["Tidak Ada", "Tidak Punya", "BABS", "None"]),
  ])

  static let insurance = ListWords<InsuranceKind>([
    (
      .nationalSubsidised,
      ["PBI", "JKN PBI", "BPJS PBI", "KIS", "PBI APBN", "PBI APBD", "Subsidised"]
    ),
    (
      .nationalContributing,
      ["Non PBI", "JKN Non PBI", "Mandiri", "PBPU", "PPU", "BPJS Mandiri", "Contributing"]
    ),
    (.privateInsurance, ["Swasta", "Asuransi Swasta", "Private"]),
    (.none, ["Tidak Ada", "Tidak Punya", "Belum", "None"]),
  ])
}
