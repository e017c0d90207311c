import Health

/// A setting without its readings.
struct SettingNumber: Sendable {
  let number: UInt16
  let standard: Int32

  init(_ setting: ClinicalSetting) {
    (number, standard) = (setting.number, setting.standard)
  }
}

/// A span without its setting's readings.
struct Distance: Sendable {
  let period: Period
  let setting: SettingNumber?

  init(_ span: Span) {
    switch span {
    case .fixed(let period): (self.period, setting) = (period, nil)
    case .setting(let setting, let plus):
      (period, self.setting) = (.days(plus), SettingNumber(setting))
    }
  }
}

/// A comparison without its setting's readings.
struct Test: Sendable {
  enum Kind: UInt8 { case isYes, below, atLeast, oneOf, known }
  let kind: Kind
  /// The figure, or a bit for each choice.
  let figure: Int32
  let setting: SettingNumber?

  init(_ comparison: Comparison) {
    switch comparison {
    case .isYes: self.init(.isYes, .fixed(.times(1)))
    case .below(let threshold): self.init(.below, threshold)
    case .atLeast(let threshold): self.init(.atLeast, threshold)
    case .oneOf(let choices): self.init(.oneOf, figure: Int32(bitPattern: choices), nil)
    case .known: self.init(.known, .fixed(.times(0)))
    }
  }

  private init(_ kind: Kind, _ threshold: Threshold) {
    switch threshold {
    case .fixed(let amount): self.init(kind, figure: amount.value, nil)
    case .setting(let setting): self.init(kind, figure: 0, SettingNumber(setting))
    }
  }

  private init(_ kind: Kind, figure: Int32, _ setting: SettingNumber?) {
    (self.kind, self.figure, self.setting) = (kind, figure, setting)
  }
}

extension ClinicalSettings {
  /// The figure in force.
  subscript(setting: SettingNumber) -> Int32 { self[setting.number] ?? setting.standard }
}
