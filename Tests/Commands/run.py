#!/usr/bin/env python3
"""The command line as a person uses it: files good and bad, reports, tables of z-scores, damage.

    run.py --binary PATH [--only WORD] [--megabytes 300]

Python 3 alone. Every check works in a folder of its own, on copies of one small district.
"""
import argparse, csv, io, json, os, re, shutil, socket, sqlite3, subprocess, sys, tempfile, threading, time, traceback

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(HERE, "..", "Fixtures", "growth")
CHECKS = []
HEADING = ["NIK", "Nama", "JK", "Tgl Lahir", "Nama Ortu", "Desa/Kel", "Posyandu", "Tanggal Pengukuran", "Berat", "Tinggi",
           "Cara Ukur", "LiLA", "Edema"]


def check(text):
    def register(function):
        CHECKS.append((text, function))
        return function
    return register


def expect(good, text):
    if not good:
        raise AssertionError(text)


def equal(found, wanted, what):
    expect(found == wanted, f"{what}: {found!r} instead of {wanted!r}")


class Work:
    def __init__(self, options):
        self.binary, self.options = os.path.abspath(options.binary), options
        self.base = tempfile.mkdtemp(prefix="commands-")
        self.count = 0
        os.makedirs(self.path("prepared"))
        result = self.run("demo", "--prepare", "--size", "tiny", "--database", self.path("prepared/x.sqlite"))
        equal(result.returncode, 0, f"demo --prepare ({result.stderr[-300:]})")

    def path(self, name):
        return os.path.join(self.base, name)

    def run(self, *words, language="id", timeout=300):
        return subprocess.run([self.binary, *map(str, words)], capture_output=True, text=True, errors="replace",
                              timeout=timeout, env=dict(os.environ, SIKILAP_LANGUAGE=language))

    def database(self):
        """A copy of the small district, whole, in a folder of its own."""
        self.count += 1
        folder = self.path(f"copy{self.count}")
        shutil.copytree(self.path("prepared"), folder)
        return os.path.join(folder, "x.sqlite")

    def file(self, rows, name=None, heading=HEADING):
        self.count += 1
        path = self.path(name or f"file{self.count}.csv")
        with open(path, "w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(heading)
            writer.writerows(rows)
        return path

    def bring_in(self, path, database, *more, **options):
        return self.run("import", "measurements", path, "--database", database, *more, **options)

    def fingerprint(self, database):
        """(chain, number of facts) as verify tells them."""
        result = self.run("verify", "--database", database, language="en")
        equal(result.returncode, 0, f"verify ({result.stdout + result.stderr})")
        return re.search(r"Chain ([0-9a-f]{64})", result.stdout)[1], int(re.search(r": (\d+) facts", result.stdout)[1])

    def exported(self, database):
        result = self.run("export", "measurements", "--database", database)
        equal(result.returncode, 0, f"export ({result.stderr[-300:]})")
        return list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))


def tally(result):
    """(accepted, already there, refused) as the command tells them in English."""
    found = re.search(r"Done: (\d+) rows accepted, (\d+) already there, (\d+) refused", result.stderr)
    expect(found, f"no sum at the end: {result.stderr[-400:]!r}")
    return tuple(map(int, found.groups()))


def row(number, **changes):
    """A sound row of a child whose NIK belongs to no province and tells its sex and birthday; the serial begins with 1."""
    values = {"NIK": f"990101{1 if number % 2 else 41:02d}0124{1000 + number:04d}", "Nama": f"Contoh Anak {number:03d}", "JK": "L" if number % 2 else "P",
              "Tgl Lahir": "2024-01-01", "Nama Ortu": f"Contoh Ibu {number:03d}", "Desa/Kel": "Desa Contoh 01",
              "Posyandu": "Posyandu Contoh 01", "Tanggal Pengukuran": "2025-10-07", "Berat": "9.4", "Tinggi": "78.5",
              "Cara Ukur": "Terlentang", "LiLA": "14.2", "Edema": "Tidak"}
    values.update(changes)
    return [values[name] for name in HEADING]


# What is wrong, the column and value that the message must name, and a word of the explanation.
BAD_ROWS = [
    (dict(Berat="0"), "Berat", "0", "outside .* to ", "di luar"),
    (dict(Berat="9,4 kg"), "Berat", "9,4 kg", "Not a number", "angka"),
    (dict(Tinggi="785"), "Tinggi", "785", "outside .* to ", "di luar"),
    ({"Tanggal Pengukuran": "2199-01-01"}, "Tanggal Pengukuran", "2199-01-01", "in the future", "belum"),
    ({"Tanggal Pengukuran": "2999-12-31"}, "Tanggal Pengukuran", "2999-12-31", "in the future", "belum"),
    ({"Tgl Lahir": "2999-12-31"}, "Tanggal Pengukuran", "2025-10-07", "before the date of birth", "lahir"),
    ({"Tgl Lahir": "1899-12-31"}, "Tgl Lahir", "1899-12-31", "before 1900-01-01", "sebelum 1900-01-01"),
    ({"Tanggal Pengukuran": "2027-12-31"}, "Tanggal Pengukuran", "2027-12-31", "in the future", "belum"),
    ({"Tanggal Pengukuran": "31-02-2025"}, "Tanggal Pengukuran", "31-02-2025", "no such day", "kalender|tanggal"),
    ({"Tanggal Pengukuran": "kemarin"}, "Tanggal Pengukuran", "kemarin", "Not a date", "tanggal"),
    ({"Tanggal Pengukuran": ""}, "Tanggal Pengukuran", "", "empty", "kosong"),
    ({"Tanggal Pengukuran": "2023-12-31"}, "Tanggal Pengukuran", "2023-12-31", "before the date of birth", "lahir"),
    ({"Tgl Lahir": "2023-02-29"}, "Tgl Lahir", "2023-02-29", "no such day", "kalender|tanggal"),
    ({"Desa/Kel": "Desa Contoh 07"}, "Desa/Kel", "Desa Contoh 07", "is known.*Desa Contoh 0", "Desa Contoh 0"),
    ({"Posyandu": "Posyandu Takada"}, "Posyandu", "Posyandu Takada", "no such Posyandu", "Posyandu"),
    (dict(NIK="12345"), "NIK", "12345", "16 digits", "16"),
    (dict(NIK="99010101012400ab"), "NIK", "99010101012400ab", "16 digits", "16"),
    (dict(JK="X"), "JK", "X", "sex", "kelamin"),
    ({"Cara Ukur": "duduk"}, "Cara Ukur", "duduk", "Position", "ukur"),
    (dict(Edema="mungkin"), "Edema", "mungkin", "yes nor no", "ya"),
    (dict(Berat="", Tinggi="", LiLA=""), "Berat", "", "no measurement", "ukur|timbang"),
    (dict(NIK="", Nama=""), "Nama", "", "who the child is", "NIK"),
]


@check("a bad row is refused with line, column, value, what is wrong and how to mend it, in both languages")
def bad_rows(work):
    wrong = []
    # Twenty are told at once.
    halves = BAD_ROWS[:len(BAD_ROWS) // 2], BAD_ROWS[len(BAD_ROWS) // 2:]
    for language, bad in [(language, half) for language in ("en", "id") for half in halves]:
        database = work.database()
        rows = [row(500), *(row(600 + n, **changes) for n, (changes, *_) in enumerate(bad)), row(501)]
        file = work.file(rows)
        result = work.bring_in(file, database, language=language)
        equal(result.returncode, 0, f"exit code with some good rows ({result.stderr[-300:]})")
        lines = [line for line in result.stderr.splitlines() if re.match(r"\s+(line|baris) \d+", line)]
        equal(len(lines), len(bad), f"refused lines told ({language}) in {result.stderr[-2500:]!r}")
        for number, (line, (_, column, value, english, indonesian)) in enumerate(zip(lines, bad), 3):
            what = english if language == "en" else indonesian
            found = re.match(r'\s+(?:line|baris) (\d+), (?:column|kolom) (.*?), [“"](.*?)[”"]: (.*)$', line)
            if not found or int(found[1]) != number or found[2] != column or found[3] != value:
                wrong.append(f"{line.strip()!r} for line {number}, column {column}, value {value!r}")
            elif not re.search(what, found[4], re.I) or len(re.findall(r"[.?!](?:\s|$)", found[4])) < 2:
                wrong.append(f"{line.strip()!r} does not say {what!r} and how to mend it")
        refused = list(csv.reader(open(file + ".ditolak.csv", newline="")))
        equal(refused[0], HEADING, "heading of the refused file")
        equal(refused[1:], rows[1:-1], "rows of the refused file")
    expect(not wrong, f"{len(wrong)}: " + "; ".join(wrong[:6]))


@check("a refused file is mended and imported again, and then nothing is missing")
def mend(work):
    database = work.database()
    before = len(work.exported(database))
    file = work.file([row(1), row(2, Berat="0"), row(3, **{"Desa/Kel": "Desa Contooh 01"})])
    equal(tally(work.bring_in(file, database, language="en")), (1, 0, 2), "first import")
    refused = list(csv.reader(open(file + ".ditolak.csv", newline="")))
    refused[1][HEADING.index("Berat")] = "9.1"
    refused[2][HEADING.index("Desa/Kel")] = "Desa Contoh 01"
    mended = work.file(refused[1:], heading=refused[0])
    result = work.bring_in(mended, database, language="en")
    equal(tally(result), (2, 0, 0), "import of the mended file")
    expect(not os.path.exists(mended + ".ditolak.csv"), "a refused file without refused rows")
    equal(len(work.exported(database)) - before, 3, "measurements brought in")
    work.fingerprint(database)


@check("where every row is refused the exit code says so")
def all_refused(work):
    result = work.bring_in(work.file([row(1, Berat="0")]), work.database(), language="en")
    equal((result.returncode != 0, tally(result)), (True, (0, 0, 1)), "exit code and sum")


@check("a row with another number of columns is refused with both numbers")
def columns(work):
    file = work.file([row(1), row(2) + ["zu viel"], row(3)[:-2], row(4)])
    result = work.bring_in(file, work.database(), language="en")
    equal(tally(result), (2, 0, 2), "rows")
    for line, found in ((3, len(HEADING) + 1), (4, len(HEADING) - 2)):
        expect(re.search(rf"line {line}, .*{found} columns where {len(HEADING)} are", result.stderr), result.stderr[-600:])


@check("damaged letters are refused by row, and the sound rows are kept")
def letters(work):
    file = work.file([row(1), row(2, Nama="NAMA"), row(3)])
    data = open(file, "rb").read().replace(b"NAMA", "Conto\u00f1".encode("latin-1"))
    open(file, "wb").write(data)
    result = work.bring_in(file, work.database(), language="en")
    equal(tally(result), (2, 0, 1), "rows")
    expect(re.search(r"line 3, column Nama.*cannot be read.*UTF-8", result.stderr), result.stderr[-600:])
    expect(b"\xf1" in open(file + ".ditolak.csv", "rb").read(), "the refused row is not as it stood")


@check("a file that is no CSV is refused as a whole with a word on how to mend it, in both languages")
def bad_files(work):
    good = open(work.file([row(1)]), "rb").read()
    cases = {
        "empty": (b"", "empty", "kosong"), "xlsx": (b"PK\x03\x04" + bytes(200), "Excel", "Excel"),
        "xls": (b"\xd0\xcf\x11\xe0" + bytes(200), "Excel", "Excel"),
        "utf16": ("\ufeff" + good.decode()).encode("utf-16-le"), "utf16be": ("\ufeff" + good.decode()).encode("utf-16-be"),
        "quote": (good + b'9901,"Contoh\n', "quotation mark.* line 3", "kutip"),
        "quote_long": (good + b'9901,"' + b"x" * 4_000_000, "quot|too long", "kutip|panjang"),
        "binary": (good + bytes(range(256)) * 20, "no text file|UTF|damaged|columns", "teks|UTF|rusak|kolom"),
        "column": (good.replace(b"Tanggal Pengukuran", b"Hari"), "no column for visit_date", "kolom"),
        "heading_only": (good.splitlines()[0] + b"\n", None, None),
        "wide": (b",".join(b"x" * 3 for _ in range(5000)) + b"\n", "too many columns", "kolom"),
    }
    cases["utf16"] = (cases["utf16"], "UTF-16.*UTF-8", "UTF-16")
    cases["utf16be"] = (cases["utf16be"], "UTF-16.*UTF-8", "UTF-16")
    database, wrong = work.database(), []
    before = work.fingerprint(database)
    for name, (data, *texts) in cases.items():
        path = work.path(name + ".csv")
        open(path, "wb").write(data)
        for language, text in zip(("en", "id"), texts):
            result = work.bring_in(path, database, language=language, timeout=60)
            if text is None:
                if result.returncode != 0:
                    wrong.append(f"{name}: a file without rows ends with {result.returncode}")
            elif name == "binary" and result.returncode == 0:
                pass  # the rows before are kept, those behind refused
            elif result.returncode == 0 or not re.search(text, result.stderr, re.I | re.S) or "Fatal" in result.stderr:
                wrong.append(f"{name} ({language}): exit {result.returncode}, {result.stderr[-200:]!r}")
    for path, text in ((work.base, "folder"), (work.path("none.csv"), "cannot be opened")):
        result = work.bring_in(path, database, language="en")
        if result.returncode == 0 or not re.search(text, result.stderr):
            wrong.append(f"{path}: exit {result.returncode}, {result.stderr[-200:]!r}")
    result = work.bring_in(work.file([row(9)]), database, "--map", work.path("no.json"), language="en")
    if result.returncode == 0 or "mapping" not in result.stderr:
        wrong.append(f"a mapping that is not there: {result.stderr[-200:]!r}")
    open(work.path("bad.json"), "w").write('{"columns": {"wieght": ["Berat"]}}')
    result = work.bring_in(work.file([row(9)]), database, "--map", work.path("bad.json"), language="en")
    if result.returncode == 0 or "no mapping" not in result.stderr:
        wrong.append(f"a mapping with a wrong field: {result.stderr[-200:]!r}")
    work.fingerprint(database)
    equal(before[1] <= work.fingerprint(database)[1] <= before[1] + 12, True, "facts after refused files")
    expect(not wrong, "; ".join(wrong))


@check("a child beyond five years is accepted, and leaves the figures of under-fives alone")
def too_old(work):
    database = work.database()
    def s_of():
        text = work.run("report", "nutrition", "--database", database, "--month", "2025-10", "--csv", "-").stdout
        return [line["s"] for line in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))]
    before = s_of()
    result = work.bring_in(work.file([row(1, **{"Tgl Lahir": "2017-01-01", "Berat": "22", "Tinggi": "120", "Cara Ukur": "Berdiri"})]),
                           database, language="en")
    told = tally(result)
    expect(told[0] == 1 or (told[2] == 1 and len(result.stderr) > 100), f"neither accepted nor refused with a reason: {told}")
    equal(s_of(), before, "S of all places")
    work.fingerprint(database)


@check("separators, quotes, marks and line ends of every usual kind give the same facts")
def dialects(work):
    rows = [row(1, Nama='Contoh "Anak", 001'), row(2)]
    def written(separator, end, mark=b""):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator, lineterminator=end)
        writer.writerow(HEADING), writer.writerows(rows)
        path = work.path(f"dialect{ord(separator)}{len(end)}{len(mark)}.csv")
        open(path, "wb").write(mark + out.getvalue().encode())
        return path
    first = None
    for separator, end, mark in ((",", "\n", b""), (";", "\r\n", b"\xef\xbb\xbf"), ("\t", "\n", b""), (",", "\r\n", b"\xef\xbb\xbf")):
        database = work.database()
        equal(tally(work.bring_in(written(separator, end, mark), database, language="en")), (2, 0, 0), f"with {separator!r} {end!r}")
        found = work.exported(database)
        first = first or found
        equal(found, first, f"export after {separator!r} {end!r}")


@check("the same file twice changes nothing")
def twice(work):
    database = work.database()
    file = work.file([row(n) for n in range(40)] + [row(n, **{"Tanggal Pengukuran": "2025-11-04", "Berat": "9.7"}) for n in range(40)])
    equal(tally(work.bring_in(file, database, language="en")), (80, 0, 0), "first")
    before = work.fingerprint(database)
    equal(tally(work.bring_in(file, database, language="en")), (0, 80, 0), "second")
    equal(work.fingerprint(database), before, "chain and facts")


@check("a corrected export is a correction, and the old file does not turn it back")
def corrected(work):
    database = work.database()
    old, new = work.file([row(1), row(2)]), work.file([row(1, Berat="8.9"), row(2)])
    def weights():
        return sorted((r["Nama"], r["Berat"]) for r in work.exported(database) if r["Nama"].startswith("Contoh Anak 00"))
    work.bring_in(old, database)
    facts = work.fingerprint(database)[1]
    equal(weights(), [("Contoh Anak 001", "9.4"), ("Contoh Anak 002", "9.4")], "after the first file")
    equal(tally(work.bring_in(new, database, language="en")), (1, 1, 0), "the corrected file")
    wanted = [("Contoh Anak 001", "8.9"), ("Contoh Anak 002", "9.4")]
    equal(weights(), wanted, "after the corrected file")
    after = work.fingerprint(database)
    equal(after[1], facts + 1, "the old fact stays, one is added")
    equal(tally(work.bring_in(old, database, language="en")), (0, 2, 0), "the old file again")
    equal((weights(), work.fingerprint(database)), (wanted, after), "after the old file again")


@check("a value that was corrected comes back with another file, and a file read before brings nothing back unless asked to")
def comes_back(work):
    database = work.database()
    first, second = work.file([row(1)]), work.file([row(1, Berat="8.9")])
    third = work.file([row(1), row(2)])
    def weight():
        return [r["Berat"] for r in work.exported(database) if r["Nama"] == "Contoh Anak 001"]
    def bring(file, wanted, *more):
        result = work.bring_in(file, database, *more, language="en")
        equal(tally(result), wanted, f"rows of {file}")
        return result.stderr
    bring(first, (1, 0, 0)), bring(second, (1, 0, 0))
    equal(weight(), ["8.9"], "after the correction")
    told = bring(third, (2, 0, 0))
    expect("1 warnings" in told and re.search(r"! line 2, column Tanggal Pengukuran.*takes the correction back", told), told[-500:])
    equal(weight(), ["9.4"], "after the value came back")
    before = work.fingerprint(database)
    told = bring(second, (0, 1, 0))
    expect(re.search(r"! line 2, .*was read before.*correction stays.*--bring-back", told), told[-500:])
    for file in (first, second, third, first):
        bring(file, (0, 2 if file == third else 1, 0))
    equal((weight(), work.fingerprint(database)), (["9.4"], before), "after all files again")
    bring(second, (1, 0, 0), "--bring-back")
    equal(weight(), ["8.9"], "after --bring-back")
    after = work.fingerprint(database)
    bring(second, (0, 1, 0), "--bring-back"), bring(second, (0, 1, 0))
    equal(work.fingerprint(database), after, "facts after reading it once more")


@check("a NIK that tells another birthday or sex is a warning in both languages, and the row is taken")
def identity_warnings(work):
    rows = [row(1), row(3, NIK="9901010201241003"), row(5, NIK="9901014101241005"), row(7, NIK="9901013201241007"),
            row(9, NIK="9901010101240000"), row(2, NIK="9901010201241002")]
    texts = {"en": ["2024-01-02, the row says 2024-01-01", "other sex", "never given out", "never given out", "2024-01-02", "other sex"],
             "id": ["2024-01-02, menurut baris ini 2024-01-01", "Jenis kelamin", "tidak pernah", "tidak pernah", "2024-01-02", "Jenis kelamin"]}
    for language, wanted in texts.items():
        database = work.database()
        result = work.bring_in(work.file(rows), database, language=language)
        equal(result.returncode, 0, "exit code")
        lines = [line for line in result.stderr.splitlines() if line.startswith("  ! ")]
        equal(len(lines), 6, f"warnings in {result.stderr[-1500:]!r}")
        for line, number, (text) in zip(lines, (3, 4, 5, 6, 7, 7), wanted):
            expect(re.search(rf"(line|baris) {number}, .*NIK, .*{text}", line), f"{line!r} for line {number}, {text!r}")
        expect(re.search("6 (warnings|peringatan)", result.stderr), result.stderr[-1500:])
        equal(len([r for r in work.exported(database) if r["Nama"].startswith("Contoh Anak 00")]), 6, "measurements taken")
        stored = sqlite3.connect(database).execute("SELECT line, warning FROM import_warning ORDER BY line, warning").fetchall()
        equal([line for line, _ in stored], [3, 4, 5, 6, 7, 7], "warnings kept")


@check("text behind a closing quotation mark is refused, and the row is kept as it stood")
def text_behind_quote(work):
    file = work.file([row(1), row(2, Nama="NAMA"), row(3)])
    data = open(file).read().replace("NAMA", '"Contoh Siti" Aminah')
    open(file, "w").write(data)
    result = work.bring_in(file, work.database(), language="en")
    equal(tally(result), (2, 0, 1), "rows")
    expect(re.search(r"line 3, column Nama, .*behind the closing quotation mark", result.stderr), result.stderr[-500:])
    expect('"Contoh Siti" Aminah' in open(file + ".ditolak.csv").read(), "the refused row is not as it stood")


@check("an older visit that comes late tells of the earlier home and leaves the later one alone")
def late_home(work):
    files = [work.file([row(1, **{"Tanggal Pengukuran": day, "Desa/Kel": f"Desa {home}", "Posyandu": f"Posyandu {home}"})])
             for day, home in (("2025-03-04", "Contoh 01"), ("2025-05-06", "Contoh 01"), ("2025-09-02", "Contoh 02"),
                               ("2025-04-01", "Contoh 02"))]
    reports = []
    for order in ((0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)):
        database = work.database()
        for number in order:
            expect(tally(work.bring_in(files[number], database, language="en"))[0] == 1, f"file {number}")
        work.fingerprint(database)
        reports.append([work.run("report", "nutrition", "--database", database, "--month", f"2025-{month:02d}", "--csv", "-").stdout
                        for month in range(3, 11)])
    expect(reports[0] == reports[1] == reports[2], "figures differ by the order of the files")
    expect(len(set(reports[0])) == len(reports[0]), "the months all look alike")


@check("contradicting rows of one file: one stands, the other is refused")
def contradiction(work):
    result = work.bring_in(work.file([row(1), row(1, Berat="7.0")]), work.database(), language="en")
    equal(tally(result), (1, 0, 1), "rows")
    expect(re.search(r"line 3, .*[Rr]ow 2 holds", result.stderr), result.stderr[-400:])


@check("a file that contradicts itself changes nothing when it is read again")
def contradiction_again(work):
    database, file = work.database(), work.file([row(1), row(1, Berat="7.0")])
    equal(tally(work.bring_in(file, database, language="en")), (1, 0, 1), "first reading")
    before = work.fingerprint(database)
    equal(tally(work.bring_in(file, database, language="en")), (0, 1, 1), "second reading")
    equal(work.fingerprint(database), before, "facts after the second reading")


@check("children of one name and birthday with different mothers are two, and a NIK on a later row is learned")
def namesakes(work):
    database = work.database()
    before = len(work.exported(database))
    same = {"NIK": "", "Nama": "Contoh Siti"}
    file = work.file([row(1, **same, **{"Nama Ortu": "Contoh Ibu A"}),
                      row(2, **same, **{"Nama Ortu": "Contoh Ibu B", "JK": "L"}),
                      row(3, **{"NIK": "", "Nama": "Contoh Budi", "Nama Ortu": "Contoh Ibu C"}),
                      row(3, **{"Nama": "Contoh Budi", "Nama Ortu": "Contoh Ibu C", "Tanggal Pengukuran": "2025-11-07"})])
    equal(tally(work.bring_in(file, database, language="en")), (4, 0, 0), "rows")
    rows = [r for r in work.exported(database) if r["Nama"] in ("Contoh Siti", "Contoh Budi")]
    equal(len(rows), 4, "measurements")
    equal(len({r["Nama Ortu"] for r in rows if r["Nama"] == "Contoh Siti"}), 2, "mothers of the namesakes")
    equal({r["NIK"] for r in rows if r["Nama"] == "Contoh Budi"}, {row(3)[0]}, "NIK of the child that got one")
    work.fingerprint(database)
    expect(len(work.exported(database)) == before + 4, "measurements in all")


@check("a synthetic district of 26 Puskesmas is filled in, and verified whole; what does not fit is refused in both languages")
def synthetic_district(work):
    for options, code in [(["--people", "10"], "demo_people"), (["--people", "5000000"], "demo_people"),
                          (["--people", "5000", "--size", "tiny"], "demo_people_of_district"),
                          (["--puskesmas", "1", "--people", "999"], "demo_people"), (["--puskesmas", "1", "--people", "50001"], "demo_people"),
                          (["--puskesmas", "3"], "demo_puskesmas"), (["--puskesmas", "1", "--size", "tiny"], "demo_puskesmas")]:
        for language in ("id", "en"):
            words = json.load(open(os.path.join(HERE, "../../Sources/Services/Resources", f"commands.{language}.json")))
            mend = words["errors"]["file"][code]["mend"].split("{")[0]
            result = work.run("demo", "--prepare", "--database", work.path("none.sqlite"), *options, language=language)
            expect(result.returncode != 0 and mend in result.stderr, f"{options}: {result.stderr[-300:]}")
            expect(not os.path.exists(work.path("none.sqlite")), f"{options} left a file")
    database = work.path("district.sqlite")
    result = work.run("demo", "--prepare", "--people", "2000", "--database", database)
    equal(result.returncode, 0, f"demo --people ({result.stderr[-300:]})")
    with sqlite3.connect(database) as connection:
        def count(query):
            return connection.execute(query).fetchone()[0]
        equal(count("SELECT count(*) FROM place WHERE kind = 2"), 26, "Puskesmas")
        equal(count("SELECT count(*) FROM refused_fact"), 0, "refused facts")
        expect(1500 < count("SELECT count(*) FROM person WHERE household IS NOT NULL"), "people in households")
        equal(count("SELECT count(DISTINCT user_name) FROM worker WHERE user_name LIKE 'demo.%'"), 11, "demo accounts")
    equal(work.run("verify", "--database", database).returncode, 0, "verify")
    small = work.path("puskesmas.sqlite")
    result = work.run("demo", "--prepare", "--puskesmas", "1", "--people", "1000", "--database", small)
    equal(result.returncode, 0, f"demo --puskesmas 1 --people ({result.stderr[-300:]})")
    with sqlite3.connect(small) as connection:
        roles = connection.execute("SELECT count(DISTINCT user_name) FROM worker WHERE user_name IN ('demo.dokter', 'demo.bidan', 'demo.kader')")
        equal(roles.fetchone()[0], 3, "kader, midwife and doctor")


@check("the nutrition report adds up over villages, Posyandu, sexes and ages")
def report(work):
    database = work.database()
    work.bring_in(work.file([row(n) for n in range(30)]), database)
    for month in ("2025-10", "2025-12"):
        result = work.run("report", "nutrition", "--database", database, "--month", month, "--csv", "-", "--area", "Kabupaten Contoh",
                          language="en")
        equal(result.returncode, 0, f"report ({result.stderr[-300:]})")
        lines = list(csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff"))))
        figures = list(lines[0])[8:]
        expect("s" in figures and len(figures) > 15, f"columns: {figures}")
        whole = [line for line in lines if not line["sex"] and not line["age_months"]]
        def add(chosen):
            return {name: sum(int(line[name]) for line in chosen) for name in figures}
        kinds = {kind: [line for line in whole if line["kind"].lower() == kind] for kind in ("district", "puskesmas", "village", "posyandu")}
        total = add(kinds["district"][:1])
        expect(total["s"] > 0 and total["d"] > 0, f"{month}: nothing to add up: {total}")
        for kind in ("puskesmas", "village", "posyandu"):
            equal(add(kinds[kind]), total, f"{month}: sum of {kind}")
        strata = [line for line in lines if line["sex"] or line["age_months"]]
        both = [line for line in strata if line["sex"] and line["age_months"]]
        if both:
            equal(add(both), total, f"{month}: sum by sex and age")
        for kind, chosen in (("sex", [l for l in strata if l["sex"] and not l["age_months"]]),
                             ("age", [l for l in strata if l["age_months"] and not l["sex"]])):
            if chosen:
                equal(add(chosen), total, f"{month}: sum by {kind}")
        for line in lines:
            value = {name: int(line[name]) for name in figures}
            equal(value["n"] + value["t"] + value["b"] + value["o"], value["d"], f"{month} {line['place']}: N + T + B + O")
            for name, parts in (("bb_u", ("severe", "under", "normal", "high")), ("tb_u", ("severe", "stunted", "normal", "tall")),
                                ("bb_tb", ("severe", "wasted", "normal", "risk", "over", "obese"))):
                equal(sum(value[f"{name}_{part}"] for part in parts), value[f"{name}_assessed"], f"{month} {line['place']}: {name}")
            expect(value["k"] <= value["s"] and value["d"] <= value["s"] and value["2t"] <= value["t"], f"{month}: {value}")
        village = kinds["village"][0]
        one = work.run("report", "nutrition", "--database", database, "--month", month, "--csv", "-", "--area", village["code"])
        first = next(csv.DictReader(io.StringIO(one.stdout.lstrip("\ufeff"))))
        equal({n: first[n] for n in figures}, {n: village[n] for n in figures}, f"{month}: the village alone")
        shown = work.run("report", "nutrition", "--database", database, "--month", month, language="en").stdout
        expect("By area" in shown and village["place"] in shown, "the table for people")
    for words, text in ((("--month", "2025-13"), "no month"), (("--area", "Desa Contoh 011"), "not found.*Desa Contoh 01")):
        result = work.run("report", "nutrition", "--database", database, *words, language="en")
        expect(result.returncode != 0 and re.search(text, result.stderr), f"{words}: {result.returncode} {result.stderr[-200:]!r}")


def settings_file(path, name="Contoh ketat", **growth):
    """A settings file; each setting with a source."""
    source = {"title": "Buku Contoh", "edition": "2026", "page": "halaman 12", "standing": "primary"}
    with open(path, "w") as out:
        json.dump({"sikilap_settings": 1, "name": name,
                   "growth": {key: {"value": value, "source": source} for key, value in growth.items()}}, out, indent=1)
    return path


@check("settings are printed for signing, each with value, default, source and doubt, in both languages")
def settings_prose(work):
    file = settings_file(work.path("signed.json"), red_line=-2.5)
    for language, value, preset, memory in (("en", "−2.50 SD", "−3.00 SD", "FROM MEMORY"), ("id", "−2,50 SD", "−3,00 SD", "DARI INGATAN")):
        result = work.run("check", file, language=language)
        equal(result.returncode, 0, f"check ({result.stderr[-300:]})")
        blocks = re.split(r"\n(?=\d+\. )", result.stdout)[1:]
        equal(len(blocks), 147, "settings")
        red = [block for block in blocks if value in block]
        expect(len(red) == 1 and preset in red[0] and "Buku Contoh" in red[0] and "halaman 12" in red[0], f"red line: {red}")
        equal(sum(memory in block for block in blocks), 75, f"from memory ({language})")
        expect("Contoh ketat" in result.stdout and re.search(r"\b[0-9a-f]{64}\b", result.stdout), result.stdout[:300])
    plain = work.run("check", "--database", work.path("nowhere/x.sqlite"), language="en")
    expect(plain.returncode == 0 and "sikilap-1" in plain.stdout, plain.stderr[-300:])


@check("a bad settings file is refused with file, line, place, what is wrong and how to mend it, in both languages")
def settings_bad(work):
    file, wrong = work.path("bad-settings.json"), []
    good = json.dumps({"sikilap_settings": 1, "name": "a", "growth": {"red_line": {"value": -3, "source": {
        "title": "a", "edition": "b", "page": "c", "standing": "primary"}}}}, indent=1)
    cases = (("red_line", "red_lien", "growth.red_lien", "red_line", "tidak dikenal"), ("-3", "-30", "growth.red_line.value", "outside −5.00 to −1.00", "di luar"),
             ("-3", '"-3"', "growth.red_line.value", "must be a number", "harus"), ('"page": "c",', "", "growth.red_line.source.page", "missing", "belum ada"),
             ('"value": -3,', '"value": -3', "", "not JSON", "bukan JSON"), ('"source"', '"sumber"', "growth.red_line.sumber", "source", "source"))
    database = work.database()
    before = work.fingerprint(database)
    for old, new, key, english, indonesian in cases:
        open(file, "w").write(good.replace(old, new, 1))
        for language, text in (("en", english), ("id", indonesian)):
            for words in (("check", file), ("rebuild", "--database", database, "--settings", file)):
                result = work.run(*words, language=language)
                if (result.returncode == 0 or file not in result.stderr or key not in result.stderr or text not in result.stderr
                        or not re.search(r"(line|baris) \d+", result.stderr) or "Fatal" in result.stderr):
                    wrong.append(f"{new} ({language}): {result.returncode} {result.stderr[-300:]!r}")
    without = re.sub(r',\s*"source": \{[^}]*\}', "", good)
    open(file, "w").write(without)
    result = work.run("check", file, language="en")
    if result.returncode == 0 or "names no source" not in result.stderr:
        wrong.append(f"without source: {result.stderr[-300:]!r}")
    result = work.run("check", work.path("no-settings.json"), language="en")
    if result.returncode == 0 or "cannot be opened" not in result.stderr:
        wrong.append(f"no file: {result.stderr[-300:]!r}")
    equal(work.fingerprint(database), before, "the database after refused settings")
    expect(not wrong, f"{len(wrong)}: " + "; ".join(wrong[:4]))


@check("a report as known then leaves out what came later, and today's is the plain report")
def as_known(work):
    database = work.database()
    facts = work.fingerprint(database)[1]
    def report(*words, language="en"):
        return work.run("report", "nutrition", "--database", database, "--month", "2025-10", *words, language=language)
    def lines(*words):
        result = report("--csv", "-", *words)
        equal(result.returncode, 0, f"report {words} ({result.stderr[-300:]})")
        return result.stdout
    first = lines()
    work.bring_in(work.file([row(n) for n in range(12)]), database)
    second = lines()
    expect(first != second, "the import changed nothing")
    equal(lines("--as-known-at-sequence", facts), first, "known before the import")
    today = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600))
    yesterday = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 17 * 3600))
    equal(lines("--as-known-on", today), second, "known today")
    shown = report("--as-known-at-sequence", facts).stdout
    expect(f"facts 1–{facts} of " in shown, f"the report does not say what was known: {shown[:300]!r}")
    # Everything here arrived today: nothing was known yesterday.
    result = report("--as-known-on", yesterday)
    expect(result.returncode != 0 and "nothing to count" in result.stderr, f"yesterday: {result.returncode} {result.stderr[-300:]!r}")
    for words, english, indonesian in ((("--as-known-on", "2199-01-01"), "has not come", "belum tiba"), (("--as-known-on", "2025-02-30"), "no date", "bukan tanggal"),
                                       (("--as-known-on", "kemarin"), "no date", "bukan tanggal"),
                                       (("--as-known-at-sequence", facts + 10**6), "no fact number", "Tidak ada fakta"),
                                       (("--as-known-on", today, "--as-known-at-sequence", "1"), "given together", "bersamaan")):
        for language, text in (("en", english), ("id", indonesian)):
            result = report(*words, language=language)
            expect(result.returncode != 0 and text in result.stderr, f"{words}: {result.returncode} {result.stderr[-300:]!r}")
    # A database from before arrivals were noted says so.
    with sqlite3.connect(database) as old:
        old.executescript("DROP TABLE arrival; DELETE FROM grdb_migrations WHERE identifier LIKE '4 %'")
    equal(lines("--as-known-on", today), second, "known today after the tables were brought up to date")
    result = report("--as-known-on", yesterday)
    expect(result.returncode != 0 and f"since {today}" in result.stderr, f"before arrivals were noted: {result.stderr[-300:]!r}")
    equal(lines("--as-known-at-sequence", facts), first, "known by its number all the same")
    work.fingerprint(database)


@check("figures of other settings are refused or counted anew, never mixed, and reports name the settings")
def settings_in_force(work):
    database = work.database()
    folder = os.path.dirname(database)
    work.bring_in(work.file([row(n) for n in range(20)]), database)
    def bgm(*words):
        result = work.run("report", "nutrition", "--database", database, "--month", "2025-10", "--csv", "-", *words, language="en")
        equal(result.returncode, 0, f"report ({result.stderr[-300:]})")
        return [int(line["bgm"]) for line in csv.DictReader(io.StringIO(result.stdout.lstrip("\ufeff")))]
    def shown(*words):
        return work.run("report", "nutrition", "--database", database, "--month", "2025-10", *words, language="en").stdout
    first = bgm()
    expect("sikilap-1 (" in shown(), "the report names no settings")
    file = settings_file(work.path("strict.json"), red_line=-1)
    for words in (("report", "nutrition"), ("verify",), ("import", "measurements", work.file([row(90)]))):
        result = work.run(*words, "--database", database, "--settings", file, language="en")
        expect(result.returncode != 0 and re.search(r"sikilap-1 \([0-9a-f]{12}\), not Contoh ketat.*rebuild", result.stderr),
               f"{words}: {result.returncode} {result.stderr[-300:]!r}")
    equal(bgm(), first, "figures after the refusals")
    equal(work.run("rebuild", "--database", database, "--settings", file).returncode, 0, "rebuild")
    second = bgm("--settings", file)
    expect(sum(second) > sum(first), f"BGM under a higher red line: {second} and {first}")
    expect("Contoh ketat (" in shown("--settings", file), "the report names the wrong settings")
    equal(work.run("verify", "--database", database, "--settings", file).returncode, 0, "verify")
    equal(work.run("verify", "--database", database).returncode != 0, True, "verify under the defaults")
    equal(work.run("export", "measurements", "--database", database).returncode, 0, "export under any settings")
    shutil.copy(file, os.path.join(folder, "settings.json"))
    equal(bgm(), second, "figures with settings.json beside the database")
    work.fingerprint(database)
    os.remove(os.path.join(folder, "settings.json"))
    # The server counts anew by itself, and says so.
    server = subprocess.Popen([work.binary, "serve", "--database", database, "--port", "0"], stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, SIKILAP_LANGUAGE="en"))
    told = []
    reader = threading.Thread(target=lambda: told.extend(server.stderr))
    reader.start()
    for _ in range(600):
        if server.poll() is not None or any("ready" in line for line in told):
            break
        time.sleep(0.1)
    server.terminate()
    server.wait(timeout=60)
    reader.join(timeout=60)
    expect(any("from Contoh ketat" in line and "counted anew" in line for line in told), f"serve: {told}")
    equal(bgm(), first, "figures after the server counted anew")


def growth_agrees(work, name, results, make, *arguments):
    rows = list(csv.DictReader(open(os.path.join(FIXTURES, name), newline="")))
    inputs = [make(r) for r in rows]
    source, target = work.path("in-" + name), work.path("out-" + name)
    with open(source, "w", newline="") as out:
        writer = csv.DictWriter(out, list(inputs[0]))
        writer.writeheader(), writer.writerows(inputs)
    result = work.run("growth", source, "--output", target, *arguments, language="en")
    equal(result.returncode, 0, f"growth ({result.stderr[-300:]})")
    found = list(csv.DictReader(open(target, newline="", encoding="utf-8-sig")))
    equal(len(found), len(rows), "rows")
    expect(list(found[0])[:len(inputs[0])] == list(inputs[0]), f"input columns first: {list(found[0])}")
    wrong = []
    for ours, theirs, given in zip(found, rows, inputs):
        if any(ours[column] != given[column] for column in given):
            wrong.append(("input", given, ours))
        for column, kind in results.items():
            a, b = ours[column], theirs[column]
            if kind == "z":
                good = (a == "") == (b == "") and (a == "" or abs(float(a) - float(b)) <= 0.0101)
            elif kind == "number":
                good = (a == "") == (b == "") and (a == "" or abs(float(a) - float(b)) <= 1e-6 * max(1, abs(float(b))))
            else:
                good = a == b
            if not good:
                wrong.append((theirs.get("id", ""), column, a, b))
    expect(not wrong, f"{len(wrong)} cells differ, first {wrong[:4]}")


@check("growth gives WHO's columns for the 5,000 generated children under five")
def growth_2006(work):
    results = {"clenhei": "number", "cmeasure": "text", "c9mo_flag": "text", "cbmi": "number"}
    for index in ("len", "wei", "wfl", "bmi", "hc", "ac"):
        results["z" + index], results["f" + index] = "z", "text"
    given = ("id", "age", "sex", "weight", "lenhei", "measure", "headc", "armc", "oedema")
    growth_agrees(work, "generated_0_5_years.csv", results, lambda r: {n: r[n] for n in given})


@check("growth gives WHO's columns for the 2,000 generated children from five years on")
def growth_2007(work):
    results = {"cbmi": "number", **{"z" + n: "z" for n in ("hfa", "wfa", "bfa")}, **{"f" + n: "text" for n in ("hfa", "wfa", "bfa")}}
    given = ("age_months", "sex", "oedema", "height", "weight")
    growth_agrees(work, "generated_5_19_years.csv", results, lambda r: {n: r[n] for n in given}, "--reference", "2007")


@check("growth gives WHO's columns for a survey with ages in months, and refuses a table without them")
def growth_survey(work):
    results = {"z" + n: "z" for n in ("len", "wei", "wfl", "bmi", "ac")}
    def make(r):
        return {"sex": r["sex"], "age": r["age"], "weight": r["weight"], "lenhei": r["height"], "measure": "",
                "armc": f"{int(r['muac']) / 10:.1f}" if r["muac"] else "", "oedema": {"1": "y", "2": "n", "": ""}[r["oedema"]]}
    growth_agrees(work, "smart_survey_1.csv", results, make, "--age-unit", "months")
    bad = work.path("bad.csv")
    open(bad, "w").write("a,b\n1,2\n")
    result = work.run("growth", bad, "--output", work.path("bad-out.csv"), language="en")
    expect(result.returncode != 0 and "lacks the column" in result.stderr and "sex" in result.stderr, result.stderr[-300:])
    expect(not os.path.exists(work.path("bad-out.csv")), "a half-written file stays")


def prevalence_agrees(work, found, name):
    """Every figure of WHO's table for that survey, group by group."""
    theirs = {line["Group"]: line for line in csv.DictReader(open(os.path.join(FIXTURES, "MySurvey_prevalence_anthro.csv"), newline=""))}
    equal(len(found), 21, f"{name}: groups")
    wrong = []
    for ours in found:
        wanted = theirs[ours["Group"]]
        for column in wanted:
            if column == "Group":
                continue
            if ours[column] == "" or abs(float(ours[column]) - float(wanted[column])) > 1e-5 * max(1, abs(float(wanted[column]))):
                wrong.append((ours["Group"], column, ours[column], wanted[column]))
    expect(len(theirs) == 25 and not wrong, f"{name}: {len(wrong)} cells differ, first {wrong[:4]}")


@check("prevalence gives every figure of WHO's package, with errors and limits, by age and sex")
def prevalence(work):
    rows = list(csv.DictReader(open(os.path.join(FIXTURES, "survey_MySurvey_498.csv"), newline="")))
    heading = ["sex", "age", "weight", "lenhei", "measure", "oedema", "armc", "sw", "cluster", "strata"]
    def made(cluster, stratum):
        return [[r["GENDER"], r["agemons"], r["WEIGHT"], r["HEIGHT"], r["measure"], r["oedema"], r["MUAC"], r["SW"], cluster(r), stratum(r)]
                for r in rows]
    def run(lines, columns=10, *words):
        file, out = work.file([line[:columns] for line in lines], heading=heading[:columns]), work.path("prevalence-out.csv")
        result = work.run("prevalence", file, "--age-unit", "months", "--output", out, *words, language="en")
        equal(result.returncode, 0, f"prevalence ({result.stderr[-300:]})")
        return result, list(csv.DictReader(open(out, newline="", encoding="utf-8-sig")))
    result, plain = run(made(str, str), 8)
    prevalence_agrees(work, plain, "with weights")
    expect("4 children are older" in result.stderr, result.stderr)
    for text in ("HAZ<-3", "WHZ<-2", "BAZ>+2", "MUAC<12.5", "12-23 months"):
        expect(text in result.stdout, f"no {text} in {result.stdout[:400]!r}")
    expect(float(plain[0]["MUAC_pop"]) > 0 and float(plain[0]["MUAC_125_r"]) >= float(plain[0]["MUAC_115_r"]), "LiLA")
    # One cluster and one stratum for all are no design at all.
    equal(run(made(lambda r: "1", lambda r: "1"))[1], plain, "one cluster")
    # Clusters and strata change errors and limits, and no share.
    clustered = run(made(lambda r: str(int(r["id"]) // 25), lambda r: r["region"]))[1]
    for ours, before in zip(clustered, plain):
        for column in before:
            if column.endswith(("_r", "_pop", "_stdev")):
                equal(ours[column], before[column], f"{ours['Group']} {column}")
    expect(clustered[0]["HA_2_se"] != plain[0]["HA_2_se"], "clusters change no error")
    # Without weights the unweighted shares come out.
    unweighted = run(made(str, str), 7)[1][0]
    equal(unweighted["HAZ_pop"], unweighted["HAZ_unwpop"], "population without weights")
    lines = made(lambda r: "1" if r["id"] != "1" else "", lambda r: "1")
    lines[1][7] = ""
    told = run(lines)[0].stderr
    expect("1 rows without cluster" in told and "1 rows have no sampling weight" in told, told)
    for value, line in (("-1", 4), ("berat", 4)):
        lines = made(str, str)
        lines[2][7] = value
        file = work.file(lines, heading=heading)
        for language, text in (("en", "cannot be used"), ("id", "tidak dapat dipakai")):
            result = work.run("prevalence", file, "--output", work.path("none.csv"), language=language)
            expect(result.returncode != 0 and text in result.stderr and f'"{value}"' in result.stderr and str(line) in result.stderr,
                   result.stderr[-300:])
    bad = work.path("no-columns.csv")
    open(bad, "w").write("a,b\n1,2\n")
    result = work.run("prevalence", bad, "--output", work.path("none.csv"), language="en")
    expect(result.returncode != 0 and "lacks the column" in result.stderr, result.stderr[-300:])
    ragged = work.file([["1", "20"], ["1"]], heading=["sex", "age"])
    result = work.run("prevalence", ragged, language="en")
    expect(result.returncode != 0 and "Line 3" in result.stderr, result.stderr[-300:])
    result = work.run("prevalence", file, "--output", file, language="en")
    expect(result.returncode != 0 and "cannot be written" in result.stderr, result.stderr[-300:])
    expect(not os.path.exists(work.path("none.csv")), "a half-written file stays")
    empty = work.run("prevalence", work.file([], heading=heading), language="en")
    equal(empty.returncode, 0, f"a survey of nobody ({empty.stderr[-300:]})")


@check("an export comes back into an empty database as the same set")
def round_trip(work):
    database = work.database()
    work.bring_in(work.file([row(n, Nama=f'Contoh "Anak", {n}') for n in range(5)]), database)
    out = work.path("export.csv")
    result = work.run("export", "measurements", "--database", database)
    open(out, "w", newline="").write(result.stdout)
    fresh = work.path("fresh.sqlite")
    told = work.bring_in(out, fresh, "--create-places", language="en")
    equal(told.returncode, 0, f"import ({told.stderr[-400:]})")
    def content(path):
        names = ("NIK", "Nama", "JK", "Tgl Lahir", "Nama Ortu", "Desa/Kel", "Posyandu", "Tanggal Pengukuran", "Berat", "Tinggi",
                 "Cara Ukur", "LK", "LiLA", "Edema")
        return sorted(tuple(r[n] for n in names) for r in work.exported(path))
    ours, theirs = content(database), content(fresh)
    expect(len(ours) > 100, f"only {len(ours)} measurements")
    lost = [r for r in ours if r not in set(theirs)]
    equal((len(theirs), lost[:2], tally(told)[2]), (len(ours), [], 0),
          f"measurements, those lost ({len(lost)}), those refused; {told.stderr[-700:]!r}")
    work.fingerprint(fresh)


@check("verify names the fact when a byte of it is changed, and the one that is removed")
def damaged_facts(work):
    def broken(*statements):
        database = work.database()
        db = sqlite3.connect(database)
        for name in ("fact_is_never_changed", "fact_is_never_removed"):
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
        db.commit(), db.close()
        result = work.run("verify", "--database", database, language="en")
        return result.returncode, result.stdout + result.stderr

    changes = {
        "body": "UPDATE fact SET body = CAST(body || x'00' AS BLOB) WHERE sequence = 300",
        "day": "UPDATE fact SET occurred_on = occurred_on + 1 WHERE sequence = 300",
        "recorded_at": "UPDATE fact SET recorded_at = recorded_at + 1 WHERE sequence = 300",
        "subject": "UPDATE fact SET subject = (SELECT subject FROM fact WHERE sequence = 500) WHERE sequence = 300",
        "kind": "UPDATE fact SET kind = 99 WHERE sequence = 300",
        "chain": "UPDATE fact SET chain = zeroblob(32) WHERE sequence = 300",
        "place": "UPDATE fact SET place = zeroblob(16) WHERE sequence = 300",
        "replaces": "UPDATE fact SET replaces = zeroblob(16) WHERE sequence = 300",
        "recorder": "UPDATE fact SET recorder = zeroblob(16) WHERE sequence = 300",
    }
    for name, statement in changes.items():
        code, text = broken(statement)
        expect(code != 0 and re.search(r"fact 300\b", text), f"{name} changed: exit {code}, {text[-200:]!r}")
    code, text = broken("DELETE FROM fact WHERE sequence = 300")
    expect(code != 0 and re.search(r"fact 300 is missing", text), f"removed: exit {code}, {text[-200:]!r}")
    db = sqlite3.connect(work.database())
    for statement in ("UPDATE fact SET kind = 99", "DELETE FROM fact WHERE sequence = 300"):
        try:
            db.execute(statement)
            raise SystemError(f"{statement} was allowed")
        except sqlite3.DatabaseError:
            pass


@check("verify notices that the last facts were removed, and that figures no longer fit")
def damaged_figures(work):
    wrong = []
    changes = {
        "the last fact removed": ("DROP TRIGGER fact_is_never_removed", "DELETE FROM fact WHERE sequence = (SELECT max(sequence) FROM fact)"),
        "a timeline": ("UPDATE timeline SET bytes = CAST(bytes || x'00' AS BLOB) WHERE person = (SELECT max(person) FROM timeline)",),
        "a timeline removed": ("DELETE FROM timeline WHERE person = (SELECT max(person) FROM timeline)",),
        "a cell of the cube": (),
        "a cell removed": ("DELETE FROM cube WHERE month = (SELECT max(month) FROM cube)",),
        "contributions": ("UPDATE contribution SET bytes = zeroblob(length(bytes)) WHERE length(bytes) > 8",),
        "a name list": ("DELETE FROM counted_at",),
        "a name in the register": ("UPDATE person SET name = 'Contoh Lain' WHERE number = (SELECT max(person) FROM timeline)",),
        "a NIK in the register": ("UPDATE person SET national_identity_number = '9901010101240001' WHERE number = (SELECT max(person) FROM timeline)",),
        "a place": ("UPDATE place SET name = 'Contoh Lain' WHERE kind = 3",),
        "a place moved": ("UPDATE place SET part_of = (SELECT id FROM place WHERE kind = 1) WHERE kind = 4",),
    }
    for name, statements in changes.items():
        database = work.database()
        db = sqlite3.connect(database)
        db.execute("PRAGMA foreign_keys = OFF")
        if name == "a cell of the cube":
            key = db.execute("SELECT place, month, bytes FROM cube ORDER BY length(bytes) DESC LIMIT 1").fetchone()
            data = bytearray(key[2])
            data[-1] ^= 1
            db.execute("UPDATE cube SET bytes = ? WHERE place = ? AND month = ?", (bytes(data), key[0], key[1]))
        else:
            for statement in statements:
                db.execute(statement)
        db.commit(), db.close()
        result = work.run("verify", "--database", database, language="en")
        text = result.stdout + result.stderr
        if result.returncode == 0 or "DOES NOT FIT" not in text:
            wrong.append(f"{name}: exit {result.returncode}, {text.strip()[-160:]!r}")
    expect(not wrong, "; ".join(wrong))


@check("nobody's data is erased by whoever runs the machine alone: only what was decided on a request")
def erasing_needs_a_decision(work):
    database = work.database()
    db = sqlite3.connect(database)
    name, person, number = db.execute(
        "SELECT name, lower(hex(id)), number FROM person JOIN timeline ON person = number"
        " WHERE length(name) > 12 GROUP BY name HAVING count(*) = 1 LIMIT 1").fetchone()
    user = db.execute("SELECT user_name FROM worker WHERE user_name <> '' LIMIT 1").fetchone()[0]
    db.close()
    identifier = "-".join((person[:8], person[8:12], person[12:16], person[16:20], person[20:]))
    before = work.fingerprint(database)

    def erase(*more, language="en", who=identifier, by=user):
        return work.run("erase", who, "--by", by, "--database", database, *more, language=language)

    request = ("--request", "0" * 8 + "-0000-0000-0000-" + "0" * 12)
    for language, word in (("en", "--yes"), ("id", "selamanya")):
        result = erase("--reason", "mistake", *request, language=language)
        expect(result.returncode != 0 and name in result.stderr and word in result.stderr, f"asked: {result.stderr!r}")
    for reason, word in (("mistake", "id of a request is missing"), ("retention", "id of a request is missing"), ("whim", "unlawful")):
        result = erase("--reason", reason, "--yes")
        expect(result.returncode != 0 and word in result.stderr, f"{reason}: {result.stderr!r}")
    result = erase("--reason", "mistake", "--yes", by="nobody.here")
    expect(result.returncode != 0 and "nobody.here" in result.stderr, f"no such worker: {result.stderr!r}")
    result = erase("--reason", "mistake", "--yes", who="0" * 36)
    expect(result.returncode != 0 and "Nobody has that id" in result.stderr, f"nobody: {result.stderr!r}")
    for number, word in ((request[1], "no request with that id"), ("x", "not an id of a fact")):
        result = erase("--reason", "mistake", "--yes", "--request", number)
        expect(result.returncode != 0 and word in result.stderr, f"request {number}: {result.stderr!r}")
    equal(work.fingerprint(database), before, "what was refused left the facts alone")


@check("verify explains a database file that is damaged or none at all")
def damaged_file(work):
    database = work.database()
    sqlite3.connect(database).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    data = bytearray(open(database, "rb").read())
    data[len(data) // 2:len(data) // 2 + 9000] = os.urandom(9000)
    open(database, "wb").write(data)
    result = work.run("verify", "--database", database, language="en")
    expect(result.returncode not in (0, -4, -5, -6, -11) and "Fatal" not in result.stderr, f"{result.returncode} {result.stderr[-300:]!r}")
    none = work.path("text.sqlite")
    open(none, "w").write("this is no database, only text " * 400)
    result = work.run("verify", "--database", none, language="en")
    expect(result.returncode > 0 and "cannot be opened" in result.stderr, f"{result.returncode} {result.stderr[-300:]!r}")
    result = work.run("verify", "--database", work.path("no/such/folder/x.sqlite"), language="en")
    expect(result.returncode > 0 and "no database" in result.stderr, f"{result.returncode} {result.stderr[-300:]!r}")


@check("a very large file is read in little memory")
def large(work):
    database, path = work.database(), work.path("large.csv")
    size = work.options.megabytes << 20
    base = [",".join(row(n)) + "\n" for n in range(3000)]
    # Mostly rows of which nothing can be kept, so that the test is of reading and not of storing.
    base += [line.replace(",9.4,", ",0,") for line in base] * 3
    block = "".join(base).encode()
    with open(path, "wb") as out:
        out.write((",".join(HEADING) + "\n").encode())
        while out.tell() < size:
            out.write(block)
    process = subprocess.Popen([work.binary, "import", "measurements", path, "--database", database], stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, env=dict(os.environ, SIKILAP_LANGUAGE="en"))
    told = []
    reader = threading.Thread(target=lambda: told.append(process.stderr.read()))
    reader.start()
    start, peak = time.monotonic(), 0
    while process.poll() is None and time.monotonic() - start < work.options.seconds:
        try:
            found = re.search(r"VmHWM:\s+(\d+) kB", open(f"/proc/{process.pid}/status").read())
            peak = max(peak, int(found[1]) // 1024) if found else peak
        except OSError:
            pass
        time.sleep(0.1)
    ended = process.poll() is not None
    if not ended:
        process.terminate()
    process.wait()
    reader.join()
    progress = re.findall(r"(\d+) % · line (\d+)", told[0].decode(errors="replace"))
    print(f"      {size >> 20} MB: peak {peak} MB, {time.monotonic() - start:.0f} s, "
          f"{'to the end' if ended else 'stopped at ' + ' % line '.join(progress[-1] if progress else ('?', '?'))}", flush=True)
    expect(0 < peak < 300, f"{peak} MB resident")
    expect(progress, f"no progress is shown: {told[0][-300:]}")
    if ended:
        expect(process.returncode == 0, f"exit {process.returncode}: {told[0][-300:]}")
    work.fingerprint(database)


FACILITIES = """kind,name,code,village,catchment,agreement_number,agreement_start,agreement_end
puskesmas,Puskesmas Contoh Satu,,,Selat Hilir; 62.03.01.1006,,,
puskesmas,Puskesmas Contoh Dua,,,Sidomulyo (Tamban Catur),,,
posyandu,Posyandu Contoh,,Selat Hilir,,,,
klinik,Klinik Contoh,,Selat Hilir,,PKS/1,2024-01-01,2024-12-31
"""


@check("a district is set up from lists: looked at first, written once, the same the second time")
def district(work):
    database, facilities = work.path("set-up.sqlite"), work.path("facilities.csv")
    open(facilities, "w").write(FACILITIES)
    setup = ["district", "setup", "--database", database, "--area", "62.03", "--facilities", facilities]
    first = work.run(*setup, "--dry-run", language="en")
    equal(first.returncode, 0, f"dry run ({first.stderr[-300:]})")
    expect(re.search(r"Village\s+231\s+0\s+0", first.stdout), first.stdout)
    expect("Nothing was written" in first.stderr, first.stderr)
    expect(not os.path.exists(database), "a database after a dry run")
    wrong = work.run("district", "setup", "--database", database, "--area", "62.03", "--facilities",
                     work.file([["puskesmas", "A", "Takada"]], heading=["kind", "name", "catchment"]), language="en")
    expect(wrong.returncode == 1 and not os.path.exists(database), f"a list that is not taken: {wrong.stderr[-300:]}")
    result = work.run(*setup, language="en")
    equal(result.returncode, 0, f"setup ({result.stderr[-300:]})")
    told = int(re.search(r"Done: (\d+) facts", result.stderr)[1])
    equal(work.fingerprint(database)[1], told + 1, "facts in the database, the log's anchor among them")
    again = work.run(*setup, language="en")
    expect("Done: 0 facts" in again.stderr, again.stderr)
    expect(re.search(r"Village\s+0\s+0\s+231", again.stdout), again.stdout)
    shown = work.run("district", "show", "--villages", "--database", database, language="en").stdout
    for text in ("Kabupaten Kapuas (62.03), Kalimantan Tengah: 17 kecamatan, 231 villages, 2 Puskesmas",
                 "Puskesmas Contoh Satu: 2 villages, 1 Posyandu", "by no Puskesmas yet: 228 villages", "0 running, 1 ended"):
        expect(text in shown, f"{text!r} in {shown[:600]!r}")
    # A village that is still there keeps its people, and a young log its entries.
    before = work.fingerprint(database)
    stays = work.run("district", "move-residents", "--from", "Selat Hilir", "--to", "Murung Keramat", "--write",
                     "--database", database, language="en")
    expect(stays.returncode == 1 and "has not ended" in stays.stderr, stays.stderr)
    young = work.run("log", "remove", "--database", database, language="en")
    expect(young.returncode == 0 and "nothing was removed" in young.stdout, young.stdout + young.stderr)
    equal(work.fingerprint(database), before, "the database")


@check("an administrator has a name and is made once, also where there is no district yet; a lost code is renewed")
def administrators(work):
    database = work.path("alone.sqlite")

    def make(*more):
        return work.run("administrator", "--database", database, *more, language="en")

    def refused(result, text):
        expect(result.returncode != 0 and text in result.stderr, f"{text}: {result.stderr!r}")

    for more, text in ((("--name", "   "), "name is empty"), (("--name", "", "--area", "62.03"), "name is empty"), ((), "name is empty"),
                       (("--name", "Siti Contoh"), "no district yet"), (("--name", "Siti Contoh", "--area", "62"), "not the Kemendagri code"),
                       (("--name", "Siti Contoh", "--area", "99.01"), "does not know 99.01"), (("--renew", "Siti Contoh"), "alone.sqlite")):
        refused(make(*more), text)
        expect(not os.path.exists(database), f"a database after {more}")

    def code(result):
        found = re.search(r"One-time code: (\S+)", result.stdout)
        expect(result.returncode == 0 and found, f"{result.stdout} {result.stderr!r}")
        return found[1]
    first = code(make("--name", " Siti Contoh ", "--area", "62.03"))
    refused(make("--name", "Budi Contoh"), "There is an administrator already: Siti Contoh.")
    expect(code(make("--renew", "siti contoh")) != first, "the same code again")
    refused(make("--renew", "Budi Contoh"), "There are: Siti Contoh")
    code(make("--name", "Budi Contoh", "--another"))
    # From now on the lists have an author.
    setup = ["district", "setup", "--area", "62.03", "--database", database]
    before = work.fingerprint(database)
    refused(work.run(*setup, language="en"), "Add --by USER_NAME. Administrators: Budi Contoh, Siti Contoh")
    refused(work.run(*setup, "--by", "siti.contoh", language="en"), "siti.contoh")
    equal(work.fingerprint(database), before, "the database")
    looked = work.run(*setup, "--dry-run", language="en")
    expect(looked.returncode == 0 and re.search(r"Village\s+231\s+0\s+0", looked.stdout), looked.stdout + looked.stderr)


@check("a list of facilities with problems is not taken, and each problem is told in both languages")
def bad_facilities(work):
    database, path = work.path("district2.sqlite"), work.path("bad-facilities.csv")
    equal(work.run("district", "setup", "--database", database, "--area", "62.03").returncode, 0, "setup")
    before = work.fingerprint(database)
    rows = [("puskesmas,A,,,Selat Hilir;Sidomulyo,,,", "catchment", "Sidomulyo", "Several villages.*Tamban Catur", "Ada beberapa"),
            ("puskesmas,B,,,6203010001,,,", "catchment", "6203010001", "BPS", "BPS"),
            ("puskesmas,C,,,Selat Dalam,,,", "catchment", "Selat Dalam", "catchment of C .line 4. and of D", "wilayah kerja C"),
            ("puskesmas,D,,,Selat Dalam,,,", None, None, None, None),
            ("klinik,E,,Selat Hiilir,,,,", "village", "Selat Hiilir", "no such village. Similar: Selat Hilir", "Selat Hilir"),
            ("klinik,F,,,,X,2024-02-01,2024-01-01", "agreement_end", "2024-01-01", "ends before", "sebelum mulai"),
            ("warung,G,,,,,,", "kind", "warung", "not known", "tidak dikenal")]
    open(path, "w").write(FACILITIES.splitlines()[0] + "\n" + "\n".join(row[0] for row in rows) + "\n")
    for language, text in (("en", 3), ("id", 4)):
        result = work.run("district", "setup", "--database", database, "--facilities", path, language=language)
        equal(result.returncode, 1, f"exit ({result.stderr[-300:]})")
        for line, row in enumerate(rows, 2):
            if row[1] is None:
                continue
            at = 5 if "Selat Dalam" in row[0] else line
            word = "line" if language == "en" else "baris"
            found = re.search(rf'{word} {at}, (?:column|kolom) {row[1]}, "{row[2]}": (.*)', result.stderr)
            expect(found and re.search(row[text], found[1]), f"{row[0]} ({language}) in {result.stderr[-1500:]}")
    equal(work.fingerprint(database), before, "the database afterwards")


@check("a map's boundaries come in by code, and a map that is wrong is told why")
def boundaries(work):
    database, path = work.path("district3.sqlite"), work.path("map.geojson")
    equal(work.run("district", "setup", "--database", database, "--area", "62.03").returncode, 0, "setup")
    def bring(points, code="62.03.01.1007", **more):
        feature = {"type": "Feature", "properties": {"kode": code}, "geometry": {"type": "Polygon", "coordinates": [points]}}
        json.dump(dict({"type": "FeatureCollection", "features": [feature]}, **more), open(path, "w"))
        return work.run("district", "boundaries", path, "--database", database, language="en")
    square = [[114.3, -3.1], [114.3, -2.9], [114.5, -2.9], [114.5, -3.1], [114.3, -3.1]]
    expect("1 new, 0 changed" in bring(square).stdout, "a new boundary")
    expect("0 new, 0 changed, 1 the same" in bring(square).stdout, "the same boundary")
    for points, code, text in ((square[:-1], "62.03.01.1007", "does not end where it begins"),
                               ([[y, x] for x, y in square], "62.03.01.1007", "changed places"),
                               ([[x - 100, y] for x, y in square], "62.03.01.1007", "outside Indonesia"),
                               (square, "6203011007", "BPS"), (square, "62.01.01.1011", "No area here has this code")):
        result = bring(points, code)
        expect(result.returncode == 1 and text in result.stderr, f"{text}: {result.stderr[-400:]}")
    result = bring(square, crs={"type": "name", "properties": {"name": "EPSG:32749"}})
    expect(result.returncode == 1 and "EPSG:32749" in result.stderr, result.stderr)
    open(path, "w").write("[" * 1000)
    result = work.run("district", "boundaries", path, "--database", database, language="en")
    expect(result.returncode == 1 and "nested deeper" in result.stderr, result.stderr)
    work.fingerprint(database)


HOUSEHOLDS = ["No. KK", "NIK", "Nama Lengkap", "JK", "Tgl Lahir", "SHDK", "Desa/Kelurahan", "Posyandu", "RT", "Alamat", "No. HP"]
STAFF = ["Nama", "NIK", "Peran", "Tempat Tugas", "Nama Pengguna", "TMT", "Sampai"]


def family(number, **changes):
    """Head, spouse and child of a made-up family; changes are those of the head's row."""
    card = f"99010101082{number:05d}"
    head = {"No. KK": card, "NIK": f"990101010180{1000 + number}", "Nama Lengkap": f"Contoh Kepala {number}", "JK": "L",
            "Tgl Lahir": "1980-01-01", "SHDK": "Kepala Keluarga", "Desa/Kelurahan": "Desa Contoh 01",
            "Posyandu": "Posyandu Contoh 01", "RT": "1", "Alamat": f"Jl. Contoh {number}", "No. HP": ""}
    head.update(changes)
    return [[head[name] for name in HOUSEHOLDS],
            [card, f"990101450882{1000 + number}", f"Contoh Istri {number}", "P", "05-08-1982", "Istri"] + [""] * 5,
            [card, "", f"Contoh Buah Hati {number}", "P", "2019-03-04", "Anak"] + [""] * 5]


def list_tally(result):
    found = re.search(r"(\d+) new, (\d+) changed, (\d+) unchanged, (\d+) refused", result.stderr[result.stderr.rfind("\r") + 1:])
    expect(found, f"no sum at the end: {result.stderr[-500:]!r}")
    return tuple(map(int, found.groups()))


@check("a list of households: looked at, written once, changed, taken back")
def households(work):
    database = work.database()
    before = work.fingerprint(database)
    path = work.file(sum((family(n) for n in range(1, 41)), []), heading=HOUSEHOLDS)
    bring = ["import", "households", path, "--database", database]
    looked = work.run(*bring, "--preview", language="en")
    equal((looked.returncode, list_tally(looked)), (0, (120, 0, 0, 0)), "preview")
    expect("40 new households" in looked.stderr and "Nothing was stored" in looked.stderr, looked.stderr)
    equal(work.fingerprint(database), before, "the database after a preview")
    written = work.run(*bring, language="en")
    equal((written.returncode, list_tally(written)), (0, (120, 0, 0, 0)), "writing")
    batch = re.search(r"Import number: ([0-9a-f-]{36})", written.stderr)[1]
    again = work.run(*bring, language="en")
    equal((list_tally(again), "0 facts" in again.stderr), ((0, 0, 120, 0), True), "the same file again")
    changed = work.file(family(1, Alamat="Jl. Lain"), heading=HOUSEHOLDS)
    for language, words in (("en", "address Jl. Contoh 1 → Jl. Lain"), ("id", "alamat Jl. Contoh 1 → Jl. Lain")):
        told = work.run("import", "households", changed, "--preview", "--database", database, language=language)
        expect(words in told.stderr, told.stderr)
    planned = work.run("import", "undo", batch, "--preview", "--database", database, language="en")
    expect("280 of 280 facts would be withdrawn" in planned.stderr, planned.stderr)
    undone = work.run("import", "undo", batch, "--database", database, language="en")
    equal(undone.returncode, 0, f"undo ({undone.stderr[-300:]})")
    expect("280 facts withdrawn" in undone.stderr, undone.stderr)
    with sqlite3.connect(database) as db:
        equal(db.execute("SELECT count(*) FROM person WHERE name LIKE 'Contoh Kepala%'").fetchone()[0], 0, "persons left")
    twice = work.run("import", "undo", batch, "--database", database, language="en")
    expect("0 facts withdrawn, 280 had been" in twice.stderr, twice.stderr)
    work.fingerprint(database)
    unknown = work.run("import", "undo", "4711", "--database", database, language="en")
    expect(unknown.returncode == 1 and "There is no import" in unknown.stderr, unknown.stderr)


# What is wrong, the column that the message names, and a word of it in each language.
BAD_MEMBERS = [
    ({"Desa/Kelurahan": "Desa Takada", "Posyandu": ""}, "Desa/Kelurahan", "No village", "desa"),
    ({"Posyandu": "Posyandu Takada"}, "Posyandu", "no such Posyandu", "Posyandu"),
    ({"Tgl Lahir": "31-02-1980"}, "Tgl Lahir", "no such day", "tanggal|kalender"),
    ({"Tgl Lahir": "2199-01-01"}, "Tgl Lahir", "has not come", "belum"),
    ({"Tgl Lahir": "kemarin"}, "Tgl Lahir", "Not a date", "tanggal"),
    ({"NIK": "123"}, "NIK", "16 digits", "16"),
    ({"JK": "?"}, "JK", "sex", "kelamin"),
    ({"SHDK": "tetangga"}, "SHDK", "not known", "tidak dikenal"),
    ({"No. KK": "9.90101E+15"}, "No. KK", "lost its last digits", "angka|digit"),
    ({"NIK": "", "Tgl Lahir": ""}, "Tgl Lahir", "cannot be told", "NIK"),
]


@check("rows of a list of households that cannot be taken, told with column, reason and way to mend it")
def bad_members(work):
    database = work.database()
    rows = [family(n, **changes)[0] for n, (changes, *_) in enumerate(BAD_MEMBERS, 1)]
    rows += [family(50)[0], family(51, NIK=family(50)[0][1])[0]]
    path = work.file(rows, heading=HOUSEHOLDS)
    for language, text in (("en", 2), ("id", 3)):
        result = work.run("import", "households", path, "--preview", "--database", database, language=language)
        for line, problem in enumerate(BAD_MEMBERS, 2):
            told = re.search(rf"(?:line|baris) {line}, (?:column|kolom) {re.escape(problem[1])}, (.*)", result.stderr)
            expect(told and re.search(problem[text], told[1]), f"{problem} ({language}) in {result.stderr[-3000:]}")
        twice = len(rows) + 1
        expect(re.search(rf"(?:line|baris) {twice}, (?:column|kolom) NIK.*(?:line|baris) {twice - 1}", result.stderr), "a NIK twice")
    written = work.run("import", "households", path, "--database", database, language="en")
    equal(list_tally(written), (1, 0, 0, len(rows) - 1), "taken")
    refused = list(csv.reader(open(path + ".ditolak.csv")))
    equal([refused[0], len(refused)], [HOUSEHOLDS, len(rows)], "refused rows in the file's own columns")
    elsewhere = work.run("import", "households", path, "--place", "Desa Contoh 02", "--preview", "--database", database, language="en")
    expect("outside the area of this list" in elsewhere.stderr, elsewhere.stderr[-500:])
    for name, content, words in (("a.pdf", b"%PDF-1.4\x00\x01", ""), ("b.xlsx", b"PK\x03\x04 broken", ""), ("c.csv", b"Umur,Kota\n1,A\n", "No. KK")):
        bad = work.path(name)
        open(bad, "wb").write(content)
        result = work.run("import", "households", bad, "--database", database, language="en")
        expect(result.returncode == 1 and words in result.stderr and "Traceback" not in result.stderr, f"{name}: {result.stderr}")
    work.fingerprint(database)


@check("a list of workers: roles given once, an ended one does not come back by an old list")
def staff(work):
    database = work.database()
    kader = ["Contoh Kader Uji", "9901014101900007", "Kader", "Posyandu Contoh 01", "kader.uji", "2024-01-01", ""]
    path = work.file([kader], heading=STAFF)
    bring = ["import", "staff", path, "--database", database]
    equal(list_tally(work.run(*bring, language="en")), (1, 0, 0, 0), "a new kader")
    equal(list_tally(work.run(*bring, language="en")), (0, 0, 1, 0), "the same list again")
    ended = work.file([kader[:6] + ["2025-01-31"]], heading=STAFF)
    equal(list_tally(work.run("import", "staff", ended, "--database", database, language="en")), (0, 1, 0, 0), "the end of the role")
    old = work.file([kader[:5] + ["", ""]], heading=STAFF)
    result = work.run("import", "staff", old, "--database", database, language="en")
    expect(result.returncode == 1 and "this role ended on 2025-01-31" in result.stderr, result.stderr)
    wrong = work.file([["A", "", "Bidan", "Posyandu Contoh 01", "", "", ""], ["B", "", "Kader", "Posyandu Takada", "", "", ""],
                       ["C", "", "Kader", "Posyandu Contoh 01", "kader.uji", "", ""], ["D", "", "Kader", "Posyandu Contoh 01", "", "2199-01-01", ""]],
                      heading=STAFF)
    result = work.run("import", "staff", wrong, "--preview", "--database", database, language="en")
    for words in ("This role is not known", "No place of this name", "Another worker has this user name", "has not begun yet"):
        expect(words in result.stderr, f"{words}: {result.stderr[-1500:]}")
    work.fingerprint(database)


@check("a port that cannot be had: said in words, with another to take")
def ports(work):
    database = work.database()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for language, text in (("id", "sudah dipakai program lain"), ("en", "Another program uses port")):
            result = work.run("serve", "--database", database, "--port", port, language=language)
            equal(result.returncode, 1, "exit of serve")
            expect(text in result.stderr and str(port + 1) in result.stderr, result.stderr)
            expect("http://" not in result.stderr, f"it says that it is ready: {result.stderr}")
    result = work.run("serve", "--database", database, "--port", 65536)
    expect(result.returncode == 1 and "65535" in result.stderr, result.stderr)


CASES = os.path.join(HERE, "..", "Fixtures", "immunization", "cdsi-cases.json")
# The groups of CDC's cases that Indonesia also uses.
GROUPS = {"DTAP", "POL", "HIB", "HepB", "PCV", "ROTA", "MMR", "HPV"}


def forecast(work, schedule, cases, *more, **options):
    """(result, answers by id or nothing) of a run; cases is a list, a text or a path."""
    work.count += 1
    path, output = cases, work.path(f"answers{work.count}.json")
    if not (isinstance(cases, str) and os.path.exists(cases)):
        path = work.path(f"cases{work.count}.json")
        with open(path, "w") as out:
            out.write(cases if isinstance(cases, str) else json.dumps(cases))
    result = work.run("forecast", "--schedule", schedule, "--cases", path, "--output", output, *more, **options)
    if not os.path.exists(output):
        return result, None
    with open(output) as source:
        answers = json.load(source)
    return result, answers


def a_case(**changes):
    """A child of the Indonesian schedule with DPT-HB-Hib 1 and 2."""
    case = {"id": "anak", "group": "dpt_hb_hib", "dob": "2024-01-15", "sex": "F", "assessment_date": "2024-06-01",
            "doses": [{"date": "2024-03-15", "cvx": "198"}, {"date": "2024-04-15", "cvx": "198"}]}
    case.update(changes)
    return {name: value for name, value in case.items() if value is not None}


@check("forecast gives what CDC expects of its published cases, in 98 % of the groups that Indonesia also uses")
def forecast_agrees(work):
    with open(CASES) as source:
        expected = [case for case in json.load(source) if case["group"] in GROUPS]
    result, answers = forecast(work, "cdsi-4.64", CASES, language="en")
    equal(result.returncode, 0, f"forecast ({result.stderr[-300:]})")
    expect("548 of 548 cases answered" in result.stderr, result.stderr)
    found = {answer["id"]: answer for answer in answers}
    good = 0
    for case in expected:
        answer = found[case["id"]]
        number = "-" if case["forecast_num"] in ("", "0") else case["forecast_num"]
        same = (number == answer["forecast_num"]
                and all(case[name] == answer[name] for name in ("series_status", "earliest", "recommended", "past_due"))
                and [(d["expected_status"], d["expected_reason"]) for d in case["doses"]]
                == [(d["status"], d["reason"]) for d in answer["doses"]])
        good += same
    expect(good >= 0.98 * len(expected) and good < len(expected), f"{good} of {len(expected)} are equal")
    # The same file by its path, and twice the same bytes.
    with open(CASES) as source:
        first = json.load(source)[:20]
    path = os.path.join(HERE, "..", "..", "Sources", "Services", "Resources", "schedules", "cdsi-4.64.json")
    equal(forecast(work, path, first)[1], forecast(work, "cdsi-4.64", first)[1], "answers by path and by name")


@check("forecast answers by the Indonesian editions and a district's settings")
def forecast_indonesian(work):
    result, answers = forecast(work, "id-kmk-35-2025", [a_case(), a_case(id="tanpa", doses=None)])
    equal(result.returncode, 0, f"forecast ({result.stderr[-300:]})")
    equal([d["status"] for d in answers[0]["doses"]], ["Valid", "Valid"], "doses")
    equal([answers[0][n] for n in ("series_status", "forecast_num", "earliest", "past_due")],
          ["Not complete", "3", "2024-05-15", "2024-06-14"], "DPT-HB-Hib 3")
    equal((answers[1]["forecast_num"], answers[1]["earliest"]), ("1", "2024-03-15"), "no doses at all")
    girl = a_case(group="human_papillomavirus", dob="2013-05-05", assessment_date="2025-01-01",
                  doses=[{"date": "2024-08-20", "cvx": "62"}])
    equal(forecast(work, "id-kmk-35-2025", [girl])[1][0]["series_status"], "Complete", "HPV since 2025")
    equal(forecast(work, "id-kmk-1098-2024", [girl])[1][0]["earliest"], "2025-08-01", "HPV 2 before")
    early = a_case(doses=[{"date": "2024-03-11", "cvx": "198"}])
    equal(forecast(work, "id-kmk-35-2025", [early])[1][0]["doses"][0]["reason"], "Age: Too Young", "no grace")
    source = dict(title="SK Contoh", edition="1", page="1", standing="secondary")
    path = work.path("grace.json")
    with open(path, "w") as out:
        json.dump({"sikilap_settings": 1, "name": "Contoh", "growth": {},
                   "immunization": {"grace_days": {"value": 4, "source": source}}}, out)
    equal(forecast(work, "id-kmk-35-2025", [early], "--settings", path)[1][0]["doses"][0]["status"], "Valid", "four days of grace")
    refused, none = forecast(work, "cdsi-4.64", [early], "--settings", path, language="en")
    expect(refused.returncode != 0 and none is None and "takes none" in refused.stderr, refused.stderr)
    printed = work.run("check", path, language="en").stdout
    expect("no more than 4 days still counts" in printed and "the other reading is 12" in printed, "the sentences of check")


# What is wrong with a case, and words of what is said in English and in Indonesian; answered or not.
BAD_CASES = [
    (dict(dob=None), "no date of birth", "Tanggal lahir", False),
    (dict(dob="2024-02-30"), 'no such day "2024-02-30"', 'tidak ada tanggal "2024-02-30"', False),
    (dict(assessment_date="31-12-2024"), 'no such day "31-12-2024"', 'tidak ada tanggal "31-12-2024"', False),
    (dict(assessment_date="2023-12-31"), "before birth", "sebelum lahir", False),
    (dict(group="polio tetes"), 'no group "polio tetes".*oral_polio', 'kelompok "polio tetes".*oral_polio', False),
    (dict(sex="P"), '"P" is no sex', '"P" bukan jenis kelamin', False),
    (dict(doses="tiga"), "doses is missing", "doses tidak ada", False),
    (dict(doses=[{"date": "2024-13-01", "cvx": "198"}]), "doses 1 date.*2024-13-01", "doses 1 date.*2024-13-01", False),
    (dict(doses=[{"date": "2024-03-15", "cvx": "9999"}]), 'no vaccine "9999"', 'vaksin "9999"', True),
    (dict(doses=[{"date": "2023-03-15", "cvx": "198"}]), "doses 1 date: 2023-03-15 lies before birth", "sebelum lahir", True),
    (dict(doses=[{"date": "2024-03-15", "cvx": "198"}] * 65), "There are 65 doses", "Ada 65 dosis", True),
]


@check("forecast answers a case with something wrong with what, where and how to mend it, and goes on with the others")
def forecast_bad_cases(work):
    cases = [a_case(id=str(number), **change) for number, (change, *_) in enumerate(BAD_CASES)] + [7, None, [], {}, a_case()]
    for language, words in (("en", 1), ("id", 2)):
        result, answers = forecast(work, "id-kmk-35-2025", cases, language=language)
        equal(result.returncode, 0, f"forecast ({result.stderr[-300:]})")
        equal(len(answers), len(cases), "answers")
        for row, answer in zip(BAD_CASES, answers):
            expect(any(re.search(row[words], problem) for problem in answer["problems"]), f"{row[words]}: {answer}")
            equal(answer["series_status"] != "Unknown", row[3], f"{row[words]}: answered")
            expect(re.search(row[words], result.stderr), f"{row[words]}: {result.stderr}")
        expect(all(answer["series_status"] == "Unknown" and answer["problems"] for answer in answers[-5:-1]), "no objects")
        expect("problems" not in answers[-1] and answers[-1]["forecast_num"] == "3", f"the sound case: {answers[-1]}")
    none, answers = forecast(work, "id-kmk-35-2025", [a_case(dob=None)])
    expect(none.returncode != 0 and answers[0]["series_status"] == "Unknown", "not a single case answered")


@check("forecast refuses files that it cannot use with what, where and how to mend it, and writes nothing")
def forecast_bad_files(work):
    sound = json.dumps([a_case()])
    schedule = {"format": "sikilap-immunization-schedule", "version": 1, "edition": "x", "monthOverflow": "lastDayOfMonth",
                "antigens": ["A"], "products": [{"code": 198, "antigens": [{"antigen": "A"}]}],
                "groups": [{"name": "dpt_hb_hib", "antigens": ["A"]}],
                "series": [{"antigen": "A", "name": "A usual", "kind": "standard", "default": True,
                            "doses": [{"ages": [{"minimum": "6 weeks"}]}]}]}

    def bad(name, **changes):
        path = work.path(name)
        with open(path, "w") as out:
            json.dump(dict(schedule, **changes), out)
        return path

    equal(forecast(work, bad("good.json"), sound)[1][0]["series_status"], "Complete", "a schedule by its path")
    dose = [{"antigen": "A", "name": "A usual", "kind": "standard", "doses": [{"ages": [{"minimum": "6 moons"}]}]}]
    for given, cases, english, indonesian in [
            ("jadwal-takada", sound, "no schedule jadwal-takada.*id-kmk-35-2025.*cdsi-4.64", "Tidak ada jadwal jadwal-takada.*cdsi-4.64"),
            ("cdsi-4.64", "[{", "no such file in JSON.*end of file", "bukan berkas JSON"),
            ("cdsi-4.64", '[{"id": }]', "no such file in JSON.*character", "bukan berkas JSON.*character"),
            ("cdsi-4.64", "", "no such file in JSON", "bukan berkas JSON"),
            ("cdsi-4.64", "[" * 100_000, "nested more than 32 deep", "bukan berkas JSON"),
            ("cdsi-4.64", "{}", "no such file in JSON", "bukan berkas JSON"),
            (bad("a.json", format="lain"), sound, 'its format is "lain"', 'formatnya "lain"'),
            (bad("b.json", version=2), sound, "version 2", "versi 2"),
            (bad("c.json", series=dose), sound, 'A usual dose 1: "6 moons" is no length of time', '"6 moons" bukan jangka waktu'),
            (bad("d.json", groups=[{"name": "g", "antigens": ["B"]}]), sound, 'groups g: the antigen "B"', 'antigen "B"'),
            (bad("e.json", monthOverflow="odd"), sound, 'monthOverflow: "odd" may not', 'monthOverflow: "odd" tidak'),
            (bad("f.json", products=[{"code": 70000, "antigens": []}]), sound, "70000 is no code", "70000 bukan kode"),
            (bad("g.json", antigens=[str(n) for n in range(65)]), sound, "more than 64 antigens", "lebih dari 64 antigens"),
            (bad("h.json", antigens=5), sound, "h.json, antigens: ", "h.json, antigens: ")]:
        for language, wanted in (("en", english), ("id", indonesian)):
            result, answers = forecast(work, given, cases, language=language)
            expect(result.returncode == 1 and answers is None, f"{wanted}: {result.returncode}")
            expect(re.search(wanted, result.stderr), f"{wanted}: {result.stderr}")
    missing = work.run("forecast", "--schedule", "cdsi-4.64", "--cases", work.path("takada.json"), "--output", work.path("x.json"), language="en")
    expect(missing.returncode == 1 and "cannot be opened" in missing.stderr, missing.stderr)
    path = work.path("same.json")
    with open(path, "w") as out:
        out.write(sound)
    same = work.run("forecast", "--schedule", "cdsi-4.64", "--cases", path, "--output", path, language="en")
    expect(same.returncode == 1 and "would be written over" in same.stderr and open(path).read() == sound, same.stderr)
    nowhere = work.run("forecast", "--schedule", "id-kmk-35-2025", "--cases", path, "--output", work.path("no/folder/x.json"), language="en")
    expect(nowhere.returncode == 1 and "cannot be written" in nowhere.stderr, nowhere.stderr)
    screen = work.run("forecast", "--schedule", "id-kmk-35-2025", "--cases", path, "--output", "-")
    equal(json.loads(screen.stdout)[0]["forecast_num"], "3", "on the screen")
    expect("id-kmk-35-2025, " not in work.run("--help").stdout, "the list of commands is short")
    expect("cdsi-4.64" in work.run("forecast", "--help").stdout.replace("\n", " "), "help names the schedules")


def chapters(folder):
    """The files of a book by name, each as text."""
    return {name: open(os.path.join(folder, name), encoding="utf-8").read() for name in sorted(os.listdir(folder))}


@check("guidelines writes the book in both languages as files that need nothing else, the same each time")
def guidelines(work):
    books = {}
    for language, title in (("id", "Kehamilan dan nifas"), ("en", "Pregnancy and the time after birth")):
        folder = work.path(f"book-{language}")
        result = work.run("guidelines", "--output", folder, "--language", language)
        equal(result.returncode, 0, f"guidelines ({result.stderr[-300:]})")
        book = books[language] = chapters(folder)
        expect({"index.html", "pregnancy.html", "sick_child.html", "immunization.html", "growth.html"} <= set(book), str(list(book)))
        expect(str(len(book)) in result.stderr and folder in result.stderr, f"what was written: {result.stderr}")
        for name, text in book.items():
            expect(f'<html lang="{language}">' in text and "@page" in text, f"{name}: language and paper")
            expect(not re.search(r"<script|<link|src=|https?:", text), f"{name} needs something else")
            for link in re.findall(r'href="([^"]+)"', text):
                there = f' id="{link[1:]}"' in text if link.startswith("#") else link in book
                expect(there, f"{name}: {link} leads nowhere")
        expect(f'<a href="pregnancy.html">{title}</a>' in book["index.html"], "the index leads to the chapters")
    digests = [re.findall(r'class="mono"[^>]*>([0-9a-f]{12})<', books[language]["index.html"]) for language in ("id", "en")]
    equal(digests[0], digests[1], "digests do not depend on the language")
    expect(len(digests[0]) == len(books["id"]) - 1 and len(set(digests[0])) == len(digests[0]), "a digest for each chapter")
    again = work.path("book-again")
    work.run("guidelines", "--output", again, "--language", "id")
    equal(chapters(again), books["id"], "the same book twice")
    # The language of the program where none is named; into an empty folder, too.
    plain = work.path("book-plain")
    os.mkdir(plain)
    equal(work.run("guidelines", "--output", plain, language="en").returncode, 0, "into an empty folder")
    equal(chapters(plain), books["en"], "the program's language")


@check("guidelines prints a district's settings and marks the chapters that they change")
def guidelines_settings(work):
    source = dict(title="SK Contoh", edition="1", page="1", standing="secondary")
    path = work.path("book-settings.json")
    with open(path, "w") as out:
        json.dump({"sikilap_settings": 1, "name": "Kabupaten Contoh", "growth": {},
                   "immunization": {"birth_dose_last_day": {"value": 30, "source": source}}}, out)
    for name, more in (("book-a", []), ("book-b", ["--settings", path])):
        equal(work.run("guidelines", "--output", work.path(name), *more).returncode, 0, name)
    standard, changed = chapters(work.path("book-a")), chapters(work.path("book-b"))
    digest = re.compile(r'Sidik isi <span class="mono">([0-9a-f]{12})<')
    other = [name for name in standard if name != "index.html" and digest.search(standard[name])[1] != digest.search(changed[name])[1]]
    equal(other, ["immunization.html"], "chapters with another digest")
    expect("hari ke-30" in changed["immunization.html"] and "SK Contoh" in changed["immunization.html"], "the setting and its source")
    expect("Kabupaten Contoh" in changed["index.html"], "the name of the settings")


@check("guidelines refuses what it cannot write with what, where and how to mend it, and leaves nothing half-written")
def guidelines_refused(work):
    full = work.path("book-full")
    os.mkdir(full)
    with open(os.path.join(full, "catatan.txt"), "w") as out:
        out.write("penting")
    file = work.path("book-file")
    open(file, "w").close()
    cases = [([full], "not empty", "sudah berisi"), ([file], "a file, not a folder", "berkas, bukan folder"),
             ([work.path("no/such/book")], "cannot be written", "tidak dapat ditulis"),
             ([work.path("book-x"), "--language", "jv"], "not known.*id, en", "tidak dikenal.*id, en"),
             ([work.path("book-x"), "--settings", work.path("none.json")], "none.json", "none.json")]
    before = sorted(os.listdir(work.base))
    for words, english, indonesian in cases:
        for language, said in (("en", english), ("id", indonesian)):
            result = work.run("guidelines", "--output", *words, language=language)
            expect(result.returncode != 0 and re.search(said, result.stderr, re.S), f"{words}: {result.stderr}")
    equal(sorted(os.listdir(work.base)), before, "what stands in the folder")
    equal(os.listdir(full), ["catatan.txt"], "what was there")
    expect(work.run("guidelines").returncode != 0, "no folder named")
    expect("--output" in work.run("guidelines", "--help").stdout, "the help names the folder")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--only", default="", help="only checks whose sentence holds this word")
    parser.add_argument("--megabytes", type=int, default=300, help="size of the large file")
    parser.add_argument("--seconds", type=float, default=60, help="the longest that the large file may be read")
    options = parser.parse_args()
    work, passed, failed = Work(options), 0, 0
    try:
        for text, function in CHECKS:
            if options.only not in text:
                continue
            try:
                function(work)
                passed += 1
                print(f"pass  {text}", flush=True)
            except Exception as problem:  # a check that breaks has failed, the others go on
                failed += 1
                where = traceback.extract_tb(problem.__traceback__)[-1]
                print(f"FAIL  {text}: {str(problem)[:1500]} ({type(problem).__name__}, line {where.lineno})", flush=True)
    finally:
        shutil.rmtree(work.base, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed > 0 or passed == 0)


if __name__ == "__main__":
    main()
