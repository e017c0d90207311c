import Guidance
import Health
import Journal
import Programmes

/// By which guidelines, schedule of vaccines, settings and formats a plan was worked out. Plans of
/// another edition are stale: no page and no list believes them.
struct CareEdition: Hashable, Sendable {
  /// The beginning of the digest of all of it; never 0, which marks plans not worked out yet.
  let number: Int64

  /// The beginning of ``digest(of:)`` of the guidelines for mothers and children. A test compares
  /// them, and says what is to stand here; printing all values takes too long for every start.
  static let guidelines = "2e6d56b7f5be106e"

  /// Raised where rules are asked otherwise although no value of a guideline changed.
  private static let reading: UInt64 = 7

  /// The edition of this program under these settings.
  init(
    growth: GrowthSettings, care: ClinicalSettings,
    vaccinations: VaccinationBook = VaccinationBook(settings: ImmunizationSettings())
  ) {
    var writer = ByteWriter()
    writer.unsigned(CareEdition.reading)
    writer.byte(PackedCarePlan.version)
    writer.raw(Array(CareEdition.guidelines.utf8))
    writer.raw(PackedSettings.pack(growth))
    // Defaults too: some are looked up before the rules are asked, and stand in no guideline.
    for setting in ClinicalSetting.motherAndChild {
      writer.unsigned(UInt64(setting.number))
      writer.signed(Int64(care[setting]))
    }
    writer.raw(vaccinations.bytes)
    number = max(1, ChainHash(of: writer.bytes).bytes.prefix(4).reduce(0) { $0 << 8 | Int64($1) })
  }

  /// The digest of every value of guidelines, as Swift prints it: thresholds, ages, sources, names.
  static func digest(of guidelines: [Guideline]) -> String {
    String(ChainHash(of: Array(String(describing: guidelines).utf8)).hexadecimal.prefix(16))
  }
}
