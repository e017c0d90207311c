#!/usr/bin/env python3
"""Writes the lists of areas that the program ships, Sources/Services/Resources/areas/CODE.csv.

    make.py RAW --source TEXT --as-of 2024-12-31 62.01 62.03            write the files
    make.py RAW --source TEXT --as-of 2024-12-31 62.01 62.03 --check    write nothing; exit code 1
                                                                       where a committed file differs

RAW is a folder with the raw tables: `*_all.csv` with the columns kode, tingkat, jenis, nama, induk;
and, where centroids are known, other CSV files with the columns kode_kemendagri, lat_centroid,
lon_centroid. Every table is read strictly: a code that comes twice, that does not lie in its parent,
or a centroid without an area stops the script. docs/decisions/0027-areas.md says what the tables are.
"""

import argparse
import csv
import hashlib
import io
import pathlib
import re
import sys

SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "Services" / "Resources" / "areas"
COLUMNS = ["code", "kind", "form", "name", "within", "latitude", "longitude", "source", "as_of"]
KINDS = {"provinsi": ("province", 2), "kabupaten/kota": ("district", 5), "kecamatan": ("subdistrict", 8),
         "desa/kelurahan": ("village", 13)}
FORMS = {"1": "kelurahan", "2": "desa"}
CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?")


def fail(text):
    sys.exit(f"make.py: {text}")


def areas(folder):
    tables = sorted(folder.glob("*_all.csv"))
    if not tables:
        fail(f"no *_all.csv in {folder}")
    found = {}
    for table in tables:
        with open(table, newline="", encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                where, code = f"{table.name}:{number}", row["kode"]
                if row["tingkat"] not in KINDS:
                    fail(f"{where}: kind {row['tingkat']!r}")
                kind, length = KINDS[row["tingkat"]]
                if not CODE.fullmatch(code) or len(code) != length:
                    fail(f"{where}: {code!r} is no code of a {kind}")
                if code in found:
                    fail(f"{where}: {code} comes twice")
                if row["induk"] != code.rpartition(".")[0]:
                    fail(f"{where}: {code} does not lie in {row['induk']!r}")
                if kind == "village" and FORMS.get(code[9]) != row["jenis"]:
                    fail(f"{where}: {code} is a {row['jenis']!r}")
                if not row["nama"].strip():
                    fail(f"{where}: no name")
                found[code] = dict(code=code, kind=kind, form=row["jenis"], name=row["nama"].strip(), within=row["induk"])
    for code, area in found.items():
        if area["within"] and area["within"] not in found:
            fail(f"{code} lies in {area['within']}, which is not there")
    return found


def centroids(folder, known):
    found = {}
    for table in sorted(folder.glob("*.csv")):
        with open(table, newline="", encoding="utf-8") as lines:
            rows = csv.DictReader(lines)
            if not {"kode_kemendagri", "lat_centroid", "lon_centroid"} <= set(rows.fieldnames or []):
                continue
            for number, row in enumerate(rows, 2):
                where, code = f"{table.name}:{number}", row["kode_kemendagri"]
                if code not in known or code in found:
                    fail(f"{where}: {code} is unknown or comes twice")
                if not row["lat_centroid"]:
                    continue
                latitude, longitude = float(row["lat_centroid"]), float(row["lon_centroid"])
                if not (-12 <= latitude <= 7 and 94 <= longitude <= 142):
                    fail(f"{where}: {latitude}, {longitude} lies outside Indonesia")
                found[code] = (latitude, longitude)
    return found


def text(district, known, points, source, as_of):
    if district not in known or known[district]["kind"] != "district":
        fail(f"{district} is no district of the table")
    province = district.rpartition(".")[0]
    chosen = sorted(code for code in known if code in (province, district) or code.startswith(district + "."))
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for code in chosen:
        latitude, longitude = (f"{value:.6f}" for value in points[code]) if code in points else ("", "")
        writer.writerow(dict(known[code], latitude=latitude, longitude=longitude, source=source, as_of=as_of))
    return out.getvalue().encode("utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("raw", type=pathlib.Path, help="folder of the raw tables")
    parser.add_argument("districts", nargs="+", help="codes of districts, such as 62.03")
    parser.add_argument("--source", required=True, help="where the table is from, as every area will say")
    parser.add_argument("--as-of", required=True, help="the day on which it stood so")
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    options = parser.parse_args()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", options.as_of):
        fail(f"{options.as_of} is no day")
    known = areas(options.raw)
    points = centroids(options.raw, known)
    files = {f"{code}.csv": text(code, known, points, options.source, options.as_of) for code in options.districts}
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    files["SHA256SUMS"] = sums.encode()
    differing = [name for name, data in files.items() if not (SHIPPED / name).is_file() or (SHIPPED / name).read_bytes() != data]
    if options.check:
        print("same" if not differing else "differs: " + ", ".join(differing))
        sys.exit(bool(differing))
    SHIPPED.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (SHIPPED / name).write_bytes(data)
        print(f"{name}: {data.count(10)} lines")


if __name__ == "__main__":
    main()
