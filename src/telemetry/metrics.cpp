#include "telemetry/metrics.h"

#include <mutex>
#include <unordered_map>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "telemetry/exposition.h"
#include "telemetry/family_impl.h"

namespace signalbox::telemetry {

void Counter::increment(double by) const {
    if (series_ != nullptr) series_->Increment(by);
}

void Counter::raiseTo(double total) const {
    if (series_ != nullptr && total > series_->Value()) series_->Increment(total - series_->Value());
}

double Counter::value() const { return series_ != nullptr ? series_->Value() : 0; }

void Gauge::set(double value) const {
    if (series_ != nullptr) series_->Set(value);
}

void Gauge::add(double by) const {
    if (series_ != nullptr) series_->Increment(by);
}

double Gauge::value() const { return series_ != nullptr ? series_->Value() : 0; }

void Histogram::observe(double value) const {
    if (series_ != nullptr) series_->Observe(value);
}

struct Metrics::Parts {
    template <class Handle>
    using Table = std::unordered_map<std::string, std::unique_ptr<Family<Handle>>>;

    template <class Handle, class Make>
    Family<Handle>& find(Table<Handle>& table, const std::string& name, Make make) {
        const std::lock_guard lock(mutex);
        auto& family = table[name];
        if (!family) family = make();
        return *family;
    }

    prometheus::Registry registry;
    std::mutex mutex;  ///< guards the tables
    Table<Counter> counters;
    Table<Gauge> gauges;
    Table<Histogram> histograms;
    std::mutex collecting;  ///< guards the collectors, and is held while they run
    std::vector<std::function<void()>> collectors;
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {}

Metrics::~Metrics() = default;

Family<Counter>& Metrics::counters(FamilyOptions options) {
    const std::string name = options.name;
    return parts_->find(parts_->counters, name, [&]() -> std::unique_ptr<Family<Counter>> {
        auto& family = prometheus::BuildCounter().Name(name).Help(options.help).Register(parts_->registry);
        return std::make_unique<FamilyImpl<prometheus::Counter, Counter>>(family, std::move(options));
    });
}

Family<Gauge>& Metrics::gauges(FamilyOptions options) {
    const std::string name = options.name;
    return parts_->find(parts_->gauges, name, [&]() -> std::unique_ptr<Family<Gauge>> {
        auto& family = prometheus::BuildGauge().Name(name).Help(options.help).Register(parts_->registry);
        return std::make_unique<FamilyImpl<prometheus::Gauge, Gauge>>(family, std::move(options));
    });
}

Family<Histogram>& Metrics::histograms(FamilyOptions options, std::vector<double> bounds) {
    const std::string name = options.name;
    return parts_->find(parts_->histograms, name, [&]() -> std::unique_ptr<Family<Histogram>> {
        auto& family = prometheus::BuildHistogram().Name(name).Help(options.help).Register(parts_->registry);
        return std::make_unique<FamilyImpl<prometheus::Histogram, Histogram>>(family, std::move(options),
                                                                              std::move(bounds));
    });
}

Counter Metrics::counter(std::string name, std::string help) {
    return counters({std::move(name), std::move(help), {}}).with({});
}

Gauge Metrics::gauge(std::string name, std::string help) {
    return gauges({std::move(name), std::move(help), {}}).with({});
}

Histogram Metrics::histogram(std::string name, std::string help, std::vector<double> bounds) {
    return histograms({std::move(name), std::move(help), {}}, std::move(bounds)).with({});
}

void Metrics::onCollect(std::function<void()> collector) {
    const std::lock_guard lock(parts_->collecting);
    parts_->collectors.push_back(std::move(collector));
}

Exposition Metrics::expose(std::string_view accept) {
    {
        const std::lock_guard lock(parts_->collecting);
        for (const auto& collect : parts_->collectors) collect();
    }
    return write(parts_->registry.Collect(), negotiateExposition(accept));
}

std::vector<double> durationBounds() {
    return {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

}  // namespace signalbox::telemetry
