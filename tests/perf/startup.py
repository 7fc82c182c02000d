#!/usr/bin/env python3
"""Measures the console's cold start and idle memory on a virtual display, beside Chromium with an empty page.

Each start gets an own home. "Visible" is when the program's window is mapped, "painted" when its pixels show more than
a background. "Cold" starts come after the page cache was dropped, which only root may do. Memory is the sum of the
proportional set sizes (PSS) of all processes of the program, so that shared pages are counted once.
"""
import argparse
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
                  "--disable-background-networking", "--disable-component-update", "--disable-sync"]
MOST_SECONDS = 60


def descendants(root):
    """The process ids of a program and all it has started."""
    children = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, open_ids = [], [root]
    while open_ids:
        process = open_ids.pop()
        found.append(process)
        open_ids += children.get(process, [])
    return found


def memory_of(root):
    """Proportional and private megabytes of a program with its children."""
    pss = private = 0
    for process in descendants(root):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            name, _, rest = line.partition(":")
            if name == "Pss":
                pss += int(rest.split()[0])
            elif name.startswith("Private_"):
                private += int(rest.split()[0])
    return pss / 1024, private / 1024


def cpu_of(root):
    ticks = 0
    for process in descendants(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def visible_windows():
    found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "."], capture_output=True, text=True,
                           check=False).stdout.split()
    wide = []
    for window in found:
        geometry = subprocess.run(["xdotool", "getwindowgeometry", "--shell", window], capture_output=True, text=True,
                                  check=False).stdout
        size = dict(line.split("=") for line in geometry.split() if "=" in line)
        if int(size.get("WIDTH", 0)) > 400 and int(size.get("HEIGHT", 0)) > 300:
            wide.append(window)
    return wide


def is_painted(window):
    """Whether a window shows at least a dozen colours in a sample of its pixels."""
    picture = subprocess.run(["xwd", "-silent", "-id", window], capture_output=True, check=False).stdout
    header = int.from_bytes(picture[:4], "big")
    if len(picture) < header + 4096:
        return False
    pixels = picture[header:]
    return len({pixels[at:at + 4] for at in range(0, len(pixels) - 4, 4 * 97)}) >= 12


def drop_caches():
    try:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return True
    except OSError:
        return False


def start(command, home):
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "xcb"}
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        environment[f"XDG_{name}_HOME"] = f"{home}/{name.lower()}"
    runtime = Path(home, "runtime")
    runtime.mkdir(mode=0o700, exist_ok=True)
    environment["XDG_RUNTIME_DIR"] = str(runtime)
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            start_new_session=True)


def wait_for(condition, until):
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
    sys.exit("startup: the window did not come")


def measure(command, home, idle):
    """One start: seconds to visible and to painted, CPU seconds until then, and memory after `idle` seconds."""
    began = time.monotonic()
    process = start(command, home)
    try:
        window = wait_for(visible_windows, began + MOST_SECONDS)[0]
        visible = time.monotonic() - began
        wait_for(lambda: is_painted(window), began + MOST_SECONDS)
        painted = time.monotonic() - began
        cpu = cpu_of(process.pid)
        if idle:
            time.sleep(idle)
        pss, private = memory_of(process.pid)
        return {"visible": visible, "painted": painted, "cpu": cpu, "pss": pss, "private": private}
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def series(name, command, rounds, idle):
    results = []
    for kind in ("first", "cold", "warm"):
        for round_number in range(1 if kind == "first" else rounds):
            if kind == "first":
                home = tempfile.mkdtemp(prefix="signalbox-startup-")
            if kind == "cold" and not drop_caches():
                break
            last = kind == "warm" and round_number == rounds - 1
            results.append((kind, measure([part.replace("HOME", home) for part in command], home, idle if last else 0)))
    shutil.rmtree(home, ignore_errors=True)
    for kind in ("first", "cold", "warm"):
        of_kind = [result for this, result in results if this == kind]
        if not of_kind:
            print(f"{name:10} {kind:6} left out: the page cache may not be dropped here")
            continue
        medians = {key: statistics.median(result[key] for result in of_kind) for key in ("visible", "painted", "cpu")}
        print(f"{name:10} {kind:6} visible {medians['visible']:6.3f} s   painted {medians['painted']:6.3f} s   "
              f"CPU {medians['cpu']:5.2f} s   ({len(of_kind)} starts)")
    memory = results[-1][1]
    print(f"{name:10} idle   PSS {memory['pss']:6.1f} MB   private {memory['private']:6.1f} MB")
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("console", help="the signalbox program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=float, default=10, help="seconds before memory is read")
    options = parser.parse_args()
    missing = [tool for tool in ("Xvfb", "xdotool", "xwd") if not shutil.which(tool)]
    if missing:
        sys.exit(f"startup: {', '.join(missing)} not found (packages xvfb, xdotool, x11-apps)")
    display = f":{90 + os.getpid() % 400}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", "1600x1000x24"], stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = display
    try:
        socket = Path(f"/tmp/.X11-unix/X{display[1:]}")
        wait_for(socket.exists, time.monotonic() + 10)
        series("signalbox", [options.console, "--demo", "--new-instance"], options.rounds, options.idle)
        browser = shutil.which("chromium")
        if browser is None:
            print("chromium   is not installed and is left out")
            return
        series("chromium", [browser, *CHROMIUM_FLAGS, "--user-data-dir=HOME/profile", "about:blank"], options.rounds,
               options.idle)
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
