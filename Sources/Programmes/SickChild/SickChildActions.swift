import Guidance

/// What is to be done for sick children. Numbers 200 to 299, 322, 350, 355, 370
/// to 372, 415, 416, 420 and 445 to 448. Amounts stand in the dose tables.
extension CareAction {
  /// Basic life support.
  public static let basicLifeSupport = CareAction(200, "basic_life_support")
  /// Refer to hospital now.
  public static let referNow = CareAction(201, "refer_now")
  /// Free the airway.
  public static let freeAirway = CareAction(202, "free_airway")
  /// Oxygen, 3 to 5 litres a minute.
  public static let oxygenThreeToFive = CareAction(203, "oxygen_three_to_five")
  /// Diazepam where there are fits.
  public static let stopFits = CareAction(204, "stop_fits")
  /// Phenobarbital where a young infant has fits; diazepam only as a doctor says.
  public static let stopInfantFits = CareAction(420, "stop_infant_fits")
  /// Prevent low blood sugar.
  public static let preventLowSugar = CareAction(205, "prevent_low_sugar")
  /// Keep warm.
  public static let keepWarm = CareAction(206, "keep_warm")
  /// Warm the child, measure again within an hour, and refer where it is still cold.
  public static let warmAndMeasureAgain = CareAction(416, "warm_and_measure_again")
  /// Finish the rest of the assessment quickly.
  public static let finishAssessmentQuickly = CareAction(207, "finish_assessment_quickly")
  /// Go on with the assessment.
  public static let goOn = CareAction(208, "go_on")
  /// Oxygen, 1 to 4 litres a minute; 2 to 3 in the edition of 2015.
  public static let oxygenOneToFour = CareAction(209, "oxygen_one_to_four")
  /// First dose of ampicillin and gentamicin, injected.
  public static let firstDoseAntibiotics = CareAction(210, "first_dose_antibiotics")
  /// A bronchodilator where there is wheeze.
  public static let treatWheeze = CareAction(211, "treat_wheeze")
  /// Amoxicillin twice a day for three days; five with HIV.
  public static let amoxicillinForPneumonia = CareAction(212, "amoxicillin_for_pneumonia")
  /// Soothe throat and cough.
  public static let sootheThroat = CareAction(213, "soothe_throat")
  /// Tell the family when to return at once.
  public static let sayWhenToReturn = CareAction(214, "say_when_to_return")
  /// Tell the family when to return at once with an infant under two months.
  public static let sayWhenToReturnWithInfant = CareAction(370, "say_when_to_return_infant")
  /// Refer to be examined for asthma.
  public static let examineForAsthma = CareAction(215, "examine_for_asthma")
  /// Paracetamol.
  public static let paracetamol = CareAction(216, "paracetamol")
  /// Dry the ear by wicking.
  public static let dryEar = CareAction(217, "dry_ear")
  /// Quinolone drops.
  public static let quinoloneDrops = CareAction(218, "quinolone_drops")
  /// Amoxicillin for so many days.
  public static let amoxicillinForEar = CareAction(
    219, "amoxicillin_for_ear", telling: .earAmoxicillinDays)
  /// Go on breastfeeding.
  public static let goOnBreastfeeding = CareAction(220, "go_on_breastfeeding")
  /// Iron for four weeks.
  public static let ironFourWeeks = CareAction(221, "iron_four_weeks")
  /// No iron as long as therapeutic food is given, which has iron in it (WHO, from memory).
  public static let noIronBesideTherapeuticFood = CareAction(
    447, "no_iron_beside_therapeutic_food")
  /// Albendazole if none in six months, from one year on.
  public static let albendazoleIfNone = CareAction(222, "albendazole_if_none")
  /// Test the stool.
  public static let testStool = CareAction(223, "test_stool")
  /// Test for malaria where there is malaria.
  public static let testMalariaIfEndemic = CareAction(224, "test_malaria_if_endemic")
  /// Counsel on feeding.
  public static let counselFeeding = CareAction(225, "counsel_feeding")
  /// Look at feeding under two years.
  public static let checkFeedingUnderTwo = CareAction(226, "check_feeding_under_two")
  /// Plan C: 100 ml/kg of Ringer's lactate into a vein.
  public static let planC = CareAction(227, "plan_c")
  /// Plan C: every 15 to 30 minutes the child is looked at again (WHO, from memory).
  public static let assessDehydrationAgain = CareAction(445, "assess_dehydration_again")
  /// Plan C where no drip can be set within 30 minutes: refer at once; who is trained gives 20 ml/kg
  /// of oral rehydration solution an hour by stomach tube (WHO, from memory).
  public static let referWhereNotInfused = CareAction(446, "refer_where_not_infused")
  /// Plan C of an infant under two months: 30 ml/kg of Ringer's lactate into a vein in one hour, then
  /// 70 ml/kg in five hours.
  public static let infantPlanC = CareAction(322, "infant_plan_c")
  /// Plan B: 75 ml/kg of oral rehydration solution, in so many hours.
  public static let planB = CareAction(228, "plan_b", telling: .planBHours)
  /// Plan A: oral rehydration solution after each loose stool.
  public static let planA = CareAction(229, "plan_a")
  /// Zinc for ten days.
  public static let zinc = CareAction(230, "zinc")
  /// Go on feeding.
  public static let goOnFeeding = CareAction(231, "go_on_feeding")
  /// Oral rehydration solution in sips on the way.
  public static let salineOnTheWay = CareAction(232, "saline_on_the_way")
  /// Treat dehydration unless there is another severe class.
  public static let treatDehydrationFirst = CareAction(233, "treat_dehydration_first")
  /// Cotrimoxazole, then cefixime.
  public static let dysenteryAntibiotic = CareAction(234, "dysentery_antibiotic")
  /// An antibiotic for cholera.
  public static let choleraAntibiotic = CareAction(235, "cholera_antibiotic")
  /// Artesunate where malaria is proven or likely.
  public static let artesunateIfMalaria = CareAction(236, "artesunate_if_malaria")
  /// Test for malaria.
  public static let testMalaria = CareAction(237, "test_malaria")
  /// DHP and primaquine by the result of the laboratory and the tables of the malaria programme.
  public static let malariaMedicine = CareAction(238, "malaria_medicine")
  /// Refer for a malaria test.
  public static let referForMalariaTest = CareAction(239, "refer_for_malaria_test")
  /// Treat the cause of the fever.
  public static let treatCauseOfFever = CareAction(240, "treat_cause_of_fever")
  /// Refer for examination.
  public static let referForExamination = CareAction(241, "refer_for_examination")
  /// Vitamin A in the dose of treatment.
  public static let vitaminATreatment = CareAction(242, "vitamin_a_treatment")
  /// Vitamin A in the dose of treatment on the days on which it is given for measles (chart book,
  /// from memory).
  public static let vitaminAForMeasles = CareAction(448, "vitamin_a_for_measles")
  /// Eye ointment.
  public static let eyeOintmentTreatment = CareAction(243, "eye_ointment_treatment")
  /// Antiseptic for the mouth.
  public static let mouthAntiseptic = CareAction(244, "mouth_antiseptic")
  /// Oxygen, 1 to 2 litres a minute.
  public static let oxygenOneToTwo = CareAction(245, "oxygen_one_to_two")
  /// An isotonic crystalloid into a vein.
  public static let crystalloid = CareAction(246, "crystalloid")
  /// A drip where the child cannot drink or bleeds.
  public static let crystalloidIfCannotDrink = CareAction(247, "crystalloid_if_cannot_drink")
  /// No aspirin or other NSAID.
  public static let noAspirin = CareAction(248, "no_aspirin")
  /// Much to drink, rest at home.
  public static let drinkMuch = CareAction(249, "drink_much")
  /// Refer to hospital as planned care.
  public static let referToHospital = CareAction(250, "refer_to_hospital")
  /// Plot body mass index for age.
  public static let plotBodyMassIndex = CareAction(251, "plot_body_mass_index")
  /// Counsel on diet and activity.
  public static let counselDiet = CareAction(252, "counsel_diet")
  /// Refer if not better after fourteen days.
  public static let referIfNotBetter = CareAction(253, "refer_if_not_better")
  /// Stabilise: antibiotics, sugar, ReSoMal.
  public static let stabiliseMalnutrition = CareAction(254, "stabilise_malnutrition")
  /// Amoxicillin for five days.
  public static let amoxicillinForMalnutrition = CareAction(255, "amoxicillin_for_malnutrition")
  /// Test the appetite and look for complications on the same day, before therapy at home.
  public static let testAppetite = CareAction(350, "test_appetite")
  /// Therapeutic feeding as an outpatient.
  public static let outpatientFeeding = CareAction(256, "outpatient_feeding")
  /// Screen development.
  public static let screenDevelopment = CareAction(257, "screen_development")
  /// Weigh every month.
  public static let weighMonthly = CareAction(258, "weigh_monthly")
  /// Cotrimoxazole prevention, from six weeks of age.
  public static let cotrimoxazolePrevention = CareAction(260, "cotrimoxazole_prevention")
  /// Refer to care, support and treatment.
  public static let referForTreatment = CareAction(261, "refer_for_treatment")
  /// Test the child by virology or serology.
  public static let testChildByAge = CareAction(262, "test_child_by_age")
  /// Treat present infections.
  public static let treatInfections = CareAction(263, "treat_infections")
  /// Offer a test.
  public static let offerTest = CareAction(264, "offer_test")
  /// Antiretroviral prevention under 72 hours of age.
  public static let preventionWithinThreeDays = CareAction(265, "prevention_within_three_days")
  /// First dose of ampicillin and gentamicin of a young infant.
  public static let infantFirstDoseAntibiotics = CareAction(266, "infant_first_dose_antibiotics")
  /// Oxygen, 1 litre a minute.
  public static let oxygenOne = CareAction(267, "oxygen_one")
  /// An open stomach tube where the gut is blocked.
  public static let openStomachTube = CareAction(268, "open_stomach_tube")
  /// Dextrose 10 % into a vein, by those who may.
  public static let sugarDrip = CareAction(269, "sugar_drip")
  /// Amoxicillin by mouth for seven days.
  public static let amoxicillinSevenDays = CareAction(270, "amoxicillin_seven_days")
  /// Amoxicillin by mouth for five days, of a young infant.
  public static let infantAmoxicillinFiveDays = CareAction(355, "infant_amoxicillin_five_days")
  /// Antiseptic for navel and skin.
  public static let antiseptic = CareAction(271, "antiseptic")
  /// Basic care of a young infant.
  public static let basicInfantCare = CareAction(272, "basic_infant_care")
  /// Feed often.
  public static let feedOften = CareAction(273, "feed_often")
  /// Test bilirubin if possible.
  public static let testBilirubin = CareAction(274, "test_bilirubin")
  /// Teach good breastfeeding.
  public static let teachBreastfeeding = CareAction(275, "teach_breastfeeding")
  /// Treat thrush.
  public static let treatThrush = CareAction(276, "treat_thrush")
  /// Praise the mother.
  public static let praise = CareAction(277, "praise")
  /// Teach feeding without breast milk.
  public static let teachSubstitute = CareAction(278, "teach_substitute")
  /// Treat tuberculosis.
  public static let treatTuberculosis = CareAction(279, "treat_tuberculosis")
  /// Preventive treatment of tuberculosis.
  public static let preventTuberculosis = CareAction(280, "prevent_tuberculosis")
  /// Observe for two to four weeks.
  public static let observeTwoToFourWeeks = CareAction(281, "observe_two_to_four_weeks")
  /// Count the breaths a second time, a whole minute, now.
  public static let countBreathsAgainNow = CareAction(282, "count_breaths_again_now")
}
