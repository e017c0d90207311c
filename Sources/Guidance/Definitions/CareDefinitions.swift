import Health

/// What care plans and forms are asked by: guidelines with their forms.
public struct CareDefinitions: Sendable {
  /// The guidelines, in the order in which a plan shows them.
  public let guidelines: [Guideline]
  /// The forms, in the order in which pages offer them.
  public let forms: [VisitForm]
  /// The settings that they refer to, by rising number.
  public let settings: [ClinicalSetting]

  /// Guidelines with their forms.
  ///
  /// - Parameter more: settings that no guideline refers to, since figures are worked out by them.
  public init(_ guidelines: [Guideline], forms: [VisitForm], more: [ClinicalSetting] = []) {
    self.guidelines = guidelines
    self.forms = forms
    var writer = DefinitionWriter()
    for setting in more { writer.note(setting) }
    for guideline in guidelines { writer.write(guideline) }
    for form in forms { writer.write(form) }
    settings = writer.settings.sorted { $0.number < $1.number }
  }

  /// Definitions as they were packed.
  init(_ guidelines: [Guideline], forms: [VisitForm], settings: [ClinicalSetting]) {
    self.guidelines = guidelines
    self.forms = forms
    self.settings = settings
  }

  /// The setting of that number.
  public func setting(_ number: UInt16) -> ClinicalSetting? {
    settings.first { $0.number == number }
  }
}
