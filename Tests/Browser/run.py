#!/usr/bin/env python3
"""Every page in a real browser, as a midwife, a keyboard, a phone, a printer and a stranger use it.

    run.py --binary PATH [--shots DIR] [--only WORD]

Needs `pip install playwright axe-playwright-python` and Chromium (at $CHROMIUM or /usr/bin/chromium).
"""
import argparse, csv, datetime, io, os, re, sys, traceback
from urllib.parse import parse_qs, urlsplit

from axe_playwright_python.sync_playwright import Axe

from site_under_test import Site, fraction, number

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "..", "Fixtures", "growth", "generated_0_5_years.csv")
CHECKS = []


def check(text):
    """Registers a check under the sentence that it proves."""
    def register(function):
        CHECKS.append((text, function))
        return function
    return register


def expect(good, text):
    if not good:
        raise AssertionError(text)


def equal(found, wanted, what):
    expect(found == wanted, f"{what}: {found!r} instead of {wanted!r}")


def today_here():
    """The day in the district, which is seven hours east of Greenwich wherever the tests run."""
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).date()


# The way through the pages


@check("every kind of page is reached by clicking from the first one")
def walk(site, options):
    pages = {}
    with site.visitor() as visitor:
        page = visitor.page

        def here(name):
            expect(page.locator("h1").count() == 1, f"{name} has {page.locator('h1').count()} headings of the first level")
            expect(page.locator("main").count() == 1, f"{name} has no main part")
            pages[name] = visitor.path()

        visitor.open("/")
        here("home")
        visitor.click(".needs-mending a")
        here("refused facts")
        equal(page.locator("table tbody tr").count(), 2, "refused facts listed")
        visitor.open("/")
        for kind in ("puskesmas", "village", "posyandu"):
            visitor.click("table.data tbody th a")
            here(kind)
            if kind == "puskesmas":
                visitor.click("a[href$='/without-birth-date']")
                here("undated")
                equal(page.locator("table tbody tr").count(), 1, "persons without a birth date listed")
                visitor.open(pages[kind])
        visitor.click("nav.breadcrumbs a", 1)
        equal(urlsplit(visitor.path()).path, urlsplit(pages["puskesmas"]).path, "the breadcrumb leads to the Puskesmas")
        visitor.click(".tile h3 a")
        here("pws")
        visitor.click(".headline-fraction a")
        here("names")
        for state in ("reached", "missed", "excluded", "unknown"):
            visitor.click(f"a.state-{state}")
            expect(page.locator(f"a.state-{state}[aria-current=page]").count() == 1, f"{state} is not shown as chosen")
            here(f"names {state}")
        visitor.open(pages["names reached"])
        expect(page.locator("table tbody th a").count() > 0, "no reached child to open")
        visitor.click("table tbody th a")
        here("child")
        expect(page.locator(".growth-figure svg").count() >= 3, "fewer than three growth charts")
        visitor.click("table.measurements a.cell-link")
        here("why")
        expect(page.locator("section.explain").count() >= 1, "nothing is explained")
        visitor.open(pages["child"])
        visitor.click("main a[href$='/birth']")
        here("birth")
        expect(page.locator("section.explain").count() >= 1, "nothing of the birth is explained")
        visitor.open(pages["child"])
        visitor.click("main .actions a[href$='/kms']")
        here("kms")
        equal(page.locator("svg.kms-chart").count(), 2, "sheets of the KMS")
        visitor.open("/refused-facts")
        here("refused facts")
        visitor.open(pages["why"])
        visitor.click("main .actions a")
        equal(visitor.path(), pages["child"], "back from why")
        visitor.open(pages["names reached"])
        visitor.click("main .actions a[href^='/nutrition?']")
        equal(urlsplit(visitor.path()).path, "/nutrition", "back from the names")
        for name, path in (("report", "/nutrition/report"), ("imports", "/imports"), ("calculator", "/calculator"),
                           ("guidelines", "/guidelines")):
            visitor.click(f".site-menu a[href^='{path}']")
            equal(urlsplit(visitor.path()).path, path, "the menu")
            expect(page.locator(".site-menu a[aria-current=page]").count() == 1, f"the menu does not show where {path} is")
            here(name)
        for code in ("pregnancy", "sick_child", "immunization", "growth"):
            visitor.open("/guidelines")
            visitor.click(f"main a[href='/guidelines/{code}']")
            here(f"guideline {code}")
        visitor.open(pages["imports"])
        visitor.click("table tbody th a")
        here("import")
        equal(page.locator("table tbody tr").count(), 2, "refused rows listed")
        visitor.open(pages["imports"])
        visitor.click("a[href='/lists/households']")
        here("lists")
        rows = ["No. KK,NIK,Nama Lengkap,JK,Tgl Lahir,SHDK,Desa/Kelurahan", "9901010108200001,,Contoh Unggahan,L,1980-01-01,Kepala Keluarga,Takada",
                "9901010108200002,,Contoh Unggahan Dua,P,31-02-1980,,Desa Contoh 01"]
        page.set_input_files("input[type=file]", {"name": "keluarga.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()})
        visitor.click("main form.card button")
        for _ in range(100):
            if page.locator("#rows").count():
                break
            page.wait_for_timeout(100)
            page.reload()
        here("list preview")
        equal(page.locator("table tbody tr").count(), 2, "rows of an uploaded list that are refused")
        page.locator("#site-search").fill("contoh 02")
        page.locator("#site-search").press("Enter")
        page.wait_for_url("**/search?q=*")
        here("search")
        visitor.click(".result-list a[href^='/places/']")
        visitor.open("/search?q=anak")
        here("search of persons")
        visitor.click(".result-list a[href^='/people/']")
        here("person")
        visitor.click("main a[href$='/history']")
        here("history")
        visitor.open(pages["person"])
        visitor.click("main .actions a[href$='/care']")
        here("care plan")
        visitor.open(pages["person"] + "/immunizations")
        here("immunisation card")
        visitor.open(pages["person"] + "/immunizations/print?paper=a5")
        here("immunisation card to print")
        visitor.open(pages["person"] + "/edit")
        here("correction")
        visitor.open(pages["person"] + "/move")
        here("move")
        visitor.open(pages["person"] + "/death")
        here("death")
        visitor.open(pages["person"] + "/same")
        here("duplicates")
        visitor.open(pages["person"] + "/marriage?q=anak")
        here("marriage")
        visitor.open("/people/new")
        here("registration")
        visitor.open("/families?sort=index")
        here("families")
        visitor.open("/duplicates")
        here("possible duplicates")
        visitor.open("/workers")
        here("workers")
        visitor.click("table tbody th a")
        here("worker")
        visitor.open("/administration/places")
        here("places")
        visitor.open("/administration/places?kind=village&sort=kader")
        here("places chosen")
        visitor.click("table tbody th a")
        here("place record")
        visitor.open("/account/app")
        here("authenticator app")
        visitor.open("/account")
        here("account")
        visitor.open("/search?q=zzzz")
        here("search without result")
        visitor.open("/places/x")
        here("not found")
    options.pages = pages


def all_pages(site, options):
    if not options.pages:
        walk(site, options)
    return options.pages


INDICATORS = "K_S D_S N_D N_DBO T_D T2_D BGM_D STUNTING SEVERE_STUNTING WASTING SEVERE_WASTING UNDERWEIGHT OVERWEIGHT " \
             "OBESITY SEVERE_UNDERWEIGHT HIGH_WEIGHT_FOR_AGE TALL RISK_OF_OVERWEIGHT B_D O_D".split()


def listed(visitor):
    """How many names a list has, all its pages together."""
    total = 0
    while True:
        total += visitor.page.locator("table.data tbody tr").count()
        if not visitor.page.locator("a[rel=next]").count():
            return total
        visitor.click("a[rel=next]")


@check("as many names are listed as every figure says")
def figures(site, options):
    place = parse_qs(urlsplit(all_pages(site, options)["pws"]).query)["place"][0]
    compared = 0
    with site.visitor() as visitor:
        page = visitor.page
        for indicator in INDICATORS:
            for month in ("2025-12", "2025-09") if indicator in ("D_S", "N_D", "STUNTING", "BGM_D") else ("2025-12",):
                visitor.open(f"/nutrition?place={place}&indicator={indicator}&month={month}")
                text = page.locator(".headline-fraction a").inner_text()
                names = page.locator(".headline-fraction a").get_attribute("href")
                part, whole = fraction(text)
                visitor.open(names)
                tabs = {s: number(page.locator(f"a.state-{s} .segment-count").inner_text())
                        for s in ("reached", "missed", "excluded", "unknown")}
                where = f"{indicator} {month}"
                equal(tabs["reached"], part, f"{where}: reached")
                # Of whom it is not known counts as not reached among all children, and nowhere else.
                of_all = tabs["unknown"] if indicator == "K_S" else 0
                equal(tabs["reached"] + tabs["missed"] + of_all, whole, f"{where}: reached and missed")
                for state, count in tabs.items():
                    visitor.open(re.sub(r"state=\w+", f"state={state}", names))
                    equal(listed(visitor), count, f"{where}: {state} listed")
                    compared += 1
    expect(compared >= 80, f"only {compared} lists")


@check("rows and total of the PWS table agree with the figures of the places")
def table(site, options):
    with site.visitor() as visitor:
        page = visitor.page
        for indicator in ("D_S", "N_D", "STUNTING"):
            visitor.open(f"/nutrition?indicator={indicator}&month=2025-11")
            section = page.locator("table.data:has(tfoot)").first
            def column(row):
                cells = row.locator("td")
                return [number(cells.nth(n).inner_text()) for n in (2, 3)]
            rows = [column(section.locator("tbody tr").nth(n)) for n in range(section.locator("tbody tr").count())]
            total = column(section.locator("tfoot tr").first)
            equal([sum(row[n] for row in rows) for n in (0, 1)], total, f"{indicator}: sum of the rows")
            equal(list(fraction(page.locator(".headline-fraction a").inner_text())), total, f"{indicator}: headline")


@check("filters by sex and age split a figure into its parts")
def filters(site, options):
    with site.visitor() as visitor:
        def parts(extra):
            visitor.open("/nutrition/names?indicator=D_S&month=2025-11&state=reached" + extra)
            return [number(visitor.page.locator(f"a.state-{s} .segment-count").inner_text()) for s in ("reached", "missed")]
        whole = parts("")
        for name, values in (("sex", ("male", "female")), ("age", ("0-5", "6-11", "12-23", "24-59"))):
            split = [parts(f"&{name}={value}") for value in values]
            equal([sum(one[n] for one in split) for n in (0, 1)], whole, f"by {name}")


# Language


def words(page):
    """What the page's main part says, the calculator ready."""
    status = page.locator("#calculator-status")
    if status.count():
        page.get_by_text(status.get_attribute("data-ready"), exact=True).wait_for()
    return page.locator("main").inner_text()


@check("the other language keeps the page, changes its words and says which it is")
def language(site, options):
    pages = all_pages(site, options)
    with site.visitor() as visitor:
        page = visitor.page
        for name in ("puskesmas", "pws", "names missed", "child", "why", "report", "imports", "import", "calculator",
                     "guidelines", "guideline sick_child", "search"):
            visitor.open(pages[name])
            equal(page.locator("html").get_attribute("lang"), "id", f"{name}: language")
            indonesian = words(page)
            before = urlsplit(visitor.path())
            visitor.click(".lang-links a[hreflang=en]")
            after = urlsplit(visitor.path())
            equal(after.path, before.path, f"{name}: page")
            old, new = parse_qs(before.query), parse_qs(after.query)
            new.pop("lang", None), old.pop("lang", None)
            equal(new, old, f"{name}: parameters")
            equal(page.locator("html").get_attribute("lang"), "en", f"{name}: language")
            english = words(page)
            expect(english != indonesian, f"{name}: the words did not change")
            for text in (indonesian, english):
                missing = re.search(r"\b(?:common|growth|indicators|reasons|states|statuses|why|child|pws|names|report)\.[a-z_.]+", text)
                expect(not missing, f"{name}: a text is missing: {missing}")
            visitor.click(".lang-links a[hreflang=id]")
            equal(words(page), indonesian, f"{name}: words after switching back")
        visitor.open("/guidelines?lang=en")
        visitor.open("/imports")
        equal(page.locator("html").get_attribute("lang"), "en", "the language stays chosen")


@check("without JavaScript filters, search and the other language work and keep the page")
def without_script(site, options):
    pages = all_pages(site, options)
    with site.visitor(java_script_enabled=False) as visitor:
        page = visitor.page
        visitor.open(pages["pws"])
        place = parse_qs(urlsplit(visitor.path()).query)["place"]
        page.locator("#filter-indicator").select_option("STUNTING")
        visitor.click(".filters button")
        query = parse_qs(urlsplit(visitor.path()).query)
        equal((query["indicator"], query["place"]), (["STUNTING"], place), "after the filter")
        visitor.click(".lang-links a[hreflang=en]")
        after = parse_qs(urlsplit(visitor.path()).query)
        equal(after.get("indicator"), ["STUNTING"], "indicator after choosing the language")
        equal(after.get("place"), place, "place after choosing the language")


@check("on a phone and on a desk what was found, and what is to be done, stand on the first screen")
def first_screen(site, options):
    def box(page, selector):
        found = page.locator(selector).first.bounding_box()
        expect(found, f"{selector} is not seen on {page.url}")
        return found

    for width, height in ((360, 740), (1280, 800)):
        for role in ("demo.data", "demo.kader"):
            with site.visitor(width, height, role) as visitor:
                page = visitor.page
                where = f"{role}, {width} wide"
                visitor.open("/search?q=anak")
                first = box(page, ".result-list a")
                expect(first["y"] < 400, f"{where}: the first who was found stands at {first['y']}")
                expect(not page.locator("main form.fields").is_visible(), f"{where}: the form is not folded")
                summary = box(page, "main summary")
                expect(summary["height"] >= 44, f"{where}: the way to the form is {summary['height']} high")
                page.locator("main summary").click()
                expect(page.locator("main form.fields").is_visible(), f"{where}: the form does not unfold")
                bad = [one["id"] for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
                equal(bad, [], f"{where}: the unfolded form")
                visitor.open("/")
                for task in ("main a[href='/people/new']", "main a[href^='/families']"):
                    found = box(page, task)
                    expect(found["y"] + found["height"] <= height, f"{where}: {task} stands at {found['y']}")
                    expect(found["height"] >= 44, f"{where}: {task} is {found['height']} high")
                expect(not visitor.errors, f"{where}: {visitor.errors[:2]}")


# Keyboard


def focused(page):
    return page.evaluate("""() => { const e = document.activeElement;
      return { tag: e.tagName, id: e.id, cls: e.className, href: e.getAttribute("href"),
        menu: !!e.closest(".site-menu"), filter: !!e.closest(".filters"), main: !!e.closest("main"),
        outline: getComputedStyle(e).outlineStyle + getComputedStyle(e).boxShadow }; }""")


@check("with the keyboard alone the skip link, menu and filters are reached and seen, and a filter applied")
def keyboard(site, options):
    with site.visitor() as visitor:
        page = visitor.page
        visitor.open(all_pages(site, options)["pws"])
        page.keyboard.press("Tab")
        expect(focused(page)["cls"] == "skip", f"the first Tab leads to {focused(page)}")
        box = page.locator(".skip").bounding_box()
        expect(box and box["x"] >= 0 and box["y"] >= 0, "the skip link is not seen when it has the focus")
        page.keyboard.press("Enter")
        equal(focused(page)["id"], "main", "the skip link leads to")
        visitor.open(all_pages(site, options)["pws"])
        seen = []
        for _ in range(40):
            page.keyboard.press("Tab")
            now = focused(page)
            seen.append(now)
            expect(now["outline"] not in ("nonenone", ""), f"the focus is not seen on {now}")
            if now["id"] == "filter-indicator":
                break
        equal(sum(one["menu"] for one in seen), 7, "menu links reached")
        equal(seen[-1]["id"], "filter-indicator", "the filter is reached")
        chosen = page.locator("#filter-indicator").input_value()
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(200)
        expect(page.locator("#filter-indicator").input_value() != chosen, "the arrow key chooses nothing")
        with page.expect_navigation():
            page.keyboard.press("Tab")
        expect(f"indicator={chosen}" not in visitor.path() and "indicator=" in visitor.path(), f"not applied: {visitor.path()}")
        for _ in range(300):
            page.keyboard.press("Tab")
            now = focused(page)
            if now["tag"] == "BODY" or now["cls"] == "skip":
                break
        else:
            raise AssertionError("300 times Tab do not lead through the page")
        visitor.open(all_pages(site, options)["calculator"])
        page.locator("input[name=sex]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        equal(focused(page)["id"], "birth_date", "Tab after the sex")


# Screens, accessibility, safety


@check("no page scrolls sideways at 360 pixels")
def narrow(site, options):
    wide = []
    with site.visitor(360, 780) as visitor:
        for language in ("id", "en"):
            visitor.open(f"/guidelines?lang={language}")
            for name, path in all_pages(site, options).items():
                visitor.open(path)
                width = visitor.page.evaluate("document.documentElement.scrollWidth")
                if width > 360:
                    wide.append(f"{name} ({language}): {width}")
                if options.shots:
                    visitor.page.screenshot(path=os.path.join(options.shots, f"{name.replace(' ', '-')}-{language}-360.png"),
                                            full_page=True)
    expect(not wide, "; ".join(wide))


def axe(site, options, width, names, language):
    found = []
    with site.visitor(width, 900) as visitor:
        visitor.open(f"/guidelines?lang={language}")
        for name in names:
            visitor.open(all_pages(site, options)[name])
            if options.shots and width > 360:
                visitor.page.screenshot(path=os.path.join(options.shots, f"{name.replace(' ', '-')}-{language}-{width}.png"),
                                        full_page=True)
            for violation in Axe().run(visitor.page).response["violations"]:
                if violation["impact"] in ("serious", "critical"):
                    targets = [node["target"] for node in violation["nodes"][:3]]
                    found.append(f"{name}: {violation['id']} ({len(violation['nodes'])}) {targets}")
    expect(not found, "; ".join(found))


@check("axe finds nothing serious on any page at 360 pixels")
def axe_narrow(site, options):
    axe(site, options, 360, all_pages(site, options), "id")


@check("axe finds nothing serious on any page at 1280 pixels")
def axe_wide(site, options):
    axe(site, options, 1280, all_pages(site, options), "id")


@check("axe finds nothing serious in English")
def axe_english(site, options):
    for width in (360, 1280):
        axe(site, options, width, ["pws", "child"], "en")


# Pages that the walk's data manager does not see, by who does. {person}: of the walk's person; {worker}, {kader}: of a
# worker and of a kader.
OTHERS = {
    "demo.kader": ["/", "{person}", "/people/new"],
    "demo.bidan": ["{person}", "{person}/immunizations", "{person}/immunizations/today", "{person}/immunizations/book",
                   "{person}/requests", "{person}/consent", "{person}/protection", "{person}/card", "{person}/access",
                   "/openings/emergency"],
    "demo.kapus": ["/", "/openings", "/requests", "/log", "{person}/record", "/workers", "{kader}", "{kader}/skills"],
    "demo.kabupaten": ["/", "/openings", "/openings/area", "/nutrition"],
    "demo.auditor": ["/", "/log"],
    "demo.sektor": ["/", "/nutrition", "/nutrition/report"],
    "demo.klinik": ["/", "/search?q=anak", "/people/new"],
    "demo.admin": ["/", "/administration/places", "/workers", "/workers/new", "/workers/new?role=1", "{worker}",
                   "{worker}?role=1", "/search?q=a", "/lists/staff",
                   "/administration/places?kind=village"],
}


@check("what other roles see fits 360 pixels, is found sound by axe, and is there in both languages")
def other_roles(site, options):
    found = []
    person = urlsplit(all_pages(site, options)["person"]).path
    worker = urlsplit(all_pages(site, options)["worker"]).path
    with site.visitor(role="demo.kapus") as visitor:
        visitor.open("/workers")
        kader = visitor.page.locator("table tbody tr", has_text="demo.kader").locator("th a").get_attribute("href")
    for role, paths in OTHERS.items():
        for width in (360, 1280):
            with site.visitor(width, 780, role) as visitor:
                for language in ("en", "id"):
                    visitor.open(f"/account?lang={language}")
                    for path in paths:
                        path = path.format(person=person, worker=worker, kader=kader)
                        status = visitor.open(path).status
                        where = f"{role} {path} ({language}, {width})"
                        if status != 200:
                            found.append(f"{where}: {status}")
                            continue
                        wide = visitor.page.evaluate("document.documentElement.scrollWidth")
                        if wide > width:
                            found.append(f"{where}: {wide} wide")
                        if options.shots and language == "id":
                            name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "x", path).replace("/", "_").replace("?", "_")
                            visitor.page.screenshot(path=os.path.join(options.shots, f"{role}{name}-{width}.png"), full_page=True)
                        if language == "en" and width > 360:
                            continue
                        for violation in Axe().run(visitor.page).response["violations"]:
                            if violation["impact"] in ("serious", "critical"):
                                targets = [node["target"] for node in violation["nodes"][:2]]
                                found.append(f"{where}: {violation['id']} {targets}")
                expect(not visitor.errors, f"{role}: {visitor.errors[:2]}")
    expect(not found, "; ".join(found[:12]))


def registered(visitor, name, sex, born):
    """Registers somebody at the visitor's first place, and gives the address of the person's page."""
    page = visitor.page
    visitor.open("/people/new")
    page.fill("input[name=name]", name)
    page.check(f"input[value={sex}]")
    page.fill("input[name=born]", born.isoformat())
    page.fill("input[name=mother]", f"Ibu {name.split()[0]}")
    page.select_option("select[name=place]", index=1)
    # A child who heads a family would be asked about.
    is_child = (today_here() - born).days < 11 * 366
    page.select_option("select[name=relation]", "3" if is_child else "1")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()
    path = urlsplit(visitor.path()).path
    expect(re.fullmatch(r"/people/[0-9a-f-]{36}", path), f"{name} was not registered: {path}")
    return path


def no_longer_than(visitor, pixels, what):
    high = visitor.page.evaluate("document.body.scrollHeight")
    expect(high < pixels, f"{what} is {high} pixels long")


def looked_at(visitor, found, where):
    wide = visitor.page.evaluate("document.documentElement.scrollWidth")
    if wide > 360:
        found.append(f"{where}: {wide} wide")
    for violation in Axe().run(visitor.page).response["violations"]:
        if violation["impact"] in ("serious", "critical"):
            found.append(f"{where}: {violation['id']} {[node['target'] for node in violation['nodes'][:2]]}")


@check("every form of a visit fits 360 pixels and is found sound by axe, and so is the plan that follows")
def visit_forms(site, options):
    found, today = [], today_here()
    with site.visitor(360, 780, "demo.bidan") as visitor:
        page = visitor.page
        mother = registered(visitor, "Rukmini Kunjungan", "female", today - datetime.timedelta(9000))
        visitor.open(mother + "/pregnancy")
        page.fill("input[name=last_period]", (today - datetime.timedelta(28 * 7)).isoformat())
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        people = [(mother, ["antenatal", "pregnancy_risks", "birth_plan"])]
        # Names so far apart that nobody is asked whether they are one.
        for name, age, forms in (("Kunti", 10, ["newborn", "young_infant"]), ("Baskoro Wibisono", 500, ["child", "development", "growth_follow_up", "sick_child", "child_tuberculosis"])):
            born = today - datetime.timedelta(age)
            people.append((registered(visitor, name, "male", born), forms))
        for person, forms in people:
            visitor.open(person + "/care")
            looked_at(visitor, found, f"plan of {person}")
            offered = {link.get_attribute("href").split("form=")[-1] for link in page.locator(".care-forms a").all()}
            expect(set(forms) <= offered, f"{set(forms) - offered} are not offered")
            for form in forms:
                expect(visitor.open(f"{person}/visit?form={form}").status == 200, f"{form} does not open")
                looked_at(visitor, found, form)
        visitor.open(f"{mother}/visit?form=antenatal")
        no_longer_than(visitor, 4000, "a midwife's antenatal form")
        # What is owed stands open; folded by hand it keeps what was entered.
        laboratory = page.locator("details.folded", has_text="Laboratorium")
        expect(laboratory.get_attribute("open") is not None, "what is owed is folded")
        page.fill("input[name=e102]", "11")
        laboratory.locator("summary").click()
        expect(page.locator("input[name=e102]").is_hidden(), "it does not fold")
        signs = page.locator("fieldset", has_text="Tanda bahaya")
        signs.locator(".yes-no input[value='1']").first.check()
        signs.locator("input[data-answers-rest]").check()
        equal(signs.locator(".yes-no input[value='1']:checked").count(), 1, "danger signs seen")
        equal(signs.locator(".yes-no input[value='0']:checked").count(), signs.locator(".yes-no").count() - 1, "signs answered by one choice")
        signs.locator("input[data-answers-rest]").uncheck()
        equal(signs.locator(".yes-no input:checked").count(), 1, "what was answered by hand stays")
        page.fill("input[name=e4]", "22,5")
        page.locator("button[value=preview]").click()
        page.wait_for_load_state()
        equal(page.input_value("input[name=e4]"), "22,5", "an arm that was just measured")
        equal(page.input_value("input[name=e102]"), "11", "a haemoglobin that was folded away")
        expect(page.locator("input[name=e102]").is_visible(), "what was answered is folded")
        expect(page.locator("select[name=setting] option[selected]").count() == 1, "no place is chosen")
        expect(not visitor.errors, f"{visitor.errors[:2]}")
    with site.visitor(360, 780, "demo.kader") as visitor:
        page = visitor.page
        mother = registered(visitor, "Wulan Antrean", "female", today - datetime.timedelta(9200))
        visitor.open(mother + "/pregnancy")
        page.fill("input[name=last_period]", (today - datetime.timedelta(28 * 7)).isoformat())
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        visitor.open(f"{mother}/visit?form=antenatal")
        # Each sign of danger is a line of 44 pixels.
        no_longer_than(visitor, 2650, "a kader's antenatal form")
        # By keyboard: to the first answer, and from it to the other one.
        page.focus("input[name^=rest]")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        equal(page.locator(".yes-no").first.locator("input:checked").get_attribute("value"), "0", "the answer by keyboard")
    expect(not found, "; ".join(found[:12]))


@check("a toddler's visit at the Posyandu is written in few keystrokes, and in few taps")
def toddler_visit(site, options):
    today = today_here()
    with site.visitor(360, 780, "demo.kader") as visitor:
        page = visitor.page
        child = registered(visitor, "Balita Cepat", "female", today - datetime.timedelta(800))
        visitor.open(child + "/visit?form=child")
        keys = 0
        page.focus("input[name=e1]")
        for part in ("11,2", "Tab", "84,5", "Enter", "Enter"):
            for key in [part] if part in ("Tab", "Enter") else part:
                page.keyboard.press(key)
                keys += 1
            if part == "Enter" and keys < 11:
                # The first shows what follows from the visit, and waits on the button that keeps it.
                page.wait_for_selector("section.preview")
        page.wait_for_url("**/care?done=saved")
        # Five keys a second is slow typing; reading two numbers off the scale takes longer.
        expect(keys <= 15, f"{keys} keystrokes")
        # Another child: a second weighing of one day would be asked about.
        child = registered(visitor, "Rayhan Sentuh", "male", today - datetime.timedelta(800))
        visitor.open(child + "/visit?form=child")
        taps = 0
        for field, value in (("e1", "11,3"), ("e2", "84,6")):
            page.click(f"input[name={field}]")
            page.keyboard.type(value)
            taps += 1 + len(value)
        page.click("button[value=save]")
        taps += 1
        page.wait_for_url("**/care?done=saved")
        expect(taps <= 15, f"{taps} taps")
        expect(not visitor.errors, f"{visitor.errors[:2]}")
    # With two vaccines, whose batches were typed for the child before in the queue.
    with site.visitor(360, 780, "demo.bidan") as visitor:
        page = visitor.page
        for name, batch in (("Gendis Pertiwi", "B-101"), ("Lintang Prawira", "")):
            child = registered(visitor, name, "female", today - datetime.timedelta(560))
            visitor.open(child + "/visit?form=child")
            no_longer_than(visitor, 3000, "the form of a toddler with five vaccines")
            taps = 0
            for field, value in (("e1", "9,8"), ("e2", "79,5")):
                page.click(f"input[name={field}]")
                page.keyboard.type(value)
                taps += 1 + len(value)
            for vaccine in ("DPT-HB-Hib", "Campak-rubela"):
                dose = page.locator(".dose", has_text=vaccine).first
                dose.locator("label.choice:has(input[value=given])").click()
                taps += 1
                if batch:
                    dose.locator("input[maxlength='30']").fill(batch)
                else:
                    equal(dose.locator("input[maxlength='30']").input_value(), "B-101", f"batch of {vaccine}")
            page.click("button[value=save]")
            taps += 1
            page.wait_for_url("**/care?done=saved")
        equal(page.locator(".care-line", has_text="B-101").count(), 2, "doses with their batch on the plan")
        # Twenty seconds are a hundred taps; the aim leaves room for the child.
        expect(taps <= 20, f"{taps} taps with two vaccines")
        print(f"  {taps} taps for weight, height and two vaccines")
        expect(not visitor.errors, f"{visitor.errors[:2]}")


@check("a visit is checked while it is typed, and what follows stands above the button before it is saved")
def visit_while_typing(site, options):
    found, today = [], today_here()
    with site.visitor(360, 780, "demo.bidan") as visitor:
        page = visitor.page
        mother = registered(visitor, "Sekarsari Ketikan", "female", today - datetime.timedelta(9100))
        visitor.open(mother + "/pregnancy")
        page.fill("input[name=last_period]", (today - datetime.timedelta(28 * 7)).isoformat())
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_load_state()
        visitor.open(f"{mother}/visit?form=antenatal")
        heart, greater, lesser = (page.locator(f"input[name={name}]") for name in ("e104", "e100", "e101"))
        # Not believed: marked when the field is left, and the mark goes while it is mended.
        heart.fill("300")
        equal(heart.get_attribute("aria-invalid"), None, "a field that is still being typed")
        heart.press("Tab")
        equal(heart.get_attribute("aria-invalid"), "true", "a heart rate of 300")
        expect("300" in page.locator("label:has(input[name=e104]) .wrong").inner_text(), "the value is not named")
        heart.fill("140")
        equal(heart.get_attribute("aria-invalid"), None, "a heart rate that was mended")
        heart.fill("14o")
        heart.press("Tab")
        equal(heart.get_attribute("aria-invalid"), "true", "a letter")
        heart.fill("140")
        # Possible and hardly believed: asked, with a tick.
        question = page.locator(".measured:has(input[name=e1]) .doubt")
        page.fill("input[name=e1]", "5,5")
        page.press("input[name=e1]", "Tab")
        expect(question.is_visible() and question.locator("p:visible").count() == 1, "a mother of 5.5 kg is not asked about")
        looked_at(visitor, found, "a question")
        page.fill("input[name=e1]", "55")
        expect(question.is_hidden(), "the question stays after it was mended")
        # One against the other, whichever is mended.
        greater.fill("60")
        lesser.fill("115")
        lesser.press("Tab")
        equal(lesser.get_attribute("aria-invalid"), "true", "a pressure of 60/115")
        greater.fill("170")
        greater.press("Tab")
        equal(lesser.get_attribute("aria-invalid"), None, "a pressure of 170/115")
        day = page.locator("input[name=on]")
        day.fill((today + datetime.timedelta(1)).isoformat())
        day.blur()  # the tabulator goes from day to month
        equal(day.get_attribute("aria-invalid"), "true", "tomorrow")
        day.fill(today.isoformat())
        equal(day.get_attribute("aria-invalid"), None, "today")
        day.blur()
        # What follows comes by itself; danger first.
        page.wait_for_selector(".consequences .danger-now")
        expect("170" in greater.input_value() and "/visit" in visitor.path(), "the form was left")
        looked_at(visitor, found, "consequences")
        # Where none comes through, the page stays as it was.
        page.route("**/visit/consequences*", lambda route: route.abort())
        before = page.locator(".consequences").inner_text()
        with page.expect_request("**/visit/consequences*"):
            page.fill("input[name=e1]", "56")
            page.press("input[name=e1]", "Tab")
        page.wait_for_timeout(300)
        equal(page.locator(".consequences").inner_text(), before, "consequences without network")
        page.unroute("**/visit/consequences*")
        child = registered(visitor, "Dananjaya Ketikan", "male", today - datetime.timedelta(500))
        visitor.open(f"{child}/visit?form=sick_child")
        parts = page.locator("form.visit > [data-place]").count()
        page.locator(".yes-no", has_text="Diare").first.locator("label.choice").first.click()
        page.wait_for_function("parts => document.querySelectorAll('form.visit > [data-place]').length > parts", arg=parts)
        order = page.locator("form.visit > [data-place]").evaluate_all("all => all.map((one) => Number(one.dataset.place))")
        equal(order, sorted(order), "the order of the form")
        looked_at(visitor, found, "questions that were opened")
        names = set(page.locator("form.visit > [data-place] input[type=radio][name^=e]").evaluate_all("all => all.map((one) => one.name)"))
        lacking = names - {f"e{code}" for code in page.input_value("input[name=asked]").split()}
        expect(not lacking, f"they do not count as asked: {lacking}")
        errors = [error for error in visitor.errors if "Failed to load resource" not in error]
        expect(not errors, f"{errors[:2]}")
    with site.visitor(360, 780, "demo.kader") as visitor:
        page = visitor.page
        child = registered(visitor, "Prabaswara Ketikan", "male", today - datetime.timedelta(500))
        visitor.open(child + "/visit?form=child")
        equal(page.locator("[name=performer]").count(), 0, "a kader is asked by whom")
        page.fill("input[name=e1]", "10,2")
        page.locator("button[value=save]").click()
        page.wait_for_url("**/care?done=saved")
        # Two kilograms in a day are asked about, and kept once somebody says so; without a script too.
        visitor.open(child + "/visit?form=child")
        page.fill("input[name=e1]", "12,2")
        page.locator("button[value=save]").click()
        page.wait_for_selector(".doubt input:visible")
        expect("done=saved" not in visitor.path(), "kept unasked")
        page.check(".measured:has(input[name=e1]) .doubt input")
        page.locator("button[value=save]").click()
        page.wait_for_url("**/care?done=saved")
    expect(not found, "; ".join(found[:12]))


@check("a dose is written with two taps and its batch once a day, and what is too early is said first")
def vaccinations(site, options):
    found, today = [], today_here()
    with site.visitor(360, 780, "demo.bidan") as visitor:
        page = visitor.page
        born = today - datetime.timedelta(75)
        first = registered(visitor, "Wibawa Candra", "female", born)
        second = registered(visitor, "Larasati Ayu", "male", born)
        visitor.open(first + "/care")
        expect(page.locator("section:has(#immunization) details[open] .care-line").count() >= 4, "no dose is due")
        visitor.click("section:has(#immunization) a[href$='/today']")
        looked_at(visitor, found, "doses of the day")
        dose = page.locator(".dose", has_text="DPT-HB-Hib 1")
        dose.locator("input[value=given]").check()
        dose.locator("input[maxlength='30']").fill("CTH-77")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url("**/care?done=saved")
        given = page.locator(".care-name", has_text="DPT-HB-Hib 1 ·")
        equal(given.count(), 1, "doses given on the plan")
        looked_at(visitor, found, "plan with a dose")
        visitor.open(second + "/visit?form=child")
        looked_at(visitor, found, "form of a visit with doses")
        dose = page.locator(".dose", has_text="DPT-HB-Hib 1")
        equal(dose.locator("input[maxlength='30']").input_value(), "CTH-77", "the batch of the next child")
        taps = 0
        dose.locator("input[value=given]").check()
        taps += 1
        page.click("button[value=save]")
        taps += 1
        page.wait_for_url("**/care?done=saved")
        equal(taps, 2, "taps for a dose")
        visitor.open(second + "/immunizations/book")
        looked_at(visitor, found, "doses of a book")
        page.fill("input[name=d1-1]", born.strftime("%d-%m-%Y"))
        page.fill("input[name=d4-1]", (born + datetime.timedelta(30)).strftime("%d-%m-%Y"))
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_selector("input[name=confirm_doses]")
        looked_at(visitor, found, "a warning")
        page.fill("input[name=d4-1]", "")
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/immunizations?done=saved")
        looked_at(visitor, found, "card with doses")
        card = urlsplit(visitor.path()).path
        visitor.open(second + "/care")
        visitor.open(page.locator("section:has(#immunization) a[href*='/immunizations/']", has_text="perbaiki").first.get_attribute("href"))
        looked_at(visitor, found, "correction of a dose")
        page.locator("#undo input[name=reason]").first.check()
        page.locator("#undo button[type=submit]").click()
        page.wait_for_url("**/care?done=withdrawn")
        # The page with the warning is answered by 400, which the browser's console tells.
        errors = [error for error in visitor.errors if "400 (Bad Request)" not in error]
        expect(not errors, f"{errors[:2]}")
    with site.visitor(360, 780, "demo.bidan", java_script_enabled=False) as visitor:
        visitor.open(first + "/immunizations/today")
        dose = visitor.page.locator(".dose", has_text="PCV 1")
        dose.locator("summary").click()
        dose.locator("input[value=unwell]").check()
        visitor.page.locator("main form button[type=submit]").click()
        visitor.page.wait_for_url("**/care?done=saved")
        equal(visitor.page.locator(".care-line", has_text="sedang sakit").count(), 1, "refusals told without JavaScript")
    for paper, size, width in (("a4", "A4", 703), ("a5", "A5", 733)):
        with site.visitor(width, 900, "demo.bidan") as visitor:
            visitor.open(f"{card}/print?paper={paper}")
            visitor.page.emulate_media(media="print")
            cut = visitor.page.evaluate(PRINTED, width)
            if cut:
                found.append(f"{paper}: {cut}")
            data = visitor.page.pdf(format=size, prefer_css_page_size=True, print_background=True)
            sheets = len(re.findall(rb"/Type\s*/Page\b", data))
            if not 1 <= sheets <= (2 if paper == "a4" else 3):
                found.append(f"{paper}: {sheets} sheets")
            if options.shots:
                with open(os.path.join(options.shots, f"immunisation-card-{paper}.pdf"), "wb") as out:
                    out.write(data)
    expect(not found, "; ".join(found[:12]))


@check("no page breaks its content security policy, complains in the console, or asks another host")
def policy(site, options):
    with site.visitor() as visitor:
        for name, path in all_pages(site, options).items():
            answer = visitor.open(path)
            found = answer.headers.get("content-security-policy", "")
            expect("default-src 'self'" in found and "unsafe-inline" not in found and "unsafe-eval'" not in found.replace(
                "'wasm-unsafe-eval'", ""), f"{name}: the policy is {found!r}")
            visitor.page.wait_for_timeout(100)
        visitor.open("/calculator")
        visitor.page.locator("#calculator-status:not(:empty)").wait_for()
        visitor.page.wait_for_timeout(300)
        errors = [error for error in visitor.errors if "/places/x" not in error]
        expect(not errors, f"{len(errors)} complaints, first {errors[:2]}")
        expect(not visitor.foreign, f"asked for {visitor.foreign[:3]}")
        # The policy is really there: what breaks it is stopped and seen.
        visitor.open("/guidelines")
        visitor.errors.clear()
        visitor.page.evaluate("""() => { const s = document.createElement("script"); s.textContent = "window.bad = 1";
          document.body.append(s); const i = new Image(); i.src = "http://192.0.2.1/x.png"; document.body.append(i); }""")
        visitor.page.wait_for_timeout(300)
        expect(visitor.page.evaluate("window.bad") is None and len(visitor.errors) >= 2, "a broken policy is not noticed")


@check("no page has a script or style inside, nor an attribute that runs one")
def inline(site, options):
    with site.visitor() as visitor:
        for name, path in all_pages(site, options).items():
            text = visitor.open(path).text()
            for pattern in (r"<script(?![^>]*\ssrc=)", r"<style\b", r"<[^>]+\son[a-z]+\s*=", r"<[^>]+\sstyle\s*=", r"javascript:",
                            r"(?:src|href)=\"(?:https?:)?//"):
                found = re.search(pattern, text, re.I)
                expect(not found, f"{name}: {found and text[found.start():found.start() + 120]!r}")


@check("names from a file are shown as text, and no formula leaves in a spreadsheet")
def hostile(site, options):
    with site.visitor() as visitor:
        path = all_pages(site, options)["import"]
        visitor.open(path)
        expect(visitor.page.locator("main b").count() == 0, "a tag from the file became part of the page")
        text = visitor.context.request.get(site.address + urlsplit(path).path + "/refused.csv").text()
        cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
        expect(any("Rumus" in cell for cell in cells), "the refused row is not in the file")
        expect(not any(cell.startswith("=") for cell in cells), "a formula stands in the file")


# Paper


PRINTED = """(width) => [...document.querySelectorAll("main *")].filter((e) => {
    if (e.closest("svg") && e.tagName !== "svg") return false;
    if (e.closest(".visually-hidden")) return false;
    const box = e.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) return false;
    const style = getComputedStyle(e);
    return box.right > width + 1 || box.left < -1
      || (style.overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0);
  }).slice(0, 4).map((e) => `${e.tagName}.${e.className?.baseVal ?? e.className} ${Math.round(e.getBoundingClientRect().right)}`)"""


@check("place, PWS, child, why and report print on A4 with nothing cut off")
def paper(site, options):
    pages = all_pages(site, options)
    cut = []
    for name in ("puskesmas", "village", "pws", "names missed", "child", "why", "report", "guidelines", "guideline sick_child", "kms"):
        # A4 within the margins of the style sheet, at 96 dots per inch.
        width = {"report": 1046, "kms": 1062}.get(name, 703)
        with site.visitor(width, 900) as visitor:
            visitor.open(pages[name])
            visitor.page.emulate_media(media="print")
            found = visitor.page.evaluate(PRINTED, width)
            if found:
                cut.append(f"{name}: {found}")
            data = visitor.page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
            sheets = len(re.findall(rb"/Type\s*/Page\b", data))
            most = 2 if name == "kms" else 80 if name.startswith("guideline ") else 30
            if not 1 <= sheets <= most:
                cut.append(f"{name}: {sheets} sheets")
            if options.shots:
                with open(os.path.join(options.shots, f"{name.replace(' ', '-')}.pdf"), "wb") as out:
                    out.write(data)
    expect(not cut, "; ".join(cut))


# The calculator


INDEX = {"zwei": ("zwei",), "zlen": ("zlen", "zhei"), "zwfl": ("zwfl", "zwfh"), "zbmi": ("zbmi",), "zhc": ("zhc",),
         "zac": ("zac",)}


def fixture_cases():
    rows = [row for row in csv.DictReader(open(FIXTURE, newline=""))
            if int(row["age"]) < 1820 and row["weight"] and row["lenhei"]]
    plain = [row for row in rows if row["oedema"] == "n"]
    cases = plain[5:1500:90] + [row for row in plain if row["measure"] == "h" and int(row["age"]) < 700][:3]
    cases += [row for row in plain if row["measure"] == "l" and int(row["age"]) > 800][:3]
    cases += [row for row in plain if "1" in (row["flen"], row["fwei"], row["fwfl"])][:3]
    return cases + [row for row in rows if row["oedema"] == "y"][:2] + [row for row in plain if row["measure"] == ""][:2]


def calculate(page, row):
    """Fills in the form with a row of the fixture; what the page answers, by index."""
    page.locator("button[type=reset]").click()
    visit = datetime.date(2025, 6, 14)
    page.locator(f"input[name=sex][value={'male' if row['sex'] == 'm' else 'female'}]").check()
    page.locator("#birth_date").fill(str(visit - datetime.timedelta(days=int(row["age"]))))
    page.locator("#visit_date").fill(str(visit))
    for name, value in (("weight", row["weight"]), ("length", row["lenhei"]), ("head", row["headc"]), ("muac", row["armc"])):
        # People write a comma or a point.
        page.locator("#" + name).fill(value.replace(".", ",") if name == "weight" else value)
    page.locator("#position").select_option({"l": "lying", "h": "standing", "": ""}[row["measure"]])
    page.locator("input[name=oedema]").set_checked(row["oedema"] == "y")
    page.locator("button[type=submit].button").click()
    page.locator("#calculator-result:not([hidden]), #calculator-error:not([hidden])").first.wait_for()
    return page.evaluate("""() => ({ error: document.getElementById("calculator-error").textContent,
      badges: [...document.querySelectorAll("#calculator-badges .badge")].map((b) => [".badge-index", ".badge-category",
        ".badge-value"].map((part) => b.querySelector(part).textContent)) })""")


def compare(page, row):
    words = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll("#calculator-words li")]
      .map((item) => [item.dataset.code, item.textContent]))""")
    answer = calculate(page, row)
    expect(not answer["error"], f"row {row['id']}: {answer['error']}")
    shown = {}
    for name, category, value in answer["badges"]:
        if value.endswith("SD"):
            shown[name] = (float(value.removesuffix("SD").strip().replace("−", "-").replace(",", ".")),
                           category == words["ui.flagged"])
    for index, codes in INDEX.items():
        found = [shown[words["index." + code]] for code in codes if words["index." + code] in shown]
        if row[index] == "":
            expect(not found, f"row {row['id']} {index}: {found} where there is none")
            continue
        expect(found, f"row {row['id']} {index}: missing among {answer['badges']}")
        expect(abs(found[0][0] - float(row[index])) < 0.0101, f"row {row['id']} {index}: {found[0][0]} instead of {row[index]}")
        equal(found[0][1], row["f" + index[1:]] == "1", f"row {row['id']} {index}: flagged")


@check("the calculator gives WHO's z-scores")
def calculator(site, options):
    with site.visitor() as visitor:
        visitor.open("/calculator")
        ready = visitor.page.locator("#calculator-status").get_attribute("data-ready")
        visitor.page.get_by_text(ready, exact=True).wait_for()
        for row in fixture_cases():
            compare(visitor.page, row)


@check("the calculator works on without a network, and again and again")
def offline(site, options):
    with site.visitor() as visitor:
        visitor.open("/calculator?lang=en")
        ready = visitor.page.locator("#calculator-status").get_attribute("data-ready")
        visitor.page.get_by_text(ready, exact=True).wait_for()
        visitor.context.set_offline(True)
        for _ in range(15):
            for row in fixture_cases()[:12]:
                compare(visitor.page, row)
        expect(not visitor.foreign and not visitor.errors, f"{visitor.foreign} {visitor.errors[:2]}")


@check("the calculator explains what is wrong with what was entered")
def calculator_refuses(site, options):
    row = dict(sex="m", age="300", weight="8.9", lenhei="72", headc="", armc="", measure="l", oedema="n")
    with site.visitor() as visitor:
        page = visitor.page
        visitor.open("/calculator")
        page.get_by_text(page.locator("#calculator-status").get_attribute("data-ready"), exact=True).wait_for()
        told = set()
        for change in ({"weight": "delapan"}, {"age": "-3"}, {"age": "2200"}, {"weight": "", "lenhei": ""}):
            answer = calculate(page, row | change)
            expect(answer["error"] and page.locator("#calculator-result").is_hidden(), f"{change} is answered: {answer}")
            told.add(answer["error"])
        equal(len(told), 4, f"different explanations ({told})")
        expect(not calculate(page, row)["error"], "a complaint stays after it was mended")


# Bad addresses, files


@check("a bad address is answered by a page that says what is wrong, in both languages")
def bad_addresses(site, options):
    cases = {
        "/places/x": 404, "/nutrition?month=2025-13": 400, "/nutrition?indicator=NOPE": 400,
        "/children/00000000-0000-0000-0000-000000000000": 404, "/nutrition?month=2199-01": 400, "/nutrition?place=1": 400,
        "/nutrition/names?state=perhaps": 400, "/nutrition/names?page=0": 400, "/nutrition/names?page=99999": 400,
        "/nutrition?sex=x": 400, "/nutrition?age=7": 400, "/imports/x": 404, "/nothing": 404, "/assets/none.js": 404,
        "/assets/..%2fTemplates%2fhome.mustache": 404, "/nutrition/names.csv?indicator=NOPE": 400,
        "/imports/00000000-0000-0000-0000-000000000000/refused.csv": 404,
    }
    wrong = []
    with site.visitor() as visitor:
        for path, status in cases.items():
            texts = []
            for language in ("id", "en"):
                answer = visitor.open(path + ("&" if "?" in path else "?") + "lang=" + language)
                if answer.status != status:
                    wrong.append(f"{path}: {answer.status}")
                    break
                html = visitor.page.locator("html").get_attribute("lang")
                text = visitor.page.locator("main").inner_text()
                if html != language or len(text) < 40 or visitor.page.locator("main a[href='/']").count() == 0:
                    wrong.append(f"{path} ({language}): {html} {text[:80]!r}")
                texts.append(text)
            if len(texts) == 2 and texts[0] == texts[1]:
                wrong.append(f"{path}: the same words in both languages")
        bad = visitor.open("/nutrition?indicator=%3Cscript%3Ealert(1)%3C/script%3E&lang=id")
        if bad.status != 400 or "<script>alert" in bad.text():
            wrong.append("a script in a parameter comes back")
        answer = visitor.context.request.get(site.address + "/", headers={"Host": "example.org"})
        if answer.status != 421:
            wrong.append(f"another host is answered with {answer.status}")
        answer = visitor.context.request.post(site.address + "/nutrition")
        if not 400 <= answer.status < 500:
            wrong.append(f"POST is answered with {answer.status}")
    expect(not wrong, "; ".join(wrong))


def rows_of(download):
    text = open(download.path(), encoding="utf-8-sig", newline="").read()
    rows = list(csv.reader(io.StringIO(text)))
    expect(rows and all(len(row) == len(rows[0]) for row in rows), f"{download.suggested_filename}: rows of different length")
    return rows


@check("every page's CSV comes down whole: names.csv has as many rows as there are names")
def downloads(site, options):
    pages = all_pages(site, options)
    with site.visitor() as visitor:
        page = visitor.page

        def download(name, selector):
            visitor.open(pages[name])
            count = number(page.locator("nav.segments a[aria-current=page] .segment-count").inner_text()) if "names" in name else None
            with page.expect_download() as found:
                page.locator(selector).first.click()
            expect(found.value.suggested_filename.endswith(".csv"), f"{name}: saved as {found.value.suggested_filename}")
            rows = rows_of(found.value)
            if count is not None:
                equal(len(rows) - 1, count, f"{name}: rows")
            expect(len(rows) > 1 or count == 0, f"{name}: no rows")

        for state in ("reached", "missed", "excluded", "unknown"):
            download(f"names {state}", "a[href*='names.csv']")
        download("pws", "a[href*='nutrition.csv']")
        download("report", "a[href*='report.csv']")
        download("child", "a[href*='measurements.csv']")
        download("import", "a[href*='refused.csv']")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--shots", help="a folder for screenshots and printed pages")
    parser.add_argument("--only", default="", help="only checks whose sentence holds this word")
    options = parser.parse_args()
    options.pages = {}
    if options.shots:
        os.makedirs(options.shots, exist_ok=True)
    passed = failed = 0
    site = Site(os.path.abspath(options.binary))
    try:
        for text, function in CHECKS:
            if options.only not in text:
                continue
            try:
                function(site, options)
                passed += 1
                print(f"pass  {text}", flush=True)
            except Exception as problem:  # a check that breaks has failed, the others go on
                failed += 1
                where = traceback.extract_tb(problem.__traceback__)[-1]
                message = str(problem).split("\nCall log")[0].replace("\n", " ")[:1200]
                print(f"FAIL  {text}: {message} ({os.path.basename(where.filename)}:{where.lineno})", flush=True)
    finally:
        site.close()
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed == 0)


if __name__ == "__main__":
    main()
