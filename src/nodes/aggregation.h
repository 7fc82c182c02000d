// Many values become one: sums, percentiles, distinct values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::nodes {

enum class AggregateOp : std::uint8_t {
    Count,
    CountDistinct,
    Sum,
    Min,
    Max,
    Mean,
    StdDev,
    Median,
    P90,
    P95,
    P99,
    First,
    Last,
    Collect,
    Distinct
};
/// Of a name that the manifest allows; Count for any other.
[[nodiscard]] AggregateOp aggregateOpFromName(std::string_view name);

/// Takes values one by one. Undefined and null are left out. Not thread-safe.
class Aggregation {
public:
    explicit Aggregation(AggregateOp op) : op_(op) {}
    /// Errors: "aggregate.not-a-number"; "aggregate.mixed-kinds" for the smallest or largest of numbers and texts.
    [[nodiscard]] Status add(const Value& value);
    [[nodiscard]] Value result();

private:
    [[nodiscard]] Status addNumber(const Value& value);
    [[nodiscard]] Status addExtreme(const Value& value);
    [[nodiscard]] Value percentile(double share);
    [[nodiscard]] Value total() const;

    AggregateOp op_;
    std::int64_t count_ = 0;
    std::int64_t whole_ = 0;  ///< exact sum while every number is an integer and it fits
    bool isWhole_ = true;
    double sum_ = 0;  ///< compensated: sum_ + lost_ (Neumaier 1974)
    double lost_ = 0;
    double mean_ = 0;  ///< running mean and squared distances (Welford 1962)
    double squares_ = 0;
    Value kept_ = Value::undefined();  ///< first, last, smallest or largest
    std::vector<double> numbers_;
    std::vector<Value> values_;
    std::unordered_set<std::string> seen_;  ///< canonical texts
};

}  // namespace signalbox::nodes
