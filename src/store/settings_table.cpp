#include "store/settings_table.h"

#include "base/json.h"

namespace signalbox::store {
namespace {

/// A whole number that is not negative; otherwise what was there before.
template <class Number>
void take(Number& out, const Value& value) {
    if (value.isInteger() && value.asInteger() >= 0) out = static_cast<Number>(value.asInteger());
}

}  // namespace

Result<std::optional<Retention>> readRetention(Database& database, const Retention& defaults) {
    SIGNALBOX_QUERY(query, database, "SELECT value FROM settings WHERE name = 'retention'");
    SIGNALBOX_TRY(const bool found, query.step());
    if (!found) return std::nullopt;
    const auto value = parseJson(query.columnText(0), true);
    if (!value || !value->isObject()) return std::nullopt;
    Retention retention = defaults;
    take(retention.maxAge, (*value)["maxAge"]);
    take(retention.maxRuns, (*value)["maxRuns"]);
    take(retention.maxBytes, (*value)["maxBytes"]);
    return retention;
}

Status writeRetention(Database& database, const Retention& retention) {
    const std::string text = writeJson(Value::object({{"maxAge", static_cast<std::int64_t>(retention.maxAge)},
                                                      {"maxRuns", static_cast<std::int64_t>(retention.maxRuns)},
                                                      {"maxBytes", static_cast<std::int64_t>(retention.maxBytes)}}));
    SIGNALBOX_QUERY(query, database,
                    "INSERT INTO settings (name, value) VALUES ('retention', ?)"
                    " ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    return query.text(text).run();
}

}  // namespace signalbox::store
