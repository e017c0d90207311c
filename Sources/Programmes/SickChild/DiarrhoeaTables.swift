import Guidance
import Health

extension Criterion {
  /// Two signs of severe dehydration.
  static let isSeverelyDehydrated = Criterion.atLeast(
    2,
    of: [
      DataElement.lethargic.isYes(.today), DataElement.sunkenEyes.isYes(.today),
      DataElement.drinking.isChoice(3, in: .today), DataElement.skinPinch.isChoice(3, in: .today),
    ])
  /// Two signs of dehydration; a graver sign is one of these as well.
  static let isDehydrated = Criterion.atLeast(
    2,
    of: [
      DataElement.restless.isYes(.today) || DataElement.lethargic.isYes(.today),
      DataElement.sunkenEyes.isYes(.today), DataElement.drinking.isChoice(2, 3, in: .today),
      DataElement.skinPinch.isChoice(2, 3, in: .today),
    ])
  /// Diarrhoea at the age of the chart book's first part.
  static let hasChildDiarrhoea = Criterion.isSickChildAge && DataElement.diarrhoea.isYes(.today)

  /// Another class that sends the child to hospital. The danger signs alone are none here: a child
  /// may be drowsy and not drink because it is dry, and water mends that.
  static let hasOtherSevereClass = Criterion.one([
    .classified(.emergency, as: 1), .classified(.cough, as: 1, 4),
    .hasFever && .isSevereFever,
    .classified(.measles, as: 1), .classified(.dengue, as: 1, 2), .classified(.ear, as: 1),
    .classified(.childAnaemia, as: 1), .classified(.malnutritionBeforeSixMonths, as: 1),
    .classified(.malnutrition, as: 1),
  ])
}

extension DecisionTable {
  /// Dehydration of a child with diarrhoea.
  static let dehydration = chartBook(
    204, "dehydration", "diare", for: .hasChildDiarrhoea,
    [
      Row(
        1, "severe_dehydration_beside_severe_illness", .referNow,
        when: .isSeverelyDehydrated && .hasOtherSevereClass, .salineOnTheWay, .goOnBreastfeeding,
        .referNow),
      Row(
        2, "severe_dehydration", .referNow, when: .isSeverelyDehydrated, .planC,
        .assessDehydrationAgain, .referWhereNotInfused, .salineOnTheWay),
      Row(
        3, "some_dehydration_beside_severe_illness", .referNow,
        when: .isDehydrated && .hasOtherSevereClass, .salineOnTheWay, .goOnBreastfeeding,
        .referNow),
      Row(
        4, "some_dehydration", .treat, when: .isDehydrated, .planB, .zinc, .goOnFeeding,
        .sayWhenToReturn),
      Row(
        5, "no_dehydration", .homeCare, when: .always, .planA, .zinc, .goOnFeeding,
        .sayWhenToReturn),
    ])

  private static let isLong = DataElement.diarrhoeaDays.atLeast(.days(14), .today)

  /// Diarrhoea of two weeks and more.
  static let persistentDiarrhoea = chartBook(
    205, "persistent_diarrhoea", "diare 14 hari atau lebih", for: .hasChildDiarrhoea,
    [
      Row(
        1, "severe_persistent_diarrhoea", .referNow,
        when: isLong && .isSeverelyDehydrated || isLong && .isDehydrated,
        .treatDehydrationFirst, .referNow),
      Row(2, "persistent_diarrhoea", .treat, when: isLong, .counselFeeding, .zinc),
    ])

  /// Blood in the stool.
  static let dysentery = chartBook(
    206, "dysentery", "disentri", for: .hasChildDiarrhoea,
    [
      Row(
        1, "dysentery", .treat, when: DataElement.bloodInStool.isYes(.today), .dysenteryAntibiotic,
        .zinc)
    ])

  /// Severe dehydration of a child over two years in an outbreak of cholera.
  static let cholera = chartBook(
    207, "cholera", "dehidrasi berat, wabah kolera",
    for: .hasChildDiarrhoea && .age(from: .months(24))
      && .setting(.choleraOutbreak),
    [Row(1, "cholera_suspected", .treat, when: .isSeverelyDehydrated, .choleraAntibiotic)])
}
