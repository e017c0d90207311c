"""WHO's antenatal decision tables as this project reads them, and what Indonesia's rules say.

WHO: Digital adaptation kit for antenatal care, WHO/SRH/21.2, decision tables ANC.DT.01 to 38 and
data elements ANC.B6 and B8; the numbers below are theirs, the words and the code are not. Each
function answers for one contact with what was observed at that contact.

Indonesia: the figures of Sources/Programmes/Pregnancy, written down a second time. Answers are
True, False or None for "nobody knows".
"""

# ANC.DT.25: the second trimester is 13 to 27 completed weeks.
SECOND_TRIMESTER = range(13, 28)


def three_valued_or(answers):
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def three_valued_and(answers):
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def at_least(value, figure):
    return None if value is None else value >= figure


def negation(answer):
    return None if answer is None else not answer


# WHO ---------------------------------------------------------------------------------------------

def who_anaemia(seen, weeks):
    """ANC.DT.25: by this contact's haemoglobin; where none was done, by pallor."""
    if "haemoglobin" in seen:
        limit = 105 if weeks in SECOND_TRIMESTER else 110
        both = {figure < limit for figure in seen["haemoglobin"]}
        assert len(both) == 1, seen
        return "anaemia" if both.pop() else "no_anaemia"
    if "pallor" not in seen:
        return None
    return "anaemia" if seen["pallor"][0] else "no_anaemia"


def who_pressure(first, again, symptoms, protein, sheet):
    """ANC.DT.17: high only where both measurements are; sheet is WHO's own word of the case.

    The table as it is printed calls ++ of protein without symptoms severe in six rows and
    pre-eclampsia in seven others; WHO's sheet of cases says pre-eclampsia.
    """
    if first is None:
        return None
    high = first[0] >= 140 or first[1] >= 90
    if not high:
        return "normal"
    assert again is not None, "a second measurement is missing"

    def both(systolic, diastolic):
        return ((first[0] >= systolic and again[0] >= systolic)
                or (first[1] >= diastolic and again[1] >= diastolic))

    if not both(140, 90):
        return "normal"
    if symptoms:
        return "severe_preeclampsia"
    if protein >= 4:
        assert sheet, "the table alone does not decide"
        return "preeclampsia"
    return "severe_hypertension" if both(160, 110) else "hypertension"


def who_preeclampsia_risk(seen, fetuses):
    """ANC.DT.27."""
    risks = [seen[name][0] for name in
             ("preeclampsia_before", "autoimmune_disease", "diabetes", "chronic_hypertension",
              "kidney_disease") if name in seen]
    return "risk" if any(risks) or (fetuses or 0) >= 2 else "no_risk"


def who_diabetes(seen):
    """ANC.DT.23, without the value after one hour, which no case has as high as 180."""
    glucose = [seen.get(name) for name in
               ("fasting_glucose", "glucose_after_two_hours", "blood_glucose")]
    if not any(glucose):
        return None
    fasting, after, random = ((figures or [0])[0] for figures in glucose)
    if fasting >= 126 or after >= 200 or random >= 200:
        return "diabetes"
    return "gestational_diabetes" if fasting >= 92 or after >= 153 else "no_diabetes"


def who_infection(seen):
    """ANC.DT.18, 19 and 21: HIV, hepatitis B, syphilis."""
    results = [seen[name][0] for name in ("hiv_test", "hepatitis_b_test", "syphilis_test")
               if name in seen]
    if not results:
        return None
    return "infection" if 2 in results else "no_infection"


def who_body_mass(index):
    """ANC.B8.DE4 to DE14: hundredths of kg/m² before the pregnancy."""
    assert index != 3000, "WHO says nothing of 30.0"
    return ("underweight" if index < 1850 else "normal" if index < 2500
            else "overweight" if index < 3000 else "obese")


def who_fetal_heart(seen, weeks):
    """ANC.DT.04 and 06: 100 to 180 a minute; asked from 20 weeks on."""
    if "fetal_heart_rate" not in seen:
        return None
    if weeks < 20:
        return "not_judged"
    return "normal" if 100 <= seen["fetal_heart_rate"][0] <= 180 else "abnormal"


# ANC.DT.01 and DT.06: what WHO sends to a hospital for, as far as the project has an element.
WHO_DANGERS = ("bleeding", "fever_two_days", "vomits_all", "fits", "short_of_breath",
               "waters_broke")

# Indonesia ---------------------------------------------------------------------------------------

# What the Buku KIA 2024 sends for, as far as WHO's cases tell of it.
DANGERS = WHO_DANGERS + ("headache_blurred_sight", "severe_abdominal_pain", "swollen_face_hands",
                         "urine_pain_or_discharge", "few_movements")


def anaemia(known, seen_at):
    """PPK 2022 (haemoglobin of the pregnancy); WHO's limit by trimester as it cites it.

    seen_at holds the day of gestation of each value: haemoglobin is judged by that of its sample,
    and pallor that is seen 28 days after it or later outranks what is no anaemia by it.
    """
    pale = known.get("pallor", [0])[0]
    if "haemoglobin" in known:
        tested = seen_at["haemoglobin"]
        limit = 105 if 91 <= tested < 196 else 110
        names = {"severe_anaemia" if figure < 70 else "moderate_anaemia" if figure < 100
                 else "mild_anaemia" if figure < limit else "no_anaemia"
                 for figure in known["haemoglobin"]}
        assert len(names) == 1, known
        name = names.pop()
        if name != "no_anaemia" or not pale or seen_at["pallor"] < tested + 28:
            return name
    return "pale_without_recent_haemoglobin" if pale else "unknown"


def pressure(seen, days):
    """PPK 2022: protein from +1 is preeclampsia; not before 20 weeks."""
    if "systolic_pressure" not in seen:
        return None
    systolic, diastolic = seen["systolic_pressure"][0], seen["diastolic_pressure"][0]
    protein = seen.get("urine_protein", [0])[0]
    signs = any(seen.get(name, [0])[0] for name in
                ("headache_blurred_sight", "severe_abdominal_pain", "fits", "short_of_breath"))
    severe, high = systolic >= 160 or diastolic >= 110, systolic >= 140 or diastolic >= 90
    late = days >= 140
    if late and ((severe and protein >= 4) or (high and signs)):
        return "severe_preeclampsia_class"
    if severe:
        return "severe_hypertension"
    if late and high and protein >= 3:
        return "preeclampsia_class"
    return "hypertension" if high else "normal_pressure"


def preeclampsia_risk(known, figures, days, age):
    """PNPK 2016: a high risk, or two moderate ones."""
    def asked(name):
        return bool(known[name][0]) if name in known else None

    again = at_least(figures.get("gravida"), 2)
    mean = None
    if "systolic_pressure" in known:
        mean = (known["systolic_pressure"][0] + 2 * known["diastolic_pressure"][0] + 2) // 3
    protein = known.get("urine_protein", [None])[0]
    moderate = [
        three_valued_and([again, None]),
        at_least(age, 35),
        three_valued_and([again, None]),
        at_least(figures.get("body_mass"), 3001),
        None,
        three_valued_or([negation(again), negation(at_least(figures.get("para"), 1))]),
        None,
        three_valued_and([days < 140, at_least(mean, 91)]),
        None if protein is None else protein in (3, 4, 5),
    ]
    high = [asked(name) for name in ("preeclampsia_before", "diabetes", "chronic_hypertension",
                                     "kidney_disease", "autoimmune_disease")]
    high += [at_least(figures.get("fetuses"), 2), None]
    if True in high or moderate.count(True) >= 2:
        return "preeclampsia_likely"
    return "preeclampsia_one_risk" if True in moderate else "unknown"


def diabetes(known, seen_at):
    """WHO's limits; that there is none is said only after both values, of 24 weeks or later.

    seen_at holds the day of gestation of each value.
    """
    values = {name: known[name][0] for name in
              ("fasting_glucose", "glucose_after_two_hours", "blood_glucose") if name in known}
    fasting, after = values.get("fasting_glucose"), values.get("glucose_after_two_hours")
    if (fasting or 0) >= 126 or (after or 0) >= 200 or values.get("blood_glucose", 0) >= 200:
        return "diabetes_found"
    if (fasting or 0) >= 92 or (after or 0) >= 153:
        return "diabetes_of_pregnancy"
    if fasting is None or after is None:
        return "unknown"
    tested = min(seen_at["fasting_glucose"], seen_at["glucose_after_two_hours"])
    return "no_diabetes" if tested >= 168 else "glucose_normal_so_far"


def infection(known):
    """KMK 2015/2023: three infections; none only where all three were tested."""
    results = [known[name][0] if name in known else None
               for name in ("hiv_test", "syphilis_test", "hepatitis_b_test")]
    return ("infection_found" if 2 in results else "unknown" if None in results
            else "no_infection")


def body_mass(index):
    """Buku KIA 2024, with the kilograms to gain."""
    return (("thin_before", "gain_12_to_18") if index < 1850
            else ("normal_before", "gain_11_to_16") if index < 2500
            else ("overweight_before", "gain_7_to_11") if index < 3000
            else ("obese_before", "gain_5_to_9"))


def dangers(seen, days):
    """Buku KIA 2024: fewer movements count from 24 weeks."""
    return tuple(name for name in DANGERS if seen.get(name, [0])[0]
                 and (name != "few_movements" or days >= 168))


def beginning(period, scan, scanned):
    """The period, unless an ultrasound before 24 weeks differs by more than seven days."""
    if scan is None:
        return period, "period"
    by_scan = scanned.toordinal() - scan
    if period is None or (scan < 168 and abs(by_scan - period.toordinal()) > 7):
        return type(scanned).fromordinal(by_scan), "ultrasound"
    return period, "period"
