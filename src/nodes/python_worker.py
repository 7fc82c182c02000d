# The program of a Python worker: waits on descriptor 3 for jobs and runs each in a child of its own, so that nothing a
# job does (imports, patched modules, threads, crashes) reaches the next one.
#
# A job is one packet of JSON, {"cpu": s, "memory": bytes, "output": bytes}, with four descriptors: a file with the job
# {"code", "inputs", "params", "iteration"}, a file for the outcome, and pipes for standard output and error. When the
# child has ended the worker answers {"status": wait status, "cpu": s, "peak": kibibytes}.
# The outcome is {"result": ...} or {"code", "message", "line", "trace"}.
import base64
import builtins
import collections
import datetime
import functools
import itertools
import json
import linecache
import math
import os
import random
import re
import resource
import shutil
import signal
import socket
import statistics
import stat
import sys
import time
import traceback

CHANNEL = 3
CODE_NAME = "<code>"
JOB_FOLDER = os.path.join(os.getcwd(), "job")


def decode_object(members):
    if len(members) == 1 and isinstance(members.get("$bytes"), str):
        return base64.b64decode(members["$bytes"])
    return members


def encode_other(value):
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"$bytes": base64.b64encode(bytes(value)).decode("ascii")}
    raise TypeError(f"a value of type {type(value).__name__} is not JSON")


def failure(code, message, line=None, trace=""):
    return {"code": code, "message": message, "line": line, "trace": trace[-16384:]}


def describe(error, code="python.exception"):
    """An exception with the line in the user's code where it passed last, and the traceback of that code alone."""
    try:
        told = traceback.TracebackException.from_exception(error, compact=True)
        frames = [frame for frame in told.stack if frame.filename == CODE_NAME]
        line = frames[-1].lineno if frames else None
        first = next((i for i, frame in enumerate(told.stack) if frame.filename == CODE_NAME), 0)
        told.stack = traceback.StackSummary.from_list(list(told.stack)[first:])
        message = "".join(told.format_exception_only()).strip()
        return failure(code, message[-2000:], line, "".join(told.format()))
    except BaseException:
        return failure(code, type(error).__name__)


def execute(job):
    code = job["code"]
    linecache.cache[CODE_NAME] = (len(code), None, code.splitlines(True), CODE_NAME)
    try:
        program = compile(code, CODE_NAME, "exec")
    except SyntaxError as error:
        return failure("python.syntax", f"{error.msg} (line {error.lineno})", error.lineno)
    except ValueError as error:
        return failure("python.syntax", str(error))
    space = {"__name__": "__main__", "__builtins__": builtins, "inputs": job["inputs"], "params": job["params"],
             "iteration": job["iteration"]}
    try:
        exec(program, space)
    except MemoryError as error:
        space.clear()
        return describe(error, "python.memory")
    except BaseException as error:
        return describe(error)
    if "result" not in space:
        return failure("python.result", "The code did not assign 'result'")
    return {"result": space["result"]}


def encode(outcome, limit):
    try:
        text = json.dumps(outcome, allow_nan=False, default=encode_other, separators=(",", ":"))
    except MemoryError:
        return json.dumps(failure("python.memory", "There was not enough memory to write the result"))
    except (TypeError, ValueError, RecursionError) as error:
        return json.dumps(failure("python.result", f"The result cannot be written as JSON: {error}"))
    if len(text) > limit:
        return json.dumps(failure("python.result-too-large", f"The result is {len(text)} bytes, more than {limit}"))
    return text


def run_job(limits, descriptors):
    source, target, out, err = descriptors
    os.close(CHANNEL)
    os.dup2(out, 1)
    os.dup2(err, 2)
    os.close(out)
    os.close(err)
    text_out = {"mode": "w", "buffering": 1, "encoding": "utf-8", "errors": "backslashreplace", "closefd": False}
    sys.stdout = sys.__stdout__ = open(1, **text_out)
    sys.stderr = sys.__stderr__ = open(2, **text_out)
    os.mkdir(JOB_FOLDER, 0o700)
    os.chdir(JOB_FOLDER)
    os.environ["TMPDIR"] = os.environ["HOME"] = JOB_FOLDER
    with open(source, "rb") as file:
        job = json.loads(file.read(), object_hook=decode_object)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    text = encode(execute(job), limits["output"]).encode("ascii")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    while text:
        text = text[os.write(target, text):]


def clear_folder():
    def allow_and_retry(function, path, _):
        os.chmod(os.path.dirname(path), stat.S_IRWXU)
        os.chmod(path, stat.S_IRWXU)
        function(path)

    if os.path.lexists(JOB_FOLDER):
        shutil.rmtree(JOB_FOLDER, onerror=allow_and_retry)


def end_leftovers():
    """As the first process of its process space the worker can end whatever a job has left running."""
    if os.getpid() != 1:
        return
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        return
    while True:
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            return


def main():
    channel = socket.socket(fileno=CHANNEL)
    channel.send(b"{}")
    while True:
        packet, descriptors, _, _ = socket.recv_fds(channel, 65536, 4)
        if not packet:
            return
        child = os.fork()
        if child == 0:
            try:
                run_job(json.loads(packet), descriptors)
            except BaseException:
                traceback.print_exc()
                os._exit(120)
            os._exit(0)
        for descriptor in descriptors:
            os.close(descriptor)
        _, status, usage = os.wait4(child, 0)
        end_leftovers()
        clear_folder()
        answer = {"status": status, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss}
        channel.send(json.dumps(answer).encode("ascii"))


main()
