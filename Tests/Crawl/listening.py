"""Hears what the service says of itself: streams and webhooks."""

import http.server, re, socket, threading
from leaks import Capture


class Receiver:
    """Takes what webhooks send."""

    def __init__(self, captures):
        receiver = self
        self.count = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode("utf-8", "replace")
                receiver.count += 1
                for name, word in [("address", self.path), *self.headers.items()]:
                    captures.append(Capture("webhook", "head", "receiver", (), 0, False, f"{name}: {word}"))
                captures.append(Capture("webhook", "content", "receiver", (), 0, False, text))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Stream:
    """One server-sent event stream, read until it is told to end."""

    def __init__(self, port, caller, practice, after=None):
        self.text, self.caller = "", caller
        self.link = socket.create_connection(("127.0.0.1", port))
        more = f"Last-Event-ID: {after}\r\n" if after else ""
        self.link.sendall(
            f"GET /api/v1/practices/{practice}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {caller.token}\r\n{more}\r\n".encode())
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while part := self.link.recv(65536):
                self.text += part.decode("utf-8", "replace")
        except OSError:
            pass

    def end(self, captures):
        self.link.close()
        text = re.sub(r"\r\n[0-9a-f]+\r\n", "\r\n", self.text)
        for frame in re.split(r"\n\n|\r\n\r\n", text):
            for line in filter(None, frame.splitlines()):
                data = line.removeprefix("data: ")
                captures.append(Capture("sse", "/api/v1/practices/{ods}/stream", self.caller.role, (), 200, False, data))
        return text.count("event: ")
