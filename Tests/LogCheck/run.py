#!/usr/bin/env python3
"""The checker of facts and log, against every forgery that it names.

    run.py --binary PATH [--only WORD]

Makes a small journal with its log by the program, adds entries as docs/formats/audit.md says, forges
copies with plain SQL and hashlib, and looks whether Tools/log-check names exactly that, and where.
Shares no code with the checker or the program. Python 3 alone.
"""
import argparse, csv, hashlib, os, re, shutil, sqlite3, subprocess, sys, tempfile, time, traceback

HERE = os.path.dirname(os.path.abspath(__file__))
CHECKER = os.path.join(HERE, "..", "..", "Tools", "log-check", "log_check.py")
CASES = []


def case(text):
    def register(function):
        CASES.append((text, function))
        return function
    return register


def expect(good, text):
    if not good:
        raise AssertionError(text)


# What whoever writes or forges has to know: the two formats.

def leb(number):
    out = b""
    while number > 127:
        out, number = out + bytes([number % 128 + 128]), number // 128
    return out + bytes([number])


def zigzag(number):
    return leb(number * 2) if number >= 0 else leb(-number * 2 - 1)


def text(value):
    return leb(len(value)) + value


def fact_link(before, f):
    data = (b"\2" if f.get("sealed") else b"\1") + f["id"] + f["subject"] + leb(f["kind"])
    data += zigzag(f["occurred_on"]) + zigzag(f["recorded_at"])
    names = ["place", "recorder", "device", "replaces"]
    data += bytes([sum(2 ** bit for bit, name in enumerate(names) if f[name])])
    data += b"".join(f[name] or b"" for name in names) + text(f["body"])
    return hashlib.sha256(before + data).digest()


def entry_link(before, e, subjects):
    data = leb(e["sequence"]) + zigzag(e["at"])
    names = ["worker", "session", "device", "purpose", "route", "place"]
    data += bytes([sum(2 ** bit for bit, name in enumerate(names) if e[name] is not None)])
    for name in names:
        value = e[name]
        if value is not None:
            value = value.encode() if isinstance(value, str) else value
            data += value if name in ("worker", "device", "place") else text(value)
    data += text(e["action"].encode()) + bytes([e["outcome"]]) + leb(e["count"]) + text(e["detail"])
    data += leb(e["subject_count"]) + b"".join(sorted(subjects))
    return hashlib.sha256(b"sikilap audit" + b"\1" + before + data).digest()


def covering(facts, anchored=None):
    """The detail of an entry that vouches for facts."""
    content = b"".join(f["id"] + (b"\1" + f["recorder"] if f["recorder"] else b"\0") for f in facts)
    marks = b"".join(f["id"][-2:] + (f["recorder"] or b"\0\0")[-2:] + f["chain"][:2] for f in facts)
    data = leb(4) + zigzag(facts[0]["sequence"]) + leb(6) + zigzag(facts[-1]["sequence"])
    for number, value in ((4, hashlib.sha256(content).digest()), (5, facts[-1]["chain"]), (6, marks)):
        data += leb(number * 2 + 1) + text(value)
    return b"\1" + data + (b"" if anchored is None else leb(24) + zigzag(anchored))


def worker(number):
    return hashlib.sha256(b"worker%d" % number).digest()[:16]


class Pair:
    """A journal and its log."""

    def __init__(self, folder):
        self.folder = folder
        self.paths = [os.path.join(folder, name) for name in ("x.sqlite", "x.audit.sqlite")]
        self.facts, self.log = [sqlite3.connect(path, isolation_level=None) for path in self.paths]
        for database in (self.facts, self.log):
            database.row_factory = sqlite3.Row

    def close(self):
        self.facts.close(), self.log.close()

    def fact(self, sequence):
        return dict(self.facts.execute("SELECT * FROM fact WHERE sequence = ?", [sequence]).fetchone())

    def entry(self, sequence):
        return dict(self.log.execute("SELECT * FROM audit_entry WHERE sequence = ?", [sequence]).fetchone())

    def subjects(self, entry):
        return [row[0] for row in self.log.execute("SELECT subject FROM audit_subject WHERE entry = ?", [entry])]

    def last_fact(self):
        return self.facts.execute("SELECT max(sequence) FROM fact").fetchone()[0]

    def last_entry(self):
        return self.log.execute("SELECT max(sequence) FROM audit_entry").fetchone()[0]

    def insert(self, database, table, row):
        marks = ", ".join("?" * len(row))
        database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))

    # As the program writes.

    def add_entry(self, subjects=(), **values):
        last = self.last_entry() or 0
        entry = dict(sequence=last + 1, at=1_795_348_800_000 + last * 1000, worker=worker(1), session=b"12345678",
                     device=None, action="viewPerson", purpose="care", route="/people/{id}", place=None, outcome=1,
                     count=len(subjects), subject_count=len(set(subjects)), detail=b"")
        entry.update(values)
        entry["chain"] = entry_link(self.entry(last)["chain"] if last else bytes(32), entry, set(subjects))
        self.insert(self.log, "audit_entry", entry)
        for subject in sorted(set(subjects)):
            self.insert(self.log, "audit_subject", dict(entry=last + 1, subject=subject))
        return last + 1

    def add_fact(self, **values):
        last = self.last_fact() or 0
        fact = dict(sequence=last + 1, id=os.urandom(16), subject=os.urandom(16), kind=120, occurred_on=20000,
                    recorded_at=1_795_348_800_000, place=None, recorder=worker(2), device=None, replaces=None, body=b"")
        fact.update(values)
        fact["chain"] = fact_link(self.fact(last)["chain"] if last else bytes(32), fact)
        self.insert(self.facts, "fact", fact)
        return last + 1

    def cover(self, first, last, anchored=None, **values):
        facts = [self.fact(sequence) for sequence in range(first, last + 1)]
        number = self.add_entry(action="acceptedFacts" if anchored is None else "anchoredLog", purpose=None, route=None,
                                count=len(facts), detail=covering(facts, anchored), **values)
        through = self.log.execute("SELECT max(through) FROM audit_covered").fetchone()[0] or 0
        self.insert(self.log, "audit_covered",
                    dict(entry=number, first=first, last=last, through=max(through, last) if first <= through + 1 else through))

    def anchor(self, at=1_795_348_800_000):
        last = self.last_entry()
        body = leb(2) + zigzag(last) + leb(5) + text(self.entry(last)["chain"]) + leb(6) + zigzag(20779)
        system = bytes.fromhex("4f3d0eaedbdf8836924d305140fdaf88")
        fact = self.add_fact(subject=system, kind=96, recorder=None, body=body, occurred_on=20779, recorded_at=at)
        self.cover(fact, fact, anchored=last, worker=None, session=None, at=at + 1)
        return fact, last

    # As a forger writes.

    def unguard(self):
        for database in (self.facts, self.log):
            for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {row[0]}")

    def relink_facts(self):
        link = bytes(32)
        for row in self.facts.execute("SELECT * FROM fact ORDER BY sequence").fetchall():
            link = fact_link(link, dict(row))
            if link != row["chain"]:
                self.facts.execute("UPDATE fact SET chain = ? WHERE sequence = ?", [link, row["sequence"]])

    def relink_log(self):
        link = bytes(32)
        for row in self.log.execute("SELECT * FROM audit_entry ORDER BY sequence").fetchall():
            link = entry_link(link, dict(row), self.subjects(row["sequence"]))
            if link != row["chain"]:
                self.log.execute("UPDATE audit_entry SET chain = ? WHERE sequence = ?", [link, row["sequence"]])

    def move(self, database, table, column, old, new):
        database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", [new, old])

    def move_entry(self, old, new):
        self.move(self.log, "audit_entry", "sequence", old, new)
        self.move(self.log, "audit_subject", "entry", old, new)
        self.move(self.log, "audit_covered", "entry", old, new)

    def remove_entry(self, number):
        self.log.execute("DELETE FROM audit_entry WHERE sequence = ?", [number])
        self.log.execute("DELETE FROM audit_subject WHERE entry = ?", [number])
        self.log.execute("DELETE FROM audit_covered WHERE entry = ?", [number])

    def close_gap(self, number, of_facts, count=1):
        last = self.last_fact() if of_facts else self.last_entry()
        for sequence in range(number + count, last + 1):
            if of_facts:
                self.move(self.facts, "fact", "sequence", sequence, sequence - count)
            else:
                self.move_entry(sequence, sequence - count)

    def swap_facts(self, one, other):
        for old, new in ((one, -1), (other, one), (-1, other)):
            self.move(self.facts, "fact", "sequence", old, new)

    def swap_entries(self, one, other):
        for old, new in ((one, -1), (other, one), (-1, other)):
            self.move_entry(old, new)


class Work:
    def __init__(self, binary):
        self.binary = os.path.abspath(binary)
        self.base = tempfile.mkdtemp(prefix="log-check-")
        self.copies, self.case, self.judged = 0, None, None
        original = os.path.join(self.base, "original")
        os.makedirs(original)
        self.make(original)

    def run(self, *words):
        return subprocess.run([self.binary, *words], capture_output=True, text=True,
                              env=dict(os.environ, SIKILAP_LANGUAGE="en"))

    def make(self, folder):
        database = os.path.join(folder, "x.sqlite")
        expect(self.run("demo", "--prepare", "--size", "tiny", "--database", database).returncode == 0, "demo --prepare")
        for month in (7, 8):
            path = os.path.join(self.base, f"{month}.csv")
            with open(path, "w", newline="") as out:
                rows = csv.writer(out)
                rows.writerow(["NIK", "Nama", "JK", "Tgl Lahir", "Nama Ortu", "Desa/Kel", "Posyandu", "Tanggal Pengukuran",
                               "Berat", "Tinggi", "Cara Ukur", "LiLA", "Edema"])
                for n in range(20):
                    rows.writerow([f"990101{1 + n:02d}0124{1000 + n:04d}", f"Contoh Anak {n}", "L", f"2024-01-{1 + n:02d}",
                                   f"Contoh Ibu {n}", "Desa Contoh 01", "Posyandu Contoh 01", f"2025-{month:02d}-07", "9.4",
                                   "78.5", "Terlentang", "14.2", "Tidak"])
            result = self.run("import", "measurements", path, "--database", database)
            expect(result.returncode == 0, f"import: {result.stderr[-400:]}")
        pair = Pair(folder)
        people = [hashlib.sha256(b"person%d" % n).digest()[:16] for n in range(40)]
        for n in range(12):
            pair.add_entry(people[n:n + 1 + n % 5])
        first = pair.add_fact()
        for _ in range(9):
            last = pair.add_fact()
        pair.cover(first, last, device=worker(9))
        self.anchor, self.anchored = pair.anchor()
        for n in range(6):
            pair.add_entry(people[n:n + 3], action="searchPerson", detail=b"\1" + leb(3) + text(bytes(32)))
        self.later, _ = pair.anchor()
        for n in range(4):
            pair.add_entry(people[30:31])
        self.entries, self.facts = pair.last_entry(), pair.last_fact()
        self.head, self.fact_head = pair.entry(self.entries)["chain"].hex(), pair.fact(self.facts)["chain"].hex()
        self.batch = first
        pair.close()
        result = self.run("verify", "--database", database)
        expect(result.returncode == 0 and self.head in result.stdout and self.fact_head in result.stdout,
               f"the program finds the same files in order: {result.stdout + result.stderr}")

    def copy(self):
        self.copies += 1
        folder = os.path.join(self.base, f"copy{self.copies}")
        shutil.copytree(os.path.join(self.base, "original"), folder)
        pair = Pair(folder)
        pair.unguard()
        return pair

    def check(self, *words, language="en"):
        return subprocess.run([sys.executable, CHECKER, *words, "--lang", language], capture_output=True, text=True)

    def content(self, pair, *more):
        pair.close()
        result = self.check(*pair.paths, *more)
        expect(result.returncode == 0 and "All fits" in result.stdout, f"exit {result.returncode}: {result.stdout + result.stderr}")
        return result.stdout

    def found(self, pair, name, *places, more=()):
        """Exactly that class is told in both languages, with those numbers."""
        pair.close()
        for language in ("en", "id"):
            result = self.check(*pair.paths, *more, language=language)
            told = re.findall(r"^\[(\w+)\] (.*)$", result.stdout, re.M)
            expect(result.returncode == 1, f"exit {result.returncode}: {result.stdout + result.stderr}")
            expect({one for one, _ in told} == {name}, f"{told} instead of {name}")
            for place in places:
                expect(any(re.search(rf"\b{place}\b", words) for _, words in told), f"{place} is not in {told}")
            expect(all(len(words) > 60 for _, words in told), f"too short: {told}")
        if name != "rewritten" and self.judged != self.case:
            self.judged = self.case  # Once a case: the program takes longer than the checker.
            verdict = self.run("verify", "--database", pair.paths[0])
            expect((verdict.returncode != 0) == (name != "uncovered_facts"),
                   f"the program itself: {verdict.stdout + verdict.stderr}")


@case("an untouched copy fits, in both languages, and kept links are found")
def untouched(work):
    told = work.content(work.copy(), "--head", work.head, "--head", work.fact_head)
    expect(f"entry {work.entries}" in told and f"fact {work.facts}" in told, told)
    expect(re.search(rf"All fits: {work.facts} facts, {work.entries} entries, \d+ anchors", told), told)
    expect(work.head in told and work.fact_head in told, told)
    expect("Semua cocok" in work.check(*work.copy().paths, language="id").stdout, "Indonesian")
    expect(re.search(r"had vouched for \d+ facts", told), f"facts of the command line: {told}")


@case("a changed fact, with and without its chain worked out anew")
def changed_fact(work):
    for change in ("body = CAST(body || x'00' AS BLOB)", "occurred_on = occurred_on + 1", "subject = zeroblob(16)",
                   "kind = 99", "place = zeroblob(16)", "recorded_at = recorded_at - 1"):
        for relinks in (False, True):
            pair = work.copy()
            pair.facts.execute(f"UPDATE fact SET {change} WHERE sequence = 30")
            if relinks:
                pair.relink_facts()
            work.found(pair, "changed_fact", 30)
    pair = work.copy()
    pair.facts.execute("UPDATE fact SET id = zeroblob(16) WHERE sequence = 30")
    pair.relink_facts()
    work.found(pair, "changed_fact", 30)
    pair = work.copy()
    pair.facts.execute("UPDATE fact SET chain = zeroblob(32) WHERE sequence = 30")
    work.found(pair, "changed_fact", 30)


@case("a removed fact: with a gap, numbered anew, worked out anew, the last ones")
def removed_fact(work):
    for relinks, closes in ((False, False), (False, True), (True, True), (True, False)):
        pair = work.copy()
        pair.facts.execute("DELETE FROM fact WHERE sequence = 40")
        if closes:
            pair.close_gap(40, of_facts=True)
        if relinks:
            pair.relink_facts()
        work.found(pair, "removed_fact", 40)
    pair = work.copy()
    pair.facts.execute("DELETE FROM fact WHERE sequence > ?", [work.facts - 3])
    work.found(pair, "removed_fact", work.facts - 2, work.facts)


@case("a removed fact in whose place another was put at the end")
def replaced_fact(work):
    pair = work.copy()
    pair.facts.execute("DELETE FROM fact WHERE sequence = 40")
    pair.close_gap(40, of_facts=True)
    pair.add_fact()
    pair.relink_facts()
    work.found(pair, "removed_fact", 40)


@case("facts in another order, with and without their chain worked out anew")
def reordered_facts(work):
    for one, other in ((50, 51), (50, 90), (work.batch, work.batch + 5)):
        for relinks in (False, True):
            pair = work.copy()
            pair.swap_facts(one, other)
            if relinks:
                pair.relink_facts()
            work.found(pair, "reordered_facts", one, other)


@case("a forged author: the recorder changed and the chain worked out anew")
def forged_author(work):
    for change in ("zeroblob(16)", "NULL", "(SELECT recorder FROM fact WHERE sequence = 1)"):
        for number in (work.batch, work.batch + 3, work.batch + 9):
            for relinks in (True, False):
                pair = work.copy()
                pair.facts.execute(f"UPDATE fact SET recorder = {change} WHERE sequence = ?", [number])
                if relinks:
                    pair.relink_facts()
                work.found(pair, "forged_author", number)
    pair = work.copy()
    pair.facts.execute("UPDATE fact SET recorder = zeroblob(16) WHERE sequence IN (25, 60)")
    pair.relink_facts()
    work.found(pair, "forged_author", 25, 60)


@case("facts that were put in, and facts that nobody vouches for")
def added_fact(work):
    pair = work.copy()
    for sequence in range(work.facts, 69, -1):
        pair.move(pair.facts, "fact", "sequence", sequence, sequence + 1)
    fact = dict(pair.fact(69), sequence=70, id=os.urandom(16))
    pair.insert(pair.facts, "fact", fact)
    pair.relink_facts()
    work.found(pair, "added_fact", 70)
    pair = work.copy()
    number = pair.add_fact()
    work.found(pair, "uncovered_facts", number)


@case("a changed entry: each column, its detail, its subjects")
def changed_entry(work):
    for number in (5, work.anchored + 3, work.entries):
        for change in ("at = at + 1", "worker = zeroblob(16)", "worker = NULL", "session = NULL", "action = 'viewFigures'",
                       "purpose = 'audit'", "route = NULL", "place = zeroblob(16)", "outcome = 2", "count = count + 1",
                       "detail = x'011803'", "subject_count = subject_count + 1"):
            pair = work.copy()
            before = tuple(pair.entry(number))
            pair.log.execute(f"UPDATE audit_entry SET {change} WHERE sequence = ?", [number])
            if tuple(pair.entry(number)) == before:
                pair.close()  # It says so already.
                continue
            work.found(pair, "changed_entry", number)
        for statement in ("UPDATE audit_subject SET subject = zeroblob(16)", "DELETE FROM audit_subject"):
            pair = work.copy()
            subject = min(pair.subjects(number))
            pair.log.execute(f"{statement} WHERE entry = ? AND subject = ?", [number, subject])
            work.found(pair, "changed_entry", number)
        pair = work.copy()
        pair.log.execute("INSERT INTO audit_subject VALUES (?, zeroblob(16))", [number])
        work.found(pair, "changed_entry", number)


@case("a removed entry: with a gap, numbered anew, the last ones")
def removed_entry(work):
    pair = work.copy()
    pair.remove_entry(8)
    work.found(pair, "removed_entry", 8)
    pair = work.copy()
    pair.log.execute("DELETE FROM audit_entry WHERE sequence = 8")
    work.found(pair, "removed_entry", 8)
    pair = work.copy()
    pair.remove_entry(8)
    pair.close_gap(8, of_facts=False)
    work.found(pair, "removed_entry", 8)
    pair = work.copy()
    for number in range(work.anchored - 2, work.entries + 1):
        pair.remove_entry(number)
    work.found(pair, "removed_entry", work.anchored - 2, work.anchored)
    pair = work.copy()
    for number in (9, 10, 11):
        pair.remove_entry(number)
    pair.close_gap(9, of_facts=False, count=3)
    work.found(pair, "removed_entry", 9, 11)


@case("entries in another order")
def reordered_entries(work):
    for one, other in ((6, 7), (6, 12), (work.anchored + 3, work.anchored + 5), (9, work.entries)):
        pair = work.copy()
        pair.swap_entries(one, other)
        work.found(pair, "reordered_entries", one, other)


@case("a log that was changed and worked out anew is told by the anchor among the facts")
def rewritten_log(work):
    for number in (7, work.anchored + 3):
        pair = work.copy()
        pair.log.execute("UPDATE audit_entry SET worker = ? WHERE sequence = ?", [worker(5), number])
        pair.relink_log()
        work.found(pair, "rewritten_log", first_anchor(pair, number) if number < work.anchored else work.later)
    pair = work.copy()
    pair.remove_entry(7)
    pair.close_gap(7, of_facts=False)
    pair.relink_log()
    work.found(pair, "rewritten_log", first_anchor(pair, 7))
    pair = work.copy()
    pair.swap_entries(6, 12)
    pair.relink_log()
    work.found(pair, "rewritten_log", first_anchor(pair, 6))


def anchored_entries(body):
    """How many entries an anchor tells of."""
    entries, shift = 0, 0
    for byte in body[1:body.index(b"\x05\x20")]:
        entries |= (byte & 127) << shift
        shift += 7
    return entries // 2


def first_anchor(pair, number):
    """What the first anchor that reaches an entry tells of: the demo itself leaves some."""
    bodies = pair.facts.execute("SELECT body FROM fact WHERE kind = 96").fetchall()
    return min(found for found in (anchored_entries(body) for body, in bodies) if found >= number)


def mended_anchor(pair, body):
    """An anchor's body with the link that the entry has now."""
    start = body.index(b"\x05\x20") + 2
    return body[:start] + pair.entry(anchored_entries(body))["chain"] + body[start + 32:]


def mended_covering(pair, number, first, last):
    """An entry's detail with the digest, link and marks that the facts have now; what follows them stays."""
    old = pair.entry(number)["detail"]
    now = covering([pair.fact(sequence) for sequence in range(first, last + 1)])
    return now + old[len(now):]


@case("both chains written anew: only a link that was kept elsewhere tells")
def both(work):
    def forged():
        pair = work.copy()
        pair.log.execute("UPDATE audit_entry SET worker = ? WHERE sequence = 7", [worker(5)])
        # What each chain knows of the other is mended until nothing changes any more.
        ends = [None]
        while len(ends) < 2 or ends[-1] != ends[-2]:
            pair.relink_log()
            for anchor in pair.facts.execute("SELECT sequence, body FROM fact WHERE kind = 96").fetchall():
                body = mended_anchor(pair, anchor["body"])
                pair.facts.execute("UPDATE fact SET body = ? WHERE sequence = ?", [body, anchor["sequence"]])
            pair.relink_facts()
            for row in pair.log.execute("SELECT * FROM audit_covered").fetchall():
                detail = mended_covering(pair, row["entry"], row["first"], row["last"])
                pair.log.execute("UPDATE audit_entry SET detail = ? WHERE sequence = ?", [detail, row["entry"]])
            pair.relink_log()
            ends.append((pair.entry(work.entries)["chain"], pair.fact(work.facts)["chain"]))
        return pair
    pair = forged()
    expect(pair.entry(work.entries)["chain"].hex() != work.head, "nothing was forged")
    work.content(pair)
    for head in (work.head, work.fact_head):
        work.found(Pair(pair.folder), "rewritten", head, more=("--head", head))


DAY = 86_400_000


def old_pair(work, years):
    """A pair whose log begins so many years ago, four days long, and goes on ten days ago; every fact vouched for."""
    pair = work.copy()
    for table in ("audit_subject", "audit_covered", "audit_removal", "audit_entry"):
        pair.log.execute(f"DELETE FROM {table}")
    # What sealed and arrival tell of goes with its facts; the rest is made anew from those that come.
    for table in ("subject_key", "arrival", "fact"):
        pair.facts.execute(f"DELETE FROM {table}")
    now = int(time.time() * 1000)
    for start, days in ((now - int(years * 365.25) * DAY, 4), (now - 10 * DAY, 3)):
        for day in range(days):
            moment = start + day * DAY
            pair.add_entry([worker(20 + day), worker(30)], at=moment)
            fact = pair.add_fact(recorded_at=moment + 1)
            pair.cover(fact, fact, at=moment + 2)
            pair.anchor(at=moment + 3)
    return pair


def removal(pair, through, at, before=None):
    """The detail of the entry that stands in the place of a removed beginning."""
    last = pair.log.execute("SELECT max(last) FROM audit_covered WHERE entry <= ?", [through]).fetchone()[0]
    oldest, youngest = pair.log.execute("SELECT min(at), max(at) FROM audit_entry WHERE sequence <= ?", [through]).fetchone()
    data = leb(26) + zigzag(through) + leb(29) + text(pair.entry(through)["chain"]) + leb(30) + zigzag(last)
    data += leb(33) + text(pair.fact(last)["chain"]) + leb(34) + zigzag(oldest) + leb(36) + zigzag(before or youngest)
    number = pair.add_entry(action="removedEntries", purpose=None, route=None, worker=None, session=None, count=through,
                            detail=b"\1" + data, at=at)
    pair.insert(pair.log, "audit_removal", dict(entry=number, through=through))
    for table, column in (("audit_subject", "entry"), ("audit_covered", "entry"), ("audit_entry", "sequence")):
        pair.log.execute(f"DELETE FROM {table} WHERE {column} <= ?", [through])
    pair.anchor(at=at + 1)
    return number


@case("a beginning of the log whose five years are over is removed by the program, and the rest stays checkable")
def removed_in_time(work):
    pair = old_pair(work, 6)
    old = pair.log.execute("SELECT count(*) FROM audit_entry WHERE at < ?", [(time.time() - 5 * 366 * 86400) * 1000]).fetchone()[0]
    database = pair.paths[0]
    pair.close()
    rebuilt = work.run("rebuild", "--database", database)
    expect(rebuilt.returncode == 0, rebuilt.stdout + rebuilt.stderr)
    before = work.check(*pair.paths)
    expect(before.returncode == 0, before.stdout)
    planned = work.run("log", "remove", "--database", database)
    # The last anchor of the old days names the entry before its own.
    expect(f"{old - 1} entries of the log, 1 to {old - 1}" in planned.stdout, planned.stdout + planned.stderr)
    pair = Pair(pair.folder)
    expect(pair.log.execute("SELECT min(sequence) FROM audit_entry").fetchone()[0] == 1, "a look removes")
    entries = pair.last_entry()
    pair.close()
    done = work.run("log", "remove", "--write", "--database", database)
    expect(done.returncode == 0 and f"{old - 1} entries of the log were removed" in done.stdout, done.stdout + done.stderr)
    pair = Pair(pair.folder)
    expect(pair.log.execute("SELECT min(sequence) FROM audit_entry").fetchone()[0] == old, "what stays begins there")
    expect(pair.last_entry() == entries + 2, "an entry in its place, and the anchor's")
    link = pair.log.execute("SELECT chain FROM audit_entry ORDER BY sequence DESC").fetchone()[0].hex()
    told = work.content(pair, "--head", link)
    expect(f"through {old - 1} were removed when their five years were over" in told, told)
    again = work.run("log", "remove", "--write", "--database", database)
    expect("nothing was removed" in again.stdout, again.stdout + again.stderr)
    verdict = work.run("verify", "--database", database)
    expect(verdict.returncode == 0 and f"through {old - 1} were removed" in verdict.stderr, verdict.stdout + verdict.stderr)

    def forged():
        copy = os.path.join(work.base, f"removed{work.copies}")
        work.copies += 1
        shutil.copytree(pair.folder, copy)
        forged = Pair(copy)
        forged.unguard()
        return forged
    first = old  # the first that stays
    one = forged()
    one.log.execute("UPDATE audit_entry SET count = 7 WHERE sequence = ?", [first])
    work.found(one, "changed_entry", first)
    one = forged()
    one.remove_entry(first)
    work.found(one, "removed_entry", first)
    one = forged()
    told_by = one.log.execute("SELECT entry FROM audit_removal").fetchone()[0]
    one.log.execute("UPDATE audit_entry SET at = at - 1 WHERE sequence = ?", [told_by])
    work.found(one, "changed_entry", told_by)
    one = forged()
    one.log.execute("DELETE FROM audit_removal")
    one.remove_entry(told_by)
    work.found(one, "removed_entry")
    one = forged()
    one.facts.execute("UPDATE fact SET occurred_on = occurred_on + 1 WHERE sequence = 3")
    one.relink_facts()
    work.found(one, "changed_fact")


@case("a beginning of the log that is removed before its time, or by a clock set ahead, is told")
def removed_too_early(work):
    now = int(time.time() * 1000)
    # Two years old, and somebody says that it was five.
    pair = old_pair(work, 2)
    told_by = removal(pair, 5, now)
    work.found(pair, "removed_entry", told_by)
    # The clock is set ahead four years for the removal.
    pair = old_pair(work, 2)
    told_by = removal(pair, 5, now + 1461 * DAY)
    work.found(pair, "removed_entry", told_by)
    # Old enough, but no anchor knows where it goes on.
    pair = old_pair(work, 6)
    told_by = removal(pair, 6, now)
    work.found(pair, "removed_entry", told_by)
    # Old enough, and done by hand as the program does it.
    pair = old_pair(work, 6)
    removal(pair, 5, now)
    work.content(pair)


# The log as the page of the log gives it, made here as docs/formats/audit.md says.

COLUMNS = ("sequence at worker session device action purpose route place outcome count subject_count subjects first_fact "
           "last_fact found_at_opening form watermark reason words anchored_entries chain before canonical").split()


def dashed(data):
    digits = data.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def canonical(e, subjects):
    """The bytes of an entry's link behind the link before, as entry_link has them."""
    data = leb(e["sequence"]) + zigzag(e["at"])
    names = ["worker", "session", "device", "purpose", "route", "place"]
    data += bytes([sum(2 ** bit for bit, name in enumerate(names) if e[name] is not None)])
    for name in names:
        value = e[name]
        if value is not None:
            value = value.encode() if isinstance(value, str) else value
            data += value if name in ("worker", "device", "place") else text(value)
    data += text(e["action"].encode()) + bytes([e["outcome"]]) + leb(e["count"]) + text(e["detail"])
    return data + leb(e["subject_count"]) + b"".join(sorted(subjects))


def exported(pair, wanted=lambda entry: True):
    """Rows of the export, each a dict of columns; what the detail tells is left out where it is none of facts."""
    rows, before = [], bytes(32)
    for raw in pair.log.execute("SELECT * FROM audit_entry ORDER BY sequence").fetchall():
        e = dict(raw)
        subjects = sorted(pair.subjects(e["sequence"]))
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(e["at"] // 1000)) + ".%03dZ" % (e["at"] % 1000)
        row = dict.fromkeys(COLUMNS, "")
        row.update(sequence=str(e["sequence"]), at=moment, action=e["action"], purpose=e["purpose"] or "",
                   route=e["route"] or "", outcome=["allowed", "refused", "failed"][e["outcome"] - 1], count=str(e["count"]),
                   subject_count=str(e["subject_count"]), subjects=" ".join(map(dashed, subjects[:100])),
                   session=(e["session"] or b"").hex(), chain=e["chain"].hex(), before=before.hex(),
                   canonical=canonical(e, subjects).hex())
        for name in ("worker", "device", "place"):
            row[name] = dashed(e[name]) if e[name] else ""
        detail = e["detail"]
        if detail:
            numbers = told(detail[1:])
            row["first_fact"], row["last_fact"] = str(numbers.get(2, "")), str(numbers.get(3, ""))
            row["found_at_opening"] = str(numbers.get(7, 0)) if 2 in numbers else ""
            row["anchored_entries"] = str(numbers.get(12, ""))
            for number, name in ((8, "form"), (10, "reason"), (11, "words")):
                row[name] = numbers.get(number, b"").decode()
        if wanted(e):
            rows.append(row)
        before = e["chain"]
    return rows


def told(data):
    """The numbered fields of a detail."""
    found, at = {}, 0

    def number():
        nonlocal at
        value = shift = 0
        while True:
            value, byte = value + ((data[at] & 127) << shift), data[at]
            at, shift = at + 1, shift + 7
            if byte < 128:
                return value
    while at < len(data):
        key, value = number(), number()
        if key % 2:
            found[key // 2], at = data[at:at + value], at + value
        else:
            found[key // 2] = value // 2
    return found


def saved(work, rows):
    work.copies += 1
    path = os.path.join(work.base, f"export{work.copies}.csv")
    with open(path, "w", newline="", encoding="utf-8-sig") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def fits(work, rows, *more):
    result = work.check("--export", saved(work, rows), *more)
    expect(result.returncode == 0 and "The export fits" in result.stdout, f"exit {result.returncode}: {result.stdout + result.stderr}")
    return result.stdout


def told_of(work, rows, name, *places, more=()):
    path = saved(work, rows)
    for language in ("en", "id"):
        result = work.check("--export", path, *more, language=language)
        found = re.findall(r"^\[(\w+)\] (.*)$", result.stdout, re.M)
        expect(result.returncode == 1, f"exit {result.returncode}: {result.stdout + result.stderr}")
        expect({one for one, _ in found} == {name}, f"{found} instead of {name}")
        for place in places:
            expect(any(re.search(rf"\b{place}\b", words) for _, words in found), f"{place} is not in {found}")


@case("an export fits, whole and in part, with the anchors of the facts and kept links")
def export_fits(work):
    pair = work.copy()
    rows = exported(pair)
    pair.close()
    said = fits(work, rows, pair.paths[0], "--head", work.head)
    expect(f"{work.entries} entries (1 to {work.entries}), 0 missing" in said and work.head in said, said)
    expect(not re.search(r" 0 anchors compared", said), said)
    fits(work, rows)
    expect("no entry" in fits(work, []), "empty")
    some = [row for row in rows if row["action"] == "viewPerson"]
    told_of(work, some, "removed_entry")
    fits(work, some, "--part")
    fits(work, some, "--part", pair.paths[0])


@case("an export of which something was changed is told with its entry")
def export_forged(work):
    pair = work.copy()
    rows = exported(pair)
    journal = pair.paths[0]

    def copy():
        return [dict(row) for row in rows]
    at = next(position for position, row in enumerate(rows) if row["action"] == "searchPerson")
    number = rows[at]["sequence"]
    # What a reader sees, and the link still fits.
    for column, value in (("worker", dashed(worker(7))), ("at", "2026-01-01T00:00:00.000Z"), ("action", "calculate"),
                          ("outcome", "refused"), ("count", "999"), ("subjects", ""), ("route", "/"), ("session", "00"),
                          ("words", "x")):
        forged = copy()
        forged[at][column] = value
        told_of(work, forged, "changed_entry", number)
    # What the link is over, or the link itself, or the one before.
    for column in ("canonical", "chain", "before"):
        forged = copy()
        value = forged[at][column]
        forged[at][column] = value[:-2] + ("00" if value[-2:] != "00" else "11")
        told_of(work, forged, "changed_entry", number)
    # Both, with a link that fits: the next one knows another.
    forged = copy()
    e = pair.entry(int(number))
    e["worker"] = worker(7)
    forged[at]["worker"] = dashed(e["worker"])
    forged[at]["canonical"] = canonical(e, pair.subjects(int(number))).hex()
    forged[at]["chain"] = hashlib.sha256(
        b"sikilap audit\1" + bytes.fromhex(forged[at]["before"]) + bytes.fromhex(forged[at]["canonical"])).hexdigest()
    told_of(work, forged, "changed_entry", number)
    # And all that follow: only the facts' anchor, or a kept link, knows.
    link = bytes.fromhex(forged[at]["chain"])
    for row in forged[at + 1:]:
        row["before"] = link.hex()
        link = hashlib.sha256(b"sikilap audit\1" + link + bytes.fromhex(row["canonical"])).digest()
        row["chain"] = link.hex()
    fits(work, forged)
    told_of(work, forged, "rewritten_log", more=(journal,))
    told_of(work, forged, "rewritten", more=("--head", work.head))
    # Rows that are gone, at the beginning, between and at the end; doubled; in another order.
    told_of(work, rows[:at] + rows[at + 2:], "removed_entry", number, int(number) + 1)
    told_of(work, rows[2:], "removed_entry", 1, 2)
    fits(work, rows[:at + 1])
    told_of(work, rows[:at + 1], "removed_entry", more=(journal,))
    told_of(work, rows[:at] + [rows[at + 1], rows[at]] + rows[at + 2:], "reordered_entries", number)
    told_of(work, rows[:at] + [rows[at]] + rows[at:], "reordered_entries", number)
    pair.close()


@case("an export of a log whose beginning was removed after five years fits")
def export_of_removed(work):
    pair = old_pair(work, 6)
    removal(pair, 5, int(time.time() * 1000))
    rows = exported(pair)
    before = bytes.fromhex(rows[0]["before"])
    first = int(rows[0]["sequence"])
    expect(first == 6 and before == bytes(32), "made without what is gone")
    known = told(next(bytes(row[0]) for row in pair.log.execute(
        "SELECT detail FROM audit_entry WHERE action = 'removedEntries'"))[1:])
    rows[0]["before"] = known[14].hex()
    pair.close()
    # Fields 13 to 18 have no column of their own.
    said = fits(work, rows, pair.paths[0])
    expect(f"({first} to" in said and " 0 missing" in said, said)
    told_of(work, rows[1:], "removed_entry")


@case("an export that cannot be checked ends with 2 and says what to do")
def export_unreadable(work):
    pair = work.copy()
    rows = exported(pair)
    pair.close()
    good = saved(work, rows)
    old = os.path.join(work.base, "old.csv")
    with open(old, "w", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS[:-2], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    broken = saved(work, [dict(rows[0], chain="zz")])
    for words in (("--export", old), ("--export", broken), ("--export", good + "x"), ("--export", pair.paths[1]),
                  ("--export", good, *pair.paths), ("--export", good, pair.paths[1]), (pair.paths[0],), ()):
        for language in ("en", "id"):
            result = work.check(*words, language=language)
            expect(result.returncode == 2 and "Traceback" not in result.stderr and len(result.stderr) > 60,
                   f"{words}: exit {result.returncode}, {result.stderr}")


@case("what cannot be read ends with 2 and says what to do")
def unreadable(work):
    pair = work.copy()
    pair.close()
    facts, log = pair.paths
    none = os.path.join(work.base, "none.sqlite")
    other = os.path.join(work.base, "text.sqlite")
    with open(other, "w") as out:
        out.write("no database " * 1000)
    for words in ((none, log), (facts, none), (other, log), (log, facts), (work.base, log), (facts, log, "--head", "12ab"),
                  (facts, log, "--head", "zz" * 32)):
        for language in ("en", "id"):
            result = work.check(*words, language=language)
            expect(result.returncode == 2 and "Traceback" not in result.stderr and len(result.stderr) > 60,
                   f"{words}: exit {result.returncode}, {result.stderr}")


@case("nothing is written beside the files, and what a program that has them open wrote last is read")
def only_reads(work):
    pair = work.copy()
    shutil.copytree(pair.folder, pair.folder + "-open")
    pair.close()

    def files():
        return [(name, os.stat(os.path.join(pair.folder, name)).st_mtime_ns) for name in sorted(os.listdir(pair.folder))]
    before = files()
    work.content(pair)
    expect(files() == before, f"{files()} instead of {before}")
    with_log = Pair(pair.folder + "-open")
    with_log.log.execute("PRAGMA journal_mode = WAL")
    with_log.log.execute("PRAGMA wal_autocheckpoint = 0")
    with_log.add_entry([worker(3)])
    result = work.check(*with_log.paths)
    expect(result.returncode == 0 and f"{work.entries + 1} entries" in result.stdout, result.stdout + result.stderr)
    with_log.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    work = Work(options.binary)
    failures = 0
    try:
        for name, function in CASES:
            if options.only not in name:
                continue
            work.case = name
            try:
                function(work)
                print(f"ok    {name}", flush=True)
            except Exception as error:
                failures += 1
                print(f"FAIL  {name}\n      {error}", flush=True)
                if not isinstance(error, AssertionError):
                    traceback.print_exc()
    finally:
        shutil.rmtree(work.base, ignore_errors=True)
    print(f"{len(CASES)} cases, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
