"""What a client keeps of the frames it was sent (sections 4.4 and 4.5): cells, and who claims whom."""

STATE = ("x", "y", "z", "yaw", "pose", "flags")
PERSON = 0
UNCLAIMED_TICKS = 60


class Entity:
    """Somebody in the picture."""

    def __init__(self, number):
        self.id = number
        self.kind = PERSON              # until described
        self.look = 0
        self.described = False
        self.x = self.y = self.z = self.yaw = self.pose = self.flags = 0
        self.level = None               # of the cell that told the state
        self.place = None               # (cell, slot) that claims it
        self.unclaimed_since = None     # tick

    def tell(self, change, level):
        """Take in the state of a record."""
        for name in STATE:
            setattr(self, name, change[name])
        self.level = level

    @property
    def at(self):
        """Where it was last told to be, in centimetres."""
        return self.x, self.y, self.z


class Cell:
    """A cell that was given to the client."""

    def __init__(self, key, level, sequence):
        self.key = key
        self.level = level
        self.sequence = sequence
        self.torn = False               # a delta is missing: section 4.5
        self.slots = {}                 # slot: entity


class Picture:
    """Everybody that the client knows of."""

    def __init__(self):
        self.cells = {}
        self.entities = {}
        self.tick = None
        self._by_number = {}            # low 16 bits of an id: entity

    def people(self):
        """Persons by id; other kinds are passed over (section 6)."""
        return {number: entity for number, entity in self.entities.items() if entity.kind == PERSON}

    def apply(self, frame):
        """Take in one decoded frame; True if a delta was missing and `resync` is due."""
        self.tick = frame["tick"]
        if frame["reset"]:
            for cell in list(self.cells.values()):
                self._forget(cell)
        torn = False
        for section in frame["sections"]:
            if section["op"] == "full":
                self._full(section)
            elif section["op"] == "gone":
                self._gone(section)
            else:
                torn |= self._delta(section)
        self._sweep(frame["reset"])
        return torn

    def _full(self, section):
        """4.4, rule 2."""
        self._gone(section)
        cell = Cell(section["key"], section["level"], section["sequence"])
        self.cells[cell.key] = cell
        for change in section["changes"]:
            self._take(cell, change)

    def _gone(self, section):
        """4.4, rule 3."""
        if section["key"] in self.cells:
            self._forget(self.cells[section["key"]])

    def _delta(self, section):
        """4.4, rule 4; True if the sequence has a gap here."""
        cell = self.cells.get(section["key"])
        if cell is None or cell.level != section["level"] or cell.torn:
            return False
        if section["sequence"] != (cell.sequence + 1) % 256:
            cell.torn = True
            return True
        cell.sequence = section["sequence"]
        apply = {"take": self._take, "update": self._update, "moved_on": self._moved_on, "left": self._left}
        for change in section["changes"]:
            apply[change["kind"]](cell, change)
        return False

    def _take(self, cell, change):
        """4.4, rule 5."""
        slot, number = change["slot"], change["id"]
        before = cell.slots.get(slot)
        if before is not None and before.id != number:
            self._unclaim(before)
        known = self._by_number.get(number & 0xFFFF)
        if known is not None and known.id != number:
            self._drop(known)
        entity = self.entities.get(number)
        if entity is None:
            entity = Entity(number)
            self.entities[number] = self._by_number[number & 0xFFFF] = entity
        self._unclaim(entity)
        cell.slots[slot] = entity
        entity.place, entity.unclaimed_since = (cell, slot), None
        entity.tell(change, cell.level)
        if change["described"]:
            entity.kind, entity.look, entity.described = change["entity_kind"], change["look"], True

    def _update(self, cell, change):
        """4.4, rule 6."""
        entity = cell.slots.get(change["slot"])
        if entity is not None:
            entity.tell(change, cell.level)

    def _moved_on(self, cell, change):
        """4.4, rule 7."""
        entity = cell.slots.get(change["slot"])
        if entity is not None:
            self._unclaim(entity)

    def _left(self, cell, change):
        """4.4, rule 8."""
        self._moved_on(cell, change)
        if change["id"] in self.entities:
            self._drop(self.entities[change["id"]])

    def _forget(self, cell):
        """Forget a cell; whom it claimed is unclaimed."""
        for entity in list(cell.slots.values()):
            self._unclaim(entity)
        del self.cells[cell.key]

    def _unclaim(self, entity):
        """Nobody claims this entity from now on; its slot is empty."""
        if entity.place is not None:
            cell, slot = entity.place
            del cell.slots[slot]
            entity.place, entity.unclaimed_since = None, self.tick

    def _drop(self, entity):
        """This entity is no longer in the picture."""
        self._unclaim(entity)
        del self.entities[entity.id]
        del self._by_number[entity.id & 0xFFFF]

    def _sweep(self, reset):
        """4.4, rules 1 and 9: drop who has been unclaimed too long."""
        for entity in list(self.entities.values()):
            if entity.place is None:
                age = (self.tick - entity.unclaimed_since) % 2 ** 32
                if reset or age >= UNCLAIMED_TICKS:
                    self._drop(entity)
