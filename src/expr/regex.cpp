#define PCRE2_CODE_UNIT_WIDTH 8

#include "expr/regex.h"

#include <pcre2.h>

#include "base/text.h"
#include "expr/regex_syntax.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

// Enough for any sane pattern on a large text, and milliseconds for one that backtracks without end.
constexpr std::uint32_t kMatchLimit = 1'000'000;
constexpr std::uint32_t kDepthLimit = 100'000;
constexpr std::uint32_t kHeapLimitKib = 32 * 1024;

}  // namespace

struct Regex::Code {
    pcre2_code* compiled = nullptr;
    pcre2_match_context* context = nullptr;
    ~Code() {
        pcre2_match_context_free(context);
        pcre2_code_free(compiled);
    }
};

RegexSubject::RegexSubject(std::string_view text) : text_(text) {
    if (isValidUtf8(text)) return;
    cleaned_ = text;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const std::uint32_t codePoint = nextCodePoint(text, offset);
        if (!isValidUtf8(text.substr(start, offset - start)) || codePoint > 0x10FFFF) {
            for (std::size_t i = start; i < offset; ++i) cleaned_[i] = '?';
        }
    }
}

Regex::Regex(std::unique_ptr<Code> code) : code_(std::move(code)) {}
Regex::~Regex() = default;

tl::expected<std::shared_ptr<const Regex>, std::string> Regex::compile(std::string_view pattern,
                                                                       std::string_view flags) {
    const auto translated = pcrePattern(pattern, flags.find('m') != std::string_view::npos);
    if (!translated) return tl::unexpected<std::string>(translated.error());
    std::uint32_t options = PCRE2_UTF | PCRE2_ALLOW_EMPTY_CLASS | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_BACKSLASH_C;
    if (flags.find('i') != std::string_view::npos) options |= PCRE2_CASELESS;
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto code = std::make_unique<Code>();
    code->compiled = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated->data()), translated->size(), options,
                                   &error, &offset, nullptr);
    if (!code->compiled) {
        PCRE2_UCHAR text[200];
        pcre2_get_error_message(error, text, sizeof text);
        return tl::unexpected<std::string>(reinterpret_cast<const char*>(text));
    }
    code->context = pcre2_match_context_create(nullptr);
    pcre2_set_match_limit(code->context, kMatchLimit);
    pcre2_set_depth_limit(code->context, kDepthLimit);
    pcre2_set_heap_limit(code->context, kHeapLimitKib);
    return std::shared_ptr<const Regex>(new Regex(std::move(code)));
}

Regex::Outcome Regex::search(const RegexSubject& subject, std::size_t from, RegexMatch& match) const {
    const std::string_view text = subject.text();
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data(
        pcre2_match_data_create_from_pattern(code_->compiled, nullptr), &pcre2_match_data_free);
    const int count = pcre2_match(code_->compiled, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                  PCRE2_NO_UTF_CHECK, data.get(), code_->context);
    if (count == PCRE2_ERROR_NOMATCH) return Outcome::NoMatch;
    if (count <= 0) return Outcome::Limit;
    const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(data.get());
    if (bounds[0] > bounds[1]) return Outcome::NoMatch;
    match.start = bounds[0];
    match.end = bounds[1];
    match.groups.clear();
    const std::uint32_t pairs = pcre2_get_ovector_count(data.get());
    for (std::uint32_t i = 1; i < pairs; ++i) {
        const bool set = i < static_cast<std::uint32_t>(count) && bounds[2 * i] != PCRE2_UNSET;
        match.groups.push_back(set ? text.substr(bounds[2 * i], bounds[2 * i + 1] - bounds[2 * i])
                                   : std::string_view{});
    }
    return Outcome::Match;
}

}  // namespace signalbox::expr
