#include "perf/reference/jsonata_reference.h"

#include <csignal>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"

namespace signalbox::bench {

namespace {

std::string packageFolder() {
    const char* given = std::getenv("SIGNALBOX_JSONATA_JS");
    for (const std::string& folder :
         {std::string(given ? given : ""), std::string(SIGNALBOX_SOURCE_DIR "/build/reference/node_modules/jsonata")}) {
        if (!folder.empty() && std::filesystem::exists(folder + "/package.json")) return folder;
    }
    return {};
}

void writeFile(const std::filesystem::path& path, const Value& value) { std::ofstream(path) << writeJson(value); }

}  // namespace

std::unique_ptr<JsonataReference> JsonataReference::start(const std::vector<ExpressionCase>& cases,
                                                          const std::filesystem::path& folder, std::string& why) {
    const std::string package = packageFolder();
    if (package.empty()) {
        why = "the npm package jsonata is not there: npm install --prefix build/reference jsonata@2";
        return nullptr;
    }
    ArrayBuilder list;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto file = folder / ("input" + std::to_string(i) + ".json");
        writeFile(file, cases[i].input);
        list.push(Value::object({{"expression", cases[i].text}, {"input", file.string()}}));
    }
    writeFile(folder / "cases.json", std::move(list).build());
    auto reference = std::unique_ptr<JsonataReference>(new JsonataReference);
    if (reference->spawn(package, (folder / "cases.json").string())) reference->version_ = reference->ask("version");
    if (!reference->version_.empty()) return reference;
    why = "node could not run it";
    return nullptr;
}

bool JsonataReference::spawn(const std::string& package, const std::string& cases) {
    int to[2];
    int from[2];
    if (::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0) return false;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, to[0], 0);
    posix_spawn_file_actions_adddup2(&actions, from[1], 1);
    const char* const arguments[] = {"node", SIGNALBOX_SOURCE_DIR "/tests/perf/reference/jsonata_bench.mjs",
                                     package.c_str(), cases.c_str(), nullptr};
    const int status =
        ::posix_spawnp(&process_, "node", &actions, nullptr, const_cast<char* const*>(arguments), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(to[0]);
    ::close(from[1]);
    commands_ = ::fdopen(to[1], "w");
    answers_ = ::fdopen(from[0], "r");
    if (status != 0) process_ = -1;
    return status == 0;
}

JsonataReference::~JsonataReference() {
    if (commands_) std::fclose(commands_);  // the end of its input ends it
    if (answers_) std::fclose(answers_);
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

std::string JsonataReference::ask(const std::string& command) {
    std::signal(SIGPIPE, SIG_IGN);
    std::fprintf(commands_, "%s\n", command.c_str());
    std::fflush(commands_);
    char* line = nullptr;
    std::size_t capacity = 0;
    const ssize_t size = ::getline(&line, &capacity, answers_);
    std::string answer(line, size > 0 ? static_cast<std::size_t>(size - 1) : 0);
    std::free(line);
    return answer;
}

double JsonataReference::compileNanos(std::size_t which, std::size_t count) {
    return std::atof(ask("compile " + std::to_string(which) + " " + std::to_string(count)).c_str());
}

double JsonataReference::evaluateNanos(std::size_t which, std::size_t count) {
    return std::atof(ask("evaluate " + std::to_string(which) + " " + std::to_string(count)).c_str());
}

Value JsonataReference::result(std::size_t which) {
    const auto value = parseJson(ask("result " + std::to_string(which)));
    return value ? *value : Value::undefined();
}

}  // namespace signalbox::bench
