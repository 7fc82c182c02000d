// The reference implementation of JSONata, run by Node.js in a process of its own beside a benchmark.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/value.h"

namespace signalbox::bench {

/// One expression over one input.
struct ExpressionCase {
    std::string name;
    std::string text;
    Value input;
};

/// A running `node jsonata_bench.mjs`. Not thread-safe; every answer is waited for.
class JsonataReference {
public:
    /// Writes the inputs to `folder` and starts Node.js. Null when it or the package is missing; `why` then tells.
    /// The package is looked for in $SIGNALBOX_JSONATA_JS, then in build/reference.
    [[nodiscard]] static std::unique_ptr<JsonataReference> start(const std::vector<ExpressionCase>& cases,
                                                                 const std::filesystem::path& folder, std::string& why);
    JsonataReference(const JsonataReference&) = delete;
    JsonataReference& operator=(const JsonataReference&) = delete;
    ~JsonataReference();

    [[nodiscard]] const std::string& version() const noexcept { return version_; }
    [[nodiscard]] double compileNanos(std::size_t which, std::size_t count);
    [[nodiscard]] double evaluateNanos(std::size_t which, std::size_t count);
    [[nodiscard]] Value result(std::size_t which);

private:
    JsonataReference() = default;
    [[nodiscard]] bool spawn(const std::string& package, const std::string& cases);
    [[nodiscard]] std::string ask(const std::string& command);  ///< empty when the process has ended

    pid_t process_ = -1;
    std::FILE* commands_ = nullptr;
    std::FILE* answers_ = nullptr;
    std::string version_;
};

}  // namespace signalbox::bench
