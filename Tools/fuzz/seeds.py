#!/usr/bin/env python3
"""Writes the fuzzer's seeds: small valid buffers and files, so that it starts behind the first checks."""
import os, struct

def unsigned(n):
    out = bytearray()
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return bytes(out + bytes([n]))

def signed(n):
    return unsigned(((n << 1) ^ (n >> 63)) & (2**64 - 1))

def fields(pairs):
    out = b""
    for number, value in pairs:
        if isinstance(value, bytes):
            out += unsigned(number << 1 | 1) + unsigned(len(value)) + value
        else:
            out += unsigned(number << 1) + signed(value)
    return out

def fact(serial, kind, day, body, place=None, replaces=None):
    entry = serial.to_bytes(16, "big") + unsigned(kind) + signed(day) + signed(day * 86400000)
    entry += bytes([(place is not None) | (replaces is not None) << 1])
    for other in (place, replaces):
        if other is not None:
            entry += other.to_bytes(16, "big")
    entry += body
    return unsigned(len(entry)) + entry

def timeline(facts):
    return b"ST\x01" + b"".join(facts)

PERSON = fields([(1, b"Contoh"), (2, 19800), (3, 1), (4, 2)])
HOME = fields([(1, (7).to_bytes(16, "big"))])
VISITS = [fact(10 + n, 3, 19830 + 30 * n, fields([(1, 4000 + 500 * n), (2, 5400 + 200 * n), (3, 1), (4, 3700)]), place=7)
          for n in range(5)]
SEEDS = {
    "timeline": b"\0" + timeline([fact(1, 1, 19800, PERSON), fact(2, 2, 19800, HOME, place=7)] + VISITS),
    "corrected": b"\0" + timeline([fact(1, 1, 19800, PERSON), fact(2, 2, 19800, HOME, place=7)] + VISITS
                                  + [fact(20, 3, 19980, fields([(1, 5100), (8, 1)]), replaces=11),
                                     fact(21, 6, 19981, b"", replaces=12), fact(22, 4, 19990, b"")]),
    "person": b"\x03" + PERSON,
    "measurement": b"\x03" + fields([(1, 4000), (2, 5400), (8, 1), (9, 1), (10, 3)]),
    "vaccination": b"\x03" + fields([(1, 198), (2, b"DPT-HB-Hib 2"), (3, 2), (4, 3), (5, b"BD-0123"), (6, 20000), (7, 3), (8, 1),
                                     (9, b"Klinik Contoh"), (10, 2), (11, b"Contoh"), (12, b"bengkak")]),
    "referral": b"\x03" + fields([(1, (9).to_bytes(16, "big")), (3, 1), (4, bytes([1, 0, 143, 0, 0, 2, 0, 46, 0, 1])), (5, b"kejang"),
                                  (6, b"TD 160/110"), (7, b"MgSO4")]),
    "referral answer": b"\x03" + fields([(1, (9).to_bytes(16, "big")), (2, 2), (3, b"membaik"), (4, b"kontrol 3 hari")]),
    "contributions": b"\x01" + b"\x01" + unsigned(1) + bytes(16) + signed(24300) + unsigned(3) + unsigned(0) + b"\x04" + bytes(18),
    "cube": b"\x02" + b"\x01" + unsigned(5) + unsigned(3) + signed(1) + signed(2) + signed(3),
    "plan": b"\x05SP\x01" + signed(20615) + signed(20620) + unsigned(2) + unsigned(51) + b"\x03" + signed(-3) + signed(27)
            + unsigned(52) + b"\x01" + signed(-9) + bytes(16) + unsigned(1) + unsigned(1) + b"\x03\x01\x00" + unsigned(0)
            + unsigned(1) + unsigned(120) + b"\x03" + signed(0) + bytes(16),
}
ROWS = {
    "plain": b"\0" + b"9901010101240001,Contoh Anak,L,01-01-2024,Contoh Ibu,Desa Contoh,Melati,2025-10-07,9.4,78.5,Terlentang,14.2,Tidak\n",
    "quoted": b"\0" + b'"","Contoh ""A"", B",P,5 Agustus 2024,,"Desa\nContoh",,7/10/2025 0:00,"9,4",-,,,\n\n'
              + b"1,2\n,\"a\"b,L,2999-01-01,,,,,,,,,\n",
    "semicolons": b"\1" + b"'9901014101240001;7;;2;2024/01/01;3,1;50;Desa;05.08.2025;7,9;70;44,5;ya\r\n\r\n;;;;;;;;;;;;\r",
    "whole": b"\2" + b"\xef\xbb\xbfNama\tJK\tTgl Lahir\tDesa\tTgl Ukur\tBB\r\"A\"\tL\t1-1-2024\tD\t2-2-2025\t9",
    "unclosed": b"\0" + b'1,"2\n3,4\n',
    "combining": b"\2" + 'Nama,Desa\n"Siti ""\u030dAni",Contoh\n'.encode(),
    "damaged": b"\0" + b"\xf1,\x00,L\n",
}
folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "seeds")
for kind, seeds in (("formats", SEEDS), ("rows", ROWS)):
    os.makedirs(os.path.join(folder, kind), exist_ok=True)
    for name, content in seeds.items():
        with open(os.path.join(folder, kind, name), "wb") as out:
            out.write(content)
