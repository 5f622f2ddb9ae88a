"""A page in headless Chromium, driven over a pipe by its DevTools protocol."""
import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path


def chromium():
    """Path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


class Browser:
    """One page. `messages` are errors and warnings of the console, `requests`
    the addresses that the page asked for."""

    def __init__(self, width=1200, height=900):
        self._profile = tempfile.TemporaryDirectory(prefix="hepta browser ")
        commands_in, self._out = os.pipe()
        self._in, replies_out = os.pipe()

        def set_pipes():  # Chromium wants them as 3 and 4
            kept = os.dup(commands_in), os.dup(replies_out)
            os.dup2(kept[0], 3)
            os.dup2(kept[1], 4)

        self._process = subprocess.Popen(
            [chromium(), "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-dev-shm-usage", "--no-first-run",
             "--remote-debugging-pipe", f"--user-data-dir={self._profile.name}",
             "about:blank"],
            preexec_fn=set_pipes, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(commands_in)
        os.close(replies_out)
        self._buffer = b""
        self._number = 0
        self._session = None
        self.messages, self.requests, self._events = [], [], []
        target = self._call("Target.createTarget", url="about:blank")
        self._session = self._call("Target.attachToTarget", flatten=True,
                                   targetId=target["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")
        self._call("Performance.enable", timeDomain="threadTicks")
        self.resize(width, height)

    def close(self):
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._profile.cleanup()

    def open(self, path):
        """Load a file; seconds until its load event."""
        self._events.clear()
        start = time.monotonic()
        self._call("Page.navigate", url=Path(path).resolve().as_uri())
        while "Page.loadEventFired" not in self._events:
            self._read()
        return time.monotonic() - start

    def busy_seconds(self):
        """Processor time of the page's own thread so far, whatever else the
        machine does."""
        metrics = self._call("Performance.getMetrics")["metrics"]
        return next(m["value"] for m in metrics if m["name"] == "TaskDuration")

    def resize(self, width, height):
        self._call("Emulation.setDeviceMetricsOverride", width=width,
                   height=height, deviceScaleFactor=1, mobile=width < 500)

    def media(self, scheme="light", kind="screen"):
        self._call("Emulation.setEmulatedMedia", media=kind, features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def value(self, script):
        """What a JavaScript expression is, promises awaited."""
        reply = self._call("Runtime.evaluate", expression=script,
                           returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in reply:
            raise AssertionError(reply["exceptionDetails"])
        return reply["result"].get("value")

    def choose(self, select, label):
        """Pick an option of a <select> as a user does."""
        self.value(f"""(() => {{
            const select = document.getElementById({json.dumps(select)});
            select.value = {json.dumps(label)};
            select.dispatchEvent(new Event("change"));
        }})()""")
        self.settle()

    def settle(self):
        """Wait for what is drawn in the next frames."""
        self.value("new Promise((done) => setTimeout(done, 60))")

    def hover(self, x, y):
        self._call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        self.settle()

    def press(self, key):
        for kind in ("keyDown", "keyUp"):
            self._call("Input.dispatchKeyEvent", type=kind, key=key, code=key)
        self.settle()

    def screenshot(self, path, whole=False):
        shot = self._call("Page.captureScreenshot", captureBeyondViewport=whole)
        Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self, path):
        printed = self._call("Page.printToPDF", printBackground=True)
        Path(path).write_bytes(base64.b64decode(printed["data"]))

    def _call(self, method, **parameters):
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._read()
            if reply.get("id") == self._number:
                if "error" in reply:
                    raise AssertionError(f"{method}: {reply['error']}")
                return reply["result"]

    def _read(self):
        while b"\0" not in self._buffer:
            part = os.read(self._in, 1 << 20)
            if not part:
                raise AssertionError("Chromium has ended")
            self._buffer += part
        text, self._buffer = self._buffer.split(b"\0", 1)
        message = json.loads(text)
        self._note(message.get("method"), message.get("params", {}))
        return message

    def _note(self, method, about):
        self._events.append(method)
        if method == "Runtime.exceptionThrown":
            self.messages.append(about["exceptionDetails"]["text"])
        elif method == "Log.entryAdded":
            self.messages.append(about["entry"]["text"])
        elif (method == "Runtime.consoleAPICalled"
              and about["type"] in ("error", "warning", "assert")):
            self.messages.append(str(about["args"]))
        elif method == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])
