// Runs a fuzz target without libFuzzer: every file of the corpus, then seeded random mutations of them.
//   fuzz_json CORPUS_FOLDER_OR_FILE [ITERATIONS] [SEED]
// The same seed gives the same inputs on every machine. An input that crashes is saved in the working directory.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::uint64_t kDefaultSeed = 20'230'610;
constexpr int kDefaultIterations = 2000;
constexpr std::size_t kLargestInput = 64 * 1024;
constexpr const char* kCrashFile = "fuzz-crash-input.bin";

/// The input under test, for the crash handler.
std::string currentInput;  // NOLINT(cert-err58-cpp): an empty string does not throw

void saveCrash(int signalNumber) {
    const int file = ::open(kCrashFile, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
    if (file >= 0) {
        [[maybe_unused]] const ssize_t written = ::write(file, currentInput.data(), currentInput.size());
        ::close(file);
    }
    constexpr std::string_view note = "\nThe input that crashed is in fuzz-crash-input.bin\n";
    [[maybe_unused]] const ssize_t noted = ::write(STDERR_FILENO, note.data(), note.size());
    std::signal(signalNumber, SIG_DFL);
    std::raise(signalNumber);
}

void runOne(std::string input) {
    currentInput = std::move(input);
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(currentInput.data()), currentInput.size());
}

std::vector<std::string> loadCorpus(const std::filesystem::path& place) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_regular_file(place)) {
        files.push_back(place);
    } else if (std::filesystem::is_directory(place)) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(place))
            if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());  // the order of a directory differs between machines
    std::vector<std::string> inputs;
    for (const auto& file : files) {
        std::ifstream stream(file, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
    return inputs;
}

/// Changes one input a little, in the ways that break parsers: bits, cuts, repeats, splices, tokens.
class Mutator {
public:
    Mutator(std::uint64_t seed, const std::vector<std::string>& corpus) : engine_(seed), corpus_(corpus) {}

    std::string next() {
        std::string text = corpus_[below(corpus_.size())];
        const std::size_t steps = 1 + below(6);
        for (std::size_t step = 0; step < steps; ++step) mutate(text);
        if (text.size() > kLargestInput) text.resize(kLargestInput);
        return text;
    }

private:
    // Plain modulo instead of a std distribution, whose results differ between standard libraries.
    std::size_t below(std::size_t bound) { return bound == 0 ? 0 : static_cast<std::size_t>(engine_() % bound); }

    void mutate(std::string& text) {
        static constexpr std::array<std::string_view, 20> kTokens = {"{",
                                                                     "}",
                                                                     "[",
                                                                     "]",
                                                                     "\"",
                                                                     "\\u",
                                                                     "\\",
                                                                     ",",
                                                                     ":",
                                                                     "(",
                                                                     ")",
                                                                     "$",
                                                                     ".",
                                                                     "1e999",
                                                                     "-0",
                                                                     "null",
                                                                     "\xff",
                                                                     "\xed\xa0\x80",
                                                                     "9223372036854775808",
                                                                     std::string_view("\0", 1)};
        const std::size_t at = below(text.size() + 1);
        const std::size_t length = 1 + below(std::min<std::size_t>(text.size() + 1, 64));
        switch (below(7)) {
            case 0:
                if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
                break;
            case 1:
                if (at < text.size()) text[at] = static_cast<char>(below(256));
                break;
            case 2:
                text.erase(at, length);
                break;
            case 3:
                text.insert(at, text.substr(at, length));
                break;
            case 4:
                text.insert(at, kTokens[below(kTokens.size())]);
                break;
            case 5:
                text.resize(at);
                break;
            default:
                splice(text, at);
                break;
        }
    }

    void splice(std::string& text, std::size_t at) {
        const std::string& other = corpus_[below(corpus_.size())];
        const std::size_t from = below(other.size() + 1);
        text = text.substr(0, at) + other.substr(from);
    }

    std::mt19937_64 engine_;
    const std::vector<std::string>& corpus_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER_OR_FILE [ITERATIONS] [SEED]\n", argv[0]);
        return 2;
    }
    const int iterations = argc > 2 ? std::atoi(argv[2]) : kDefaultIterations;
    const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : kDefaultSeed;
    std::vector<std::string> corpus = loadCorpus(argv[1]);
    const std::size_t files = corpus.size();
    if (files == 0) {
        std::fprintf(stderr, "%s: no corpus files\n", argv[1]);
        return 2;
    }
    corpus.emplace_back();  // the empty input
    for (const int signalNumber : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS}) std::signal(signalNumber, saveCrash);

    std::printf("%zu corpus files, %d mutations, seed %llu\n", files, iterations,
                static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    for (const std::string& input : corpus) runOne(input);
    Mutator mutator(seed, corpus);
    for (int iteration = 0; iteration < iterations; ++iteration) runOne(mutator.next());
    return 0;
}
