#!/usr/bin/env python3
"""Checks a journal of facts and its log of access, with no code of the program that wrote them.

    log_check.py JOURNAL AUDIT [--head HEX]... [--lang id|en]
    log_check.py --export LOG.csv [--part] [JOURNAL] [--head HEX]... [--lang id|en]

The second checks a log that was taken away from the page of the log as CSV: each link over what the
row holds, what the row says in words against that, order and missing numbers; with the journal also
the anchors among the facts. --part says that it was filtered: then missing numbers are no finding.

Python 3 alone, written from docs/formats/chain.md, facts.md and audit.md. Reads, never writes.
Ends with 0 where all fits, 1 where something was found, 2 where the files cannot be read. Each
finding begins with its class in brackets, and says what, where, and how to go on.
--head takes a link that was kept elsewhere, as `sikilap verify` prints them: it must still be there.
"""
import argparse, collections, csv, datetime, hashlib, os, sqlite3, sys, time

FACT_COLUMNS = "sequence, id, subject, kind, occurred_on, recorded_at, place, recorder, device, replaces, {sealed}, body, chain"
ENTRY_COLUMNS = ("sequence, at, worker, session, device, action, purpose, route, place, outcome, count, subject_count,"
                 " detail, chain")
MARK = 6  # bytes a fact: two each of id, recorder, link
FARTHEST_SHIFT = 1000  # so many facts or entries taken out or put in at one place are recognised as such
KEPT = 1827 * 86_400_000  # milliseconds that an entry is kept: five years
CLOCK = 86_400_000  # so far apart clocks of honest machines may be
SHOWN = 10  # findings of one class that are printed

TEXTS = {
    "en": {
        "content": "All fits: {facts} facts, {entries} entries, {anchors} anchors.\nFacts end in {fact_head}\nLog ends in   {log_head}",
        "note_found": "Note: nobody had vouched for {count} facts before the log was opened (the last: {first} to {last}, entry {entry}). They came by the command line, or the program had been cut off. Ask who brought them in, if you do not know.",
        "note_more": "… and {count} more of this class.",
        "note_removed": "Note: entries of the log through {entries} were removed when their five years were over; entry {entry} says so. Facts through {facts} are vouched for as a whole only.",
        "note_head": "The kept link {head} is there: {where} {sequence}.",
        "fact": "fact", "entry": "entry",
        "changed_fact": "Fact {first} was changed after it was recorded: its link does not follow, or is not the one that the log knows.",
        "changed_facts_anew": "Facts were changed and their chain worked out anew: from fact {first} on the links are not those that the log knows.",
        "removed_fact": "Facts {first} to {last} were removed.",
        "added_fact": "Facts {first} to {last} were put in between others that had been recorded before.",
        "reordered_facts": "Facts were put into another order: {positions}.",
        "forged_author": "Fact {first} names another recorder than the log vouches for (entry {entry}): its author was forged.",
        "uncovered_facts": "The log does not vouch for facts {first} to {last}. Either the program was cut off and has not run since; or entries of the log are gone.",
        "changed_entry": "Entry {first} of the log, or who it concerns, was changed.",
        "removed_entry": "Entries {first} to {last} of the log were removed.",
        "added_entry": "Entries {first} to {last} of the log were put in between others.",
        "reordered_entries": "Entries of the log were put into another order: {positions}.",
        "rewritten_log": "The log was changed and its chain worked out anew, somewhere in entries {first} to {last}: fact {fact}, an anchor, knows another link.",
        "early_removal": "Entry {first} says that the log through entry {through} was removed after five years, and that is not so: they were younger, or no anchor among the facts knows the link from which the log goes on, or the clock had been set ahead.",
        "changed_before_removal": "Facts up to {last} were changed and their chain worked out anew: entry {entry}, which stands in the place of the removed beginning of the log, knows another link.",
        "rewritten": "The link {head}, kept elsewhere, is neither among the facts nor in the log: what it vouched for was written anew or removed.",
        "go_facts": "Keep both files as they are as evidence. Compare with the newest backup that fits, restore it, and find out who could write to the files.",
        "go_log": "Keep both files as they are as evidence. The facts can be used; what the log tells of that time cannot. Compare with a backup of the log, and find out who could write to it.",
        "go_uncovered": "Run `sikilap verify`, start the program once and check again. If the log has fewer entries than were noted before, it was shortened: take the backup.",
        "go_heads": "Make sure that the link belongs to these files and is no newer than they are. If so, take the backup of the day on which it was kept, and compare.",
        "other_words": "Entry {first} of the log says something else in its columns ({columns}) than its link vouches for.",
        "export_content": "The export fits: {entries} entries ({first} to {last}), {missing} missing numbers, {anchors} anchors compared.\nIt ends in {log_head}",
        "export_empty": "The export fits: it has no entry.",
        "go_export": "Keep the file as it is as evidence. Take the export anew from the page of the log, with the same filters, and compare the two; then check the log itself with both files of the program.",
        "no_export": "{path} cannot be checked: {reason}. Give the CSV that the page of the log gives (Download CSV), as it came; a spreadsheet that saved it changes it.",
        "two_or_export": "Give the journal and the log, or --export with the CSV and perhaps the journal.",
        "cannot_read": "{path} cannot be read: {reason}. Give the database file (sikilap.sqlite) and then the log beside it (sikilap.audit.sqlite), with their -wal files if there are any.",
        "bad_head": "{head} is no link: 64 hexadecimal digits are wanted, as `sikilap verify` prints them.",
    },
    "id": {
        "content": "Semua cocok: {facts} fakta, {entries} isian log, {anchors} jangkar.\nUjung fakta {fact_head}\nUjung log   {log_head}",
        "note_found": "Perhatian: {count} fakta belum dijamin siapa pun ketika log dibuka (terakhir: {first} sampai {last}, isian {entry}). Fakta itu masuk lewat baris perintah, atau program terhenti. Tanyakan siapa yang memasukkannya bila tidak diketahui.",
        "note_more": "… dan {count} lagi dari jenis ini.",
        "note_removed": "Perhatian: isian log sampai nomor {entries} dihapus sesudah lima tahun; isian {entry} menyebutnya. Fakta sampai nomor {facts} hanya dijamin sebagai satu kesatuan.",
        "note_head": "Mata rantai {head} yang disimpan masih ada: {where} nomor {sequence}.",
        "fact": "fakta", "entry": "isian",
        "changed_fact": "Fakta nomor {first} diubah setelah dicatat: mata rantainya tidak menyambung, atau bukan yang dikenal log.",
        "changed_facts_anew": "Fakta diubah lalu rantainya dihitung ulang: sejak fakta nomor {first} mata rantainya bukan yang dikenal log.",
        "removed_fact": "Fakta nomor {first} sampai {last} dihapus.",
        "added_fact": "Fakta nomor {first} sampai {last} disisipkan di antara yang sudah dicatat.",
        "reordered_facts": "Urutan fakta ditukar: {positions}.",
        "forged_author": "Fakta nomor {first} menyebut pencatat lain daripada yang dijamin log (isian {entry}): pencatatnya dipalsukan.",
        "uncovered_facts": "Log tidak menjamin fakta nomor {first} sampai {last}. Program terhenti dan belum dijalankan lagi; atau isian log hilang.",
        "changed_entry": "Isian log nomor {first}, atau siapa yang disebutnya, diubah.",
        "removed_entry": "Isian log nomor {first} sampai {last} dihapus.",
        "added_entry": "Isian log nomor {first} sampai {last} disisipkan di antara yang lain.",
        "reordered_entries": "Urutan isian log ditukar: {positions}.",
        "rewritten_log": "Log diubah lalu rantainya dihitung ulang, di antara isian nomor {first} sampai {last}: fakta nomor {fact}, sebuah jangkar, mengenal mata rantai lain.",
        "early_removal": "Isian {first} menyebut log sampai nomor {through} dihapus sesudah lima tahun, padahal tidak: isinya lebih muda, atau tidak ada jangkar di antara fakta yang mengenal mata rantai tempat log berlanjut, atau jam telah dimajukan.",
        "changed_before_removal": "Fakta sampai nomor {last} diubah lalu rantainya dihitung ulang: isian {entry}, pengganti awal log yang dihapus, mengenal mata rantai lain.",
        "rewritten": "Mata rantai {head} yang disimpan di tempat lain tidak ada lagi, baik di fakta maupun di log: yang dijaminnya ditulis ulang atau dihapus.",
        "go_facts": "Simpan kedua berkas apa adanya sebagai bukti. Bandingkan dengan cadangan terbaru yang cocok, pulihkan, dan cari siapa yang dapat menulis ke berkas itu.",
        "go_log": "Simpan kedua berkas apa adanya sebagai bukti. Faktanya dapat dipakai; keterangan log tentang waktu itu tidak. Bandingkan dengan cadangan log, dan cari siapa yang dapat menulis ke berkas itu.",
        "go_uncovered": "Jalankan `sikilap verify`, jalankan program sekali, lalu periksa lagi. Bila isian log lebih sedikit daripada yang pernah dicatat, log dipendekkan: ambil cadangan.",
        "go_heads": "Pastikan mata rantai itu milik berkas ini dan tidak lebih baru daripadanya. Bila benar, ambil cadangan hari mata rantai itu disimpan, lalu bandingkan.",
        "other_words": "Kolom isian log nomor {first} ({columns}) berbunyi lain daripada yang dijamin mata rantainya.",
        "export_content": "Unduhan cocok: {entries} isian (nomor {first} sampai {last}), {missing} nomor tidak ada, {anchors} jangkar dibandingkan.\nUjungnya {log_head}",
        "export_empty": "Unduhan cocok: tidak ada isian.",
        "go_export": "Simpan berkas itu apa adanya sebagai bukti. Unduh lagi dari halaman log dengan pilihan yang sama, lalu bandingkan; sesudah itu periksa log sendiri dengan kedua berkas program.",
        "no_export": "{path} tidak dapat diperiksa: {reason}. Berikan CSV dari halaman log (Unduh CSV) apa adanya; lembar kerja yang menyimpannya ulang mengubahnya.",
        "two_or_export": "Berikan jurnal dan log, atau --export dengan CSV dan bila ada jurnalnya.",
        "cannot_read": "{path} tidak dapat dibaca: {reason}. Berikan berkas basis data (sikilap.sqlite), lalu log di sampingnya (sikilap.audit.sqlite), beserta berkas -wal bila ada.",
        "bad_head": "{head} bukan mata rantai: harus 64 angka heksadesimal, seperti dicetak `sikilap verify`.",
    },
}
GO = {"rewritten": "go_heads", "uncovered_facts": "go_uncovered"}
CLASSES = {"changed_facts_anew": "changed_fact", "changed_before_removal": "changed_fact",
           "early_removal": "removed_entry", "other_words": "changed_entry"}  # texts of one class


class CannotRead(Exception):
    pass


# Numbers and fields, docs/formats/timeline.md and facts.md.

def unsigned(number):
    out = bytearray()
    while number >= 128:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def signed(number):
    return unsigned(2 * number if number >= 0 else -2 * number - 1)


def read_unsigned(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def fields(data):
    """Numbered fields: numbers as int, bytes as bytes. ValueError where they cannot be read."""
    found, at = {}, 0
    try:
        while at < len(data):
            key, at = read_unsigned(data, at)
            value, at = read_unsigned(data, at)
            if key & 1:
                if at + value > len(data):
                    raise ValueError("a field ends early")
                found[key >> 1] = bytes(data[at:at + value])
                at += value
            else:
                found[key >> 1] = value >> 1 if value & 1 == 0 else -(value >> 1) - 1
    except IndexError:
        raise ValueError("a field ends early") from None
    return found


def fact_bytes(row):
    """docs/formats/chain.md; row has the columns of FACT_COLUMNS."""
    _, identifier, subject, kind, day, moment, *optional, sealed, body, _ = row
    flags = sum(1 << bit for bit, value in enumerate(optional) if value is not None)
    return (bytes([2 if sealed else 1]) + identifier + subject + unsigned(kind) + signed(day) + signed(moment)
            + bytes([flags]) + b"".join(value for value in optional if value is not None) + unsigned(len(body)) + body)


class Entry:
    """A row of the log with its subjects."""

    def __init__(self, row, subjects):
        (self.sequence, self.at, self.worker, self.session, self.device, self.action, self.purpose, self.route, self.place,
         self.outcome, self.count, self.subject_count, self.detail, self.link) = row
        self.subjects = subjects

    def digest(self, before, sequence=None):
        """The link that the entry has behind another, at its own place or at another one; None where the row cannot
        be an entry. docs/formats/audit.md."""
        def counted(data):
            return unsigned(len(data)) + data
        try:
            optional = [self.worker, self.session and counted(self.session), self.device,
                        self.purpose and counted(self.purpose.encode()), self.route and counted(self.route.encode()), self.place]
            data = (unsigned(self.sequence if sequence is None else sequence) + signed(self.at)
                    + bytes([sum(1 << bit for bit, value in enumerate(optional) if value is not None)])
                    + b"".join(value for value in optional if value is not None)
                    + counted(self.action.encode()) + bytes([self.outcome]) + unsigned(self.count) + counted(self.detail)
                    + unsigned(self.subject_count) + b"".join(self.subjects))
            return hashlib.sha256(b"sikilap audit\x01" + before + data).digest()
        except (TypeError, ValueError, AttributeError):
            return None

    def covering(self):
        """The facts that it vouches for; None where it vouches for none, ValueError where nobody can tell."""
        if not self.detail:
            return None
        if self.detail[0] != 1:
            raise ValueError("another version")
        found = fields(self.detail[1:])
        if 2 not in found or 3 not in found:
            return None
        covering = Covering(self.sequence, found[2], found[3], found.get(4), found.get(5), found.get(6, b""), 7 in found)
        if not 1 <= covering.first <= covering.last or len(covering.marks) != MARK * (covering.last - covering.first + 1):
            raise ValueError("marks do not fit")
        return covering


    def removal(self):
        """What it says to be removed of the log; None where it says nothing, ValueError where nobody can tell."""
        if self.action != "removedEntries" or not self.detail or self.detail[0] != 1:
            return None
        found = fields(self.detail[1:])
        if 13 not in found:
            return None
        removal = Removal(self.sequence, self.at, *(found.get(number) for number in (13, 14, 15, 16, 17, 18)))
        numbers_fit = all(isinstance(value, int) for value in (removal.through, removal.facts, removal.oldest, removal.youngest))
        if not numbers_fit or removal.through < 1 or any(not isinstance(link, bytes) or len(link) != 32
                                                         for link in (removal.link, removal.fact_link)):
            raise ValueError("a removal does not fit")
        return removal


Removal = collections.namedtuple("Removal", "entry at through link facts fact_link oldest youngest")
Covering = collections.namedtuple("Covering", "entry first last digest link marks found")
Anchor = collections.namedtuple("Anchor", "fact entries head at")
Finding = collections.namedtuple("Finding", "text first last values")


class Findings:
    def __init__(self):
        self.all = []

    def add(self, text, first, last=None, **values):
        self.all.append(Finding(text, first, last or first, dict(values, first=first, last=last or first)))

    def touches(self, texts, low, high):
        return any(f.text in texts and f.first <= high and f.last >= low for f in self.all)

    def any(self, *texts):
        return any(f.text in texts for f in self.all)


ABOUT_LOG = ("changed_entry", "removed_entry", "early_removal", "added_entry", "reordered_entries", "rewritten_log")


class LogReader:
    """The log's own chain."""

    def __init__(self, database, anchors, heads, findings):
        self.database, self.findings = database, findings
        self.anchors = anchors
        self.anchored_entries = {anchor.entries for anchor in anchors}
        self.wanted_heads = set(heads) | {anchor.head for anchor in anchors}
        self.anchored, self.head_at, self.coverings, self.strays = {}, {}, [], set()
        self.last, self.link = 0, bytes(32)
        self.removal = None
        self.earliest = None  # the earliest moment of the entries behind the one that tells of a removal
        self.broken = []  # (entry, link before), where a link does not follow
        self.shift = 0

    def entries(self):
        """Every entry with its subjects; subjects without an entry mean that it was removed."""
        subjects = iter(self.database.execute("SELECT entry, subject FROM audit_subject ORDER BY entry, subject"))
        waiting = next(subjects, None)
        for row in self.database.execute(f"SELECT {ENTRY_COLUMNS} FROM audit_entry ORDER BY sequence"):
            while waiting and waiting[0] < row[0]:
                self.strays.add(waiting[0])
                waiting = next(subjects, None)
            own = []
            while waiting and waiting[0] == row[0]:
                own.append(waiting[1])
                waiting = next(subjects, None)
            yield Entry(row, own)
        while waiting:
            self.strays.add(waiting[0])
            waiting = next(subjects, None)

    def find_removal(self):
        """Where the beginning of the log is gone: what stands in its place. docs/formats/audit.md, Removal."""
        first = self.database.execute("SELECT min(sequence) FROM audit_entry").fetchone()[0]
        if first is None or first <= 1:
            return
        for row in self.database.execute(
                f"SELECT {ENTRY_COLUMNS} FROM audit_entry WHERE action = 'removedEntries' ORDER BY sequence DESC"):
            try:
                removal = Entry(row, []).removal()
            except (ValueError, TypeError):
                continue  # The entry was changed, and its link tells so.
            if removal and removal.through == first - 1:
                self.removal = removal
                self.last, self.link = removal.through, removal.link
                return

    def settle_removal(self):
        """The entry that tells of a removal is in the chain. What it tells must be old enough, by the anchor among the
        facts that names the last removed entry, and its own clock must not run ahead of the others."""
        removal = self.removal
        if removal is None:
            return
        anchored = any(anchor.entries == removal.through and anchor.head == removal.link
                       and anchor.at <= removal.at - KEPT for anchor in self.anchors)
        ahead = removal.at > time.time() * 1000 + CLOCK or (self.earliest is not None and self.earliest < removal.at - CLOCK)
        if not anchored or removal.youngest > removal.at - KEPT or ahead:
            self.findings.add("early_removal", removal.entry, through=removal.through)

    def read(self):
        self.find_removal()
        for entry in self.entries():
            self.step(entry)
            if self.removal and entry.sequence > self.removal.entry and isinstance(entry.at, int):
                self.earliest = min(entry.at, self.earliest or entry.at)
        self.settle_removal()
        self.settle_broken()
        for number in sorted(self.strays):
            if not self.findings.touches(ABOUT_LOG, number, number):
                self.findings.add("removed_entry", number)
        self.settle_anchors()
        self.coverings.sort(key=lambda covering: (covering.first, covering.entry))

    def step(self, entry):
        follows = True
        if entry.sequence != self.last + 1:
            self.findings.add("removed_entry", self.last + 1, entry.sequence - 1)
        elif entry.digest(self.link, entry.sequence + self.shift) != entry.link or len(entry.subjects) != entry.subject_count:
            follows = self.moved_on(entry)
            if not follows:
                self.broken.append((entry, self.link))
        if isinstance(entry.link, bytes):
            self.link = entry.link
        if self.link in self.wanted_heads:
            self.head_at[self.link] = entry.sequence
        if entry.sequence in self.anchored_entries:
            self.anchored[entry.sequence] = self.link
        self.last = entry.sequence
        if follows:
            try:
                covering = entry.covering()
                if covering:
                    self.coverings.append(covering)
            except ValueError:
                self.findings.add("changed_entry", entry.sequence)

    def moved_on(self, entry):
        """Whether the entry follows the one before it under other numbers: then entries were taken out or put in, and the
        rest was numbered anew."""
        if not self.broken or self.broken[-1][0].sequence != entry.sequence - 1 or len(self.broken) > 100:
            return False
        for shift in [*range(1, FARTHEST_SHIFT + 1), *range(-1, -min(FARTHEST_SHIFT, entry.sequence) - 1, -1)]:
            if entry.digest(self.link, entry.sequence + self.shift + shift) == entry.link:
                start = self.broken[-1][0].sequence
                if shift > 0:
                    self.findings.add("removed_entry", start + self.shift, start + self.shift + shift - 1)
                else:
                    start = entry.sequence + shift
                    self.findings.add("added_entry", start, start - shift - 1)
                self.broken = [one for one in self.broken if not start <= one[0].sequence < entry.sequence]
                self.shift += shift
                return True
        return False

    def settle_broken(self):
        """Tells entries that stand at another's place from those that were changed."""
        links = {before for _, before in self.broken} | {entry.link for entry, _ in self.broken}
        places = [entry.sequence for entry, _ in self.broken]
        moved, changed = [], []
        for entry, before in self.broken:
            found = None
            if len(self.broken) <= 24 and len(entry.subjects) == entry.subject_count:
                for place in [entry.sequence] + [one for one in places if one != entry.sequence]:
                    if any(entry.digest(link, place) in links for link in links):
                        found = place
                        break
            if found is None:
                changed.append(entry.sequence)
            elif found != entry.sequence:
                moved.append(entry.sequence)
        for sequence in changed:
            self.findings.add("changed_entry", sequence)
        if moved:
            self.findings.add("reordered_entries", moved[0], moved[-1], positions=numbers(moved))

    def settle_anchors(self):
        good = 0
        removed = self.removal.through if self.removal else 0
        for anchor in sorted(self.anchors, key=lambda anchor: anchor.entries):
            if anchor.entries <= removed:
                continue  # The last of them is compared with the removal.
            if self.anchored.get(anchor.entries) == anchor.head:
                good = anchor.entries
            elif self.findings.touches(ABOUT_LOG, 1, anchor.entries):
                continue
            elif anchor.entries > self.last:
                self.findings.add("removed_entry", self.last + 1, anchor.entries)
            else:
                self.findings.add("rewritten_log", good + 1, anchor.entries, fact=anchor.fact)


class FactReader:
    """The facts' own chain, and what the log vouches for."""

    def __init__(self, database, coverings, removal, heads, findings):
        self.database, self.coverings, self.findings = database, coverings, findings
        self.removal = removal
        self.heads, self.head_at = set(heads), {}
        self.last, self.link, self.count = 0, bytes(32), 0
        self.broken, self.gaps, self.failed = [], [], []
        before = removal.facts if removal else 0  # vouched for by what is gone
        self.covered_last = max((covering.last for covering in coverings), default=before)
        self.known = bytearray(MARK * (self.covered_last + 1))   # what the log knows, at MARK × sequence
        self.there = bytearray(MARK * (self.covered_last + 1))   # what the journal has
        self.covered = bytearray(self.covered_last + 1)
        self.covered[1:before + 1] = bytes([1]) * min(before, self.covered_last)
        for covering in coverings:
            for sequence in range(covering.first, covering.last + 1):
                if not self.covered[sequence] or sequence <= before:
                    self.covered[sequence] = 1
                    start = MARK * (sequence - covering.first)
                    self.known[MARK * sequence:MARK * (sequence + 1)] = covering.marks[start:start + MARK]

    def read(self):
        waiting, active = collections.deque(self.coverings), []
        # Files from before facts were sealed have no such column.
        names = [row[1] for row in self.database.execute("PRAGMA table_info(fact)")]
        columns = FACT_COLUMNS.format(sealed="sealed" if "sealed" in names else "0")
        for row in self.database.execute(f"SELECT {columns} FROM fact ORDER BY sequence"):
            self.step(row)
            while waiting and waiting[0].first <= row[0]:
                active.append((waiting.popleft(), hashlib.sha256()))
            for covering, digest in active:
                digest.update(row[1] + (b"\0" if row[7] is None else b"\1" + row[7]))
                if row[0] >= covering.last and (digest.digest(), self.link) != (covering.digest, covering.link):
                    self.failed.append(covering)
            active = [one for one in active if one[0].last > row[0]]
        self.failed += [covering for covering, _ in active] + list(waiting)
        self.settle_gaps()
        self.settle_marks()
        self.settle_broken()
        self.settle_covered()

    def step(self, row):
        sequence, link = row[0], row[-1]
        if sequence != self.last + 1:
            self.gaps.append((self.last + 1, sequence - 1))
        else:
            try:
                follows = hashlib.sha256(self.link + fact_bytes(row)).digest() == link
            except (TypeError, ValueError):
                follows = False
            if not follows:
                self.broken.append(sequence)
        self.link, self.last = link, sequence
        self.count += 1
        if link in self.heads:
            self.head_at[link] = sequence
        if self.removal and sequence == self.removal.facts and link != self.removal.fact_link:
            self.findings.add("changed_before_removal", 1, sequence, entry=self.removal.entry)
        if 1 <= sequence <= self.covered_last:
            recorder = b"\0\0" if row[7] is None else row[7][-2:]
            self.there[MARK * sequence:MARK * (sequence + 1)] = row[1][-2:] + recorder + link[:2]

    def column(self, marks, sequence, start, length=2):
        at = MARK * sequence + start
        return bytes(marks[at:at + length])

    def settle_gaps(self):
        for first, last in self.gaps:
            self.findings.add("removed_fact", first, last)

    def settle_marks(self):
        """Tells from the marks what became of the facts that the log vouches for."""
        missing = {sequence for first, last in self.gaps for sequence in range(first, min(last, self.covered_last) + 1)}
        ids, authors, links = [], [], []
        for covering in self.failed:
            for sequence in range(covering.first, min(covering.last, self.last) + 1):
                if sequence in missing:
                    continue
                if self.column(self.known, sequence, 0) != self.column(self.there, sequence, 0):
                    ids.append(sequence)
                elif self.column(self.known, sequence, 2) != self.column(self.there, sequence, 2):
                    authors.append((sequence, covering.entry))
                if self.column(self.known, sequence, 4) != self.column(self.there, sequence, 4):
                    links.append(sequence)
        ids, authors, links = sorted(set(ids)), sorted(dict(authors).items()), sorted(set(links))
        self.other_links = set(links)
        self.renumbered = False
        gone = self.covered_last - self.last
        if gone > 0:
            self.removed(ids[0] if ids else self.last + 1, gone)
        elif ids:
            self.settle_ids(ids)
        if not self.renumbered:
            for sequence, entry in authors:
                self.findings.add("forged_author", sequence, entry=entry)
        told = [finding.first for finding in self.findings.all
                if finding.text in ("removed_fact", "added_fact", "reordered_facts", "forged_author", "changed_fact")]
        if links and not any(first <= links[0] for first in told):
            if links[0] in self.broken:
                self.findings.add("changed_fact", links[0])
            else:
                self.findings.add("changed_facts_anew", links[0])
        elif self.failed and not told and not links:
            self.findings.add("changed_fact", self.failed[0].first, self.failed[0].last)

    def removed(self, first, count):
        self.renumbered = first <= self.last
        self.findings.add("removed_fact", first, first + count - 1)

    def settle_ids(self, ids):
        first = ids[0]
        window = min(16, self.covered_last - first)
        there = [self.column(self.there, first + step, 0) for step in range(window)]
        for shift in range(1, min(FARTHEST_SHIFT, self.covered_last - first - 1) + 1):
            length = min(window, self.covered_last - first - shift + 1)
            if length < 2:
                break
            if [self.column(self.known, first + shift + step, 0) for step in range(length)] == there[:length]:
                return self.removed(first, shift)
            later = [self.column(self.there, first + shift + step, 0) for step in range(length)]
            if later == [self.column(self.known, first + step, 0) for step in range(length)]:
                self.renumbered = True
                return self.findings.add("added_fact", first, first + shift - 1)

        def all_of(marks):
            return collections.Counter(self.column(marks, sequence, 0, 4) for sequence in ids)
        if all_of(self.known) == all_of(self.there):
            self.findings.add("reordered_facts", ids[0], ids[-1], positions=numbers(ids))
        else:
            for sequence in ids:
                self.findings.add("changed_fact", sequence)

    def settle_broken(self):
        moved = set()
        for finding in self.findings.all:
            if finding.text == "reordered_facts":
                moved |= {sequence for sequence in range(finding.first, finding.last + 2)}
        told = ("removed_fact", "added_fact", "forged_author", "changed_fact")
        for sequence in self.broken:
            # The link of the fact before may be the one that was changed.
            if sequence in moved or sequence - 1 in self.other_links or self.findings.touches(told, sequence, sequence):
                continue
            if self.renumbered and any(f.text in ("removed_fact", "added_fact") and f.first <= sequence <= f.last + 1
                                       for f in self.findings.all):
                continue
            self.findings.add("changed_fact", sequence)

    def settle_covered(self):
        if self.findings.any(*ABOUT_LOG, "removed_fact", "added_fact"):
            return  # What is not covered is explained by what is gone.
        first = None
        for sequence in range(1, self.last + 2):
            is_covered = sequence <= self.covered_last and self.covered[sequence]
            if not is_covered and first is None and sequence <= self.last:
                first = sequence
            if first is not None and (is_covered or sequence > self.last):
                self.findings.add("uncovered_facts", first, sequence - 1)
                first = None


# A log that was exported as CSV, docs/formats/audit.md, "Taken away as CSV".

OUTCOMES = {1: "allowed", 2: "refused", 3: "failed"}
EXPORTED = ["sequence", "at", "worker", "session", "device", "action", "purpose", "route", "place", "outcome", "count",
            "subject_count", "subjects", "first_fact", "last_fact", "found_at_opening", "form", "watermark", "reason", "words",
            "anchored_entries", "chain", "before", "canonical"]
SHOWN_SUBJECTS = 100  # that stand in the column of the subjects


def uuid(data):
    text = data.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def said(canonical):
    """What canonical bytes say, by column, with all subjects under "all"; ValueError where they are none."""
    at = 0

    def take(count):
        nonlocal at
        if at + count > len(canonical):
            raise ValueError("it ends early")
        at += count
        return canonical[at - count:at]

    def number():
        nonlocal at
        value, at = read_unsigned(canonical, at)
        return value

    def counted():
        return take(number())
    try:
        row = {"sequence": number()}
        moment = number()
        moment = moment >> 1 if moment & 1 == 0 else -(moment >> 1) - 1
        flags = take(1)[0]
        row["worker"] = uuid(take(16)) if flags & 1 else ""
        row["session"] = counted().hex() if flags & 2 else ""
        row["device"] = uuid(take(16)) if flags & 4 else ""
        row["purpose"] = counted().decode() if flags & 8 else ""
        row["route"] = counted().decode() if flags & 16 else ""
        row["place"] = uuid(take(16)) if flags & 32 else ""
        row["action"] = counted().decode()
        row["outcome"] = OUTCOMES.get(take(1)[0], "?")
        row["count"] = str(number())
        detail = counted()
        row["subject_count"] = str(number())
        row["all"] = [take(16) for _ in range(int(row["subject_count"]))]
    except IndexError:
        raise ValueError("it ends early") from None
    if at != len(canonical):
        raise ValueError("something follows it")
    if detail and detail[0] != 1:
        raise ValueError("another version of the detail")
    known = fields(detail[1:]) if detail else {}

    def of(field, as_text=str):
        return as_text(known[field]) if field in known else ""
    stamp = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=moment)
    row["at"] = stamp.strftime("%Y-%m-%dT%H:%M:%S.") + "%03dZ" % (moment % 1000)
    row["subjects"] = " ".join(map(uuid, row["all"][:SHOWN_SUBJECTS]))
    row["first_fact"], row["last_fact"] = of(2), of(3)
    row["found_at_opening"] = ("1" if known.get(7) else "0") if 2 in known else ""
    row["form"], row["watermark"] = of(8, bytes.decode), of(9, uuid)
    row["reason"], row["words"], row["anchored_entries"] = of(10, bytes.decode), of(11, bytes.decode), of(12)
    row["detail"] = detail
    return row


def as_written(value):
    """A text as it stands in the CSV: what begins like a formula has an apostrophe before it."""
    return "'" + value if value[:1] in tuple("=+-@\t\r\n") else value


class ExportReader:
    """The rows of an export: each by itself, and each behind the one before."""

    def __init__(self, path, is_part, anchors, heads, findings):
        self.path, self.is_part, self.anchors, self.heads, self.findings = path, is_part, anchors, heads, findings
        self.first = self.last = None
        self.link = bytes(32)
        self.count = self.missing = self.compared = 0
        self.links, self.head_at, self.removals = {}, {}, {}
        self.order = []

    def rows(self):
        csv.field_size_limit(2 ** 31 - 1)
        try:
            with open(self.path, encoding="utf-8-sig", newline="") as file:
                reader = csv.reader(file, strict=True)
                heading = next(reader, [])
                lacking = [name for name in EXPORTED if name not in heading]
                if lacking:
                    raise CannotRead(self.path, "no column " + ", ".join(lacking))
                for cells in reader:
                    if len(cells) != len(heading):
                        raise CannotRead(self.path, f"line {reader.line_num} has {len(cells)} columns instead of {len(heading)}")
                    yield reader.line_num, dict(zip(heading, cells))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CannotRead(self.path, str(error)) from None

    def read(self):
        for line, row in self.rows():
            self.step(line, row)
        self.settle_order()
        self.settle_beginning()
        self.settle_anchors()

    def step(self, line, row):
        try:
            sequence = int(row["sequence"])
            link, before, canonical = (bytes.fromhex(row[name]) for name in ("chain", "before", "canonical"))
            if len(link) != 32 or len(before) != 32 or sequence < 1:
                raise ValueError
        except ValueError:
            raise CannotRead(self.path, f"line {line}: sequence, chain, before or canonical cannot be read") from None
        self.count += 1
        self.order.append(sequence)
        is_sound = hashlib.sha256(b"sikilap audit\x01" + before + canonical).digest() == link
        try:
            told = said(canonical)
        except (ValueError, OverflowError):
            told = None
        if not is_sound or told is None:
            self.findings.add("changed_entry", sequence)
        else:
            other = [name for name in EXPORTED[:-3]
                     if row[name] != (str(told[name]) if name == "sequence" else as_written(told[name]))]
            if other or sorted(set(told["all"])) != told["all"]:
                self.findings.add("other_words", sequence, columns=", ".join(other) or "subjects")
            elif told["action"] == "removedEntries" and told["detail"]:
                known = fields(told["detail"][1:])
                self.removals[known.get(13)] = known.get(14)
        self.links[sequence] = (before, link)
        if link in self.heads:
            self.head_at[link] = sequence
        self.link = link

    def settle_order(self):
        moved = [number for before, number in zip(self.order, self.order[1:]) if number <= before]
        if moved:
            self.findings.add("reordered_entries", moved[0], moved[-1], positions=numbers(moved))
        numbers_there = sorted(self.links)
        self.first, self.last = (numbers_there[0], numbers_there[-1]) if numbers_there else (None, None)
        for before, number in zip(numbers_there, numbers_there[1:]):
            if number == before + 1:
                # Each by itself fits, and they do not follow: one of the two was made anew.
                if self.links[number][0] != self.links[before][1] and not self.findings.touches(ABOUT_LOG, before, number):
                    self.findings.add("changed_entry", before)
            else:
                self.missing += number - before - 1
                if not self.is_part:
                    self.findings.add("removed_entry", before + 1, number - 1)

    def settle_beginning(self):
        if not self.links:
            return
        before = self.links[self.first][0]
        removed = self.removals.get(self.first - 1)
        if self.first == 1:
            if before != bytes(32) and not self.findings.touches(ABOUT_LOG, 1, 1):
                self.findings.add("changed_entry", 1)
        elif removed is not None:
            if removed != before:
                self.findings.add("changed_entry", self.first)
        else:
            self.missing += self.first - 1
            if not self.is_part:
                self.findings.add("removed_entry", 1, self.first - 1)

    def settle_anchors(self):
        """What the facts know of links of the log; nothing where no journal was given."""
        good = 0
        for anchor in sorted(self.anchors, key=lambda anchor: anchor.entries):
            known = self.links.get(anchor.entries, (None, None))[1] or self.links.get(anchor.entries + 1, (None,))[0]
            if known is None:
                if anchor.entries > (self.last or 0) and not self.is_part:
                    self.findings.add("removed_entry", (self.last or 0) + 1, anchor.entries)
                continue
            self.compared += 1
            if known == anchor.head:
                good = anchor.entries
            elif not self.findings.touches(ABOUT_LOG + ("other_words",), good + 1, anchor.entries):
                self.findings.add("rewritten_log", good + 1, anchor.entries, fact=anchor.fact)


def check_export(path, journal_path, is_part, heads, say):
    """Checks an export and prints what was found; 0 or 1."""
    anchors = []
    if journal_path:
        journal = opened(journal_path, "fact")
        try:
            anchors = read_anchors(journal)
        except sqlite3.Error as error:
            raise CannotRead(journal_path, str(error)) from None
    findings = Findings()
    export = ExportReader(path, is_part, anchors, heads, findings)
    export.read()
    for head in heads:
        if head not in export.head_at:
            findings.add("rewritten", 0, head=head.hex())
    shown = collections.Counter()
    for finding in findings.all:
        name = CLASSES.get(finding.text, finding.text)
        shown[name] += 1
        if shown[name] <= SHOWN:
            print(f"[{name}] {say(finding.text, **finding.values)} {say(GO.get(finding.text, 'go_export'))}")
    for name, count in shown.items():
        if count > SHOWN:
            print(f"[{name}] {say('note_more', count=count - SHOWN)}")
    for head in heads:
        if head in export.head_at:
            print(say("note_head", head=head.hex(), where=say("entry"), sequence=export.head_at[head]))
    if not findings.all:
        print(say("export_content", entries=export.count, first=export.first, last=export.last, missing=export.missing,
                  anchors=export.compared, log_head=export.link.hex()) if export.count else say("export_empty"))
    return 1 if findings.all else 0


def numbers(sequences):
    return ", ".join(map(str, sequences[:SHOWN])) + (" …" if len(sequences) > SHOWN else "")


def opened(path, table):
    """A database that is only read."""
    if not os.path.isfile(path):
        raise CannotRead(path, "there is no such file" if not os.path.isdir(path) else "it is a folder")
    uri = "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    # Files beside it mean that a program has it open, or was cut off. Without them nobody writes, and none are made.
    in_use = any(os.path.exists(path + ending) for ending in ("-wal", "-shm"))
    try:
        database = sqlite3.connect(f"{uri}?{'mode=ro' if in_use else 'immutable=1'}", uri=True)
        database.execute("BEGIN")
        database.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()
        return database
    except sqlite3.Error as error:
        raise CannotRead(path, str(error)) from None


def read_anchors(journal):
    anchors = []
    for sequence, moment, body in journal.execute(
            "SELECT sequence, recorded_at, body FROM fact WHERE kind = 96 ORDER BY sequence"):
        try:
            found = fields(body)
            if isinstance(found.get(1), int) and isinstance(found.get(2), bytes) and len(found[2]) == 32 and found[1] > 0:
                anchors.append(Anchor(sequence, found[1], found[2], moment))
        except (ValueError, TypeError):
            pass  # The fact was changed, and its link tells so.
    return anchors


def check(journal_path, log_path, heads):
    """(findings, facts, log, anchors, where kept links are)."""
    journal, log = opened(journal_path, "fact"), opened(log_path, "audit_entry")
    findings = Findings()
    try:
        path = journal_path
        anchors = read_anchors(journal)
        path = log_path
        entries = LogReader(log, anchors, heads, findings)
        entries.read()
        path = journal_path
        facts = FactReader(journal, entries.coverings, entries.removal, heads, findings)
        facts.read()
    except (sqlite3.Error, TypeError, AttributeError) as error:
        raise CannotRead(path, str(error)) from None
    for head in heads:
        if head not in entries.head_at and head not in facts.head_at:
            findings.add("rewritten", 0, head=head.hex())
    return findings, facts, entries, anchors


def report(findings, facts, entries, anchors, heads, say):
    shown = collections.Counter()
    for finding in findings.all:
        name = CLASSES.get(finding.text, finding.text)
        shown[name] += 1
        if shown[name] <= SHOWN:
            text = say(finding.text, **finding.values)
            go = GO.get(finding.text) or ("go_log" if finding.text in ABOUT_LOG else "go_facts")
            print(f"[{name}] {text} {say(go)}")
    for name, count in shown.items():
        if count > SHOWN:
            print(f"[{name}] {say('note_more', count=count - SHOWN)}")
    for head in heads:
        for where, places in (("fact", facts.head_at), ("entry", entries.head_at)):
            if head in places:
                print(say("note_head", head=head.hex(), where=say(where), sequence=places[head]))
    found = [covering for covering in entries.coverings if covering.found]
    if found:
        print(say("note_found", count=sum(one.last - one.first + 1 for one in found), first=found[-1].first,
                  last=found[-1].last, entry=found[-1].entry))
    if entries.removal:
        print(say("note_removed", entries=entries.removal.through, entry=entries.removal.entry, facts=entries.removal.facts))
    if not findings.all:
        print(say("content", facts=facts.count, entries=entries.last, anchors=len(anchors), fact_head=facts.link.hex(),
                  log_head=entries.link.hex()))
    return 1 if findings.all else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("journal", nargs="?", help="sikilap.sqlite")
    parser.add_argument("audit", nargs="?", help="sikilap.audit.sqlite")
    parser.add_argument("--export", metavar="CSV", help="the log as the page of the log gives it")
    parser.add_argument("--part", action="store_true", help="the export was filtered: numbers may be missing")
    parser.add_argument("--head", action="append", default=[], help="a link that was kept elsewhere; may be given again")
    parser.add_argument("--lang", choices=sorted(TEXTS), default="id")
    options = parser.parse_args()

    def say(key, **values):
        return TEXTS[options.lang][key].format(**values)
    if (options.audit is not None) if options.export else (options.audit is None):
        print(say("two_or_export"), file=sys.stderr)
        return 2
    heads = []
    for head in options.head:
        try:
            heads.append(bytes.fromhex(head))
            if len(heads[-1]) != 32:
                raise ValueError
        except ValueError:
            print(say("bad_head", head=head), file=sys.stderr)
            return 2
    if options.export:
        try:
            return check_export(options.export, options.journal, options.part, heads, say)
        except CannotRead as error:
            key = "no_export" if error.args[0] == options.export else "cannot_read"
            print(say(key, path=error.args[0], reason=error.args[1]), file=sys.stderr)
            return 2
    try:
        return report(*check(options.journal, options.audit, heads), heads, say)
    except CannotRead as error:
        print(say("cannot_read", path=error.args[0], reason=error.args[1]), file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
