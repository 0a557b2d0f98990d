"""A small WebSocket client (RFC 6455), as far as the Flux protocol needs it (sections 1.2 and 5.4)."""

import base64
import hashlib
import os
import socket
import ssl
import struct

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
RESERVED_LENGTHS = {126: ">H", 127: ">Q"}
MAX_HEAD = 65536


class Refused(Exception):
    """The server answered a request with something else than was hoped for."""

    def __init__(self, status, body=b""):
        super().__init__("HTTP %d %s" % (status, body.decode("utf-8", "replace")[:200]))
        self.status = status
        self.body = body


class Broken(Exception):
    """The other side broke the rules of RFC 6455."""


def open_socket(host, port, tls=False, timeout=10.0):
    """A connected TCP socket, with TLS around it if asked for."""
    plain = socket.create_connection((host, port), timeout)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if not tls:
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def read_head(sock):
    """Read the head of an HTTP answer: status, headers (lower case names), bytes that came after it."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = sock.recv(4096)
        if not more or len(data) > MAX_HEAD:
            raise Broken("no HTTP answer")
        data += more
    head, rest = data.split(b"\r\n\r\n", 1)
    lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return int(lines[0].split(" ")[1]), headers, rest


def read_body(sock, headers, rest):
    """Read the body of an HTTP answer to a request that said `Connection: close`."""
    length = headers.get("content-length")
    while length is None or len(rest) < int(length):
        more = sock.recv(65536)
        if not more:
            break
        rest += more
    return rest if length is None else rest[:int(length)]


class WebSocket:
    """One connection. `poll` never waits; `send_text` and `send_binary` wait until the system took the bytes."""

    def __init__(self, host, port, path, protocol, tls=False, timeout=10.0):
        self.timeout = timeout
        self.close_code = None          # set as soon as the connection is over; 1006: without a close
        self.close_reason = ""
        self._parts = []                # (opcode of the first, payloads) of a fragmented message
        self._opcode = None
        self._sock = open_socket(host, port, tls, timeout)
        try:
            self._buffer = bytearray(self._upgrade(host, port, path, protocol))
        except BaseException:
            self._sock.close()
            raise
        self._sock.setblocking(False)

    def _upgrade(self, host, port, path, protocol):
        """The opening handshake; returns the bytes that came after the server's answer."""
        key = base64.b64encode(os.urandom(16)).decode("ascii")
        lines = ["GET %s HTTP/1.1" % path, "Host: %s:%d" % (host, port), "Connection: Upgrade",
                 "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + key,
                 "Sec-WebSocket-Protocol: " + protocol, "", ""]
        self._sock.sendall("\r\n".join(lines).encode("ascii"))
        status, headers, rest = read_head(self._sock)
        if status != 101:
            raise Refused(status, read_body(self._sock, headers, rest))
        expected = base64.b64encode(hashlib.sha1((key + GUID).encode("ascii")).digest()).decode("ascii")
        if headers.get("sec-websocket-accept") != expected:
            raise Broken("wrong Sec-WebSocket-Accept")
        if headers.get("sec-websocket-protocol") != protocol:
            raise Broken("the subprotocol was not echoed")
        return rest

    @property
    def open(self):
        """Whether messages can still come and go."""
        return self.close_code is None

    def send_text(self, text):
        """Send one text message."""
        self._send(TEXT, text.encode("utf-8"))

    def send_binary(self, data):
        """Send one binary message."""
        self._send(BINARY, data)

    def _send(self, opcode, payload):
        """Send one whole frame, masked as a client must."""
        if not self.open:
            raise Broken("the connection is closed")
        mask = os.urandom(4)
        if len(payload) < 126:
            head = struct.pack(">BB", 0x80 | opcode, 0x80 | len(payload))
        elif len(payload) < 65536:
            head = struct.pack(">BBH", 0x80 | opcode, 0x80 | 126, len(payload))
        else:
            head = struct.pack(">BBQ", 0x80 | opcode, 0x80 | 127, len(payload))
        masked = bytes(byte ^ mask[i & 3] for i, byte in enumerate(payload))
        try:
            self._sock.settimeout(self.timeout)
            self._sock.sendall(head + mask + masked)
            self._sock.setblocking(False)
        except OSError:
            self._over(1006, "lost")

    def poll(self):
        """All messages that have come whole: str for text, bytes for binary."""
        self._read()
        messages = []
        while True:
            frame = self._next_frame()
            if frame is None:
                return messages
            message = self._take(*frame)
            if message is not None:
                messages.append(message)

    def _read(self):
        """Move what the system has received into the buffer."""
        while self.open:
            try:
                data = self._sock.recv(65536)
            except (BlockingIOError, ssl.SSLWantReadError):
                return
            except OSError:
                data = b""
            if not data:
                self._over(1006, "lost")
                return
            self._buffer += data

    def _next_frame(self):
        """Cut one frame off the buffer: final, opcode, payload; None if it is not there yet."""
        if len(self._buffer) < 2:
            return None
        first, second = self._buffer[0], self._buffer[1]
        if first & 0x70 or second & 0x80:
            raise Broken("reserved bits or a masked frame")
        length, offset = second, 2
        if second in RESERVED_LENGTHS:
            form = RESERVED_LENGTHS[second]
            offset += struct.calcsize(form)
            if len(self._buffer) < offset:
                return None
            length = struct.unpack_from(form, self._buffer, 2)[0]
        if len(self._buffer) < offset + length:
            return None
        payload = bytes(self._buffer[offset:offset + length])
        del self._buffer[:offset + length]
        return bool(first & 0x80), first & 0x0F, payload

    def _take(self, final, opcode, payload):
        """Act on one frame; returns the message that it completes, if any."""
        if opcode == PING:
            if self.open:
                self._send(PONG, payload)
        elif opcode == CLOSE:
            self._closed(payload)
        elif opcode in (TEXT, BINARY, CONTINUATION):
            if (opcode == CONTINUATION) != (self._opcode is not None):
                raise Broken("a fragment out of place")
            self._opcode = opcode or self._opcode
            self._parts.append(payload)
            if final:
                whole, kind = b"".join(self._parts), self._opcode
                self._parts, self._opcode = [], None
                return whole.decode("utf-8") if kind == TEXT else whole
        elif opcode != PONG:
            raise Broken("unknown opcode %d" % opcode)
        return None

    def _closed(self, payload):
        """The server's close: answer it, remember code and reason."""
        code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
        if self.open:
            self._send(CLOSE, payload[:2])
        self.close_code = None
        self._over(code, payload[2:].decode("utf-8", "replace"))

    def _over(self, code, reason):
        if self.close_code is None:
            self.close_code, self.close_reason = code, reason
        self._sock.close()

    def close(self, code=1000):
        """Say goodbye in the way of RFC 6455 and go."""
        if self.open:
            self._send(CLOSE, struct.pack(">H", code))
            self._over(code, "closed here")

    def abort(self):
        """Drop the connection without a word, as a failing network would."""
        self._over(1006, "dropped here")
