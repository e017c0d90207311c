#!/usr/bin/env python3
"""Measures Sikilap on this machine and writes the figures to docs/performance.

    run.py --binary .build/release/sikilap [--rows 100000] [--households 100000] [--people 400000]
        [--requests 400]

Prints lines of `name value unit`; the same lines go to docs/performance/results.txt with the day
and the machine above them. Nothing here passes or fails: figures are for people to compare.
"""

import argparse
import datetime
import gzip
import http.client
import os
import platform
import random
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import uuid

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CHILDREN = os.path.join(ROOT, "Tests", "Fixtures", "growth", "generated_0_5_years.csv")
lines = []


def tell(name, value, unit):
    lines.append(f"{name} {value} {unit}")
    print(lines[-1], flush=True)


def write_measurements(path, rows):
    """A year and more of Posyandu days of 5,000 made-up children, month after month."""
    rng = random.Random(1)
    children = []
    for n in range(5000):
        born = datetime.date(2024, 1, 1) - datetime.timedelta(days=rng.randrange(1, 700))
        children.append((n, born, rng.randrange(30), rng.random() < 0.5))
    with open(path, "w") as out:
        out.write("NIK,Nama,JK,Tgl Lahir,BB Lahir,Nama Ortu,Desa/Kel,Posyandu,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,LiLA\n")
        for row in range(rows):
            n, born, post, boy = children[row % 5000]
            month = row // 5000
            day = datetime.date(2024 + month // 12, month % 12 + 1, rng.randrange(1, 28))
            age = (day - born).days / 30.4375
            weight = 3.3 + 0.7 * min(age, 6) + 0.2 * max(0, age - 6) + rng.random()
            height = 50 + 2.5 * min(age, 6) + 0.9 * max(0, age - 6) + rng.random()
            out.write(f"9902{n:08d}0001,Contoh Uji {n},{'L' if boy else 'P'},{born},3.1,Contoh Ibu {n},"
                      f"Desa Contoh {post // 3 + 1:02d},Posyandu Contoh {post + 1:02d},{day},{weight:.1f},{height:.1f},"
                      f"{'Terlentang' if age < 24 else 'Berdiri'},13.5\n")


def write_households(path, households):
    """A list of families of four with made-up names, in two villages of the small demo."""
    rng = random.Random(2)
    given = ["Ani", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gunawan", "Hasan", "Indah", "Joko"]
    last = ["Contoh", "Uji", "Misal", "Percobaan", "Rekaan", "Karangan"]
    with open(path, "w") as out:
        out.write("No. KK,NIK,Nama Lengkap,JK,Tgl Lahir,SHDK,Desa/Kelurahan,RT,Alamat\n")
        for n in range(households):
            card = f"99{n:08d}000001"
            for member, relation in enumerate(("Kepala Keluarga", "Istri", "Anak", "Anak")):
                born = datetime.date(1975 if member < 2 else 2012, 1, 1) + datetime.timedelta(days=rng.randrange(3000))
                woman = member == 1 or (member > 1 and rng.random() < 0.5)
                day = born.day + (40 if woman else 0)
                number = f"99{n // 10000 % 10000:04d}{day:02d}{born:%m%y}{n % 10000:04d}" if member < 3 else ""
                name = f"{rng.choice(given)} {rng.choice(given)} {rng.choice(last)}"
                home = f"Desa Contoh {n % 2 + 1:02d},{n % 30 + 1:03d},Jl. Contoh {n}" if member == 0 else ",,"
                out.write(f"{card},{number},{name},{'P' if woman else 'L'},{born},{relation},{home}\n")


def peak(*argv, out=subprocess.DEVNULL):
    """Runs a command; (seconds, most memory in MB, what it says beside its answer)."""
    start = time.perf_counter()
    process = subprocess.Popen(argv, stdout=out, stderr=subprocess.PIPE, text=True,
                               env=dict(os.environ, SIKILAP_LANGUAGE="en"))
    most = 0.0
    # The last words tell the batch; they are few enough not to fill the pipe.
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as status:
                found = re.search(r"VmHWM:\s+(\d+)", status.read())
                most = max(most, int(found[1]) / 1024 if found else 0)
        except OSError:
            pass
        time.sleep(0.2)
    words = process.stderr.read()
    if process.returncode != 0:
        sys.exit(f"{argv[1:3]} failed: {words[-500:]}")
    return time.perf_counter() - start, most, words


def lists(binary, folder, households):
    """A list of households: looked at, written, read again, taken back."""
    database, file = os.path.join(folder, "lists.sqlite"), os.path.join(folder, "households.csv")
    run(binary, "demo", "--prepare", "--size", "tiny", "--database", database)
    write_households(file, households)
    bring = (binary, "import", "households", file, "--database", database)
    tell("list_households", households, "households")
    batch = None
    for name, more in (("preview", ["--preview"]), ("new", []), ("known", [])):
        seconds, most, words = peak(*bring, *more)
        tell(f"list_{name}", f"{seconds:.1f}", "s")
        tell(f"list_{name}_memory", f"{most:.0f}", "MB")
        found = re.search(r"Import number: ([0-9a-f-]{36})", words)
        batch = batch or (found[1] if found else None)
    seconds, most, _ = peak(binary, "import", "undo", batch, "--database", database)
    tell("list_undo", f"{seconds:.1f}", "s")
    tell("list_undo_memory", f"{most:.0f}", "MB")


def phone(binary):
    """The browser's cores: how large they are, and how long one person's care takes."""
    folder = os.path.join(os.path.dirname(binary), "sikilap_Web.resources")
    for name, file in (("wasm_gzip", "core.wasm"), ("wasm_care_gzip", "care.wasm")):
        with open(os.path.join(folder, file), "rb") as core:
            tell(name, len(gzip.compress(core.read(), 9)), "B")
    with tempfile.NamedTemporaryFile() as people:
        run(binary, "phone-people", people.name)
        answer, _ = run("node", os.path.join(ROOT, "Benchmarks", "care.mjs"), os.path.join(folder, "care.wasm"),
                        os.path.join(ROOT, "Sources", "Web", "Assets", "core.js"), people.name, "20453")
    for line in answer.splitlines():
        tell(*line.split(" "))


def run(*argv):
    result = subprocess.run(argv, capture_output=True, text=True, env=dict(os.environ, SIKILAP_LANGUAGE="en"))
    if result.returncode != 0:
        sys.exit(f"{argv[1]} failed: {result.stderr[-500:]}")
    return result.stdout, result.stderr


class Server:
    def __init__(self, binary, database):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        start = time.perf_counter()
        self.process = subprocess.Popen([binary, "serve", "--database", database, "--port", str(self.port)],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while True:
            try:
                if self.get("/healthz")[0] == 200:
                    break
            except OSError:
                time.sleep(0.002)
        self.started = time.perf_counter() - start

    def get(self, path, connection=None):
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        return answer.status, answer.read()

    def resident(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(20)


def pages(server, requests):
    home = server.get("/")[1].decode()
    names = server.get("/nutrition/names?indicator=STUNTING&state=reached")[1].decode()
    child = re.search(r'href="(/children/[0-9a-f-]{36})"', names)[1]
    village = re.findall(r'href="(/places/[0-9a-f-]{36})[?"]', home)
    place = village[-1] if village else "/"
    for name, path in [("place", place), ("pws", "/nutrition?indicator=D_S"),
                       ("pws_village", "/nutrition?indicator=STUNTING&place=" + place.rsplit("/", 1)[-1]),
                       ("child", child), ("names", "/nutrition/names?indicator=STUNTING&state=reached"),
                       ("report", "/nutrition/report")]:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        times = []
        for _ in range(requests):
            start = time.perf_counter()
            status, _ = server.get(path, connection)
            times.append((time.perf_counter() - start) * 1000)
            if status != 200:
                sys.exit(f"{path}: {status}")
        spread(f"page_{name}", times)


class Visitor:
    """Somebody who signed in at the made-up district."""

    def __init__(self, server, name):
        self.server, self.connection = server, http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookies = ""
        status, headers, _ = self.post("/sign-in", {"user_name": name, "password": "hujan sawah lampu", "next": "/"})
        if status != 303:
            sys.exit(f"{name} cannot sign in: {status}")
        self.cookies = "; ".join(value.split(";")[0] for key, value in headers if key.lower() == "set-cookie")

    def ask(self, method, path, body=None, headers={}):
        start = time.perf_counter()
        own = {"Host": f"127.0.0.1:{self.server.port}", "Cookie": self.cookies, **headers}
        self.connection.request(method, path, body, own)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        self.took = (time.perf_counter() - start) * 1000
        return answer.status, answer.getheaders(), text

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        origin = f"http://127.0.0.1:{self.server.port}"
        return self.ask("POST", path, urllib.parse.urlencode(fields),
                        {"Content-Type": "application/x-www-form-urlencoded", "Origin": origin})

    def measure(self, name, paths):
        times = []
        for path in paths:
            status, _, _ = self.get(path)
            if status != 200:
                sys.exit(f"{path}: {status}")
            times.append(self.took)
        spread(name, times)


def spread(name, times):
    times.sort()
    tell(name + "_p50", f"{statistics.median(times):.2f}", "ms")
    tell(name + "_p99", f"{times[int(len(times) * 0.99) - 1]:.2f}", "ms")


def register(visitor, requests, names, place, looks):
    """New persons, half of them with names that many have.

    With `looks` as the form is sent first: each is looked for among those who are there, and the answer is either the
    page of who may be the same, or the registration. Without, as it is sent again where somebody said that it is
    nobody of those.
    """
    rng = random.Random(3 if looks else 2)
    token = re.search(r'name="form_token" value="([^"]+)"', visitor.get("/people/new")[2])[1]
    times = []
    for number in range(requests):
        fields = {
            "form_token": token, "name": rng.choice(names) if number % 2 else f"Contoh Baru{number} Terukur",
            "sex": rng.choice(("male", "female")), "born": f"{rng.randrange(1950, 2006)}-{rng.randrange(1, 13):02d}-11",
            "place": place, "relation": "1"}
        status, _, text = visitor.post("/people", fields if looks else {**fields, "is_new": "1"})
        if status != 303 and not (looks and status == 200):
            sys.exit(f"registering: {status} {re.sub('<[^>]+>', ' ', text)[:2000]}")
        times.append(visitor.took)
    spread("register_look" if looks else "register_person", times)


def district(binary, folder, people, requests):
    """Search, pages and registration in a district of that size, signed in, with the log durable before each answer."""
    database = os.path.join(folder, "district.sqlite")
    start = time.perf_counter()
    run(binary, "demo", "--prepare", "--size", "district", "--people", str(people), "--database", database)
    tell("district_filled_in", f"{time.perf_counter() - start:.0f}", "s")
    journal = sqlite3.connect(database)
    tell("district_persons", journal.execute("SELECT count(*) FROM person").fetchone()[0], "persons")
    tell("district_facts", journal.execute("SELECT max(sequence) FROM fact").fetchone()[0], "facts")
    tell("district_bytes", os.path.getsize(database) >> 20, "MB")
    area = """person.place IN (SELECT id FROM place WHERE part_of IN (SELECT id FROM place WHERE part_of =
        (SELECT assignment.place FROM assignment JOIN worker ON worker.id = assignment.worker
         WHERE user_name = 'demo.data')))"""
    rng = random.Random(3)

    def chosen(query):
        found = [row[0] for row in journal.execute(query)]
        return [rng.choice(found) for _ in range(requests)]

    def address(kind, value):
        return f"/{kind}/{uuid.UUID(bytes=value)}"

    names = chosen("SELECT name FROM person WHERE name <> '' LIMIT 200000")
    own = chosen(f"SELECT id FROM person WHERE stands_for IS NULL AND {area}")
    homes = chosen(f"SELECT DISTINCT household FROM person WHERE household IS NOT NULL AND {area}")
    villages = chosen("""SELECT DISTINCT name FROM place WHERE kind = 3 AND part_of =
        (SELECT assignment.place FROM assignment JOIN worker ON worker.id = assignment.worker
         WHERE user_name = 'demo.data')""")
    post = chosen(f"SELECT DISTINCT place FROM person WHERE {area}")[0]
    journal.close()
    # Before anybody is registered: those are no part of what is known to be double.
    duplicates(binary, database, people)
    server = Server(binary, database)
    tell("district_cold_start_to_first_answer", f"{server.started * 1000:.0f}", "ms")
    visitor = Visitor(server, "demo.data")
    ask = [f"/search?q={urllib.parse.quote(name)}" for name in names]
    visitor.measure("search_full_name", ask)
    visitor.measure("search_first_word", [f"/search?q={urllib.parse.quote(name.split()[0])}" for name in names])
    # As people say it: nobody has such a name, so that the question is asked twice and more.
    visitor.measure("search_name_and_village", [f"/search?q={urllib.parse.quote(name.split()[0] + ' ' + village)}"
                                                for name, village in zip(names, villages)])
    visitor.measure("page_person", [address("people", person) for person in own])
    visitor.measure("page_family", [address("families", home) for home in homes])
    register(visitor, requests, names, str(uuid.UUID(bytes=post)), looks=False)
    register(visitor, requests, names, str(uuid.UUID(bytes=post)), looks=True)
    tell("district_resident_after_load", f"{server.resident():.0f}", "MB")
    server.stop()
    start = time.perf_counter()
    facts = int(re.search(r"(\d+) facts", run(binary, "verify", "--database", database)[0])[1])
    tell("district_verify_facts_per_second", int(facts / (time.perf_counter() - start)), "1/s")


def duplicates(binary, database, people):
    """Every record of the district compared with every other that may be the same person's."""
    with tempfile.TemporaryFile("w+") as out:
        _, most, _ = peak(binary, "measure-duplicates", "--database", database, "--people", str(people), out=out)
        out.seek(0)
        for line in out:
            tell(*line.split())
    tell("duplicates_memory", f"{most:.0f}", "MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--people", type=int, default=400_000, help="of the district; 0: without it")
    parser.add_argument("--only-district", action="store_true", help="only the district; writes no results file")
    parser.add_argument("--peer-seconds", type=float, default=5)
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    if options.only_district:
        with tempfile.TemporaryDirectory() as folder:
            return district(binary, folder, options.people, options.requests)
    with tempfile.TemporaryDirectory() as folder:
        for line in run(binary, "measure-growth", CHILDREN)[0].splitlines():
            tell(*line.split())
        for line in run(binary, "measure-forecasts")[0].splitlines():
            tell(*line.split())
        for line in run(binary, "measure-plans")[0].splitlines():
            tell(*line.split())
        for line in run(binary, "measure-log")[0].splitlines():
            tell(*line.split())
        peers = subprocess.run([sys.executable, os.path.join(ROOT, "Benchmarks", "peers", "growth_peers.py"), CHILDREN,
                                "--seconds", str(options.peer_seconds)], capture_output=True, text=True)
        for line in peers.stdout.splitlines():
            tell("peer_" + line.split()[0], *line.split()[1:3])
        database = os.path.join(folder, "bench.sqlite")
        start = time.perf_counter()
        run(binary, "demo", "--prepare", "--size", "puskesmas", "--database", database)
        tell("demo_filled_in", f"{time.perf_counter() - start:.1f}", "s")
        server = Server(binary, database)
        tell("cold_start_to_first_answer", f"{server.started * 1000:.0f}", "ms")
        tell("resident_idle", f"{server.resident():.0f}", "MB")
        pages(server, options.requests)
        tell("resident_after_load", f"{server.resident():.0f}", "MB")
        server.stop()
        file = os.path.join(folder, "rows.csv")
        write_measurements(file, options.rows)
        for name in ("import_new_rows", "import_known_rows"):
            start = time.perf_counter()
            run(binary, "import", "measurements", file, "--database", database)
            tell(name + "_per_second", int(options.rows / (time.perf_counter() - start)), "1/s")
        start = time.perf_counter()
        facts = int(re.search(r"(\d+) facts", run(binary, "verify", "--database", database)[0])[1])
        tell("verify_facts_per_second", int(facts / (time.perf_counter() - start)), "1/s")
        tell("database_bytes_per_fact", int(os.path.getsize(database) / facts), "B")
        lists(binary, folder, options.households)
    if options.people:
        with tempfile.TemporaryDirectory() as folder:
            district(binary, folder, options.people, options.requests)
    phone(binary)
    with open("/proc/cpuinfo") as info:
        model = re.search(r"model name\s*: (.*)", info.read())[1]
    target = os.path.join(ROOT, "docs", "performance")
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, "results.txt"), "w") as out:
        out.write(f"# {datetime.date.today()}, {os.cpu_count()} × {model}, {platform.system()}, make bench\n")
        out.write("\n".join(lines) + "\n")


main()
