// The reference implementation of JSONata, run by one node process that answers over pipes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/value.h"

namespace signalbox::expr {

struct Pair {
    std::string expression;
    Value input = Value::undefined();
};

/// Owns the process and starts another one when it dies or hangs. One thread at a time.
class Reference {
public:
    /// The folder of the npm package: $SIGNALBOX_JSONATA_JS, or build/reference/node_modules/jsonata.
    [[nodiscard]] static std::filesystem::path package();
    /// Null when there is no node or no package; why tells which.
    [[nodiscard]] static std::unique_ptr<Reference> start(std::string& why);
    Reference(const Reference&) = delete;
    Reference& operator=(const Reference&) = delete;
    ~Reference();

    /// One answer for each pair, in reference.js's form; {"lost": true} for one that the reference did not survive.
    [[nodiscard]] std::vector<Value> answers(const std::vector<Pair>& pairs);

private:
    Reference() = default;
    [[nodiscard]] bool launch();
    void end();
    void send(const std::string& lines) const;
    /// The next line of output; nothing when the process has died or is silent for too long.
    [[nodiscard]] std::optional<std::string> readLine();
    /// Answers until one is lost.
    void answerSome(std::span<const Pair> pairs, std::vector<Value>& all);

    pid_t process_ = -1;
    int in_ = -1;
    int out_ = -1;
    std::string pending_;  ///< output that has been read but not used
};

}  // namespace signalbox::expr
