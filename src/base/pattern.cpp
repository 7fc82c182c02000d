#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <fmt/format.h>
#include <pcre2.h>

namespace signalbox {

namespace {

// About a tenth of a second at worst.
constexpr std::uint32_t kStepLimit = 2'000'000;
constexpr std::uint32_t kHeapLimitKib = 20'000;
constexpr std::size_t kMaxPatternSize = 64U << 10U;
constexpr std::uint32_t kMaxGroupNesting = 200;

constexpr std::uint32_t kOptions = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_ALT_BSUX | PCRE2_ALLOW_EMPTY_CLASS |
                                   PCRE2_MATCH_UNSET_BACKREF | PCRE2_DOLLAR_ENDONLY | PCRE2_NEVER_BACKSLASH_C;

struct FreeCompileContext {
    void operator()(pcre2_compile_context* context) const { pcre2_compile_context_free(context); }
};
struct FreeMatchContext {
    void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};
struct FreeMatchData {
    void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};

PCRE2_SPTR units(std::string_view text) {
    // PCRE2 before 10.38 does not take a null pointer, even for an empty text.
    return reinterpret_cast<PCRE2_SPTR>(text.empty() ? "" : text.data());
}

}  // namespace

struct Pattern::Code {
    std::string text;
    pcre2_code* compiled;

    Code(std::string_view source, pcre2_code* code) : text(source), compiled(code) {}
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;
    ~Code() { pcre2_code_free(compiled); }
};

Result<Pattern> Pattern::compile(std::string_view text) {
    if (text.size() > kMaxPatternSize) {
        return fail("pattern.syntax", fmt::format("The pattern has more than {} bytes", kMaxPatternSize));
    }
    const std::unique_ptr<pcre2_compile_context, FreeCompileContext> context(pcre2_compile_context_create(nullptr));
    pcre2_set_parens_nest_limit(context.get(), kMaxGroupNesting);
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto* compiled = pcre2_compile(units(text), text.size(), kOptions, &error, &offset, context.get());
    if (compiled == nullptr) {
        PCRE2_UCHAR message[160] = {};
        pcre2_get_error_message(error, message, sizeof message);
        return fail("pattern.syntax",
                    fmt::format("The pattern cannot be read: {}", reinterpret_cast<const char*>(message)),
                    fmt::format("offset {}", offset));
    }
    return Pattern(std::make_shared<const Code>(text, compiled));
}

Pattern::Match Pattern::search(std::string_view text) const {
    const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(context.get(), kStepLimit);
    pcre2_set_heap_limit(context.get(), kHeapLimitKib);
    const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create(1, nullptr));
    const int found = pcre2_match(code_->compiled, units(text), text.size(), 0, 0, data.get(), context.get());
    if (found >= 0) return Match::Yes;
    return found == PCRE2_ERROR_NOMATCH ? Match::No : Match::LimitReached;
}

const std::string& Pattern::text() const noexcept { return code_->text; }

}  // namespace signalbox
