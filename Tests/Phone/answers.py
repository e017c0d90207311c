"""Reads the packed answers of the growth rules, independently of the program that wrote them."""
import struct

INDICES = ("zlen", "zwei", "zwfl", "zbmi", "zhc", "zac", "zts", "zss")
STATUSES = ("weight", "length", "wasting", "bmi", "head", "muac")


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, count):
        if self.at + count > len(self.data):
            raise ValueError("the answer ends early")
        self.at += count
        return self.data[self.at - count:self.at]

    def byte(self):
        return self.take(1)[0]

    def unsigned(self):
        value = shift = 0
        while True:
            next = self.byte()
            value |= (next & 0x7F) << shift
            if next < 0x80:
                return value
            shift += 7

    def signed(self):
        value = self.unsigned()
        return value >> 1 ^ -(value & 1)

    def double(self):
        value, = struct.unpack("<d", self.take(8))
        return None if value != value else value


def decode(data):
    reader = Reader(data)
    if reader.take(3) != b"SG\x01":
        raise ValueError("not a packed answer of version 1")
    measurements = []
    for _ in range(reader.unsigned()):
        m = dict(fact=reader.take(16), day=reader.signed(), age=reader.signed(), correction=reader.byte(),
                 length=reader.double(), bmi=reader.double(), scores={})
        for index in INDICES:
            state = reader.byte()
            if state not in (0, 1, 2):
                raise ValueError(f"state {state} of {index}")
            if state:
                m["scores"][index] = (reader.signed(), reader.double(), state == 2)
        m["statuses"] = {name: reader.byte() for name in STATUSES}
        m["marks"], m["doubts"] = reader.byte(), reader.byte()
        measurements.append(m)
    months = []
    for _ in range(reader.unsigned()):
        months.append(dict(month=reader.signed(), measurement=reader.unsigned(), status=reader.byte(),
                           not_gained=reader.unsigned(), gain=reader.signed(), least=reader.signed()))
    if reader.at != len(data):
        raise ValueError("bytes are left over")
    return measurements, months
