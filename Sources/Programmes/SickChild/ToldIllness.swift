import Guidance
import Health

extension Criterion {
  /// What somebody who examines nobody can tell of a sick child on the day of a visit: a complaint
  /// or a sign of danger that was answered with yes, or a temperature that is too high or too low for
  /// the age. Where all of it is answered with no, or was not asked, nothing makes the child ill.
  public static let tellsOfIllness = Criterion.one(
    complaints.map { $0.isYesWhereObserved(.today) }
      + signs.map { .any($0, .isYes, .today) }
      + [
        .isSickChildAge && temperature(.atLeast(.setting(.feverFrom))),
        .isSickChildAge && temperature(.below(.setting(.childColdBelow))),
        .isYoungInfant && temperature(.atLeast(.setting(.infantFeverFrom))),
        .isYoungInfant && temperature(.below(.setting(.infantColdBelow))),
      ])

  /// The main symptoms, of both parts of the chart book.
  private static let complaints: [DataElement] = [
    .coughOrHardBreathing, .diarrhoea, .fever, .earProblem, .jaundice,
  ]
  /// The signs of danger that a family can tell. One that was seen on that day counts, though a later
  /// form of the day says no.
  private static let signs: [DataElement] = [
    .cannotDrink, .vomitsAll, .fits, .lethargic, .notSuckling, .hardlyMoves,
  ]

  private static func temperature(_ comparison: Comparison) -> Criterion {
    .whereObserved(.temperature, comparison, .today)
  }
}
