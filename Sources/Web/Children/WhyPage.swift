import Foundation
import Health
import Journal
import Programmes
import Services

/// Why a measurement has its statuses: rule, edition, inputs, LMS row, and where it came from.
struct WhyPage {
  private let visit: Visit
  private let child: ChildGrowth
  private let history: FactHistory
  private let text: MeasurementText
  private let age: AgeInDays?

  private var words: Words { visit.words }
  private var format: Format { visit.format }
  private var fact: Fact { history.fact.fact }

  init(_ visit: Visit, child: ChildGrowth, fact id: Identifier) throws {
    guard let history = try visit.district.history(of: id),
      history.fact.fact.subject == child.person.id, history.fact.fact.kind == .measurement,
      let body = WhyPage.body(of: history.fact.fact)
    else { throw PageProblem.notFound }
    self.visit = visit
    self.child = child
    self.history = history
    let day = history.fact.fact.occurredOn
    let born = child.record.birthDate.flatMap { $0 <= day ? $0 : nil }
    age = born.map { day - $0 }
    text = MeasurementText(
      body, sex: child.record.sex, age: age, months: born.map { day.completedMonths(since: $0) },
      format: visit.format, settings: visit.district.settings)
  }

  private static func body(of fact: Fact) -> MeasurementBody? {
    fact.body.withUnsafeBufferPointer { bytes in
      do throws(WireError) { return try MeasurementBody(bytes) } catch { return nil }
    }
  }

  func rendering() throws -> Rendering {
    let name = visit.name(of: child.person)
    let date = format.date(fact.occurredOn)
    let place = child.person.place.flatMap { visit.tree.places[$0] }
    let explained = WhyIndices(
      visit: visit, child: child, fact: fact, text: text, age: age)
    let parts = [
      words["sexes.\(child.record.sex?.code ?? "unknown")"],
      format.age(born: child.record.birthDate, on: fact.occurredOn),
    ]
    let measures = [
      text.value(.weightForAge),
      text.value(.lengthHeightForAge).map { "\($0) \(text.position ?? "")" },
    ]
    let fields: Fields = [
      "heading": "\(name), \(date)",
      "subheading": ([parts.joined(separator: ", ")] + measures.compactMap(\.self))
        .joined(separator: " · "),
      "child_url": Links.child(child.person.id), "indices": explained.fields,
      "provenance": provenance, "has_history": !relations.isEmpty, "history": relations,
    ]
    return Rendering(
      template: "why", title: words["why.title"],
      crumbs: (place.map { visit.crumbs(to: $0) } ?? []) + [
        Crumb(name: name, url: Links.child(child.person.id)), Crumb(name: date),
      ], focus: place.map { ($0, visit.snapshot.openingMonth) }, fields: fields)
  }

  private var provenance: [Fields] {
    func entry(_ key: String, _ value: String?, mono: Bool = false) -> Fields {
      ["name": words["why.\(key)"], "value": value ?? words["common.none"], "mono": mono]
    }
    let place = fact.place.flatMap { visit.tree.places[$0] }
    return [
      entry("measured_by", history.recorderName),
      entry("place", place.map { visit.named($0) }),
      entry("occurred", format.date(fact.occurredOn)),
      entry("recorded", format.moment(fact.recordedAt)),
      entry("from", origin),
      entry("settings", visit.district.edition.title),
      entry("fact", fact.id.text, mono: true),
      entry("sequence", format.whole(history.fact.sequence), mono: true),
      entry("hash", WhyPage.grouped(history.fact.chain.hexadecimal), mono: true),
    ]
  }

  /// The file and line, or the device.
  private var origin: String? {
    guard let file = history.fileName else { return fact.device?.text }
    guard let line = text.body.sourceLine else { return file }
    return words("why.file_line", ["file": file, "line": format.whole(line)])
  }

  private static func grouped(_ hexadecimal: String) -> String {
    stride(from: 0, to: min(32, hexadecimal.count), by: 4).map {
      String(hexadecimal.dropFirst($0).prefix(4))
    }.joined(separator: " ")
  }

  private var relations: [Fields] {
    let older = history.replaces.map { relation("why.replaces", $0) }
    return [older].compactMap(\.self) + history.replacedBy.map { relation("why.replaced_by", $0) }
  }

  private func relation(_ key: String, _ other: StoredFact) -> Fields {
    let moment = format.moment(other.fact.recordedAt)
    guard other.fact.kind == .measurement else {
      return ["relation": words[key], "text": words("why.withdrawn", ["moment": moment])]
    }
    let weight = WhyPage.body(of: other.fact)?.weight.map {
      " (\(format.kilograms($0)) \(words["common.kg"]))"
    }
    return [
      "relation": words[key],
      "url": Links.measurement(other.fact.id, of: child.person.id),
      "text": words("why.record_of", ["moment": moment]) + (weight ?? ""),
    ]
  }
}
