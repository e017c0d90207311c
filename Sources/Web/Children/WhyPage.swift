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
  private var provenance: FactProvenance {
    FactProvenance(visit: visit, history: history, line: text.body.sourceLine)
  }

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
      body, sex: child.record.sex, age: age,
      ageOfGrowth: born.flatMap { _ in child.ages?.age(on: day) },
      months: born.map { day.completedMonths(since: $0) }, format: visit.format,
      settings: visit.district.settings)
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
      "provenance": provenance.fields(recordedBy: "measured_by", occurred: "occurred"),
      "has_history": !relations.isEmpty, "history": relations,
    ]
    let marks = try visit.ruleMarks()
    return Rendering(
      template: "why", title: words["why.title"],
      crumbs: (place.map { visit.crumbs(to: $0) } ?? []) + [
        Crumb(name: name, url: Links.child(child.person.id)), Crumb(name: date),
      ], focus: place.map { ($0, visit.snapshot.openingMonth) },
      fields: fields.merging(
        marks.fields(marks.book.chapter(GuidelineBook.growthCode), "rules")))
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
