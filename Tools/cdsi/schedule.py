#!/usr/bin/env python3
"""Makes a Sikilap schedule file from CDC's CDSi supporting data.

    schedule.py FOLDER OUTPUT.json [--risk] [--season YEAR]

FOLDER holds CDC's XML files (AntigenSupportingData-*.xml, ScheduleSupportingData.xml) as published
at https://www.cdc.gov/iis/cdsi/. Only figures are taken: ages, distances, codes and flags, no text.
Risk series and contraindications are left out unless asked for. With --season the influenza season
is moved to begin in that year, because CDC's published cases are of the season 2020 and its data of
2025. A CDC "absolute minimum" that is four days before the minimum is left out, because the file's
grace says so.
"""
import glob
import json
import re
import sys
import xml.etree.ElementTree as ElementTree

GRACE = 4
UNIT = {"day": (0, 1), "days": (0, 1), "week": (0, 7), "weeks": (0, 7), "month": (1, 0),
        "months": (1, 0), "year": (12, 0), "years": (12, 0)}
# The names by which CDC's published test cases call the vaccine groups.
CASE_NAMES = {"DTaP/Tdap/Td": "DTAP", "Polio": "POL", "Hib": "HIB", "Pneumococcal": "PCV",
              "Rotavirus": "ROTA", "Varicella": "VAR", "Zoster": "ZOSTER", "Meningococcal": "MCV",
              "Influenza": "FLU"}


def text(element, name):
    found = element.findtext(name)
    found = found.strip() if found else ""
    return "" if found.lower() in ("n/a", "none") else found


def parts(period):
    """Months and days of "12 months - 4 days"."""
    months = days = 0
    sign = 1
    for token, unit in re.findall(r"([+-]|\d+)\s*([a-z]*)", period.lower()):
        if token in "+-":
            sign = 1 if token == "+" else -1
        else:
            per_month, per_day = UNIT[unit]
            months += sign * int(token) * per_month
            days += sign * int(token) * per_day
            sign = 1
    return months, days


def day(value):
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if value else ""


def codes(value):
    return sorted({int(code) for code in re.split(r"[;,\s]+", value) if code})


def filled(**values):
    return {key: value for key, value in values.items() if value not in ("", None, [], False, {})}


def limits(element, names):
    """The periods of an age or interval under our names; the absolute minimum by the rule above."""
    values = {ours: text(element, theirs) for ours, theirs in names.items()}
    least, absolute = values.get("minimum"), values.get("absoluteMinimum")
    if least and absolute:
        months, days = parts(least)
        if parts(absolute) == (months, days - GRACE):
            values["absoluteMinimum"] = ""
    elif least:
        values["absoluteMinimum"] = "0 days"
    return filled(**values, **{"from": day(text(element, "effectiveDate")),
                               "to": day(text(element, "cessationDate"))})


def ages(dose):
    found = [limits(age, {"absoluteMinimum": "absMinAge", "minimum": "minAge",
                          "recommended": "earliestRecAge", "pastDue": "latestRecAge",
                          "maximum": "maxAge"}) for age in dose.findall("age")]
    return [age for age in found if age]


def intervals(dose, tag):
    result = []
    for interval in dose.findall(tag):
        entry = limits(interval, {"absoluteMinimum": "absMinInt", "minimum": "minInt",
                                  "recommended": "earliestRecInt", "pastDue": "latestRecInt"})
        if not entry:
            continue
        observation = interval.find("fromRelevantObs")
        if text(interval, "fromPrevious") == "Y":
            entry["after"] = "previous"
        elif text(interval, "fromTargetDose"):
            entry["after"] = int(text(interval, "fromTargetDose"))
        elif text(interval, "fromMostRecent"):
            entry["afterProducts"] = codes(text(interval, "fromMostRecent"))
        elif observation is not None and text(observation, "code"):
            entry["afterObservation"] = int(text(observation, "code"))
        else:
            raise ValueError("an interval from nothing")
        if text(interval, "intervalPriority") == "override":
            entry["priority"] = True
        result.append(entry)
    return result


def choices(dose, tag):
    """Products by age range (and trade name)."""
    rows = {}
    for vaccine in dose.findall(tag):
        if not text(vaccine, "cvx"):
            continue
        key = (text(vaccine, "beginAge"), text(vaccine, "endAge"), text(vaccine, "tradeName"))
        rows.setdefault(key, set()).add(int(text(vaccine, "cvx")))
    return [filled(products=sorted(products), fromAge=begin, untilAge=end, brand=brand)
            for (begin, end, brand), products in rows.items()]


def condition(element):
    kind = text(element, "conditionType").lower()
    begin, end = text(element, "beginAge"), text(element, "endAge")
    if kind == "age":
        return filled(type="age", fromAge=begin, untilAge=end)
    if kind == "interval":
        return filled(type="interval", interval=text(element, "interval"))
    if kind == "completed series":
        return filled(type="completedSeries", groups=codes(text(element, "seriesGroups")))
    if not kind.startswith("vaccine count"):
        raise ValueError("unknown condition " + kind)
    return dict(
        filled(fromAge=begin, untilAge=end, fromDay=day(text(element, "startDate")),
               untilDay=day(text(element, "endDate")),
               products=codes(text(element, "vaccineTypes")),
               valid=text(element, "doseType").lower() == "valid"),
        type="count", number=int(text(element, "doseCount")),
        is_=text(element, "doseCountLogic").lower())


def skips(dose):
    result = []
    for skip in dose.findall("conditionalSkip"):
        if not text(skip, "context"):
            continue
        sets = []
        for group in skip.findall("set"):
            entry = filled(conditions=[condition(c) for c in group.findall("condition")],
                           any=text(group, "conditionLogic") == "OR",
                           **{"from": day(text(group, "effectiveDate")),
                              "to": day(text(group, "cessationDate"))})
            for item in entry["conditions"]:
                if "is_" in item:
                    item["is"] = item.pop("is_")
            sets.append(entry)
        result.append(filled(when=text(skip, "context").lower(), sets=sets,
                             all=text(skip, "setLogic") == "AND"))
    return result


def season(dose):
    element = dose.find("seasonalRecommendation")
    if element is None or not text(element, "startDate"):
        return None
    return filled(**{"from": day(text(element, "startDate")), "to": day(text(element, "endDate"))})


def dose(element):
    return filled(ages=ages(element), intervals=intervals(element, "interval"),
                  allowableIntervals=intervals(element, "allowableInterval"),
                  preferable=choices(element, "preferableVaccine"),
                  allowable=choices(element, "allowableVaccine"),
                  inadvertent=sorted(int(v.findtext("cvx"))
                                     for v in element.findall("inadvertentVaccine")
                                     if text(v, "cvx")),
                  skips=skips(element), recurring=text(element, "recurringDose") == "Yes",
                  season=season(element))


def series(element):
    select = element.find("selectSeries")
    genders = [g.text.strip().lower() for g in element.findall("requiredGender") if g.text]
    indications = [
        filled(observation=int(text(i, "observationCode/code")), fromAge=text(i, "beginAge"),
               untilAge=text(i, "endAge"))
        for i in element.findall("indication") if text(i, "observationCode/code").isdigit()]
    return filled(
        antigen=text(element, "targetDisease"), name=text(element, "seriesName"),
        kind={"Standard": "standard", "Risk": "risk",
              "Evaluation Only": "evaluationOnly"}[text(element, "seriesType")],
        sexes=genders, indications=indications, default=text(select, "defaultSeries") == "Yes",
        productPath=text(select, "productPath") == "Yes", group=int(text(select, "seriesGroup")),
        equivalentGroups=codes(text(element, "equivalentSeriesGroups")),
        priority=text(select, "seriesPriority"),
        preference=int(text(select, "seriesPreference") or 1),
        minimumAge=text(select, "minAgeToStart"), startsBefore=text(select, "maxAgeToStart"),
        doses=[dose(d) for d in element.findall("seriesDose")])


def immunity(antigen, root):
    result = []
    element = root.find("immunity")
    if element is None:
        return result
    for history in element.findall("clinicalHistory"):
        if text(history, "guidelineCode").isdigit():
            result.append({"antigen": antigen,
                           "observation": int(text(history, "guidelineCode"))})
    for birth in element.findall("dateOfBirth"):
        if not text(birth, "immunityBirthDate"):
            continue
        month, of_month, year = text(birth, "immunityBirthDate").split("/")
        result.append(filled(
            antigen=antigen, bornBefore=f"{year}-{month}-{of_month}",
            exceptions=[int(text(x, "exclusionCode")) for x in birth.findall("exclusion")
                        if text(x, "exclusionCode").isdigit()]))
    return result


def contraindications(antigen, root):
    """Those of the whole antigen; those of single vaccines need a person's whole record."""
    return [filled(antigen=antigen, observation=int(text(item, "observationCode")),
                   fromAge=text(item, "beginAge"), untilAge=text(item, "endAge"))
            for item in root.findall("contraindications/vaccineGroup/contraindication")
            if text(item, "observationCode").isdigit()]


def product(element):
    return {"code": int(text(element, "cvx")),
            "antigens": [filled(antigen=text(a, "antigen"), fromAge=text(a, "associationBeginAge"),
                                untilAge=text(a, "associationEndAge"))
                         for a in element.findall("association")]}


def conflicts(root):
    """Pairs with the same distances together: for each later product the earlier ones."""
    rows = {}
    for element in root.find("liveVirusConflicts"):
        key = tuple(text(element, name) for name in (
            "conflictBeginInterval", "minConflictEndInterval", "conflictEndInterval"))
        later = int(text(element, "current/cvx"))
        rows.setdefault(key, {}).setdefault(later, set()).add(int(text(element, "previous/cvx")))
    result = []
    for (begins, after_valid, ends), pairs in rows.items():
        merged = {}
        for later, earlier in pairs.items():
            merged.setdefault(tuple(sorted(earlier)), []).append(later)
        for earlier, later in merged.items():
            result.append({"begins": begins, "endsAfterValid": after_valid, "ends": ends,
                           "earlier": list(earlier), "later": sorted(later)})
    return result


def moved(value, years):
    """The same with every day moved by whole years."""
    if isinstance(value, dict):
        return {key: moved(item, years) for key, item in value.items()}
    if isinstance(value, list):
        return [moved(item, years) for item in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return f"{int(value[:4]) + years}{value[4:]}"
    return value


def to_season(all_series, year):
    for place, item in enumerate(all_series):
        first = [d["season"]["from"] for d in item["doses"] if "season" in d]
        if item["antigen"] == "Influenza" and first:
            all_series[place] = moved(item, year - int(min(first)[:4]))


def schedule(folder, with_risk, season_year):
    root = ElementTree.parse(f"{folder}/ScheduleSupportingData.xml").getroot()
    all_series, rules, forbidden = [], [], []
    for path in sorted(glob.glob(f"{folder}/AntigenSupportingData*.xml")):
        tree = ElementTree.parse(path).getroot()
        found = [series(s) for s in tree.findall("series")
                 if with_risk or text(s, "seriesType") != "Risk"]
        all_series += found
        if found:
            rules += immunity(found[0]["antigen"], tree)
        if found and with_risk:
            forbidden += contraindications(found[0]["antigen"], tree)
    if season_year:
        to_season(all_series, season_year)
    products = [product(m) for m in root.find("cvxToAntigenMap")]
    antigens = sorted({a["antigen"] for p in products for a in p["antigens"]}
                      | {s["antigen"] for s in all_series})
    whole = {text(g, "name"): text(g, "administerFullVaccineGroup") == "Yes"
             for g in root.find("vaccineGroups")}
    groups = []
    for group in root.find("vaccineGroupToAntigenMap"):
        name = text(group, "name")
        members = [a.text.strip() for a in group.findall("antigen")]
        if any(s["antigen"] in members for s in all_series):
            groups.append(filled(name=CASE_NAMES.get(name, name), antigens=members,
                                 whole=whole[name]))
    return {"format": "sikilap-immunization-schedule", "version": 1,
            "edition": "CDC CDSi 4.64", "grace": f"{GRACE} days",
            "monthOverflow": "firstOfNextMonth", "completeSeries": "earliest",
            "antigens": antigens, "products": products, "groups": groups,
            "conflicts": conflicts(root), "immunity": rules, "contraindications": forbidden,
            "series": all_series}


def main():
    arguments = sys.argv[1:]
    year = 0
    if "--season" in arguments:
        place = arguments.index("--season")
        year = int(arguments[place + 1])
        del arguments[place:place + 2]
    with_risk = "--risk" in arguments
    arguments = [a for a in arguments if a != "--risk"]
    if len(arguments) != 2:
        sys.exit(__doc__)
    result = schedule(arguments[0], with_risk, year)
    with open(arguments[1], "w", encoding="utf-8") as output:
        # One series, product or conflict a line, so that two editions can be compared.
        output.write("{\n")
        for index, (key, value) in enumerate(result.items()):
            end = ",\n" if index + 1 < len(result) else "\n"
            if isinstance(value, list) and value and isinstance(value[0], dict):
                rows = ",\n".join("  " + json.dumps(row, separators=(",", ":")) for row in value)
                output.write(f'"{key}": [\n{rows}\n]{end}')
            else:
                output.write(f'"{key}": {json.dumps(value)}{end}')
        output.write("}\n")


if __name__ == "__main__":
    main()
