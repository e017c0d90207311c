import Guidance
import Health
import Programmes
import Services

/// Main symptoms that were told at a visit and not asked about to the end: nothing can be said of
/// them, so that they stand before all that was found but what is referred.
extension CareRows {
  /// So many questions are named; of the others it is said how many they are.
  private static let mostNamed = 6

  /// The tables of those symptoms that cannot tell their class, and a line for each symptom.
  var unfinished: (tables: Set<UInt16>, lines: [CareLine]) {
    var (numbers, lines): (Set<UInt16>, [CareLine]) = ([], [])
    for symptom in MainSymptom.all {
      var evaluation = care.evaluation
      guard let first = symptom.tables.first, first.isAsked(&evaluation) else { continue }
      let tables = symptom.tables.filter { table in
        care.plan.classes.contains { planned in
          guard planned.table == table.number, case .unknown = planned.answer else { return false }
          return true
        }
      }
      guard !tables.isEmpty else { continue }
      numbers.formUnion(tables.map(\.number))
      let fields = why(
        first.source, marks.book.chapter(ofTable: first.number), "table-\(first.number)"
      ).merging([
        // A kader examines no pulse and no nails: somebody who does is to see the child.
        "class": text.isForKader == true
          ? words["care.kader_unfinished"]
          : words(
            "care.unfinished", ["what": named(missing(of: tables, asking: symptom.questions))])
      ])
      let name = symptom.element.map(text.element) ?? words["care.tables.\(first.name)"]
      lines.append(CareLine(name, .poor, urgency: .treat, fields))
    }
    return (numbers, lines)
  }

  /// What these tables wait for: the symptom's own questions, or all where those are answered.
  private func missing(of tables: [DecisionTable], asking questions: [DataElement]) -> [Missing] {
    var all: [Missing] = []
    for table in tables {
      var evaluation = care.evaluation
      guard table.isAsked(&evaluation) else {
        // Whether it is asked at all waits for this.
        for case .unknown(let missing) in care.plan.classes.filter({ $0.table == table.number })
          .map(\.answer)
        where !all.contains(missing) { all.append(missing) }
        continue
      }
      for missing in table.open(&evaluation)?.missing ?? [] where !all.contains(missing) {
        all.append(missing)
      }
    }
    let own = questions.map { Missing.element($0.code) }.filter(all.contains)
    return own.isEmpty ? all : own
  }

  private func named(_ missing: [Missing]) -> String {
    let names = missing.prefix(CareRows.mostNamed).map(text.missing).joined(separator: ", ")
    let more = missing.count - CareRows.mostNamed
    return more > 0
      ? words("care.unfinished_more", ["names": names, "count": "\(more)"]) : names
  }
}
