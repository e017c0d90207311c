#!/usr/bin/env python3
"""Writes Tests/Fixtures/antenatal from WHO's test cases of antenatal care.

    make.py SOURCE            write who-women.csv and who-outcomes.csv
    make.py SOURCE --check    write nothing; exit code 1 if a committed file is another one

SOURCE is the sheet "TestCases" of WHO's "ANC Test Cases.xlsx" as CSV. Only figures and the names of
the project's own elements, classes and rules are written. tables.py holds the decision tables; an
outcome that is neither the same nor explained by a named rule stops the script.
"""

import argparse
import collections
import csv
import datetime
import io
import pathlib
import sys

import tables

FIXTURES = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "Fixtures" / "antenatal"
DAY = datetime.timedelta(days=1)

# Columns of WHO's sheet, from 0; the names in braces in its first line are longer.
STAMP, NUMBER, NAME, BIRTH, AGE, COMPLAINT, DANGER = 0, 1, 4, 7, 8, 10, 11
PERIOD, TOLD_WEEKS, SCAN_DAY, SCAN_WEEKS, SCAN_DAYS = 16, 17, 19, 20, 21
FUNDAL_WEEKS, CHOSEN = 22, 23
GRAVIDA, LOSSES, LIVE, STILL, CAESAREANS, PAST, CONDITIONS = 24, 25, 26, 27, 28, 29, 33
RETURN_WEEKS, PAIN_SIGNS, OTHER_SIGNS, MOVEMENT = 45, 47, 49, 50
BEFORE, HEIGHT, WEIGHT, SYSTOLIC, DIASTOLIC = 51, 52, 53, 54, 55
PALLOR, BREATHING, PELVIC, OEDEMA, HEART_RATE, FETUSES, LIE = 59, 60, 65, 69, 74, 75, 76
SYSTOLIC_2, DIASTOLIC_2, SEVERE, PROTEIN_2 = 77, 78, 79, 80
LATER_SCAN_DAY, LATER_SCAN_WEEKS, LATER_SCAN_DAYS, SCAN_FETUSES = 82, 83, 84, 85
GROUP, RHESUS, HIV, HEPATITIS, SYPHILIS = 90, 91, 93, (97, 98, 99), (105, 106, 107)
PROTEIN, GLUCOSE_URINE, FASTING, AFTER, RANDOM = 113, 114, (116, 117), 119, 120
HAEMOGLOBIN = (122, 123, 124)
SHEET = 127

# WHO's cases give classes of figures; the least and the greatest of each are entered.
HAEMOGLOBIN_RANGES = {"<10,5": (100, 104), "10,6-10,9": (106, 109), ">=11": (110, 130)}
GLUCOSE_RANGES = {"< 92": (70, 91), "92-125": (92, 125), "126-152": (126, 152),
                  "153-179": (153, 179), "180-199": (180, 199), ">=200": (200, 250)}

ELEMENTS = (
    "weight length_or_height systolic_pressure diastolic_pressure haemoglobin fetal_heart_rate "
    "presentation urine_protein urine_glucose blood_group rhesus_factor hiv_test syphilis_test "
    "hepatitis_b_test blood_glucose fasting_glucose glucose_after_two_hours "
    "weight_before_pregnancy pallor fever_two_days headache_blurred_sight severe_abdominal_pain "
    "bleeding waters_broke few_movements swollen_face_hands vomits_all fits short_of_breath "
    "urine_pain_or_discharge caesarean_before pulled_birth_before preeclampsia_before "
    "chronic_hypertension kidney_disease autoimmune_disease diabetes").split()
WOMEN = ("contact woman number day born last_period scan_days scanned_on gravida para losses "
         "fetuses").split() + ELEMENTS
OUTCOMES = "contact group who decision sheet expected action rule".split()

# What WHO's own sheet says of a case, by group of outcomes.
SHEET_WORDS = {
    "anaemia": ("Anaemia diagnosis",), "pressure": ("Pre-eclampsia:",),
    "preeclampsia_risk": ("Pre-eclampsia risk",),
    "diabetes": ("Gestational Diabetes Mellitus", "Diabetes Mellitus in pregnancy"),
    "infection": ("HIV positive", "Hepatitis B positive", "Syphilis positive"),
    "body_mass": ('"Underweight" OR',), "twins": ("Multiple fetuses",),
    "caesarean_before": ("Previous C-section",), "weight_gain": ("excessive weight gain",),
    "danger": ("Any Danger sign",)}

# Which of the project's classes say the same as a class of WHO's.
SAME = {
    "anaemia": {"anaemia": ("mild_anaemia", "moderate_anaemia", "severe_anaemia",
                            "pale_without_recent_haemoglobin"),
                "no_anaemia": ("no_anaemia",)},
    "pressure": {"normal": ("normal_pressure",), "hypertension": ("hypertension",),
                 "severe_hypertension": ("severe_hypertension",),
                 "preeclampsia": ("preeclampsia_class",),
                 "severe_preeclampsia": ("severe_preeclampsia_class",)},
    "preeclampsia_risk": {"risk": ("preeclampsia_likely",), "no_risk": ("preeclampsia_unlikely",)},
    "diabetes": {"diabetes": ("diabetes_found",), "no_diabetes": ("no_diabetes",),
                 "gestational_diabetes": ("diabetes_of_pregnancy",)},
    "infection": {"infection": ("infection_found",), "no_infection": ("no_infection",)},
    "body_mass": {"underweight": ("thin_before",), "normal": ("normal_before",),
                  "overweight": ("overweight_before",), "obese": ("obese_before",)},
    "fetal_heart": {"normal": ("fetal_heart_normal",), "abnormal": ("fetal_heart_abnormal",)}}

# Until when aspirin may be begun: half of the pregnancy.
ASPIRIN_DAYS = 140

# The action that answers WHO's.
ACTIONS = {
    "mild_anaemia": "iron_against_anaemia", "moderate_anaemia": "iron_against_anaemia",
    "pale_without_recent_haemoglobin": "iron_against_anaemia", "no_anaemia": "iron_daily",
    "severe_preeclampsia_class": "refer_to_hospital_now",
    "preeclampsia_class": "refer_to_hospital_now",
    "preeclampsia_likely": "plan_referral",
    "diabetes_found": "refer_to_doctor", "diabetes_of_pregnancy": "refer_to_doctor",
    "infection_found": "treat_and_protect_child",
    "fetal_heart_abnormal": "count_fetal_heart_again"}


def number(text, scale=1):
    return round(float(text.strip("+ ")) * scale) if text.strip() else None


def day(text):
    return datetime.date.fromisoformat(text[:10]) if text.strip() else None


def scan(fields, on, weeks, days):
    """Days of gestation by an ultrasound, and its day as it is written."""
    if not fields[weeks].strip():
        return None
    return number(fields[weeks]) * 7 + (number(fields[days]) or 0), day(fields[on])


def plain(figures):
    return str(figures[0]) if len(figures) == 1 else f"{figures[0]}..{figures[1]}"


class Contact:
    """One line of WHO's sheet in the project's elements and units."""

    def __init__(self, fields):
        self.fields = fields
        self.name = fields[NAME].strip().replace("badlwin", "baldwin")
        self.number = int(fields[NUMBER])
        last = self.name.rpartition("-")[2]
        self.woman = self.name.rpartition("-")[0] if last.isdigit() else self.name
        if self.woman == "jeena-baldwin":
            # WHO numbered the lines of this woman against her contacts.
            self.name = f"{self.woman}-{self.number}"
        self.seen = {}
        self.told = {}
        self.read_profile()
        self.read_body()
        self.read_signs()
        self.read_tests()

    def has(self, column, *words):
        return any(word in self.fields[column] for word in words)

    def see(self, element, *figures):
        assert element in ELEMENTS, element
        if None not in figures:
            self.seen[element] = figures

    def read_profile(self):
        fields = self.fields
        for figure, column in (("gravida", GRAVIDA), ("losses", LOSSES)):
            if fields[column].strip():
                self.told[figure] = number(fields[column])
        births = [number(fields[column]) for column in (LIVE, STILL)]
        if any(count is not None for count in births):
            self.told["para"] = sum(count or 0 for count in births)
        fetuses = [int(part) for column in (FETUSES, SCAN_FETUSES)
                   for part in fields[column].replace(",", " ").split() if part.isdigit()]
        if fetuses:
            self.told["fetuses"] = max(fetuses)
        self.has_profile = bool(fields[PAST].strip())
        if self.has_profile:
            # Convulsions of an earlier pregnancy are entered as what they are a sign of.
            self.see("preeclampsia_before", int(self.has(PAST, "Pre-eclampsia", "Convulsions")))
            self.see("pulled_birth_before", int(self.has(PAST, "Forceps")))
        if fields[CAESAREANS].strip():
            self.see("caesarean_before", int(number(fields[CAESAREANS]) > 0))
        if fields[CONDITIONS].strip() and not self.has(CONDITIONS, "Don't know"):
            for element, word in (("chronic_hypertension", "Hypertension"),
                                  ("kidney_disease", "Kidney"), ("diabetes", "Diabetes"),
                                  ("autoimmune_disease", "Autoimmune")):
                self.see(element, int(self.has(CONDITIONS, word)))

    def read_body(self):
        fields = self.fields
        self.see("weight", number(fields[WEIGHT], 1000))
        self.see("weight_before_pregnancy", number(fields[BEFORE], 1000))
        height = number(fields[HEIGHT], 10_000)
        # Two heights are written in centimetres.
        self.see("length_or_height", height // 100 if height and height > 25_000 else height)
        self.first = (number(fields[SYSTOLIC]), number(fields[DIASTOLIC]))
        self.first = None if None in self.first else self.first
        again = (number(fields[SYSTOLIC_2]), number(fields[DIASTOLIC_2]))
        self.again = None if None in again else again
        # What counts for WHO is the second measurement after rest; a visit holds one.
        for element, figure in zip(("systolic_pressure", "diastolic_pressure"),
                                   self.again or self.first or ()):
            self.see(element, figure)
        self.see("fetal_heart_rate", number(fields[HEART_RATE]))
        lies = {"Cephalic": 1, "Pelvic": 2, "Transverse": 3}
        self.see("presentation", lies.get(fields[LIE].strip("; ")))
        if fields[PALLOR].strip():
            self.see("pallor", int(self.has(PALLOR, "Yes")))

    def read_signs(self):
        complaint = self.fields[COMPLAINT]
        if self.fields[DANGER].strip():
            for element, word in (("bleeding", "Bleeding"), ("fever_two_days", "Fever"),
                                  ("vomits_all", "Severe vomiting"), ("fits", "Convuls"),
                                  ("headache_blurred_sight", "Severe headache"),
                                  ("severe_abdominal_pain", "Severe abdominal")):
                self.see(element, int(self.has(DANGER, word)))
        if self.has(OTHER_SIGNS, "Vaginal bleeding"):
            self.see("bleeding", 1)
        if self.fields[SEVERE].strip():
            self.see("headache_blurred_sight", int(self.has(SEVERE, "headache", "vision")))
            self.see("severe_abdominal_pain", int(self.has(SEVERE, "Epigastric")))
        if self.fields[BREATHING].strip() or "breath" in complaint:
            self.see("short_of_breath", int(self.has(BREATHING, "Dyspnoea", "Rapid", "Slow")
                                            or "breath" in complaint))
        if self.fields[PAIN_SIGNS].strip() or "dysuria" in complaint:
            self.see("urine_pain_or_discharge", int(self.has(PAIN_SIGNS, "dysuria")
                                                    or "dysuria" in complaint))
        if self.fields[MOVEMENT].strip():
            self.see("few_movements", int(not self.has(MOVEMENT, "Normal")))
        if self.fields[OEDEMA].strip():
            self.see("swollen_face_hands", int(self.has(OEDEMA, "hands")))
        if self.has(PELVIC, "amniotic"):
            self.see("waters_broke", 1)

    def read_tests(self):
        fields = self.fields
        marks = {"None": 1, "+": 3, "++": 4, "+++": 5, "++++": 5}
        protein = fields[PROTEIN_2].strip("; ") or fields[PROTEIN].strip()
        self.see("urine_protein", marks.get(protein))
        self.see("urine_glucose", {"None": 1, "++": 2}.get(fields[GLUCOSE_URINE].strip()))
        self.see("blood_group", {"A": 1, "B": 2, "AB": 3, "O": 4}.get(fields[GROUP].strip()))
        results = {"Positive": 2, "Negative": 1}
        self.see("rhesus_factor", {"Positive": 1, "Negative": 2}.get(fields[RHESUS].strip()))
        for element, columns in (("hiv_test", (HIV,)), ("hepatitis_b_test", HEPATITIS),
                                 ("syphilis_test", SYPHILIS)):
            found = [results[fields[column].strip()] for column in columns
                     if fields[column].strip() in results]
            if found:
                self.see(element, max(found))
        for element, columns, ranges in (
                ("haemoglobin", HAEMOGLOBIN, HAEMOGLOBIN_RANGES),
                ("fasting_glucose", FASTING, GLUCOSE_RANGES),
                ("glucose_after_two_hours", (AFTER,), GLUCOSE_RANGES),
                ("blood_glucose", (RANDOM,), GLUCOSE_RANGES)):
            found = [fields[column].strip() for column in columns if fields[column].strip()]
            if found:
                self.see(element, *ranges[found[0]])


class Woman:
    """The contacts of one woman with their days and what dates the pregnancy."""

    def __init__(self, contacts):
        self.contacts = sorted(contacts, key=lambda contact: contact.number)
        first = self.contacts[0]
        fields = first.fields
        stamp, self.period = day(fields[STAMP]), day(fields[PERIOD])
        self.period_is_reckoned = False
        told = number(fields[TOLD_WEEKS])
        first.day, self.day_is_reckoned = stamp, False
        self.scan = (scan(fields, SCAN_DAY, SCAN_WEEKS, SCAN_DAYS)
                     or scan(fields, LATER_SCAN_DAY, LATER_SCAN_WEEKS, LATER_SCAN_DAYS))
        if self.period and told is not None and abs((stamp - self.period).days // 7 - told) > 2:
            # The form was filled in long before or after the day that it speaks of.
            first.day, self.day_is_reckoned = self.period + 7 * told * DAY, True
        if not self.period and not (self.scan and fields[CHOSEN] == "Using ultrasound"):
            self.period_is_reckoned = True
            self.period = stamp - 7 * (told or number(fields[RETURN_WEEKS])) * DAY
        if self.scan:
            self.scan = (self.scan[0], min(self.scan[1] or first.day, first.day))
        self.choose(fields[CHOSEN])
        self.date_returns()
        self.born = self.birth(fields, first.day)

    def choose(self, chosen):
        """The beginning by which WHO's health worker counts."""
        self.fundal = None
        if chosen == "Using ultrasound":
            self.beginning = self.scan[1] - self.scan[0] * DAY
        elif chosen == "Using SFH":
            self.fundal = number(self.contacts[0].fields[FUNDAL_WEEKS])
            self.beginning = self.contacts[0].day - 7 * self.fundal * DAY
        else:
            self.beginning = self.period

    def date_returns(self):
        """Later contacts stand on the day of their weeks; without weeks, between the others."""
        later = self.contacts[1:]
        for contact in later:
            weeks = number(contact.fields[RETURN_WEEKS])
            contact.day = self.beginning + 7 * weeks * DAY if weeks else None
        for place, contact in enumerate(later):
            if contact.day:
                continue
            before = self.contacts[place].day
            after = later[place + 1].day if place + 1 < len(later) else before + 56 * DAY
            contact.day = before + (after - before) // 2
        days = [contact.day for contact in self.contacts]
        assert days == sorted(set(days)), self.contacts[0].name

    @staticmethod
    def birth(fields, on):
        """The day of birth; where it contradicts the age that is told, of the year of that age."""
        born, age = day(fields[BIRTH]), number(fields[AGE])
        if born is None:
            return on - round((age + 0.5) * 365.25) * DAY if age else None
        found = (day(fields[STAMP]) - born).days / 365.25
        if age is not None and not -1 <= age - found <= 2:
            return born.replace(year=day(fields[STAMP]).year - age)
        return born


def outcomes_of(woman):
    """All outcomes of her contacts, with what is known of her on each."""
    known, figures, seen_at = {}, {}, {}
    scanned = woman.scan
    for place, contact in enumerate(woman.contacts):
        known.update(contact.seen)
        figures.update(contact.told)
        if place == 0:
            beginning, method = tables.beginning(woman.period, *(scanned or (None, None)))
        seen_at.update(dict.fromkeys(contact.seen, (contact.day - beginning).days))
        context = Context(woman, contact, place, known, figures, beginning, method)
        context.seen_at = dict(seen_at)
        yield from context.dating()
        yield from context.classes()
        yield from context.risks()
        yield from context.tests()


class Context:
    """One contact with all that was known on its day."""

    def __init__(self, woman, contact, place, known, figures, beginning, method):
        self.woman, self.contact, self.place = woman, contact, place
        self.known, self.figures = dict(known), dict(figures)
        self.beginning, self.method = beginning, method
        self.days = (contact.day - beginning).days
        self.weeks = (contact.day - woman.beginning).days // 7
        height, before = known.get("length_or_height"), known.get("weight_before_pregnancy")
        if height and before:
            square = height[0] ** 2
            self.figures["body_mass"] = (before[0] * 10 ** 7 + square // 2) // square

    def row(self, group, who, decision, expected, rule=None, action=None):
        same = SAME.get(group, {}).get(who, (who,))
        if expected == "preeclampsia_likely" and self.days < ASPIRIN_DAYS:
            action = "ask_doctor_about_aspirin"
        if str(expected) in map(str, same):
            rule = "same"
        assert rule, (self.contact.name, group, who, expected)
        words = SHEET_WORDS.get(group, ())
        sheet = "yes" if any(word in self.contact.fields[SHEET] for word in words) else ""
        return {"contact": self.contact.name, "group": group, "who": who, "decision": decision,
                "sheet": sheet, "expected": expected, "rule": rule,
                "action": action or ACTIONS.get(expected, "")}

    def dating(self):
        woman, fields = self.woman, self.contact.fields
        if self.place or woman.period_is_reckoned:
            return
        chosen = {"Using ultrasound": "ultrasound", "Using SFH": "fundal_height"}.get(
            fields[CHOSEN], "period")
        rule = None
        if woman.fundal:
            rule = "no_dating_by_fundal_height"
        elif self.method != chosen:
            rule = ("early_ultrasound_overrides" if chosen == "period"
                    else "late_ultrasound_does_not_date" if woman.scan[0] >= 168
                    else "period_stands_within_seven_days")
        yield self.row("dating", chosen, "ANC.B6.DE18", self.method, rule)
        if not woman.day_is_reckoned or woman.scan:
            days = (self.contact.day - woman.beginning).days
            yield self.row("gestation", days, "ANC.B6.DE17", self.days, rule)
            yield self.row("expected_birth", woman.beginning + 280 * DAY, "ANC.B6.DE22",
                           self.beginning + 280 * DAY, rule)
        if fields[TOLD_WEEKS].strip() and not woman.day_is_reckoned:
            yield self.row("completed_weeks", number(fields[TOLD_WEEKS]), "sheet", self.days // 7,
                           "sheet_contradicts_its_dates")

    def classes(self):
        seen, known = self.contact.seen, self.known
        who = tables.who_anaemia(seen, self.weeks)
        if who:
            ours = tables.anaemia(known, self.seen_at)
            rule = ("unknown_without_test" if ours == "unknown"
                    else None if "haemoglobin" in seen or who == "anaemia"
                    else "result_holds_in_pregnancy")
            yield self.row("anaemia", who, "ANC.DT.25", ours, rule)
        symptoms = self.contact.has(SEVERE, "headache", "vision", "Epigastric", "Dizzi", "Vomit")
        who = tables.who_pressure(self.contact.first, self.contact.again, symptoms,
                                  seen.get("urine_protein", (0,))[0],
                                  self.contact.has(SHEET, "Pre-eclampsia:"))
        if who:
            yield self.row("pressure", who, "ANC.DT.17", tables.pressure(seen, self.days))
        who = tables.who_diabetes(seen)
        if who:
            ours = tables.diabetes(known, self.seen_at)
            rule = {"unknown": "both_values_needed",
                    "glucose_normal_so_far": "tested_again_from_24_weeks"}.get(ours)
            yield self.row("diabetes", who, "ANC.DT.23", ours, rule)
        who = tables.who_infection(seen)
        if who:
            ours = tables.infection(known)
            rule = ("three_tests_needed" if ours == "unknown"
                    else "result_holds_in_pregnancy" if ours == "infection_found" else None)
            yield self.row("infection", who, "ANC.DT.18 19 21", ours, rule)
        if "weight_before_pregnancy" in seen and "length_or_height" in seen:
            ours, gain = tables.body_mass(self.figures["body_mass"])
            who = tables.who_body_mass(self.figures["body_mass"])
            yield self.row("body_mass", who, "ANC.B8.DE4-14", ours, action=gain)
        yield from self.heart()
        if self.contact.has(SHEET, "excessive weight gain"):
            yield self.row("weight_gain", "excessive", "sheet", "gains_well",
                           "total_gain_not_weekly")

    def heart(self):
        who = tables.who_fetal_heart(self.contact.seen, self.weeks)
        if not who:
            return
        rate = self.contact.seen["fetal_heart_rate"][0]
        ours = "fetal_heart_normal" if 120 <= rate <= 160 else "fetal_heart_abnormal"
        rule = "heart_before_20_weeks" if who == "not_judged" else "heart_120_to_160"
        yield self.row("fetal_heart", who, "ANC.DT.04 06", ours, rule)
        yield self.row("fetal_heart_by_who_limits",
                       "fetal_heart_normal" if 100 <= rate <= 180 else "fetal_heart_abnormal",
                       "ANC.DT.04 06", "fetal_heart_normal" if 100 <= rate <= 180
                       else "fetal_heart_abnormal")

    def risks(self):
        seen, contact = self.contact.seen, self.contact
        if contact.has_profile:
            who = tables.who_preeclampsia_risk(seen, self.figures.get("fetuses"))
            born, beginning = self.woman.born, self.beginning
            age = None if born is None else beginning.year - born.year - (
                (beginning.month, beginning.day) < (born.month, born.day))
            ours = tables.preeclampsia_risk(self.known, self.figures, self.days, age)
            rule = ("unknown_without_answers" if ours == "unknown" else "moderate_risks_count")
            yield self.row("preeclampsia_risk", who, "ANC.DT.27", ours, rule)
        if contact.told.get("fetuses"):
            twins = "yes" if contact.told["fetuses"] >= 2 else "no"
            yield self.row("twins", twins, "ANC.B8", twins)
        if "caesarean_before" in seen:
            answer = "yes" if seen["caesarean_before"][0] else "no"
            yield self.row("caesarean_before", answer, "ANC.B6", answer)
        if seen:
            found = tables.dangers(seen, self.days)
            who = [name for name in found if name in tables.WHO_DANGERS]
            yield self.row("danger", "+".join(sorted(who)) or "none", "ANC.DT.01 06",
                           "+".join(sorted(found)) or "none", "signs_of_the_book")

    def tests(self):
        tested = "syphilis_test" in self.known
        if self.place == 0 and self.contact.number == 1:
            answer = "done" if tested else "owed"
            yield self.row("syphilis_test", answer, "ANC.DT.11", answer)
        elif self.weeks >= 29 and self.known.get("syphilis_test") != (2,):
            who = "done" if "syphilis_test" in self.contact.seen else "owed"
            yield self.row("syphilis_test", who, "ANC.DT.11", "done" if tested else "owed",
                           "infections_are_tested_once")


def women_rows(woman):
    for place, contact in enumerate(woman.contacts):
        row = {"contact": contact.name, "woman": woman.contacts[0].woman,
               "number": contact.number, "day": contact.day, "born": woman.born or ""}
        if place == 0:
            row["last_period"] = woman.period or ""
            if woman.scan:
                row["scan_days"], row["scanned_on"] = woman.scan
        else:
            later = scan(contact.fields, LATER_SCAN_DAY, LATER_SCAN_WEEKS, LATER_SCAN_DAYS)
            if later:
                # Their dates contradict the weeks of the contact; the contact's day does not.
                row["scan_days"], row["scanned_on"] = later[0], contact.day
        row.update(contact.told)
        row.update({element: plain(figures) for element, figures in contact.seen.items()})
        yield row


def written(columns, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n",
                            quoting=csv.QUOTE_NONE)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def report(rows):
    """How many outcomes agree, by group, and what WHO's sheet says against WHO's own tables."""
    groups = collections.defaultdict(collections.Counter)
    for row in rows:
        groups[row["group"]][row["rule"]] += 1
    for group, rules in groups.items():
        others = ", ".join(f"{rule} {count}" for rule, count in rules.items() if rule != "same")
        print(f"{group}: {sum(rules.values())} compared, {rules['same']} same; {others}")
    none = ("no_anaemia", "normal", "no_risk", "no_diabetes", "no_infection", "no", "none")
    against = [f"{row['contact']} {row['group']} {row['who']}" for row in rows
               if row["sheet"] and row["who"] in none]
    agreeing = sum(1 for row in rows if row["sheet"]) - len(against)
    print(f"sheet: {agreeing} agree with the tables; against: {'; '.join(against)}")


def main():
    parser = argparse.ArgumentParser(description="Writes the fixtures of antenatal care.")
    parser.add_argument("source", type=pathlib.Path, help="WHO's test cases as CSV")
    parser.add_argument("--check", action="store_true", help="compare only")
    arguments = parser.parse_args()
    with arguments.source.open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))[1:]
    by_woman = collections.defaultdict(list)
    for fields in lines:
        contact = Contact(fields)
        by_woman[contact.woman].append(contact)
    women = [Woman(contacts) for contacts in by_woman.values()]
    outcomes = [row for woman in women for row in outcomes_of(woman)]
    files = {"who-women.csv": written(WOMEN, (row for w in women for row in women_rows(w))),
             "who-outcomes.csv": written(OUTCOMES, outcomes)}
    report(outcomes)
    for name, text in files.items():
        path = FIXTURES / name
        if arguments.check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                sys.exit(f"{name} is another one")
        else:
            path.write_text(text, encoding="utf-8")
    print(f"{len(lines)} contacts of {len(women)} women, {len(outcomes)} outcomes")


if __name__ == "__main__":
    main()
