#include "service/event_text.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::service {

namespace {

class ObjectText {
public:
    void add(std::string_view name, const std::string& value) {
        if (value.empty()) return;
        begin(name);
        appendJsonString(text_, value);
    }
    template <class Number>
    requires(std::is_arithmetic_v<Number>) void add(std::string_view name, Number value) {
        if (value != Number{}) put(name, value);
    }
    template <class Number>
    requires(std::is_arithmetic_v<Number>) void put(std::string_view name, Number value) {
        begin(name);
        if constexpr (std::is_floating_point_v<Number>)
            appendJson(text_, Value(value));
        else
            fmt::format_to(std::back_inserter(text_), "{}", value);
    }
    void add(std::string_view name, const Value& value) {
        if (value.isUndefined()) return;
        begin(name);
        appendJson(text_, value);
    }
    [[nodiscard]] std::string finish() && {
        text_ += '}';
        return std::move(text_);
    }

private:
    void begin(std::string_view name) {
        text_ += text_.empty() ? "{\"" : ",\"";
        text_ += name;
        text_ += "\":";
    }
    std::string text_;
};

}  // namespace

std::string eventText(const protocol::EventDto& event) {
    ObjectText text;
    text.put("seq", event.seq);
    text.add("kind", event.kind);
    text.add("runId", event.runId);
    text.add("workflowId", event.workflowId);
    text.add("nodeId", event.nodeId);
    text.add("status", event.status);
    if (event.item) text.put("item", *event.item);
    text.add("generation", event.generation);
    text.add("attempt", event.attempt);
    text.add("progress", event.progress);
    text.add("wall", event.wall);
    text.add("took", event.took);
    text.add("level", event.level);
    text.add("text", event.text);
    text.add("code", event.code);
    text.add("data", event.data);
    text.add("lostUntil", event.lostUntil);
    text.add("triggerId", event.triggerId);
    return std::move(text).finish();
}

}  // namespace signalbox::service
