/// One of the twelve items of the family health index (Indeks Keluarga Sehat), by its number in
/// Permenkes 39/2016.
public enum FamilyIndexItem: UInt8, Hashable, Sendable, CaseIterable {
  /// Keluarga mengikuti program Keluarga Berencana (KB).
  case familyPlanning = 1
  /// Ibu melakukan persalinan di fasilitas kesehatan.
  case facilityDelivery = 2
  /// Bayi mendapat imunisasi dasar lengkap.
  case basicImmunization = 3
  /// Bayi mendapat air susu ibu (ASI) eksklusif.
  case exclusiveBreastfeeding = 4
  /// Balita mendapatkan pemantauan pertumbuhan.
  case growthMonitored = 5
  /// Penderita tuberkulosis paru mendapatkan pengobatan sesuai standar.
  case tuberculosisTreated = 6
  /// Penderita hipertensi melakukan pengobatan secara teratur.
  case hypertensionTreated = 7
  /// Penderita gangguan jiwa mendapatkan pengobatan dan tidak ditelantarkan.
  case mentalDisorderTreated = 8
  /// Anggota keluarga tidak ada yang merokok.
  case nobodySmokes = 9
  /// Keluarga sudah menjadi anggota Jaminan Kesehatan Nasional (JKN).
  case insured = 10
  /// Keluarga mempunyai akses sarana air bersih.
  case cleanWater = 11
  /// Keluarga mempunyai akses atau menggunakan jamban sehat.
  case healthyLatrine = 12

  /// The name in the catalogues, under `family_index.items`.
  public var name: StaticString {
    switch self {
    case .familyPlanning: "family_planning"
    case .facilityDelivery: "facility_delivery"
    case .basicImmunization: "basic_immunization"
    case .exclusiveBreastfeeding: "exclusive_breastfeeding"
    case .growthMonitored: "growth_monitored"
    case .tuberculosisTreated: "tuberculosis_treated"
    case .hypertensionTreated: "hypertension_treated"
    case .mentalDisorderTreated: "mental_disorder_treated"
    case .nobodySmokes: "nobody_smokes"
    case .insured: "insured"
    case .cleanWater: "clean_water"
    case .healthyLatrine: "healthy_latrine"
    }
  }

  /// Whether it is about the home and not about persons.
  public var isAboutHome: Bool { self == .cleanWater || self == .healthyLatrine }
}

/// What a family said to an item of the family health index.
public enum FamilyIndexReply: UInt8, Hashable, Sendable, CaseIterable {
  /// It is so (Y).
  case yes = 1
  /// It is not so (T).
  case no = 2
  /// It is about nobody in the family (N).
  case doesNotApply = 3
}

/// What a family said, on the fact's day, to items of the family health index.
public struct FamilyIndexAnswerBody: Hashable, Sendable {
  /// One place for each item, by its number less 1.
  private var replies = [FamilyIndexReply?](repeating: nil, count: 12)
  /// The member who was asked, where it was written down.
  public var asked: Identifier?

  /// Nothing said yet.
  public init() {}

  /// The reply to an item; nothing where it was not asked, or the reply is not known here.
  public subscript(item: FamilyIndexItem) -> FamilyIndexReply? {
    get { replies[Int(item.rawValue) - 1] }
    set { replies[Int(item.rawValue) - 1] = newValue }
  }

  /// Reads the fields; those that this version does not know are passed over.
  public init(_ body: UnsafeBufferPointer<UInt8>) throws(WireError) {
    let fields = try FieldTable(body)
    for item in FamilyIndexItem.allCases { self[item] = fields.code(UInt16(item.rawValue)) }
    asked = fields.identifier(13)
  }

  /// The canonical bytes.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    for item in FamilyIndexItem.allCases { writer.code(UInt16(item.rawValue), self[item]) }
    writer.identifier(13, asked)
    return writer.bytes
  }
}
