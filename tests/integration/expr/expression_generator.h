// Random pairs of expression and input, of a grammar that knows types, so that most of them evaluate to something.
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "integration/expr/reference.h"

namespace signalbox::expr {

/// One production of grammar.tsv, which says how its text is read.
struct Rule {
    std::string symbol;
    std::string context;
    std::string text;
};

/// The same seed gives the same pairs on every machine.
class ExpressionGenerator {
public:
    ExpressionGenerator(const std::filesystem::path& grammar, std::uint64_t seed);
    [[nodiscard]] Pair next();

private:
    struct Variable {
        std::string symbol;
        std::string name;
    };
    [[nodiscard]] std::size_t below(std::size_t bound) { return static_cast<std::size_t>(engine_() % bound); }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    [[nodiscard]] std::string expand(std::string_view symbol, std::string_view context, int depth);
    [[nodiscard]] std::string fill(const Rule& rule, std::string_view context, int depth);
    [[nodiscard]] std::string part(std::string_view marker, std::string_view context, int depth);
    [[nodiscard]] const Rule* choose(std::string_view symbol, std::string_view context, bool leaf);
    [[nodiscard]] std::string declare(std::string_view symbol);

    [[nodiscard]] Value input();
    [[nodiscard]] Value item();
    [[nodiscard]] Value number();
    [[nodiscard]] Value word();
    [[nodiscard]] Value some();
    template <class Make>
    [[nodiscard]] Value listOf(std::size_t most, Make make);

    std::vector<Rule> rules_;
    std::mt19937_64 engine_;
    std::vector<Variable> scope_;
    int names_ = 0;
};

}  // namespace signalbox::expr
