// Private to telemetry: a family over one of prometheus-cpp's.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <prometheus/family.h>

#include "telemetry/metrics.h"

namespace signalbox::telemetry {

/// Its own map is asked first: one of prometheus-cpp's would be built for each look-up.
template <class Series, class Handle>
class FamilyImpl final : public Family<Handle> {
public:
    using typename Family<Handle>::LabelValues;
    FamilyImpl(prometheus::Family<Series>& family, FamilyOptions options, std::vector<double> bounds = {})
        : family_(family), options_(std::move(options)), bounds_(std::move(bounds)) {}

    Handle with(LabelValues values) override {
        std::vector<std::string> key(values.begin(), values.end());
        key.resize(options_.labels.size());
        const std::lock_guard lock(mutex_);
        if (const auto known = series_.find(key); known != series_.end()) return Handle(known->second);
        if (series_.size() >= options_.most) {
            for (std::string& value : key) value = "other";
        }
        auto& series = series_[key];
        if (series == nullptr) series = &make(key);
        return Handle(series);
    }

    std::size_t size() const override {
        const std::lock_guard lock(mutex_);
        return series_.size();
    }

private:
    Series& make(const std::vector<std::string>& values) {
        prometheus::Labels labels;
        for (std::size_t i = 0; i < values.size(); ++i) labels.emplace(options_.labels[i], values[i]);
        if constexpr (std::is_same_v<Handle, Histogram>)
            return family_.Add(labels, bounds_);
        else
            return family_.Add(labels);
    }

    prometheus::Family<Series>& family_;
    const FamilyOptions options_;
    const std::vector<double> bounds_;
    mutable std::mutex mutex_;
    std::map<std::vector<std::string>, Series*> series_;
};

}  // namespace signalbox::telemetry
