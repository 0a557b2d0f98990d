"""A client of the Flux realtime protocol, version 1.

    ada = FluxClient("http://127.0.0.1:8080", "plaza", "Ada")
    ada.join()
    ada.move(ada.x + 10, ada.y, ada.z)
    ada.pump(1.0)
    print(ada.picture.people())

There are no threads: what the server sent is taken in by `pump` and `wait_for`.
"""

import json
import time

from frames import Malformed, decode_frame, encode_move
from picture import Picture
from websocket import Refused, WebSocket, open_socket, read_body, read_head

PROTOCOL = "flux.v1"
RESYNC_SECONDS = 2.0                    # section 4.5
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def parse_url(url):
    """http://host:port or https://host:port as (host, port, tls)."""
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rstrip("/").partition(":")
    tls = scheme == "https"
    return host, int(port or (443 if tls else 80)), tls


def escape(text):
    """Percent-encode a value for a query."""
    return "".join(chr(byte) if byte in UNRESERVED else "%%%02X" % byte for byte in text.encode("utf-8"))


def request(url, method, path, document=None):
    """One HTTP request; the JSON of a 2xx answer, or Refused."""
    host, port, tls = parse_url(url)
    body = b"" if document is None else json.dumps(document).encode("utf-8")
    head = ["%s %s HTTP/1.1" % (method, path), "Host: %s:%d" % (host, port), "Connection: close",
            "Content-Type: application/json", "Content-Length: %d" % len(body), "", ""]
    sock = open_socket(host, port, tls)
    try:
        sock.sendall("\r\n".join(head).encode("ascii") + body)
        status, headers, rest = read_head(sock)
        answer = read_body(sock, headers, rest)
    finally:
        sock.close()
    if not 200 <= status < 300:
        raise Refused(status, answer)
    return json.loads(answer)


class FluxClient:
    """One person in one world."""

    def __init__(self, url, world, name, look=0):
        self.url, self.world, self.name, self.look = url, world, name, look
        self.picture = Picture()
        self.welcome = None             # the last welcome, section 5.1
        self.token = None               # the newest place token, section 5.2
        self.events = []                # all events but welcome, in order
        self.resets = 0                 # frames with RESET taken in
        self.refused = 0                # messages that broke a rule of section 4
        self.gaps = 0                   # frames in which a delta was missing
        self.x = self.y = self.z = self.yaw = self.pose = self.flags = 0
        self._sequence = 0
        self._resync_sent = None
        self._socket = None

    # Coming and going (sections 1 and 5.2)

    def guest_ticket(self, instance=None):
        """Section 1.1: ask for a ticket; returns the server's answer."""
        document = {"world": self.world, "name": self.name, "look": self.look}
        if instance is not None:
            document["instance"] = instance
        return request(self.url, "POST", "/v1/guest", document)

    def join(self, instance=None):
        """Get a ticket, connect, and wait for welcome and the first frame."""
        answer = self.guest_ticket(instance)
        self.connect(answer["ticket"], answer["realtime"])

    def connect(self, ticket, path="/v1/realtime"):
        """Section 1.2: connect with a ticket or a place token."""
        host, port, tls = parse_url(self.url)
        self.welcome, resets = None, self.resets
        self._resync_sent = None
        self._socket = WebSocket(host, port, "%s?ticket=%s" % (path, escape(ticket)), PROTOCOL, tls)
        if not self.wait_for(lambda: self.welcome and self.resets > resets, 10.0):
            raise ConnectionError("no welcome: closed with %s" % self.close_code)

    def resume(self):
        """Section 5.2: come back with the newest place token."""
        self.connect(self.token)

    def leave(self):
        """Section 5.2: go at once; waits for the server's close."""
        self.send_event("leave")
        return self.wait_for(lambda: not self.connected, 5.0)

    def drop(self):
        """Lose the connection, as a failing network would."""
        self._socket.abort()

    @property
    def connected(self):
        """Whether there is a connection."""
        return self._socket is not None and self._socket.open

    @property
    def close_code(self):
        """Section 5.4: the code that the connection was closed with, if it was."""
        return None if self._socket is None else self._socket.close_code

    @property
    def id(self):
        """This person's entity id."""
        return self.welcome["you"]

    @property
    def at(self):
        """Where this person stands, in centimetres."""
        return self.x, self.y, self.z

    # Taking in what the server says

    def pump(self, seconds=0.0):
        """Take in everything that comes within this time."""
        end = time.monotonic() + seconds
        while True:
            for message in self._socket.poll():
                if isinstance(message, bytes):
                    self._take_frame(message)
                else:
                    self._take_event(json.loads(message))
            if time.monotonic() >= end or not self.connected:
                return
            time.sleep(0.005)

    def wait_for(self, fact, seconds=5.0):
        """Take in messages until the fact is true (then it is returned) or the time is over."""
        end = time.monotonic() + seconds
        while True:
            self.pump()
            result = fact()
            if result or time.monotonic() >= end:
                return result
            time.sleep(0.005)

    def heard(self, kind, **members):
        """The events of this kind that have these members."""
        return [event for event in self.events if event["t"] == kind
                and all(event.get(name) == value for name, value in members.items())]

    def _take_frame(self, message):
        """Section 4: a frame goes into the picture whole or not at all."""
        try:
            frame = decode_frame(message)
        except Malformed:
            self.refused += 1
            self._want_resync()
            return
        if frame["reset"]:
            self.resets += 1
            self._resync_sent = None
        if self.picture.apply(frame):
            self.gaps += 1
            self._want_resync()

    def _take_event(self, event):
        """Section 5.1: what concerns oneself is remembered; all is kept for `heard`."""
        kind = event.get("t")
        if kind == "welcome":
            self.welcome = event
        else:
            self.events.append(event)
        if kind in ("welcome", "token"):
            self.token = event["token"]
        if kind in ("welcome", "correct"):
            self.x, self.y, self.z = event["at"]
            self.yaw = event["yaw"]

    def _want_resync(self):
        """Section 4.5: ask for everything, but not again before the answer or two seconds."""
        now = time.monotonic()
        if self.connected and (self._resync_sent is None or now - self._resync_sent >= RESYNC_SECONDS):
            self._resync_sent = now
            self.send_event("resync")

    # Saying something

    def move(self, x, y, z, yaw=None, pose=0, flags=0):
        """Section 3: say where one is now. The caller keeps to 20 a second and to the greatest speed."""
        self.x, self.y, self.z, self.pose, self.flags = x, y, z, pose, flags
        self.yaw = self.yaw if yaw is None else yaw
        self._sequence = (self._sequence + 1) & 0xFFFF
        self._socket.send_binary(encode_move(self._sequence, x, y, z, self.yaw, pose, flags))

    def send_event(self, kind, **members):
        """Section 5: any event."""
        self._socket.send_text(json.dumps({"t": kind, **members}))

    def chat(self, text, scope="near"):
        """Say something, to those in earshot or to all."""
        self.send_event("chat", text=text, scope=scope)

    def emote(self, name):
        """Show a gesture; the pose (section 6) is sent with the next move."""
        self.send_event("emote", emote=name)

    def ask_profiles(self, ids):
        """Ask who these are; the answer is a `profiles` event."""
        self.send_event("profiles", ids=list(ids))

    def change_profile(self, **members):
        """Change one's own name or look."""
        self.send_event("profile", **members)

    def ping(self, number):
        """Ask for a `pong`."""
        self.send_event("ping", n=number)

    def resync(self):
        """Ask for a frame with RESET."""
        self.send_event("resync")
