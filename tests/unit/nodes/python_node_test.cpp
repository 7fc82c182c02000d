// PythonCodeNode with the real interpreter. Every test that could end the worker also shows that the next job is well.
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "nodes/sandbox_process.h"
#include "unit/nodes/loopback_server.h"
#include "unit/nodes/node_harness.h"

namespace signalbox::nodes {
namespace {

namespace fs = std::filesystem;

NodeEnvironment withPython(bool namespaces) {
    NodeEnvironment environment;
    environment.python.useNamespaces = namespaces;
    environment.python.maxWorkers = 2;
    return environment;
}

/// With user namespaces and without, as on machines that do not allow them.
class PythonNode : public testing::TestWithParam<bool> {
protected:
    NodeHarness harness{withPython(GetParam())};

    static Value code(const std::string& text, const char* more = "{}") { return json(more).with("code", text); }
    Value result(const std::string& text, const Value& inputs = Value::object(), const char* more = "{}") {
        return harness.output("PythonCodeNode", code(text, more), inputs);
    }
    Error failure(const std::string& text, const char* more = "{}") {
        const Error error = harness.error("PythonCodeNode", code(text, more));
        EXPECT_EQ(result("result = 'well'"), Value("well")) << "after: " << text;
        return error;
    }
};

TEST_P(PythonNode, ComputesFromInputsParamsAndIteration) {
    harness.iteration = 4;
    EXPECT_EQ(result("result = {'sum': sum(inputs['input']), 'k': params['k'], 'i': iteration}",
                     json(R"({"input": [1, 2, 3.5]})"), R"({"params": {"k": "v"}})"),
              json(R"({"sum": 6.5, "k": "v", "i": 4})"));
    EXPECT_EQ(result("result = inputs['input'] + b'!'", Value::object({{"input", Value::bytes("\xFFhi")}})),
              Value::bytes("\xFFhi!"));
    EXPECT_TRUE(result("result = None").isNull());
}

TEST_P(PythonNode, CapturesWhatIsPrinted) {
    static_cast<void>(
        result("import sys, os\nprint('one\\ntwo')\nprint('bad', file=sys.stderr)\nos.system('echo child')\n"
               "print('no end', end='')\nresult = 1"));
    std::vector<std::string> out;
    std::vector<std::string> err;
    for (const LoggedLine& line : harness.logged()) {
        (line.level == LogLevel::Info ? out : err).push_back(line.text);
    }
    EXPECT_EQ(out, (std::vector<std::string>{"one", "two", "child", "no end"}));
    EXPECT_EQ(err, (std::vector<std::string>{"bad"}));
}

TEST_P(PythonNode, NamesTheLineOfAnException) {
    const Error error = failure("def inner(x):\n    return 1 / x\n\nresult = inner(0)\n");
    EXPECT_EQ(error.code, "python.exception");
    EXPECT_EQ(error.message, "ZeroDivisionError: division by zero");
    EXPECT_EQ(error.where, "line 2");
    EXPECT_NE(error.hint.find("line 4"), std::string::npos) << error.hint;
    EXPECT_NE(error.hint.find("return 1 / x"), std::string::npos) << error.hint;
    EXPECT_EQ(error.hint.find("python_worker"), std::string::npos) << error.hint;
    EXPECT_EQ(failure("import sys\nsys.exit(3)").code, "python.exception");
}

TEST_P(PythonNode, RefusesBadCodeAndBadResults) {
    const Error syntax = failure("x = 1\nresult = = 2");
    EXPECT_EQ(syntax.code, "python.syntax");
    EXPECT_EQ(syntax.where, "line 2");
    EXPECT_EQ(failure("x = 1").code, "python.result");
    EXPECT_EQ(failure("result = {1, 2}").code, "python.result");
    EXPECT_EQ(failure("result = float('nan')").code, "python.result");
    EXPECT_EQ(failure("result = []\nresult.append(result)").code, "python.result");
    EXPECT_EQ(failure("result = 'x' * (2 << 20)", R"({"maxResultMiB": 1})").code, "python.result-too-large");
    EXPECT_EQ(harness.error("PythonCodeNode", code("result = 1", R"({"timeout": "soon"})")).where, "timeout");
}

TEST_P(PythonNode, AnEndlessLoopCostsOnlyItsAttempt) {
    EXPECT_EQ(failure("while True: pass", R"({"timeout": "300ms"})").code, "python.timeout");
    const Error cpu = failure("while True: pass", R"({"cpuSeconds": 1, "timeout": "20s"})");
    EXPECT_EQ(cpu.code, "python.timeout");
    EXPECT_NE(cpu.message.find("CPU"), std::string::npos);
    EXPECT_EQ(failure("import signal, time\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n"
                      "    except (OSError, ValueError): pass\ntime.sleep(60)",
                      R"({"timeout": "300ms"})")
                  .code,
              "python.timeout");
}

TEST_P(PythonNode, ACrashCostsOnlyItsAttempt) {
    const Error ended = failure("import os\nos._exit(3)");
    EXPECT_EQ(ended.code, "python.crashed");
    EXPECT_NE(ended.message.find("exit code 3"), std::string::npos) << ended.message;
    EXPECT_EQ(failure("import os\nos._exit(0)").code, "python.crashed");
    const Error fault = failure("import ctypes\nctypes.string_at(0)");
    EXPECT_EQ(fault.code, "python.crashed");
    EXPECT_NE(fault.message.find("signal 11"), std::string::npos) << fault.message;
    EXPECT_EQ(
        failure("import os\nos.kill(os.getppid(), 9)\nimport time; time.sleep(5)\nresult = 1", R"({"timeout": "1s"})")
            .code.substr(0, 7),
        "python.");
}

TEST_P(PythonNode, AMemoryHogCostsOnlyItsAttempt) {
    EXPECT_EQ(failure("x = bytearray(1 << 30)\nresult = len(x)", R"({"memoryMiB": 128})").code, "python.memory");
    EXPECT_EQ(failure("x = []\nwhile True: x.append(' ' * 1000000)", R"({"memoryMiB": 128})").code, "python.memory");
}

TEST_P(PythonNode, AFloodOfOutputIsCut) {
    EXPECT_EQ(result("for i in range(300000): print('0123456789')\nresult = 'done'"), Value("done"));
    const auto lines = harness.logged();
    EXPECT_LT(lines.size(), 40'000U);
    EXPECT_EQ(lines.back().level, LogLevel::Warning);
    EXPECT_EQ(failure("while True: print('x' * 1000)", R"({"timeout": "500ms"})").code, "python.timeout");
}

TEST_P(PythonNode, NothingIsCarriedOver) {
    EXPECT_EQ(result("import math, builtins, os\nmath.pi = 3\nbuiltins.leak = 1\nos.environ['LEAK'] = '1'\n"
                     "open('file', 'w').write('x')\nleft = 1\nresult = os.getcwd()")
                  .kind(),
              Value::Kind::String);
    EXPECT_EQ(result("import math, builtins, os\n"
                     "result = [math.pi > 3.1, hasattr(builtins, 'leak'), 'LEAK' in os.environ, os.listdir('.'),\n"
                     "          'left' in globals()]"),
              json("[true, false, false, [], false]"));
}

TEST_P(PythonNode, WhatAJobLeavesRunningIsEnded) {
    // The marker tells the process apart from any other on this machine.
    const std::string marker = "signalbox-leftover-" + std::to_string(::getpid()) + (GetParam() ? "n" : "f");
    EXPECT_EQ(result("import subprocess, sys\n"
                     "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', params['m']])\n"
                     "result = 'left'",
                     Value::object(), ("{\"params\": {\"m\": \"" + marker + "\"}}").c_str()),
              Value("left"));
    EXPECT_EQ(result("result = 1"), Value(1));
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "cmdline");
        // A process may end while it is read: getline then stops, where the iterator would throw.
        std::string text;
        std::getline(file, text, '\xff');
        EXPECT_EQ(text.find(marker), std::string::npos) << entry.path();
    }
}

const std::string kConnect =
    "import socket\n"
    "try:\n"
    "    s = socket.create_connection(('127.0.0.1', params['port']), 2)\n"
    "    s.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')\n"
    "    result = 'connected' if s.recv(1) else 'closed'\n"
    "except OSError as e:\n"
    "    result = 'refused'\n";

TEST_P(PythonNode, HasNoNetworkUnlessGranted) {
    LoopbackServer server([](const ReceivedRequest&) { return httpAnswer(200, "hello"); });
    const std::string params = "\"params\": {\"port\": " + std::to_string(server.port()) + "}";
    EXPECT_EQ(result(kConnect, Value::object(), ("{" + params + "}").c_str()), Value("refused"));
    EXPECT_EQ(server.requests().size(), 0U);
    EXPECT_EQ(result(kConnect, Value::object(), ("{\"network\": true, " + params + "}").c_str()), Value("connected"));
    EXPECT_EQ(result(kConnect, Value::object(), ("{" + params + "}").c_str()), Value("refused"));
}

TEST_P(PythonNode, HasNoOtherWayToTheNetworkEither) {
    // Other families, and the calls that could make a socket or leave the sandbox by another door.
    EXPECT_EQ(result("import socket, ctypes, errno\n"
                     "def tried(family, kind):\n"
                     "    try:\n"
                     "        socket.socket(family, kind)\n"
                     "        return 'made'\n"
                     "    except OSError as e: return errno.errorcode[e.errno]\n"
                     "libc = ctypes.CDLL(None, use_errno=True)\n"
                     "libc.unshare(0x10000000)\n"
                     "unshare = errno.errorcode[ctypes.get_errno()]\n"
                     "libc.syscall(425, 8, ctypes.create_string_buffer(256))\n"
                     "uring = errno.errorcode[ctypes.get_errno()]\n"
                     "pair = socket.socketpair()\n"
                     "result = [tried(socket.AF_INET, socket.SOCK_STREAM), tried(socket.AF_INET6, socket.SOCK_DGRAM),\n"
                     "          tried(socket.AF_UNIX, socket.SOCK_STREAM), tried(16, 3), unshare, uring]"),
              json(R"(["EACCES", "EACCES", "EACCES", "EACCES", "EPERM", "EPERM"])"));
}

TEST_P(PythonNode, ThePrivateFolderVanishes) {
    const Value where = result(
        "import os, tempfile\nopen('own', 'w').write('x')\nd = tempfile.mkdtemp()\n"
        "result = [os.getcwd(), d, tempfile.gettempdir(), os.environ['HOME']]");
    const std::string folder(where.at(0).asString());
    EXPECT_TRUE(where.at(1).asString().starts_with(folder));
    EXPECT_EQ(where.at(2), where.at(0));
    EXPECT_EQ(where.at(3), where.at(0));
    EXPECT_EQ(result("result = 1"), Value(1));
    harness.endServices();
    EXPECT_FALSE(fs::exists(folder));
    EXPECT_FALSE(fs::exists(fs::path(folder).parent_path()));
}

TEST_P(PythonNode, TheEnvironmentIsBareAndInputIsEmpty) {
    ::setenv("SIGNALBOX_SECRET_TEST", "do not tell", 1);
    EXPECT_EQ(
        result("import os, sys\nresult = ['SIGNALBOX_SECRET_TEST' in os.environ, sys.stdin.read(), os.isatty(1)]"),
        json(R"([false, "", false])"));
    ::unsetenv("SIGNALBOX_SECRET_TEST");
}

TEST_P(PythonNode, StoppingEndsTheCode) {
    std::jthread stopper([this] {
        while (harness.logged().empty()) std::this_thread::yield();
        harness.stop().request_stop();
    });
    const Error error = harness.error("PythonCodeNode", code("print('running')\nimport time\ntime.sleep(600)"));
    EXPECT_EQ(error.code, "node.stopped");
    stopper.join();
    harness.stop() = std::stop_source();
    EXPECT_EQ(result("result = 2"), Value(2));
}

TEST_P(PythonNode, RunsMoreJobsThanWorkers) {
    std::vector<std::jthread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 12; ++i) {
        threads.emplace_back([this, i, &right] {
            const auto ran =
                harness.run("PythonCodeNode", code("result = inputs['input'] * 2"), Value::object({{"input", i}}));
            if (ran && (*ran)["output"] == Value(i * 2)) ++right;
        });
    }
    threads.clear();
    EXPECT_EQ(right, 12);
}

INSTANTIATE_TEST_SUITE_P(Sandbox, PythonNode, testing::Values(true, false),
                         [](const auto& with) { return with.param ? "Namespaces" : "FilterOnly"; });

class PythonNamespaces : public testing::Test {
protected:
    void SetUp() override {
        TemporaryFolder folder;
        SandboxRequest request;
        request.command = {"/bin/true"};
        request.channel = 0;
        request.scratch = folder.path().string();
        request.scratchBytes = 1U << 20U;
        const auto started = startSandboxed(request);
        if (!started) GTEST_SKIP() << "no user namespaces here: " << started.error().message;
        killSandboxed(*started, true);
    }
    NodeHarness harness{withPython(true)};
};

TEST_F(PythonNamespaces, FilesAreReadOnlyButForThePrivateFolder) {
    const Value params = Value::object(
        {{"code",
          "import os\n"
          "def tried(path):\n"
          "    try:\n"
          "        open(path, 'w').write('x')\n"
          "        return 'written'\n"
          "    except OSError: return 'refused'\n"
          "result = [tried(p) for p in params['paths']]"},
         {"params", Value::object({{"paths", Value::array({"own", (harness.workspace().path() / "w").string(),
                                                           "/etc/signalbox-test"})}})}});
    EXPECT_EQ(harness.output("PythonCodeNode", params), json(R"(["written", "refused", "refused"])"));
    EXPECT_FALSE(fs::exists(harness.workspace().path() / "w"));
    EXPECT_EQ(harness.output("PythonCodeNode", params.with("writeWorkspace", true)),
              json(R"(["written", "written", "refused"])"));
    EXPECT_EQ(harness.workspace().read("w"), "x");
}

TEST_F(PythonNamespaces, TheFilesOfTheProgramItselfAreOutOfSight) {
    const TemporaryFolder elsewhere;
    NodeEnvironment environment = withPython(true);
    environment.python.hidden.always = {(elsewhere.path() / "link").string()};
    NodeHarness shut{environment};
    const TemporaryFolder& workspace = shut.workspace();
    workspace.write(".signalbox/identity.db", "users");
    fs::create_directory_symlink(workspace.path() / ".signalbox", elsewhere.path() / "link");
    const Value params =
        Value::object({{"code",
                        "import os\n"
                        "try:\n    open(params['folder'] + '/x', 'w')\n    writes = True\n"
                        "except OSError:\n    writes = False\n"
                        "result = [os.listdir(params['folder']), writes]"},
                       {"params", Value::object({{"folder", (workspace.path() / ".signalbox").string()}})}});
    EXPECT_EQ(shut.output("PythonCodeNode", params), json("[[], false]"));
    EXPECT_EQ(shut.output("PythonCodeNode", params.with("writeWorkspace", true)), json("[[], false]"));
    EXPECT_EQ(workspace.read(".signalbox/identity.db"), "users");
}

TEST_F(PythonNamespaces, OtherProcessesAreOutOfSightAndReach) {
    const Value params =
        Value::object({{"code",
                        "import os\n"
                        "pids = [int(p) for p in os.listdir('/proc') if p.isdigit()]\n"
                        "try:\n    os.kill(params['pid'], 0)\n    reach = True\nexcept OSError:\n    reach = False\n"
                        "result = [len(pids) <= 2, reach, os.getpid() < 1000]"},
                       {"params", Value::object({{"pid", static_cast<int>(::getpid())}})}});
    EXPECT_EQ(harness.output("PythonCodeNode", params), json("[true, false, true]"));
}

TEST_F(PythonNamespaces, DevicesAndSettingsOfTheMachineAreOutOfReach) {
    const Value params = Value::object(
        {{"code",
          "import os\n"
          "open('/dev/null', 'w').write('x')\n"
          "try:\n    open('/proc/sys/kernel/hostname', 'w')\n    settings = 'open'\n"
          "except OSError:\n    settings = 'closed'\n"
          "result = [sorted(os.listdir('/dev')), len(os.urandom(4)), settings, os.read(os.open('/dev/zero', 0), 1)]"}});
    EXPECT_EQ(harness.output("PythonCodeNode", params),
              Value::array({json(R"(["fd", "full", "null", "random", "urandom", "zero"])"), 4, "closed",
                            Value::bytes(std::string_view("\0", 1))}));
}

TEST_F(PythonNamespaces, TheRoomInThePrivateFolderIsLimited) {
    const Value params = json(
        R"({"code": "try:\n    for i in range(8):\n        with open(str(i), 'wb') as f: f.write(bytes(64 << 20))\n    result = 'all'\nexcept OSError as e:\n    result = 'full'"})");
    EXPECT_EQ(harness.output("PythonCodeNode", params), Value("full"));
}

TEST(PythonPool, GrantsCanBeForbidden) {
    NodeEnvironment environment;
    environment.python.allowNetwork = false;
    environment.python.allowWorkspaceWrites = false;
    NodeHarness harness(environment);
    EXPECT_EQ(harness.error("PythonCodeNode", json(R"({"code": "result = 1", "network": true})")).code,
              "python.not-granted");
    EXPECT_EQ(harness.error("PythonCodeNode", json(R"({"code": "result = 1", "writeWorkspace": true})")).code,
              "python.not-granted");
}

TEST(PythonPool, SaysWhenThereIsNoInterpreter) {
    NodeEnvironment environment;
    environment.python.interpreter = "/nowhere/python3";
    NodeHarness harness(environment);
    const Error error = harness.error("PythonCodeNode", json(R"({"code": "result = 1"})"));
    EXPECT_EQ(error.code, "python.start");
    EXPECT_NE(error.message.find("/nowhere/python3"), std::string::npos);
    environment.python.interpreter = "/bin/false";
    NodeHarness other(environment);
    EXPECT_EQ(other.error("PythonCodeNode", json(R"({"code": "result = 1"})")).code, "python.start");
}

TEST(PythonPool, ReplacesWorkersAfterTheirJobs) {
    NodeEnvironment environment;
    environment.python.jobsPerWorker = 2;
    environment.python.maxWorkers = 1;
    NodeHarness harness(environment);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(harness.output("PythonCodeNode", json(R"({"code": "result = inputs['input']"})"),
                                 Value::object({{"input", i}})),
                  Value(i));
    }
}

TEST(PythonPool, EndsWhatRunsWhenItIsLetGo) {
    NodeHarness harness(withPython(true));
    std::jthread ender([&harness] {
        while (harness.logged().empty()) std::this_thread::yield();
        harness.endServices();
    });
    EXPECT_EQ(harness.error("PythonCodeNode", json(R"x({"code": "print('on')\nimport time\ntime.sleep(600)"})x")).code,
              "node.stopped");
}

}  // namespace
}  // namespace signalbox::nodes
