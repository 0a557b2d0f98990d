"""The binary messages of the Flux protocol: moves (section 3) and frames (section 4, up to 4.3).

A decoded message is made of dicts as section 7 shows them. Decoding needs no state, so a message is
either decoded whole or refused whole; `picture.py` then takes it in.
"""

import struct

MOVE, FRAME = 0x10, 0x01
RESET = 0x01
ROOT_SIDE_BITS = 18                     # section 4.1: the root's side is 2^18 cm
LEAST = -131072
MAX_DEPTH = 10
LEVELS = ("near", "middle", "far")
OPS = ("delta", "full", "gone")
PLACE_BITS = {"near": 0, "middle": 3, "far": 5}     # e in section 4.2
YAW_BITS = {"near": 0, "middle": 2, "far": 4}       # s in section 4.2
MAX_HEIGHT = 32767


class Malformed(Exception):
    """A message that breaks a rule of section 4: nothing of it may be taken in."""


def require(condition, what):
    """Refuse the message unless the condition holds."""
    if not condition:
        raise Malformed(what)


def encode_move(sequence, x, y, z, yaw=0, pose=0, flags=0):
    """Section 3: a move, 14 bytes."""
    return (struct.pack("<BH", MOVE, sequence & 0xFFFF) + x.to_bytes(3, "little", signed=True)
            + struct.pack("<h", y) + z.to_bytes(3, "little", signed=True)
            + struct.pack("<BBB", yaw & 0xFF, pose, flags))


def decode_move(data):
    """Section 3, the other way round."""
    require(len(data) == 14 and data[0] == MOVE, "not a move")
    sequence, = struct.unpack_from("<H", data, 1)
    y, = struct.unpack_from("<h", data, 6)
    return {"kind": "move", "sequence": sequence, "x": int.from_bytes(data[3:6], "little", signed=True),
            "y": y, "z": int.from_bytes(data[8:11], "little", signed=True),
            "yaw": data[11], "pose": data[12], "flags": data[13]}


def middle(number, unit_bits):
    """Section 4.2: what a unit's number stands for."""
    return (number << unit_bits) + ((1 << unit_bits) >> 1)


def cell_depth(key):
    """Section 4.1: the depth of a key, or a refusal."""
    depth, odd = divmod(key.bit_length() - 1, 2)
    require(key > 0 and not odd and depth <= MAX_DEPTH, "no such cell: %d" % key)
    return depth


def cell_corner(key):
    """Section 4.1: the least x and z of a cell, and its side."""
    depth = cell_depth(key)
    column = row = 0
    for bit in range(depth):
        column |= (key >> (2 * bit) & 1) << bit
        row |= (key >> (2 * bit + 1) & 1) << bit
    side = 1 << (ROOT_SIDE_BITS - depth)
    return LEAST + column * side, LEAST + row * side, side


class Bits:
    """Reads fields of bits, the least significant bit of each byte first."""

    def __init__(self, data):
        self.data = data
        self.position = 0

    def take(self, count):
        """The next `count` bits as an unsigned number."""
        start, end = self.position, self.position + count
        require(end <= 8 * len(self.data), "the body is too short")
        self.position = end
        whole = int.from_bytes(self.data[start >> 3:(end + 7) >> 3], "little")
        return whole >> (start & 7) & ((1 << count) - 1)

    def finish(self):
        """The rest must be less than a byte, of zeros."""
        left = 8 * len(self.data) - self.position
        require(left < 8 and self.take(left) == 0, "something follows the last record")


class Body:
    """Decodes the body of one section (section 4.3) into a list of changes."""

    def __init__(self, data, key, level):
        self.bits = Bits(data)
        self.unit = PLACE_BITS[level]
        self.turn = YAW_BITS[level]
        self.place_bits = ROOT_SIDE_BITS - cell_depth(key) - self.unit
        self.x, self.z, _ = cell_corner(key)
        self.slots = self.bits.take(16)
        base = self.bits.take(16)
        self.y = base - 65536 if base & 0x8000 else base
        self.y_bits = self.bits.take(5)
        require(self.y_bits <= 16, "y_bits over 16")
        require(self.y % (1 << self.unit) == 0, "y_base is no multiple of the unit")

    def changes(self, op):
        """All records, but for those that say nothing."""
        record = self.full_record if op == "full" else self.delta_record
        changes = [record(slot) for slot in range(self.slots)]
        self.bits.finish()
        return [change for change in changes if change]

    def full_record(self, slot):
        """A record in a full."""
        if not self.bits.take(1):
            return None
        change = self.take_record(slot)
        require(change["described"], "an undescribed entity in a full")
        return change

    def delta_record(self, slot):
        """A record in a delta."""
        bits = self.bits
        if not bits.take(1):
            return None
        if not bits.take(1):
            return {"kind": "update", "slot": slot, **self.state()}
        if not bits.take(1):
            return self.take_record(slot)
        if not bits.take(1):
            return {"kind": "moved_on", "slot": slot}
        return {"kind": "left", "slot": slot, "id": self.entity_id()}

    def entity_id(self):
        """An id, never 0."""
        number = self.bits.take(24)
        require(number != 0, "an id of 0")
        return number

    def take_record(self, slot):
        """entry and state."""
        change = {"kind": "take", "slot": slot, "id": self.entity_id(), "described": bool(self.bits.take(1))}
        if change["described"]:
            change["entity_kind"] = self.bits.take(3)
            change["look"] = self.bits.take(32)
        change.update(self.state())
        return change

    def state(self):
        """x, z, y, yaw, pose and flags."""
        bits = self.bits
        x = self.x + middle(bits.take(self.place_bits), self.unit)
        z = self.z + middle(bits.take(self.place_bits), self.unit)
        y = self.y + middle(bits.take(self.y_bits), self.unit)
        require(y <= MAX_HEIGHT, "a height over %d" % MAX_HEIGHT)
        yaw = middle(bits.take(8 - self.turn), self.turn)
        pose = bits.take(6)
        flags = 0
        if bits.take(1):
            flags = bits.take(8)
            require(flags != 0, "flags of 0 announced")
        return {"x": x, "y": y, "z": z, "yaw": yaw, "pose": pose, "flags": flags}


def read_length(data, offset):
    """Section 4: an unsigned LEB128 of 1 to 3 bytes, as few as hold it; returns it and the offset behind it."""
    number = 0
    for index in range(3):
        require(offset + index < len(data), "the length is cut off")
        byte = data[offset + index]
        number |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            require(byte or not index, "a length longer than need be")
            return number, offset + index + 1
    raise Malformed("a length of more than 3 bytes")


def decode_section(data, offset):
    """One section of a frame; returns it and the offset behind it."""
    require(offset + 4 <= len(data), "a section is cut off")
    head = data[offset]
    level, op = head & 3, head >> 2 & 3
    require(head >> 4 == 0 and level < 3 and op < 3, "head %#x" % head)
    key = int.from_bytes(data[offset + 1:offset + 4], "little")
    cell_depth(key)
    offset += 4
    if OPS[op] == "gone":
        require(level == 0, "gone with a level")
        return {"op": "gone", "key": key}, offset
    require(offset < len(data), "a section is cut off")
    sequence = data[offset]
    length, offset = read_length(data, offset + 1)
    require(offset + length <= len(data), "a body is cut off")
    body = Body(data[offset:offset + length], key, LEVELS[level])
    section = {"op": OPS[op], "level": LEVELS[level], "key": key, "sequence": sequence,
               "changes": body.changes(OPS[op])}
    return section, offset + length


def decode_frame(data):
    """Section 4: a whole frame, or Malformed."""
    require(len(data) >= 6 and data[0] == FRAME, "not a frame")
    flags, tick = struct.unpack_from("<BI", data, 1)
    require(flags & ~RESET == 0, "unknown flags of a frame")
    sections, offset = [], 6
    while offset < len(data):
        section, offset = decode_section(data, offset)
        sections.append(section)
    return {"kind": "frame", "reset": bool(flags & RESET), "tick": tick, "sections": sections}
