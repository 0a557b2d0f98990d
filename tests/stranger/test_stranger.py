"""A client written from docs/protocol.md alone meets the real server.

    python3 -m unittest discover -s tests/stranger

FLUX_BINARY names the server to start; without it, build/flux of this repository.
"""

import json
import math
import os
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest

from flux_client import FluxClient
from frames import Malformed, decode_frame, decode_move, encode_move, middle
from frames import PLACE_BITS, YAW_BITS
from picture import STATE, Picture
from websocket import Refused

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "..", "docs", "protocol.md")
BINARY = os.environ.get("FLUX_BINARY") or os.path.join(HERE, "..", "..", "build", "flux")
TICK = 0.05
STEP = 20                               # cm in a tick: 4 m/s, below the greatest speed
EXAMPLE = re.compile(r"```hex name=(\w+)\n(.*?)```\s*```json\n(.*?)```", re.S)


class Server:
    """A Flux server of our own, on a port of its choosing."""

    def __init__(self):
        self.data = tempfile.mkdtemp(prefix="flux-stranger-")
        self.start()

    def start(self):
        """Start it and wait until it is ready."""
        self.process = subprocess.Popen(
            [BINARY, "serve", "--listen", "127.0.0.1:0", "--data", self.data, "--no-address-limits"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        ready, _, _ = select.select([self.process.stdout], [], [], 20)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.remove()
            raise RuntimeError("%s did not become ready" % BINARY)
        self.url = json.loads(line)["url"]

    def stop(self):
        """Ask it to go, and wait."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def remove(self):
        """Stop it and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)


class WithServer(unittest.TestCase):
    """Tests that share one server."""

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.remove)

    def stranger(self, name, look=0, world="plaza"):
        """Somebody new, who leaves when the test is over."""
        client = FluxClient(self.server.url, world, name, look)
        client.join()
        self.addCleanup(self.send_away, client)
        return client

    @staticmethod
    def send_away(client):
        """Leave, if still there."""
        if client.connected:
            client.leave()
        client.drop()

    def walk(self, walkers, goals, seconds=25):
        """Everybody walks to a goal (x, z) in legal steps; the server's corrections are heeded."""
        end = time.monotonic() + seconds
        walking = True
        while walking and time.monotonic() < end:
            walking = False
            for client, (x, z) in zip(walkers, goals):
                client.pump()
                far = math.hypot(x - client.x, z - client.z)
                if far == 0:
                    continue
                walking = True
                share = min(1.0, STEP / far)
                yaw = round(math.atan2(client.x - x, client.z - z) * 128 / math.pi) % 256
                step = (client.x + round((x - client.x) * share), client.z + round((z - client.z) * share))
                client.move(step[0], client.y, step[1], yaw, pose=1)
            time.sleep(TICK)
        self.assertFalse(walking, "not everybody reached the goal in time")

    def eventually(self, fact, client, what, seconds=8):
        """The fact becomes true while the client listens."""
        result = client.wait_for(fact, seconds)
        self.assertTrue(result, what)
        return result

    def sees_at(self, watcher, other):
        """The watcher sees the other exactly where that one says to be, at level near."""
        def fact():
            seen = watcher.picture.people().get(other.id)
            return seen and seen.level == "near" and seen.at == other.at and seen.yaw == other.yaw
        self.eventually(fact, watcher, "%s is not seen at %s" % (other.name, other.at))

    def beside(self, client, other, away=100):
        """Walk next to somebody."""
        self.walk([client], [(other.x + away, other.z)])
        self.sees_at(other, client)


def examples():
    """The worked examples of section 7: name, bytes, document."""
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    for name, listing, document in EXAMPLE.findall(page):
        digits = "".join(line.partition("#")[0] for line in listing.splitlines())
        yield name, bytes.fromhex(digits), json.loads(document)


class ThePage(unittest.TestCase):
    """What can be told without a server."""

    def test_every_worked_example_decodes_as_the_page_says(self):
        names = []
        for name, data, document in examples():
            with self.subTest(name):
                decoded = decode_move(data) if document["kind"] == "move" else decode_frame(data)
                self.assertEqual(decoded, document)
            names.append(name)
        self.assertEqual(names[:2], ["move", "reset"])
        with open(PAGE, encoding="utf-8") as file:
            self.assertEqual(len(names), file.read().count("```hex"))

    def test_the_move_of_the_page_is_encoded_to_the_same_bytes(self):
        for _, data, document in examples():
            if document.pop("kind") == "move":
                self.assertEqual(encode_move(**document), data)

    def test_a_frame_that_is_cut_off_is_refused_and_one_with_bytes_too_many_too(self):
        for name, data, document in examples():
            if document["kind"] == "move":
                continue
            with self.subTest(name):
                ends = [len(data)] if name == "merge" else range(7, len(data))
                for end in ends:
                    with self.assertRaises(Malformed):
                        decode_frame(data[:end] if end < len(data) else data + b"\0")

    def test_rules_that_are_broken_are_noticed(self):
        life = bytes.fromhex("0100579c0000")
        empty = bytes.fromhex("00000000 00")
        bad = {"unknown flags": bytes([1, 2]) + life[2:], "another kind": bytes([2]) + life[1:],
               "high bits of the head": life + bytes([0x18, 20, 0, 0]), "op 3": life + bytes([0x0C, 20, 0, 0]),
               "gone with a level": life + bytes([0x09, 20, 0, 0]), "key 0": life + bytes([8, 0, 0, 0]),
               "key of odd length": life + bytes([8, 2, 0, 0]), "key too deep": life + bytes([8, 0, 0, 0x40]),
               "level 3": life + bytes([7, 5, 0, 0, 0, 5]) + empty,
               "length too long": life + bytes([6, 5, 0, 0, 0, 0x85, 0]) + empty,
               "y_base off the unit": life + bytes([6, 5, 0, 0, 0, 5, 0, 0, 1, 0, 0]),
               "y_bits 17": life + bytes([6, 5, 0, 0, 0, 5, 0, 0, 0, 0, 17]),
               "padding not zero": life + bytes([6, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0x80])}
        for what, data in bad.items():
            with self.subTest(what), self.assertRaises(Malformed):
                decode_frame(data)


class ThePicture(unittest.TestCase):
    """Section 4.4 and 4.5, rule by rule."""

    def setUp(self):
        self.picture = Picture()
        self.tell(0, self.full(20, self.take(0, 65541), self.take(1, 65542)), self.full(21), reset=True)

    def tell(self, tick, *sections, reset=False):
        return self.picture.apply({"kind": "frame", "reset": reset, "tick": tick, "sections": sections})

    @staticmethod
    def full(key, *changes, sequence=255, level="near"):
        return {"op": "full", "level": level, "key": key, "sequence": sequence, "changes": changes}

    @staticmethod
    def delta(key, sequence, *changes, level="near"):
        return {"op": "delta", "level": level, "key": key, "sequence": sequence, "changes": changes}

    @staticmethod
    def take(slot, number, x=0):
        return {"kind": "take", "slot": slot, "id": number, "described": True, "entity_kind": 0, "look": 9,
                "x": x, "y": 0, "z": 0, "yaw": 0, "pose": 0, "flags": 0}

    def test_who_moved_on_stays_60_ticks_unless_claimed(self):
        self.tell(1, self.delta(20, 0, {"kind": "moved_on", "slot": 0}, {"kind": "moved_on", "slot": 1}))
        self.tell(60, self.delta(21, 0, self.take(7, 65541)))
        self.assertEqual(set(self.picture.people()), {65541, 65542})
        self.tell(61)
        self.assertEqual(set(self.picture.people()), {65541})

    def test_who_is_claimed_elsewhere_leaves_the_old_slot(self):
        self.tell(1, self.delta(21, 0, self.take(3, 65541)))
        self.tell(2, self.delta(20, 0, {"kind": "moved_on", "slot": 0}), {"op": "gone", "key": 20})
        self.tell(62)
        self.assertEqual(set(self.picture.people()), {65541})

    def test_who_left_is_dropped_whoever_claims_them(self):
        self.tell(1, self.delta(21, 0, self.take(3, 65541)))
        self.tell(2, self.delta(20, 0, {"kind": "left", "slot": 0, "id": 65541}))
        self.assertEqual(set(self.picture.people()), {65542})

    def test_a_number_with_a_new_owner_drops_the_old(self):
        self.tell(1, self.delta(21, 0, self.take(0, 2 * 65536 + 5)))
        self.assertEqual(set(self.picture.people()), {65542, 2 * 65536 + 5})

    def test_a_gap_asks_for_resync_once_and_the_cell_waits_for_a_full(self):
        self.assertTrue(self.tell(1, self.delta(20, 1, self.take(0, 65541, x=5))))
        self.assertFalse(self.tell(2, self.delta(20, 2, self.take(0, 65541, x=6))))
        self.assertEqual(self.picture.people()[65541].x, 0)
        self.tell(3, self.full(20, self.take(0, 65541, x=7), sequence=2))
        self.assertFalse(self.tell(4, self.delta(20, 3, self.take(0, 65541, x=8))))
        self.assertEqual(self.picture.people()[65541].x, 8)

    def test_deltas_of_unknown_cells_and_other_levels_are_passed_over(self):
        self.assertFalse(self.tell(1, self.delta(22, 9, self.take(0, 65549)),
                                   self.delta(20, 9, self.take(0, 65549), level="far")))
        self.assertNotIn(65549, self.picture.people())

    def test_reset_drops_only_those_whom_nothing_in_the_frame_claims(self):
        before = self.picture.people()[65542]
        self.tell(1, self.full(5, self.take(4, 65542)), reset=True)
        self.assertEqual(self.picture.people(), {65542: before})
        self.assertEqual(set(self.picture.cells), {5})


class Strangers(WithServer):
    """A few people in one world."""

    def test_two_strangers_join_and_see_each_other(self):
        ada, bob = self.stranger("Ada", 305419896), self.stranger("Bob", 7)
        for watcher in (ada, bob):
            self.sees_at(watcher, ada)
            self.sees_at(watcher, bob)
            looks = {number: entity.look for number, entity in watcher.picture.people().items()}
            self.assertEqual((looks[ada.id], looks[bob.id]), (305419896, 7))

    def test_one_walks_three_metres_and_the_other_sees_the_exact_place(self):
        ada, bob = self.stranger("Ada"), self.stranger("Bob")
        x, z = ada.x, ada.z
        self.walk([ada], [(x + 180, z - 240)])
        self.sees_at(bob, ada)
        self.assertEqual(bob.picture.people()[ada.id].at, (x + 180, ada.y, z - 240))
        self.assertEqual(ada.heard("correct"), [])

    def test_chat_is_heard_with_name_and_scope(self):
        ada, bob = self.stranger("Ada"), self.stranger("Bob")
        self.beside(ada, bob)
        ada.chat("  good\n morning ")
        ada.chat("all of you", scope="all")
        for listener in (ada, bob):
            for text, scope in (("good morning", "near"), ("all of you", "all")):
                self.eventually(lambda: listener.heard("chat", id=ada.id, name="Ada", scope=scope, text=text),
                                listener, "%s did not hear %r" % (listener.name, text))

    def test_an_emote_is_seen_as_event_and_as_pose(self):
        ada, bob = self.stranger("Ada"), self.stranger("Bob")
        self.beside(ada, bob)
        ada.emote("wave")
        ada.move(*ada.at, pose=16, flags=2)
        self.eventually(lambda: bob.heard("emote", id=ada.id, emote="wave"), bob, "no emote")
        self.eventually(lambda: bob.picture.people()[ada.id].pose == 16, bob, "no pose")
        self.assertEqual(bob.picture.people()[ada.id].flags, 2)

    def test_profiles_are_answered_and_changes_are_told(self):
        ada, bob = self.stranger("Ada", 5), self.stranger("Bob", 6)
        self.beside(ada, bob)
        bob.ask_profiles([ada.id, bob.id, 16777215])
        answer = self.eventually(lambda: bob.heard("profiles"), bob, "no profiles")[0]
        people = {profile["id"]: (profile["name"], profile["look"]) for profile in answer["profiles"]}
        self.assertEqual(people, {ada.id: ("Ada", 5), bob.id: ("Bob", 6)})
        self.assertEqual(answer["gone"], [16777215])
        ada.change_profile(name="Ada L.", look=77)
        news = {"id": ada.id, "name": "Ada L.", "look": 77}
        self.eventually(lambda: bob.heard("profiles", profiles=[news]), bob, "no news of the profile")
        self.eventually(lambda: bob.picture.people()[ada.id].look == 77, bob, "the look is not in the picture")

    def test_a_ping_is_answered(self):
        ada = self.stranger("Ada")
        ada.ping(41)
        answer = self.eventually(lambda: ada.heard("pong", n=41), ada, "no pong")[0]
        self.assertGreaterEqual(answer["tick"], ada.welcome["tick"])

    def test_a_leap_is_corrected_and_the_walk_goes_on_from_there(self):
        ada, bob = self.stranger("Ada"), self.stranger("Bob")
        place = ada.at
        ada.move(ada.x + 5000, ada.y, ada.z)
        answer = self.eventually(lambda: ada.heard("correct"), ada, "not corrected")[0]
        self.assertEqual((tuple(answer["at"]), answer["sequence"], ada.at), (place, 1, place))
        self.sees_at(bob, ada)
        self.walk([ada], [(ada.x, ada.z + 40)])
        self.sees_at(bob, ada)
        self.assertEqual(len(ada.heard("correct")), 1)

    def test_a_lost_connection_resumes_as_the_same_entity_at_the_same_place(self):
        ada, bob = self.stranger("Ada", 3), self.stranger("Bob")
        self.walk([ada], [(ada.x + 60, ada.z + 60)])
        self.sees_at(bob, ada)
        number, place = ada.id, ada.at
        ada.drop()
        bob.pump(0.5)
        self.assertEqual(bob.picture.people()[number].at, place)
        ada.resume()
        self.assertEqual((ada.welcome["resumed"], ada.id, ada.at), (True, number, place))
        self.walk([ada], [(ada.x + 20, ada.z)])
        self.sees_at(bob, ada)

    def test_who_comes_in_again_takes_the_place_of_the_earlier_connection(self):
        ada = self.stranger("Ada")
        again = FluxClient(self.server.url, "plaza", "Ada")
        again.connect(ada.token)
        self.addCleanup(self.send_away, again)
        self.assertEqual((again.welcome["resumed"], again.id), (True, ada.id))
        self.eventually(lambda: ada.close_code == 4409, ada, "the old connection stays")

    def test_a_resync_gives_a_reset_and_the_same_picture(self):
        ada, bob = self.stranger("Ada", 1), self.stranger("Bob", 2)
        self.walk([bob], [(bob.x + 70, bob.z)])
        self.sees_at(ada, bob)
        before, resets, self_seen = self.shown(ada), ada.resets, ada.picture.people()[ada.id]
        ada.resync()
        self.eventually(lambda: ada.resets > resets, ada, "no frame with RESET")
        self.assertEqual(self.shown(ada), before)
        self.assertIs(ada.picture.people()[ada.id], self_seen)

    @staticmethod
    def shown(client):
        """The picture in plain values."""
        return {number: [getattr(entity, name) for name in STATE + ("kind", "look")]
                for number, entity in client.picture.people().items()}

    def test_unknown_events_get_an_error_and_the_connection_stays(self):
        ada = self.stranger("Ada")
        ada.send_event("sing", song="la")
        error = self.eventually(lambda: ada.heard("error"), ada, "no error")[0]
        self.assertEqual(error["code"], "INVALID")
        ada.ping(1)
        self.eventually(lambda: ada.heard("pong", n=1), ada, "the connection did not stay")

    def test_a_wrong_ticket_is_refused_before_the_upgrade(self):
        with self.assertRaises(Refused) as caught:
            FluxClient(self.server.url, "plaza", "Eve").connect("nonsense")
        self.assertEqual((caught.exception.status, json.loads(caught.exception.body)["code"]),
                         (401, "UNAUTHENTICATED"))

    def test_who_leaves_is_closed_with_1000_and_gone_at_once(self):
        ada, bob = self.stranger("Ada"), self.stranger("Bob")
        self.sees_at(bob, ada)
        ada.leave()
        self.assertEqual(ada.close_code, 1000)
        self.eventually(lambda: ada.id not in bob.picture.people(), bob, "still seen", seconds=2)


class Restart(WithServer):
    """Section 5.2: the server goes and comes back."""

    def test_a_token_outlives_the_server(self):
        ada = self.stranger("Ada", 12)
        self.walk([ada], [(ada.x, ada.z + 80)])
        place = ada.at
        ada.pump(0.3)
        self.server.process.terminate()
        self.eventually(lambda: not ada.connected, ada, "the server did not go")
        self.assertEqual(ada.close_code, 1012)
        self.assertTrue(ada.heard("drain"))
        self.server.stop()
        self.server.start()
        ada.url = self.server.url
        ada.resume()
        self.assertEqual((ada.welcome["resumed"], ada.at), (False, place))
        self.assertEqual(ada.picture.people()[ada.id].look, 12)


class Crowd(WithServer):
    """Many people on 60 metres."""

    COUNT, LEAVING = 40, 10

    def seen_rightly(self, watcher, others):
        """The watcher's picture holds these people and no others, each within the unit of its level."""
        people = watcher.picture.people()
        if set(people) != {other.id for other in others}:
            return False
        for other in others:
            seen = people[other.id]
            if max(abs(a - b) for a, b in zip(seen.at, other.at)) > middle(0, PLACE_BITS[seen.level]):
                return False
            turn = (seen.yaw - other.yaw + 128) % 256 - 128
            if abs(turn) > middle(0, YAW_BITS[seen.level]) or seen.pose != other.pose:
                return False
        return True

    def all_see(self, people, seconds=8):
        """Everybody sees everybody, oneself included."""
        end = time.monotonic() + seconds
        late = people
        while late and time.monotonic() < end:
            for client in people:
                client.pump()
            late = [client for client in people if not self.seen_rightly(client, people)]
            time.sleep(TICK)
        self.assertEqual([client.name for client in late], [])

    def test_forty_see_all_and_when_ten_have_left_thirty_see_thirty(self):
        crowd = [self.stranger("P%d" % index, index) for index in range(self.COUNT)]
        crowd.sort(key=lambda client: client.x)
        width = 6000 / (self.COUNT - 1)
        goals = [(round(index * width) - 2600, (index % 5 - 2) * 500) for index in range(self.COUNT)]
        self.walk(crowd, goals)
        self.all_see(crowd)
        leaving, staying = crowd[::4][:self.LEAVING], [c for i, c in enumerate(crowd) if i % 4]
        for client in leaving:
            client.leave()
        self.assertEqual(len(staying), self.COUNT - self.LEAVING)
        self.all_see(staying)
        for client in staying:
            self.assertEqual((client.refused, client.gaps), (0, 0))
            self.eventually(lambda: client.heard("presence")[-1]["people"] == len(staying), client, "presence")


if __name__ == "__main__":
    unittest.main()
