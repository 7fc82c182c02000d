#include "integration/expr/reference.h"

#include <csignal>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"

namespace signalbox::expr {

namespace fs = std::filesystem;

namespace {

constexpr int kSilenceMillis = 5000;  // no pair of the grammar takes the reference this long unless it hangs

bool hasNode() { return std::system("command -v node >/dev/null 2>&1") == 0; }

[[noreturn]] void becomeNode(int in, int out, const char* package) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDERR_FILENO);
    ::execlp("node", "node", "--max-old-space-size=256", SIGNALBOX_SOURCE_DIR "/tests/integration/expr/reference.js",
             package, static_cast<char*>(nullptr));
    ::_exit(127);
}

std::string lineOf(const Pair& pair) {
    std::string line = "{\"expression\":";
    appendJsonString(line, pair.expression);
    if (pair.input.isDefined()) line += ",\"input\":" + writeJson(pair.input);
    return line + "}\n";
}

}  // namespace

fs::path Reference::package() {
    const char* given = std::getenv("SIGNALBOX_JSONATA_JS");
    return given ? fs::path(given) : fs::path(SIGNALBOX_SOURCE_DIR) / "build/reference/node_modules/jsonata";
}

std::unique_ptr<Reference> Reference::start(std::string& why) {
    if (!fs::exists(package() / "package.json")) {
        why = "no npm package jsonata in " + package().string() + "; install it with" +
              " 'npm install --prefix build/reference jsonata@2' or set SIGNALBOX_JSONATA_JS";
        return nullptr;
    }
    std::signal(SIGPIPE, SIG_IGN);
    std::unique_ptr<Reference> reference(new Reference);
    if (hasNode() && reference->launch()) return reference;
    why = "no node to run the reference implementation with";
    return nullptr;
}

bool Reference::launch() {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) return false;
    const std::string folder = fs::absolute(package()).string();
    process_ = ::fork();
    if (process_ == 0) becomeNode(in[0], out[1], folder.c_str());
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = out[0];
    pending_.clear();
    return process_ > 0;
}

void Reference::end() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    ::close(in_);
    ::close(out_);
}

Reference::~Reference() { end(); }

void Reference::send(const std::string& lines) const {
    for (std::string_view rest = lines; !rest.empty();) {
        const ssize_t written = ::write(in_, rest.data(), rest.size());
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::optional<std::string> Reference::readLine() {
    char buffer[1U << 16U];
    for (;;) {
        if (const std::size_t end = pending_.find('\n'); end != std::string::npos) {
            std::string line = pending_.substr(0, end);
            pending_.erase(0, end + 1);
            return line;
        }
        pollfd waiting{out_, POLLIN, 0};
        if (::poll(&waiting, 1, kSilenceMillis) <= 0) return std::nullopt;
        const ssize_t length = ::read(out_, buffer, sizeof buffer);
        if (length <= 0) return std::nullopt;
        pending_.append(buffer, static_cast<std::size_t>(length));
    }
}

void Reference::answerSome(std::span<const Pair> pairs, std::vector<Value>& all) {
    std::string lines;
    for (const Pair& pair : pairs) lines += lineOf(pair);
    // Written by a thread of its own: both pipes may be full otherwise. A lost process makes its writes fail.
    std::jthread writer([&] { send(lines); });
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto line = readLine();
        const auto parsed = line ? parseJson(*line) : parseJson(R"({"lost":true})");
        all.push_back(parsed ? *parsed : Value::object({{"unreadable", Value(*line)}}));
        if (line) continue;
        ::kill(process_, SIGKILL);
        writer.join();
        end();
        (void)launch();
        return;
    }
}

std::vector<Value> Reference::answers(const std::vector<Pair>& pairs) {
    std::vector<Value> all;
    while (all.size() < pairs.size()) answerSome(std::span(pairs).subspan(all.size()), all);
    return all;
}

}  // namespace signalbox::expr
