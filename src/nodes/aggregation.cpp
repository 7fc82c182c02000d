#include "nodes/aggregation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/json.h"

namespace signalbox::nodes {
namespace {

using Op = AggregateOp;
constexpr std::array<std::pair<std::string_view, Op>, 15> kOps{{{"count", Op::Count},
                                                                {"countDistinct", Op::CountDistinct},
                                                                {"sum", Op::Sum},
                                                                {"min", Op::Min},
                                                                {"max", Op::Max},
                                                                {"mean", Op::Mean},
                                                                {"stddev", Op::StdDev},
                                                                {"median", Op::Median},
                                                                {"p90", Op::P90},
                                                                {"p95", Op::P95},
                                                                {"p99", Op::P99},
                                                                {"first", Op::First},
                                                                {"last", Op::Last},
                                                                {"collect", Op::Collect},
                                                                {"distinct", Op::Distinct}}};

bool lessThan(const Value& a, const Value& b) {
    if (a.isInteger() && b.isInteger()) return a.asInteger() < b.asInteger();
    if (a.isNumber()) return a.asNumber() < b.asNumber();
    return a.asString() < b.asString();
}

}  // namespace

AggregateOp aggregateOpFromName(std::string_view name) {
    const auto* found = std::ranges::find(kOps, name, &std::pair<std::string_view, Op>::first);
    return found == kOps.end() ? Op::Count : found->second;
}

Status Aggregation::add(const Value& value) {
    if (value.isUndefined() || value.isNull()) return {};
    ++count_;
    switch (op_) {
        case Op::Count:
            return {};
        case Op::CountDistinct:
            seen_.insert(writeJson(value, JsonStyle::Canonical));
            return {};
        case Op::Distinct:
            if (seen_.insert(writeJson(value, JsonStyle::Canonical)).second) values_.push_back(value);
            return {};
        case Op::Collect:
            values_.push_back(value);
            return {};
        case Op::First:
            if (kept_.isUndefined()) kept_ = value;
            return {};
        case Op::Last:
            kept_ = value;
            return {};
        case Op::Min:
        case Op::Max:
            return addExtreme(value);
        default:
            return addNumber(value);
    }
}

Status Aggregation::addExtreme(const Value& value) {
    if (!value.isNumber() && !value.isString()) {
        return fail("aggregate.not-a-number", fmt::format("A {} has no order", kindName(value.kind())));
    }
    if (kept_.isUndefined()) {
        kept_ = value;
        return {};
    }
    if (kept_.isNumber() != value.isNumber()) {
        return fail("aggregate.mixed-kinds", "Numbers and text cannot be compared");
    }
    if (op_ == Op::Min ? lessThan(value, kept_) : lessThan(kept_, value)) kept_ = value;
    return {};
}

Status Aggregation::addNumber(const Value& value) {
    if (!value.isNumber()) {
        return fail("aggregate.not-a-number", fmt::format("A {} is not a number", kindName(value.kind())), {},
                    "Turn text into numbers with $number(), or leave such items out with a FilterNode before.");
    }
    const double number = value.asNumber();
    if (!value.isInteger() || __builtin_add_overflow(whole_, value.asInteger(), &whole_)) isWhole_ = false;
    const double sum = sum_ + number;
    lost_ += std::abs(sum_) >= std::abs(number) ? (sum_ - sum) + number : (number - sum) + sum_;
    sum_ = sum;
    const double distance = number - mean_;
    mean_ += distance / static_cast<double>(count_);
    squares_ += distance * (number - mean_);
    if (op_ == Op::Median || op_ == Op::P90 || op_ == Op::P95 || op_ == Op::P99) numbers_.push_back(number);
    return {};
}

Value Aggregation::total() const { return isWhole_ ? Value(whole_) : Value(sum_ + lost_); }

/// Linear interpolation between the closest ranks: at (n - 1) * share of the sorted numbers.
Value Aggregation::percentile(double share) {
    if (numbers_.empty()) return nullptr;
    std::ranges::sort(numbers_);
    const double rank = static_cast<double>(numbers_.size() - 1) * share;
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, numbers_.size() - 1);
    return std::lerp(numbers_[below], numbers_[above], rank - static_cast<double>(below));
}

Value Aggregation::result() {
    const auto orNull = [this](Value value) { return count_ == 0 ? Value(nullptr) : std::move(value); };
    switch (op_) {
        case Op::Count:
            return count_;
        case Op::CountDistinct:
            return static_cast<std::int64_t>(seen_.size());
        case Op::Sum:
            return total();
        case Op::Mean:
            return orNull((sum_ + lost_) / static_cast<double>(count_));
        case Op::StdDev:
            return orNull(std::sqrt(squares_ / static_cast<double>(count_)));
        case Op::Median:
            return percentile(0.5);
        case Op::P90:
            return percentile(0.9);
        case Op::P95:
            return percentile(0.95);
        case Op::P99:
            return percentile(0.99);
        case Op::Collect:
        case Op::Distinct:
            return Value::array(std::move(values_));
        default:
            return orNull(kept_);
    }
}

}  // namespace signalbox::nodes
