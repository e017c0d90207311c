#!/usr/bin/env python3
"""Measures Sikilap on this machine and writes the figures to docs/performance.

    run.py --binary .build/release/sikilap [--rows 100000] [--requests 400]

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
import statistics
import subprocess
import sys
import tempfile
import time

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
        times.sort()
        tell(f"page_{name}_p50", f"{statistics.median(times):.2f}", "ms")
        tell(f"page_{name}_p99", f"{times[int(len(times) * 0.99) - 1]:.2f}", "ms")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--peer-seconds", type=float, default=5)
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    with tempfile.TemporaryDirectory() as folder:
        for line in run(binary, "measure-growth", CHILDREN)[0].splitlines():
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
    wasm = os.path.join(os.path.dirname(binary), "sikilap_Web.resources", "core.wasm")
    with open(wasm, "rb") as core:
        tell("wasm_gzip", len(gzip.compress(core.read(), 9)), "B")
    with open("/proc/cpuinfo") as info:
        model = re.search(r"model name\s*: (.*)", info.read())[1]
    target = os.path.join(ROOT, "docs", "performance")
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, "results.txt"), "w") as out:
        out.write(f"# {datetime.date.today()}, {os.cpu_count()} × {model}, {platform.system()}, make bench\n")
        out.write("\n".join(lines) + "\n")


main()
