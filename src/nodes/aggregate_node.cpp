#include <optional>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "base/json.h"
#include "nodes/aggregation.h"
#include "nodes/data_nodes.h"
#include "nodes/expression_param.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

struct NamedExpression {
    std::string name;
    std::optional<ExpressionParam> expression;  ///< none: the item itself
};

struct AggregateSettings {
    std::vector<NamedExpression> keys;
    std::vector<NamedExpression> values;
    std::vector<AggregateOp> ops;  ///< of values, by place
    static Result<AggregateSettings> read(const Value& params);
};

Result<AggregateSettings> AggregateSettings::read(const Value& params) {
    AggregateSettings settings;
    std::set<std::string, std::less<>> names;
    const auto add = [&](std::vector<NamedExpression>& list, const Value& item, std::string_view group,
                         std::string_view member) -> Status {
        NamedExpression entry{std::string(item["name"].asString()), std::nullopt};
        const std::string place = fmt::format("{}.{}", group, list.size());
        if (!names.insert(entry.name).second) {
            return fail("aggregate.name-twice", fmt::format("The name '{}' is given twice", entry.name),
                        place + ".name");
        }
        if (const Value* text = item.find(member)) {
            SIGNALBOX_TRY(entry.expression,
                          ExpressionParam::compile(text->asString(), fmt::format("{}.{}", place, member)));
        }
        list.push_back(std::move(entry));
        return {};
    };
    for (const Value& item : params["groupBy"].items()) SIGNALBOX_CHECK(add(settings.keys, item, "groupBy", "key"));
    for (const Value& item : params["aggregates"].items()) {
        SIGNALBOX_CHECK(add(settings.values, item, "aggregates", "of"));
        settings.ops.push_back(aggregateOpFromName(item["op"].asString()));
    }
    return settings;
}

struct Group {
    std::vector<Value> keys;
    std::vector<Aggregation> aggregations;
};

/// Groups in the order of their first item.
class Groups {
public:
    explicit Groups(const AggregateSettings& settings) : settings_(settings) {}

    Result<Group*> of(const Value& item, const expr::Environment& environment) {
        keys_.clear();
        text_.clear();
        for (const NamedExpression& key : settings_.keys) {
            SIGNALBOX_TRY(Value value, key.expression->evaluate(item, environment));
            if (value.isUndefined()) value = nullptr;
            appendJson(text_, value, JsonStyle::Canonical);
            text_ += '\n';
            keys_.push_back(std::move(value));
        }
        const auto [place, isNew] = places_.try_emplace(text_, groups_.size());
        if (isNew) addGroup();
        return &groups_[place->second];
    }

    /// Without keys there is one group even when there are no items, as in SQL.
    Value rows() {
        if (settings_.keys.empty() && groups_.empty()) addGroup();
        ArrayBuilder rows;
        rows.reserve(groups_.size());
        for (Group& group : groups_) {
            ObjectBuilder row;
            for (std::size_t i = 0; i < group.keys.size(); ++i) row.set(settings_.keys[i].name, group.keys[i]);
            for (std::size_t i = 0; i < group.aggregations.size(); ++i) {
                row.set(settings_.values[i].name, group.aggregations[i].result());
            }
            rows.push(std::move(row).build());
        }
        return std::move(rows).build();
    }

private:
    void addGroup() {
        Group group{keys_, {}};
        for (const AggregateOp op : settings_.ops) group.aggregations.emplace_back(op);
        groups_.push_back(std::move(group));
    }

    const AggregateSettings& settings_;
    std::vector<Value> keys_;
    std::string text_;
    std::unordered_map<std::string, std::size_t> places_;
    std::vector<Group> groups_;
};

NodeResult aggregate(const AggregateSettings& settings, const NodeCall& call) {
    const expr::Environment environment = environmentOf(call);
    Groups groups(settings);
    std::size_t index = 0;
    for (const Value& item : call.input("input").items()) {
        if (call.stop.stop_requested()) return fail("node.stopped", "The aggregation was stopped");
        SIGNALBOX_TRY(Group * group, groups.of(item, environment));
        for (std::size_t i = 0; i < settings.values.size(); ++i) {
            const NamedExpression& of = settings.values[i];
            // Without an expression an item counts even when it is null.
            Value value = settings.ops[i] == AggregateOp::Count ? Value(true) : item;
            if (of.expression) {
                SIGNALBOX_TRY(value, of.expression->evaluate(item, environment));
            }
            if (auto added = group->aggregations[i].add(value); !added) {
                Error error = std::move(added).error();
                error.where = fmt::format("input[{}]", index);
                error.message = fmt::format("{} for '{}' at item {}", error.message, of.name, index);
                return fail(std::move(error));
            }
        }
        ++index;
    }
    return engine::onOutput(groups.rows());
}

}  // namespace

Maker aggregateMaker() { return maker<AggregateSettings>(&aggregate); }

}  // namespace signalbox::nodes
