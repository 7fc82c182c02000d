// Counters, gauges and histograms by the conventions of Prometheus, with a bound on how many series there can be.
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace signalbox::telemetry {

/// Only grows. A handle: cheap to copy, lock-free, valid as long as its Metrics. A default one counts nothing.
class Counter {
public:
    Counter() = default;
    explicit Counter(prometheus::Counter* series) : series_(series) {}
    void increment(double by = 1) const;
    /// For a total that is kept elsewhere: grows to it, and never shrinks. From one thread at a time.
    void raiseTo(double total) const;
    [[nodiscard]] double value() const;

private:
    prometheus::Counter* series_ = nullptr;
};

/// Goes up and down. As Counter.
class Gauge {
public:
    Gauge() = default;
    explicit Gauge(prometheus::Gauge* series) : series_(series) {}
    void set(double value) const;
    void add(double by) const;
    [[nodiscard]] double value() const;

private:
    prometheus::Gauge* series_ = nullptr;
};

/// How values are distributed. As Counter, but for a lock that is held for some additions.
class Histogram {
public:
    Histogram() = default;
    explicit Histogram(prometheus::Histogram* series) : series_(series) {}
    void observe(double value) const;

private:
    prometheus::Histogram* series_ = nullptr;
};

/// The series of one name. with() looks one up under a lock: callers keep what it gives. Once there are as many series
/// as the family may have, further label values become "other". Thread-safe.
template <class Handle>
class Family {
public:
    using LabelValues = std::initializer_list<std::string_view>;
    virtual ~Family() = default;
    /// One value a label, in the order of the names; missing ones are empty, surplus ones are dropped.
    [[nodiscard]] virtual Handle with(LabelValues values) = 0;
    /// How many series there are.
    [[nodiscard]] virtual std::size_t size() const = 0;
};

/// What a family is called and how far it may grow.
struct FamilyOptions {
    std::string name;                 ///< "signalbox_http_requests_total"
    std::string help;                 ///< one sentence
    std::vector<std::string> labels;  ///< names
    std::size_t most = 500;           ///< series, the one for "other" not counted
};

enum class ExpositionFormat : std::uint8_t { Text, OpenMetrics };
struct Exposition {
    std::string contentType;
    std::string text;
};

/// The metrics of one gateway. Thread-safe. Families, handles and collectors live as long as it does.
class Metrics {
public:
    Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;
    ~Metrics();

    /// Families are made once each: a second one of a name is the first again.
    [[nodiscard]] Family<Counter>& counters(FamilyOptions options);
    [[nodiscard]] Family<Gauge>& gauges(FamilyOptions options);
    [[nodiscard]] Family<Histogram>& histograms(FamilyOptions options, std::vector<double> bounds);
    /// Without labels.
    [[nodiscard]] Counter counter(std::string name, std::string help);
    [[nodiscard]] Gauge gauge(std::string name, std::string help);
    [[nodiscard]] Histogram histogram(std::string name, std::string help, std::vector<double> bounds);

    /// Called before each exposition, one at a time, to bring up to date what is not counted as it happens.
    void onCollect(std::function<void()> collector);
    /// Everything, for a scraper. `accept` is the header of that name.
    [[nodiscard]] Exposition expose(std::string_view accept = {});

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// Whether an Accept header prefers OpenMetrics to the text format.
[[nodiscard]] ExpositionFormat negotiateExposition(std::string_view accept);

/// In seconds, from 0.5 ms to 10 s.
[[nodiscard]] std::vector<double> durationBounds();

}  // namespace signalbox::telemetry
