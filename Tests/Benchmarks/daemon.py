"""A `primary-conect` of one's own, in a folder of its own: started, asked, measured and ended. For the scripts beside this
file and for Tests/Crawl."""

import json, os, pathlib, re, signal, socket, subprocess, sys, threading, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = ROOT / ".build/release/primary-conect"


def fail(text):
    print(f"FAIL  {text}", file=sys.stderr)
    sys.exit(1)


def run(*command, **options):
    """What a command says; one that fails ends the script, with the first line of its complaint."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode:
        fail(f"{command[0]} ended with {done.returncode}: {(done.stderr.strip() or done.stdout.strip()).splitlines()[:1]}")
    return done.stdout


class Daemon:
    """A running `serve` or `demo` on a private PostgreSQL; standard error goes to `log`."""

    def __init__(self, binary, directory, arguments, settings=None, seconds=90):
        self.binary, self.directory, self.log = str(binary), str(directory), f"{directory}.log"
        self.environment = {**os.environ, **{f"PRIMARY_CONECT_{name}": value for name, value in (settings or {}).items()}}
        # The schema of this checkout is the one that the program finds from here.
        self.process = subprocess.Popen(
            [self.binary, *arguments, "--directory", self.directory], cwd=ROOT, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=open(self.log, "w"), env=self.environment)
        self.said, ready = [], threading.Event()
        threading.Thread(target=self._listen, args=[ready], daemon=True).start()
        deadline = time.monotonic() + seconds
        while not ready.wait(0.1):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                fail(f"{arguments[0]} did not start, see {self.log}")
        ports = json.loads(next(line for line in self.said if '"schema":"ready/1"' in line))
        self.mllp, self.http = ports.get("mllp"), ports.get("http")
        self.connection = self.command("connection").strip()

    def _listen(self, ready):
        for line in self.process.stdout:
            self.said.append(line)
            if '"schema":"ready/1"' in line:
                ready.set()

    def command(self, *words, **options):
        """What a command of the program says of this installation."""
        return run(self.binary, *words, "--directory", self.directory, cwd=ROOT, env=self.environment, **options)

    def token(self, role, *practices, minutes=720):
        named = [word for practice in practices for word in ("--practice", practice)]
        return self.command("token", "--role", role, "--minutes", str(minutes), *named).strip()

    def psql(self, sql, *options):
        """Rows as lines, columns between bars, as PostgreSQL's superuser."""
        return run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *options, self.connection, input=sql).strip()

    def rows(self, sql):
        """Rows of texts; what is NULL is None."""
        out = run("psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-R", "\x1e", "-P", "null=\x1d", "-v", "ON_ERROR_STOP=1",
                  self.connection, input=sql).rstrip("\n")
        return [[None if cell == "\x1d" else cell for cell in row.split("\x1f")] for row in out.split("\x1e")] if out else []

    def settle(self, seconds=300):
        """Waits until the views have what the log has now."""
        heads = dict(self.rows("select log, position from event_log.head"))
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            reached = dict(self.rows("select hospital, position from practice.checkpoint where projection = 'practice'"))
            if all(int(reached.get(log, 0)) >= int(position) for log, position in heads.items()):
                return
            time.sleep(0.2)
        fail("the views did not catch up")

    def resident_kib(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def stop(self):
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(90)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Sender:
    """One MLLP connection: sends a message and waits for its acknowledgement."""

    def __init__(self, port):
        self.link = socket.create_connection(("127.0.0.1", port))

    def send(self, *segments):
        self.link.sendall(b"\x0b" + "\r".join([*segments, ""]).encode() + b"\x1c\r")
        answer = b""
        while not answer.endswith(b"\x1c\r"):
            part = self.link.recv(65536)
            if not part:
                fail("the line was closed instead of an acknowledgement")
            answer += part
        if b"|AA|" not in answer:
            fail("a message was not accepted")

    def close(self):
        self.link.close()
