#include "gateway/page_links.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::gateway {

namespace {

/// The parameter that asks for what is behind a page, and its value; an empty value: nothing is.
struct Next {
    std::string_view parameter;
    std::string value;
};

Next byCursor(const Value& result, std::string_view) {
    return {"cursor", std::string(result["nextCursor"].asString())};
}

Next bySequence(const Value& result, std::string_view) {
    const auto next = result["nextSeq"].asInteger();
    return {"fromSeq", next == 0 ? std::string() : std::to_string(next)};
}

bool isBackwards(std::string_view query) {
    return query.find("backwards=true") != std::string_view::npos ||
           query.find("backwards=1") != std::string_view::npos;
}

Next byLine(const Value& result, std::string_view query) {
    const Value& lines = result["lines"];
    if (!result["more"].asBoolean() || lines.empty()) return {"fromLine", {}};
    const std::int64_t next =
        isBackwards(query) ? lines.at(0)["line"].asInteger() - 1 : lines.at(lines.size() - 1)["line"].asInteger() + 1;
    return {"fromLine", next > 0 ? std::to_string(next) : std::string()};
}

struct Way {
    std::string_view call;
    Next (*next)(const Value& result, std::string_view query);
};
constexpr std::array kWays{
    Way{"runs.list", byCursor},       Way{"runs.grid", byCursor},        Way{"runs.items", byCursor},
    Way{"runs.timeline", byCursor},   Way{"runs.pending", byCursor},     Way{"runs.journal", bySequence},
    Way{"runs.logs", byLine},         Way{"workflows.list", byCursor},   Way{"workflows.versions", byCursor},
    Way{"workflows.trash", byCursor}, Way{"schedules.list", byCursor},   Way{"webhooks.list", byCursor},
    Way{"watches.list", byCursor},    Way{"users.list", byCursor},       Way{"sessions.list", byCursor},
    Way{"keys.list", byCursor},       Way{"account.sessions", byCursor}, Way{"account.keys", byCursor},
};

std::string percentEncoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("-._~").find(c) != std::string_view::npos;
        encoded += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace

bool hasPages(const Route& route) {
    return std::any_of(kWays.begin(), kWays.end(), [&](const Way& way) { return way.call == route.call; });
}

std::string nextPage(const Route& route, const HttpRequest& request, const Value& result) {
    const auto way = std::find_if(kWays.begin(), kWays.end(), [&](const Way& w) { return w.call == route.call; });
    if (way == kWays.end()) return {};
    const auto [parameter, value] = way->next(result, request.query);
    if (value.empty()) return {};
    std::string query;
    for (const std::string_view part : split(request.query, '&')) {
        const std::string_view name = part.substr(0, part.find('='));
        // A cursor says by itself where a list goes on.
        const bool isReplaced = name == parameter || (parameter == "cursor" && name == "offset");
        if (!part.empty() && !isReplaced) query += fmt::format("{}&", part);
    }
    return fmt::format("<{}?{}{}={}>; rel=\"next\"", request.target.substr(0, request.target.find('?')), query,
                       parameter, percentEncoded(value));
}

}  // namespace signalbox::gateway
