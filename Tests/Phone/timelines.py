"""Packed timelines for the phone test, written here a second time from the format's description.

Three kinds: every row of the fixture as a child with one measurement; children with many visits,
corrections, withdrawals and facts of kinds that nobody knows yet; and damaged timelines.
Everything comes from a seed.
"""
import csv, os, random, struct

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURE = os.path.join(HERE, "..", "Fixtures", "growth", "generated_0_5_years.csv")
PERSON, RESIDENCE, MEASUREMENT, DEATH, DEPARTURE, WITHDRAWAL = range(1, 7)
BORN = 19_000  # a day in 2022
HEAD = b"ST\x01"


def unsigned(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def signed(value):
    return unsigned((value << 1) ^ (value >> 63) if value < 0 else value << 1)


def fields(values):
    """A fact's body: numbered fields in rising order; numbers or bytes."""
    out = b""
    for field in sorted(values):
        value = values[field]
        if value is None:
            continue
        if isinstance(value, bytes):
            out += unsigned(field << 1 | 1) + unsigned(len(value)) + value
        else:
            out += unsigned(field << 1) + signed(value)
    return out


def fact(id, kind, day, moment, body, place=None, replaces=None):
    return dict(id=id, kind=kind, day=day, moment=moment, body=body, place=place, replaces=replaces)


def pack(facts):
    out = HEAD
    for f in sorted(facts, key=lambda f: (f["day"], f["moment"], f["id"])):
        entry = f["id"] + unsigned(f["kind"]) + signed(f["day"]) + signed(f["moment"])
        entry += bytes([(f["place"] is not None) | (f["replaces"] is not None) << 1])
        entry += (f["place"] or b"") + (f["replaces"] or b"") + f["body"]
        out += unsigned(len(entry)) + entry
    return out


def number(text, factor):
    return round(float(text) * factor) if text else None


def fixture_rows():
    with open(FIXTURE, newline="") as file:
        return list(csv.DictReader(file))


def of_row(row):
    """One child, born on a fixed day, measured once at the row's age."""
    person = fields({2: BORN, 3: 1, 4: {"m": 1, "f": 2}[row["sex"]]})
    body = fields({
        1: number(row["weight"], 1000), 2: number(row["lenhei"], 100),
        3: {"l": 1, "h": 2, "": None}[row["measure"]], 4: number(row["headc"], 100),
        5: number(row["armc"], 100), 8: {"y": 1, "n": 0}[row["oedema"]],
    })
    number_of = int(row["id"])
    return pack([
        fact(struct.pack(">QQ", 1, number_of), PERSON, BORN, 0, person),
        fact(struct.pack(">QQ", 2, number_of), MEASUREMENT, BORN + int(row["age"]), 1, body),
    ])


def visit_body(rng, age, sex):
    month = age / 30.4375
    weight = 3300 + 750 * min(month, 6) + 200 * max(0, month - 6) + rng.gauss(0, 700)
    length = 5000 + 280 * min(month, 6) + 95 * max(0, month - 6) + rng.gauss(0, 250)
    def sometimes(value, share):
        return int(value) if rng.random() < share else None
    if rng.random() < 0.02:
        weight *= 10  # a slip of the pen
    return fields({
        1: sometimes(max(500, weight), 0.95), 2: sometimes(length, 0.9),
        3: rng.choice([1, 2, None]), 4: sometimes(3500 + 40 * month + rng.gauss(0, 100), 0.4),
        5: sometimes(1300 + 4 * month + rng.gauss(0, 120), 0.5), 6: sometimes(rng.uniform(40, 150), 0.1),
        7: sometimes(rng.uniform(40, 150), 0.1), 8: rng.choice([None, 0, 0, 0, 1]) if rng.random() < 0.3 else None,
        9: rng.choice([None, 0, 1]), 10: rng.randrange(1, 100_000),
        30: rng.choice([None, 7, b"of a later version"]),
    })


def many_visits(rng):
    """A child with visits, some corrected or withdrawn; (bytes, ids of the standing measurements)."""
    def id():
        return rng.randbytes(16)
    moment = 1_600_000_000_000
    sex, born, place = rng.choice([1, 2, 2, 1, None]), BORN + rng.randrange(-2000, 800), id()
    facts = [fact(id(), PERSON, born, moment, fields({1: "Contoh Anak".encode(), 2: born, 3: rng.choice([1, 2, None]), 4: sex}))]
    facts.append(fact(id(), RESIDENCE, born, moment, fields({1: place}), place=place))
    standing = set()
    age = rng.randrange(0, 200)
    for _ in range(rng.randrange(0, 26)):
        moment += rng.randrange(1, 3_000_000_000)
        day = born + age
        current = fact(id(), MEASUREMENT, day, moment, visit_body(rng, age, sex), place=rng.choice([place, None]))
        facts.append(current)
        stands = current["id"]
        for _ in range(rng.choice([0, 0, 0, 1, 2])):  # corrections in a chain
            moment += 1000
            current = fact(id(), MEASUREMENT, day + rng.choice([0, 0, 0, 1, -1]), moment, visit_body(rng, age, sex),
                           replaces=stands)
            facts.append(current)
            stands = current["id"]
        older = current["replaces"]
        chance = rng.random()
        if chance < 0.12:  # withdrawn; where it was a correction, what it replaced stands again
            moment += 1000
            away = fact(id(), WITHDRAWAL, day, moment, b"", replaces=stands)
            facts.append(away)
            if chance < 0.04:  # the withdrawal itself withdrawn
                facts.append(fact(id(), WITHDRAWAL, day, moment + 1000, b"", replaces=away["id"]))
            else:
                stands = older
        if stands:
            standing.add(stands)
        age += rng.choice([28, 30, 31, 31, 60, 90, 1])
    if rng.random() < 0.1:
        facts.append(fact(id(), rng.choice([DEATH, DEPARTURE]), born + age, moment, b""))
    if rng.random() < 0.1:
        facts.append(fact(id(), rng.choice([7, 99, 40_000]), born + age, moment, b"unknown"))
    if rng.random() < 0.2:  # two people correct one birth date; the later recorded one stands
        for later in (1, 2):
            facts.append(fact(id(), PERSON, born, moment + later, fields({2: born - later, 3: 1, 4: sex}),
                              replaces=facts[0]["id"]))
    rng.shuffle(facts)
    return pack(facts), standing


def damaged(rng, sound):
    """A timeline with bits turned, bytes removed or added, or numbers made huge."""
    data = bytearray(rng.choice(sound))
    for _ in range(rng.choice([1, 1, 1, 2, 3, 8])):
        if not data:
            break
        at = rng.randrange(len(data))
        kind = rng.randrange(7)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at] = rng.choice([0, 1, 0x7F, 0x80, 0xFF])
        elif kind == 2:
            del data[at:]
        elif kind == 3:
            del data[at:at + rng.randrange(1, 20)]
        elif kind == 4:
            data[at:at] = rng.randbytes(rng.randrange(1, 10))
        elif kind == 5:
            data[at:at] = b"\xff" * 9 + b"\x01"
        else:
            data += data[at:]
    return bytes(data)


def extreme(rng):
    """Well-formed, and full of numbers that no child has."""
    def odd():
        return rng.choice([0, 1, -1, 2**31 - 1, -2**31, 2**31, 10**6, -10**6, 2**63 - 1, -2**63, rng.randrange(-10**5, 10**5)])
    def day():
        return rng.choice([0, BORN, BORN + rng.randrange(2000), 2**31 - 1, -2**31, odd()])
    facts = [fact(rng.randbytes(16), PERSON, day(), odd(), fields({2: day(), 3: odd(), 4: rng.choice([1, 2, odd()])}))]
    for _ in range(rng.randrange(1, 5)):
        body = {n: odd() for n in range(1, 11) if rng.random() < 0.5}
        facts.append(fact(rng.randbytes(16), MEASUREMENT, day(), odd(), fields(body),
                          replaces=rng.choice([None, facts[-1]["id"]])))
    return pack(facts)


SETTING_RANGES = {1: (0, 2000, 12), 2: (0, 2000, 12), 3: (-500, -100, 1), 4: (0, 300, 1), 5: (900, 1150, 1), 6: (1200, 1400, 1),
                  7: (1, 7, 1), 8: (1, 6, 1), 9: (5, 100, 1), 10: (500, 10_000, 1), 11: (10, 500, 1)}


def settings(values):
    """Packed settings, from the description in docs/formats/settings.md."""
    out = b"SE\x01"
    for number in sorted(values):
        out += unsigned(number) + b"".join(signed(value) for value in values[number])
    return out


def random_settings(rng):
    return {number: [rng.randint(low, high) for _ in range(count)] for number, (low, high, count) in SETTING_RANGES.items()}


def write_frames(path, items):
    with open(path, "wb") as out:
        for item in items:
            out.write(struct.pack("<I", len(item)) + item)


def read_frames(path):
    data, items, at = open(path, "rb").read(), [], 0
    while at < len(data):
        size, = struct.unpack_from("<I", data, at)
        at += 4
        if at + size > len(data):
            raise ValueError(f"{path}: a frame is cut off")
        items.append(data[at:at + size])
        at += size
    return items
