import Guidance
import Health
import Journal
import Programmes
import Services

/// A child: who it is, what has to be done, the growth charts and every measurement.
struct ChildPage {
  private let visit: Visit
  private let child: ChildGrowth
  private let texts: [MeasurementText]
  private let marks: [Int: WeighingMonth]

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var record: GrowthRecord { child.record }
  private var name: String { visit.name(of: child.person) }

  init(_ visit: Visit, child: ChildGrowth) {
    self.visit = visit
    self.child = child
    texts = child.record.measurements.map {
      MeasurementText(
        $0, sex: child.record.sex, ages: child.ages, format: visit.format,
        settings: visit.district.settings)
    }
    marks = Dictionary(
      child.record.weighingMonths.map { ($0.measurement, $0) }, uniquingKeysWith: { $1 })
  }

  func rendering() throws -> Rendering {
    let place = child.person.place.flatMap { visit.tree.places[$0] }
    let workers = try workerNames()
    let charts = charts
    let advice = advice
    let count = record.measurements.count
    let fields: Fields = [
      "child": try identity(place), "has_advice": !advice.isEmpty, "advice": advice,
      "latest": latest, "has_charts": !charts.isEmpty, "charts": charts,
      "has_measurements": count > 0,
      "measurements": (0..<count).reversed().map { row($0, workers: workers) },
      "export_url": "\(Links.child(child.person.id))/measurements.csv",
      "kms_url": "\(Links.child(child.person.id))/kms", "ways": try ways(),
    ]
    return Rendering(
      template: "child", title: name,
      crumbs: (place.map { visit.crumbs(to: $0) } ?? []) + [Crumb(name: name)],
      focus: place.map { ($0, visit.snapshot.openingMonth) }, fields: fields)
  }

  /// The ways to where the work with the child is done, as far as the visitor may go them: lists of
  /// children lead to this page.
  private func ways() throws -> [Fields] {
    let id = child.person.id
    var ways: [(String, String)] = []
    if try visit.may(.seeCare, with: child.person) {
      let holders = try visit.onlyCare(of: child.person)
      let care = try visit.district.care(
        of: id, on: visit.today, heldBy: holders, knowing: visit.visitor.rights.sensitiveMatters)
      ways =
        try care.map(visit.forms)?.filter { $0.isRoutineOfChildren }.map {
          (VisitPage.address(of: id, $0), words["care.forms.\($0.name)"])
        } ?? []
      ways.append((Links.care(of: id), words["care.title"]))
    }
    if let url = visit.link(to: child.person) { ways.append((url, words["care.to_person"])) }
    return ways.map { ["url": $0.0, "label": $0.1] }
  }

  private func workerNames() throws -> [Identifier: String] {
    try visit.district.workerNames(Set(child.facts.compactMap { $0?.fact.recorder }))
  }

  /// The way to the mother; nothing where her record is not known or not in reach.
  private func motherAddress() throws -> String? {
    guard try visit.may(.seePerson, with: child.person), try !visit.isLimited(child.person),
      let record = try visit.district.person(child.person.id)
    else { return nil }
    return try visit.mother(of: record).flatMap { visit.link(to: $0) }
  }

  private func identity(_ place: Place?) throws -> Fields {
    let village = place.flatMap { place in
      visit.tree.path(from: place.id).first { $0.kind == .village }
    }
    let mother = child.person.motherName
    let birth = BirthText(person: child.summary.person, format: format)
    return [
      "name": name,
      "sex": words["sexes.\(record.sex?.code ?? "unknown")"],
      "age": record.diedOn.map { words("child.died_on", ["date": format.date($0)]) }
        ?? format.age(born: record.birthDate, on: visit.today),
      "birth_date": record.birthDate.map { format.born($0, record.birthDateCertainty) }
        ?? words["common.none"],
      "mother": mother.isEmpty ? words["common.none"] : mother, "mother_url": try motherAddress(),
      "at_birth": birth.measured ?? words["birth.not_recorded"],
      "size_at_birth": birth.measured == nil ? nil : birth.size,
      "birth_url": child.personFact == nil ? nil : Links.birth(of: child.person.id),
      "posyandu": place.map(\.name) ?? words["common.none"],
      "posyandu_url": place.flatMap { visit.link(to: $0) },
      "village": village.map(\.name) ?? words["common.none"],
      "village_url": village.flatMap { visit.link(to: $0) },
      "nik": PersonText.maskedNumber(child.person.nationalIdentityNumber)
        ?? words["common.none"],
    ]
  }

  private var advice: [Fields] {
    guard let position = record.measurements.indices.last else { return [] }
    let measurement = record.measurements[position]
    let why = Links.measurement(measurement.fact, of: child.person.id)
    let advice = ChildAdvice(
      status: child.statuses[position], hasOedema: measurement.body.hasOedema ?? false,
      weighing: marks[position], edition: visit.district.edition)
    let sources = SourceText(words: words)
    return advice.lines.map { line in
      [
        "tone": line.tone, "title": words["growth.advice.\(line.code).title"],
        "text": words["growth.advice.\(line.code).text"], "rule": sources.short(line.source),
        "why_url": "\(why)#\(line.anchor)",
      ]
    }
  }

  private var latest: Fields? {
    guard let position = record.measurements.indices.last else { return nil }
    let measurement = record.measurements[position]
    let text = texts[position]
    let why = Links.measurement(measurement.fact, of: child.person.id)
    var badges = [
      GrowthIndex.weightForAge, .lengthHeightForAge, .weightForLengthHeight,
      .bodyMassIndexForAge, .headCircumferenceForAge,
    ].compactMap { index -> Fields? in
      guard let result = text.result(index) else { return nil }
      return badge(
        result.index, category: result.category.map { words[$0] }, tone: result.tone,
        value: text.value(index), z: result.score.map { format.zScore($0.hundredths) },
        why: "\(why)#\(result.id)")
    }
    if let arm = text.status.armCircumference {
      badges.append(
        badge(
          "muac", category: words[arm.key], tone: arm.tone,
          value: text.value(.armCircumferenceForAge), z: nil, why: "\(why)#muac"))
    }
    if let month = marks[position] {
      let mark = WeighingMark(month)
      badges.append(
        badge(
          "kms", category: words[mark.key], tone: mark.tone, value: gain(month), z: nil,
          why: "\(why)#kms"))
    }
    if let velocity = velocityBadge(position, why: why) { badges.append(velocity) }
    return [
      "date": format.date(measurement.occurredOn),
      "age_at": format.age(born: record.birthDate, on: measurement.occurredOn),
      "badges": badges,
      "corrected": correctedAge(on: measurement.occurredOn, text).map {
        words("child.corrected", ["age": $0])
      },
    ]
  }

  /// The age from term by which length and head of a day are judged; nothing where that is the age
  /// from birth.
  private func correctedAge(on day: CivilDate, _ text: MeasurementText) -> String? {
    guard child.ages?.isCorrected(on: day) == true else { return nil }
    return text.ageOfGrowth.map { format.weeks($0) } ?? words["child.before_term"]
  }

  /// The gain beside WHO's, as a second answer next to N and T; nothing without a weight, and from
  /// the age on that the standard does not cover.
  private func velocityBadge(_ position: Int, why: String) -> Fields? {
    let code = WhyVelocity.code(.weight)
    let text = WhyVelocity(child: child, position: position, format: format)
    let (velocity, category): (GrowthVelocity, String?)
    switch record.velocity(.weight, at: position) {
    case .unknown(.notMeasured), .unknown(.outsideStandard): return nil
    case .unknown(let reason):
      return badge(
        code, category: nil, tone: "none",
        value: words["growth.velocity.unknown.\(reason.code)"], z: nil, why: "\(why)#\(code)")
    case .known(let told): (velocity, category) = (told, words["growth.velocity.beside"])
    case .implausible(let told):
      (velocity, category) = (told, words["growth.flags.implausible"])
    }
    return badge(
      code, category: category, tone: "none", value: text.gain(velocity),
      z: velocity.score.map { format.zScore($0.hundredths) }, why: "\(why)#\(code)")
  }

  private func badge(
    _ index: String, category: String?, tone: String, value: String?, z: String?, why: String
  ) -> Fields {
    [
      "index": words["growth.indices.\(index).short"],
      "long": words["growth.indices.\(index).name"],
      "category": category ?? words["growth.categories.none"], "tone": tone, "value": value,
      "z": z, "why_url": why,
    ]
  }

  private func gain(_ month: WeighingMonth) -> String? {
    month.gain.map {
      "\($0.grams > 0 ? "+" : "")\(format.whole($0.grams)) \(words["common.g"])"
    }
  }

  private var charts: [Fields] {
    guard let sex = record.sex else { return [] }
    return GrowthChartList(
      curves: visit.site.curves, format: format, sex: sex, childName: name,
      measurements: Array(zip(record.measurements, texts))
    ).fields
  }

  private func row(_ position: Int, workers: [Identifier: String]) -> Fields {
    let measurement = record.measurements[position]
    let text = texts[position]
    let body = measurement.body
    let mark = marks[position].map(WeighingMark.init)
    let none = words["common.none"]
    return [
      "date": format.date(measurement.occurredOn),
      "age_at": format.age(born: record.birthDate, on: measurement.occurredOn),
      "kms": mark?.letters ?? none, "kms_long": mark.map { words[$0.key] } ?? none,
      "kms_tone": mark?.tone ?? "none",
      "weight": body.weight.map(format.kilograms) ?? none, "wfa": text.cell(.weightForAge),
      "length": body.length.map { format.centimetres($0.centimetres) } ?? none,
      "position": text.position, "lfa": text.cell(.lengthHeightForAge),
      "wfl": text.cell(.weightForLengthHeight), "bfa": text.cell(.bodyMassIndexForAge),
      "head": body.headCircumference.map { format.centimetres($0.centimetres) } ?? none,
      "hfa": text.cell(.headCircumferenceForAge),
      "muac": body.armCircumference.map { format.centimetres($0.centimetres) } ?? none,
      "muac_result": text.status.armCircumference.map {
        ["category": words[$0.key], "tone": $0.tone] as Fields
      },
      "correction": remarks(measurement, text) ?? none,
      "by": child.facts[position]?.fact.recorder.flatMap { workers[$0] } ?? none,
      "why_url": Links.measurement(measurement.fact, of: child.person.id),
    ]
  }

  private func remarks(_ measurement: RecordedMeasurement, _ text: MeasurementText) -> String? {
    var remarks = [text.correction].compactMap(\.self)
    if measurement.body.length != nil || measurement.body.headCircumference != nil,
      let age = correctedAge(on: measurement.occurredOn, text)
    {
      remarks.append(words("child.corrected_short", ["age": age]))
    }
    if measurement.doubts.contains(.heightFell) { remarks.append(words["growth.doubts.height"]) }
    if measurement.doubts.contains(.weightJumped) {
      remarks.append(words["growth.doubts.weight"])
    }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }

  /// Every measurement for a spreadsheet, oldest first.
  func spreadsheet() throws -> Spreadsheet {
    let workers = try workerNames()
    let indices: [(GrowthIndex, String)] = [
      (.weightForAge, "child.wfa"), (.lengthHeightForAge, "child.lfa"),
      (.weightForLengthHeight, "child.wfl"), (.bodyMassIndexForAge, "child.bfa"),
      (.headCircumferenceForAge, "growth.indices.zhc.short"),
      (.armCircumferenceForAge, "growth.indices.zac.short"),
    ]
    var rows: [[Spreadsheet.Cell]] = [
      ["child.date", "child.age", "child.kms", "child.weight", "child.length", "child.position"]
        .map { .text(words[$0]) }
        + [.text(words["child.head"]), .text(words["child.muac"])]
        + indices.flatMap { [.text("\(words[$0.1]) z"), .text(words[$0.1])] }
        + [.text(words["child.notes"]), .text(words["child.by"])]
    ]
    for (position, measurement) in record.measurements.enumerated() {
      let text = texts[position]
      let body = measurement.body
      var row: [Spreadsheet.Cell] = [
        .text(Format.iso(measurement.occurredOn)),
        measurement.ageMonths.map { .count(Int($0.count)) } ?? "",
        .text(marks[position].flatMap { WeighingMark($0).letters } ?? ""),
        .decimal(body.weight?.kilograms, digits: 3),
        .decimal(body.length?.centimetres, digits: 2), .text(text.position ?? ""),
        .decimal(body.headCircumference?.centimetres, digits: 2),
        .decimal(body.armCircumference?.centimetres, digits: 2),
      ]
      for (index, _) in indices {
        let result = text.result(index)
        row.append(.decimal(result?.score.map { Double($0.hundredths) / 100 }, digits: 2))
        row.append(.text(result?.category.map { words[$0] } ?? ""))
      }
      row.append(.text(remarks(measurement, text) ?? ""))
      row.append(
        .text(child.facts[position]?.fact.recorder.flatMap { workers[$0] } ?? ""))
      rows.append(row)
    }
    return Spreadsheet(name: "\(name).csv", rows: rows)
  }
}
