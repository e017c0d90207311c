#!/usr/bin/env python3
r"""Makes Sources/Services/Resources/common-passwords.bin, the list of what is guessed first.

The file: the eight bytes SKPW0001, then for each word the first eight bytes of the SHA-256 of
"sikilap password 1", a zero byte and the word in small letters, in rising order. Digests and not
words, because half of what people choose is not fit to be read in a repository.

Inputs (facts about how often words are used; nothing else is taken from them):
  --django     Django 5.2's common-passwords.txt.gz: 20,000 leaked passwords
               python3 -m pip install --no-deps Django==5.2.*
  --zxcvbn     zxcvbn 4.5.0's frequency_lists.py: 30,000 leaked passwords
               python3 -m pip install --no-deps zxcvbn==4.5.0
  --zxcvbn-ts  zxcvbn-ts, packages/languages/common/src/passwords.json at 642ef8f: 49,000 more
  --words      zxcvbn-ts, packages/languages/id/src/commonWords.json at 642ef8f: 20,000 Indonesian
               words, the most usual first
  --names      the same, names.json: 1,500 Indonesian names
  --indonesian SecLists, Indonesian_Pwdb_common-password-list-top-150.txt at fef3012

    python3 Tools/passwords/make.py --django F --zxcvbn F --zxcvbn-ts F --words F --names F \
        --indonesian F
"""

import argparse
import ast
import gzip
import hashlib
import json
import pathlib
import re

DOMAIN = b"sikilap password 1\0"
RESOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources/Services/Resources"
# Words that many people here put two of together.
DOUBLED = 150


def zxcvbn_passwords(path):
    """The list `passwords` of a Python file that is not run."""
    tree = ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values):
                if isinstance(key, ast.Constant) and key.value == "passwords":
                    if isinstance(value, ast.Call):  # "a,b,c".split(",")
                        return value.func.value.value.split(",")
                    return ast.literal_eval(value)
    raise SystemExit(f"{path}: no list of passwords")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ["django", "zxcvbn", "zxcvbn-ts", "words", "names", "indonesian"]:
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--output", default=RESOURCES / "common-passwords.bin")
    given = parser.parse_args()

    django = gzip.open(given.django, "rt", encoding="utf-8").read().split()
    leaked = django + zxcvbn_passwords(given.zxcvbn)
    leaked += json.loads(pathlib.Path(given.zxcvbn_ts).read_text(encoding="utf-8"))
    usual = json.loads(pathlib.Path(given.words).read_text(encoding="utf-8"))
    names = json.loads(pathlib.Path(given.names).read_text(encoding="utf-8"))
    local = pathlib.Path(given.indonesian).read_text(encoding="utf-8").split()

    # As whole passwords all that are long enough; as words with little around them the most usual.
    fits = [word for word in leaked if len(word) >= 10]
    words = django[:8000] + local + names
    words += [word for word in usual[:6000] if re.fullmatch("[a-z]{4,}", word)]
    words += [word for word in usual if re.fullmatch("[a-z]{10,}", word)]
    favourites = [w for w in local if re.fullmatch("[a-z]{4,}", w)][:DOUBLED]
    pairs = [a + b for a in favourites for b in favourites if len(a + b) >= 10]
    entries = {word.lower() for word in fits + words + pairs if len(word) >= 4}

    long_enough = sum(len(word) >= 10 for word in entries)
    assert long_enough >= 3000, long_enough
    digests = sorted({hashlib.sha256(DOMAIN + w.encode()).digest()[:8] for w in entries})
    pathlib.Path(given.output).write_bytes(b"SKPW0001" + b"".join(digests))
    print(f"{len(digests)} entries, {long_enough} of ten characters and more,")
    print(f"{len({word.lower() for word in fits})} of these leaked")


main()
