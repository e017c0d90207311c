import Foundation
import Guidance
import Journal
import Programmes

/// Where a setting stands, and how sure we are of it.
public struct SettingSource: Hashable, Sendable {
  /// The publication's own title.
  public let title: String
  /// Edition, number or year.
  public let edition: String
  /// Chapter, table or page.
  public let page: String
  /// How sure we are of it.
  public let standing: Source.Standing

  /// A publication and a place in it.
  public init(title: String, edition: String, page: String, standing: Source.Standing) {
    self.title = title
    self.edition = edition
    self.page = page
    self.standing = standing
  }

  /// The source of a rule.
  public init(_ source: Source) {
    self.init(
      title: "\(source.title)", edition: "\(source.edition)", page: "\(source.place)",
      standing: source.standing)
  }
}

/// A district's settings under one name: what is computed under them, and where each stands.
public struct SettingsEdition: Hashable, Sendable {
  /// What the district calls them.
  public let name: String
  /// What the growth rules are computed with.
  public let growth: GrowthSettings
  /// The settings that a file sets, with their sources; all others have their default.
  public let named: [GrowthSetting: SettingSource]
  /// What is worked out when it is looked at: no figure is counted under it, but the doses in stored
  /// care plans are.
  public let programmes: ProgrammeSettings
  /// Those of ``programmes`` that a file sets, with their sources.
  public let programmesNamed: [ProgrammeSetting: SettingSource]
  /// What the guidelines of mothers and children are asked with: no figure is counted under it, but
  /// every stored care plan is.
  public let care: ClinicalSettings
  /// Those of ``care`` that a file sets, with their sources.
  public let careNamed: [ClinicalSetting: SettingSource]
  /// The digest of the packed settings: editions with the same fingerprint give the same figures.
  public let fingerprint: ChainHash

  /// An edition; without sources, everything is at its default.
  public init(
    name: String, growth: GrowthSettings, named: [GrowthSetting: SettingSource],
    programmes: ProgrammeSettings = ProgrammeSettings(),
    programmesNamed: [ProgrammeSetting: SettingSource] = [:],
    care: ClinicalSettings = ClinicalSettings(),
    careNamed: [ClinicalSetting: SettingSource] = [:]
  ) {
    self.name = name
    self.growth = growth
    self.named = named
    self.programmes = programmes
    self.programmesNamed = programmesNamed
    self.care = care
    self.careNamed = careNamed
    fingerprint = ChainHash(of: PackedSettings.pack(growth))
  }

  /// The defaults of this program.
  public static let standard = SettingsEdition(
    name: "sikilap-1", growth: GrowthSettings(), named: [:])

  /// Where a setting's value stands.
  public func source(of setting: GrowthSetting) -> SettingSource {
    named[setting] ?? SettingSource(setting.source)
  }

  /// Where a setting's value stands.
  public func source(of setting: ProgrammeSetting) -> SettingSource {
    programmesNamed[setting] ?? SettingSource(setting.source)
  }

  /// Where a setting's value stands.
  public func source(of setting: ClinicalSetting) -> SettingSource {
    careNamed[setting] ?? SettingSource(setting.source)
  }

  /// Name and beginning of the fingerprint, as pages and reports name an edition.
  public var title: String { SettingsEdition.title(name, fingerprint) }

  static func title(_ name: String, _ fingerprint: ChainHash) -> String {
    "\(name) (\(fingerprint.hexadecimal.prefix(12)))"
  }
}
