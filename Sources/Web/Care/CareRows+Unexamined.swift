import Guidance
import Health
import Programmes
import Services

/// A sick child whom only a kader saw: nobody examined it, so that the tables of the chart book say
/// nothing.
extension CareRows {
  /// What is told in the place of those tables, and which of them are not told as open; nothing
  /// where somebody examined the child, or nobody saw it.
  ///
  /// Where a kader was told of an illness, a midwife is to see the child on the same day (no MTBS at
  /// the Posyandu): a kader brings it, whoever examines does so. A well child has no such line, and a
  /// kader, who classifies nobody, reads of no class.
  var unexamined: (hidden: Set<UInt16>, line: CareLine?)? {
    let tables = care.plan.classes.compactMap { planned -> DecisionTable? in
      guard case .unknown = planned.answer, let table = book.tables[planned.table],
        case .lastVisit(let purpose, _) = table.moment, purpose.contains(.sickChild)
      else { return nil }
      return table
    }
    let visits = care.record.contacts.filter { $0.purposes.contains(.sickChild) }
    let last = visits.last.map { last in visits.filter { $0.on == last.on } } ?? []
    guard let first = tables.first, last.allSatisfy({ $0.performer == .kader }) else { return nil }
    var evaluation = care.evaluation
    let told =
      evaluation.explain(.tellsOfIllness, atLastVisitFor: .sickChild)?.parts
      .filter { $0.answer == .yes } ?? []
    let isHidden = !told.isEmpty || text.isForKader == true
    return (
      isHidden ? Set(tables.map(\.number)) : [],
      told.isEmpty ? nil : line(telling: told, as: first)
    )
  }

  /// That the child is to be seen today, for what, and by which answers.
  private func line(telling told: [Explanation], as table: DecisionTable) -> CareLine {
    let isBrought = text.isForKader == true
    var named: [DataElement] = []
    for element in told.compactMap({ $0.firstObservation?.element }).compactMap({
      book.elements[$0]
    }) where !named.contains(element) { named.append(element) }
    let what = named.map(text.element).joined(separator: ", ")
    let name = words["care.seen_by_kader.name"]
    let fields = why(
      table.source, marks.book.chapter(ofTable: table.number), "table-\(table.number)"
    ).merging([
      "class": words(
        "care.seen_by_kader.\(isBrought ? "class" : "class_to_examine")", ["what": what]),
      "reasons": told.flatMap(reasons),
    ])
    let reason = words("care.seen_by_kader.alarm", ["what": what])
    return CareLine(
      name, isBrought ? .bad : .poor, urgency: isBrought ? .refer : .treat,
      alarm: isBrought ? Alarm(.refer, [], for: reason) : Alarm(examining: reason), fields)
  }
}

extension Explanation {
  /// What it, or the first of its parts that was, is answered by.
  fileprivate var firstObservation: Observation? {
    observation ?? parts.lazy.compactMap(\.observation).first
  }
}
