import Guidance
import Health
import Programmes
import Services

/// Signs, forms, doses, settings and the immunisation schedule.
extension GuidelineSections {
  func signs(_ signs: [DangerSign]) -> [RuleBlock] {
    guard !signs.isEmpty else { return [] }
    var tables: [RuleTable] = []
    for (place, sign) in signs.enumerated() {
      let source = text.source(sign.source)
      if tables.last?.source != source {
        var table = RuleTable(
          "\(words["guidelines.parts.signs"]) \(tables.count + 1)",
          [term("sign"), term("urgency"), term("whom"), term("shown_for"), term("actions")])
        table.source = source
        tables.append(table)
      }
      let aid = sign.firstAid.map { lines(of: $0.actions) + [RuleLine(text.source($0.source))] }
      tables[tables.count - 1].add(
        signs.anchor(at: place),
        [RuleLine(text.compared(text.element(sign.element), sign.comparison, sign.element, nil))],
        [RuleLine(words["care.urgency.\(sign.urgency.code)"])], text.lines(sign.applies),
        [RuleLine(text.period(sign.shownFor))], aid ?? [RuleLine("–")])
    }
    return [
      RuleBlock(
        id: "signs", title: words["guidelines.parts.signs"],
        terms: [(term("key"), [RuleLine(words["guidelines.signs_key"])])], tables: tables)
    ]
  }

  func form(_ form: VisitForm) -> RuleBlock {
    let name = words["care.forms.\(form.name)"]
    var table = RuleTable(name, [term("part"), term("question"), term("answer"), term("if")])
    for section in form.sections {
      for question in section.questions {
        let asked =
          (question.when == .always
            ? [RuleLine(words["guidelines.asked_always"])] : text.lines(question.when))
          + (question.performers == .anybody
            ? [] : [RuleLine("\(term("by")): \(text.performers(question.performers))")])
        let title =
          text.element(question.element)
          + (question.isNeeded ? " (\(words["guidelines.needed"]))" : "")
        table.add(
          nil, [RuleLine(words["care.sections.\(section.name)"])], [RuleLine(title)],
          answers(question.element), asked)
      }
    }
    return RuleBlock(
      id: "form-\(form.number)", title: name,
      terms: whom(form.applies) + [
        (term("purpose"), [RuleLine(text.purposes(form.purposes))])
      ], tables: [table])
  }

  /// What may be answered: yes or no, the choices, or between which numbers.
  private func answers(_ element: DataElement) -> [RuleLine] {
    switch element.form {
    case .yesNo: [RuleLine("\(words["care.yes"]) / \(words["care.no"])")]
    case .choice(let count):
      (1...Int32(count)).map { RuleLine("• " + text.value($0, of: element)) }
    case .day: [RuleLine(words["guidelines.a_day"])]
    case .quantity(let unit, let range):
      [
        RuleLine(
          words(
            "guidelines.between",
            [
              "from": text.amount(range.lowerBound, unit),
              "to": text.amount(range.upperBound, unit),
            ]))
      ]
    }
  }

  // MARK: Doses

  func dosing(_ table: DosingTable) -> RuleBlock {
    let name = words["care.doses.\(table.name)"]
    var printed = RuleTable(name, [key(table.key), term("dose")])
    for row in table.rows {
      printed.add(
        nil, [RuleLine(range(row, table.key))],
        row.doses.map { RuleLine(text.amount($0)) })
    }
    let most = table.most.map { [(term("at_most"), [RuleLine(text.amount($0))])] } ?? []
    return RuleBlock(
      id: "dose-\(table.number)", title: name,
      terms: [(term("key"), [RuleLine(words["guidelines.doses_key"])])] + most, tables: [printed],
      source: text.source(table.source))
  }

  private func key(_ key: DosingTable.Key) -> String {
    switch key {
    case .grams: words["guidelines.keys.weight"]
    case .months: words["guidelines.keys.months"]
    case .days: words["guidelines.keys.days"]
    }
  }

  private func range(_ row: DosingTable.Row, _ key: DosingTable.Key) -> String {
    func number(_ value: Int32) -> String {
      key == .grams ? format.short(Double(value) / 1_000, digits: 3) : format.whole(value)
    }
    guard let until = row.until else { return "≥ \(number(row.from))" }
    return words(
      "guidelines.until_below", ["from": number(row.from), "until": number(until)])
  }

  // MARK: Settings

  var settings: [RuleBlock] {
    guard !chapter.settings.isEmpty else { return [] }
    var table = RuleTable(
      words["guidelines.parts.settings"],
      [term("setting"), term("in_force"), term("readings"), term("range")])
    for setting in chapter.settings {
      let readings = setting.readings.enumerated().map { place, reading in
        RuleLine(
          words(
            place == 0 ? "guidelines.reading_default" : "guidelines.reading",
            [
              "value": text.value(reading.value, of: setting),
              "source": text.source(reading.source),
            ]))
      }
      table.add(
        "setting-\(setting.number)", [RuleLine(words["care.settings.\(setting.name)"])],
        inForce(setting), readings,
        [
          RuleLine(
            setting.unit == nil
              ? "\(words["care.yes"]) / \(words["care.no"])"
              : words(
                "guidelines.between",
                [
                  "from": text.value(setting.range.lowerBound, of: setting),
                  "to": text.value(setting.range.upperBound, of: setting),
                ]))
        ])
    }
    return [
      RuleBlock(
        id: "settings", title: words["guidelines.parts.settings"],
        terms: [(term("key"), [RuleLine(words["guidelines.settings_key"])])], tables: [table])
    ]
  }

  /// The figure in force, and where the district's file has it from.
  private func inForce(_ setting: ClinicalSetting) -> [RuleLine] {
    let sources = SourceText(words: words)
    let source = edition.careNamed[setting].map { source in
      RuleLine("\(sources.title(source)), \(sources.edition(source))")
    }
    return [RuleLine(text.value(text.settings[setting], of: setting))]
      + [source].compactMap(\.self)
  }

  // MARK: Immunisation

  func immunization(
    _ edition: ImmunizationEdition, _ chosen: ImmunizationSettings
  ) -> [(code: String, blocks: [RuleBlock])] {
    let rows = ImmunizationRow.childhood(chosen)
    let isGiven = chosen.givesJapaneseEncephalitis
    let blocks = CardVaccine.allCases
      .filter { $0 != .japaneseEncephalitis || isGiven }
      .compactMap { vaccine -> RuleBlock? in
        let own = rows.filter { $0.vaccine == vaccine }
        return own.isEmpty ? nil : childhood(vaccine, own)
      }
    return [
      ("childhood", [birthDose(chosen)] + blocks), ("school", school(edition, chosen)),
      ("tetanus", [tetanus]), ("immunization_settings", immunizationSettings),
    ]
  }

  private func name(_ vaccine: CardVaccine) -> String {
    words["immunization.vaccines.\(vaccine.name)"]
  }

  private func months(_ range: ClosedRange<Int32>?) -> [RuleLine] {
    guard let range else { return [RuleLine("–")] }
    let first = format.whole(range.lowerBound)
    return [
      RuleLine(
        range.count == 1 ? first : "\(first)–\(format.whole(range.upperBound))")
    ]
  }

  private func birthDose(_ chosen: ImmunizationSettings) -> RuleBlock {
    RuleBlock(
      id: "vaccine-hepatitis_b_at_birth", title: name(.hepatitisBAtBirth),
      terms: [
        (
          term("when"),
          [
            RuleLine(
              words(
                "guidelines.birth_dose", ["days": format.whole(chosen.birthDoseLastDay)]))
          ]
        )
      ], source: text.source(.immunizationFromMemory))
  }

  private func childhood(_ vaccine: CardVaccine, _ rows: [ImmunizationRow]) -> RuleBlock {
    var table = RuleTable(
      name(vaccine),
      [
        term("dose_number"), term("ideal"), term("allowed"), term("catch_up"), term("interval"),
      ])
    for row in rows {
      table.add(
        nil, [RuleLine(format.whole(Int(row.number)))], months(row.ideal), months(row.allowed),
        months(row.catchUp), [RuleLine(row.interval.map(text.period) ?? "–")])
    }
    var sources: [String] = []
    for row in rows {
      for source in [row.source, row.intervalSource] {
        let line = text.source(source)
        if !sources.contains(line) { sources.append(line) }
      }
    }
    return RuleBlock(
      id: "vaccine-\(vaccine.name)", title: name(vaccine),
      terms: [(term("key"), [RuleLine(words["guidelines.months_key"])])], tables: [table],
      source: sources.joined(separator: "; "))
  }

  private func school(
    _ edition: ImmunizationEdition, _ chosen: ImmunizationSettings
  ) -> [RuleBlock] {
    var table = RuleTable(
      words["guidelines.parts.school"],
      [term("vaccine"), term("dose_number"), term("school_class"), term("month"), term("interval")]
    )
    for row in SchoolRow.rows(edition, chosen) {
      let vaccine =
        name(row.vaccine) + (row.onlyGirls ? " (\(words["guidelines.only_girls"]))" : "")
      table.add(
        nil, [RuleLine(vaccine)], [RuleLine(format.whole(Int(row.number)))],
        [RuleLine(format.whole(Int(row.schoolClass)))], [RuleLine(words["months.\(row.month)"])],
        [RuleLine(row.interval.map(text.period) ?? "–")])
    }
    return [
      RuleBlock(
        id: "school", title: words["guidelines.parts.school"], tables: [table],
        source: text.source(edition.source) + "; " + text.source(.primaryCareImmunization))
    ]
  }

  private var tetanus: RuleBlock {
    let title = words["guidelines.parts.tetanus"]
    var table = RuleTable(title, [term("tetanus_level"), term("interval"), term("protection")])
    for (place, protection) in TetanusStatus.protections.enumerated() {
      let interval = place == 0 ? nil : TetanusStatus.intervals[place - 1]
      table.add(
        nil, [RuleLine("T\(place + 1)")], [RuleLine(interval.map(text.period) ?? "–")],
        [RuleLine(protection == .none ? "–" : text.period(protection))])
    }
    return RuleBlock(
      id: "vaccine-tetanus", title: title,
      terms: [
        (
          term("key"),
          [
            RuleLine(
              words(
                "guidelines.tetanus_key", ["age": text.period(TetanusStatus.childhood)]))
          ]
        )
      ], tables: [table], source: text.source(.tetanusStatus))
  }

  private var immunizationSettings: [RuleBlock] {
    let prose = SettingsProse(edition, words: words.phrases)
    let sources = SourceText(words: words)
    var table = RuleTable(
      words["guidelines.parts.immunization_settings"], [term("setting"), term("source")])
    for setting in ImmunizationSetting.allCases {
      let value = prose.value(of: .immunization(setting), in: edition.programmes)
      let source = edition.source(of: .immunization(setting))
      table.add(
        "setting-\(setting.name)",
        [RuleLine(words("settings.sentences.\(setting.name)", ["value": value]))],
        [RuleLine("\(sources.title(source)), \(sources.edition(source))")])
    }
    return [
      RuleBlock(
        id: "settings", title: words["guidelines.parts.immunization_settings"],
        terms: [(term("key"), [RuleLine(words["guidelines.settings_key"])])], tables: [table])
    ]
  }
}

extension [DangerSign] {
  /// The place on the page of a chapter of the sign that stands at a place among its signs.
  func anchor(at place: Int) -> String {
    let code = self[place].element.code
    let count = self[...place].count { $0.element.code == code }
    return "sign-\(code)" + (count == 1 ? "" : "-\(count)")
  }
}
