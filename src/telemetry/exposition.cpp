#include "telemetry/exposition.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace signalbox::telemetry {

namespace {

constexpr std::string_view kTotal = "_total";

/// Appends the text with backslash, line feed and, inside label values, quotes escaped.
void appendEscaped(std::string& out, std::string_view text, bool quotes) {
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\')
            out += "\\\\";
        else if (c == '"' && quotes)
            out += "\\\"";
        else
            out += c;
    }
}

std::string numberText(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    return fmt::format("{}", value);
}

/// Writes families one after the other in either format; they differ in the names of counters and in the end.
class Writer {
public:
    explicit Writer(ExpositionFormat format) : format_(format) {}

    void add(const prometheus::MetricFamily& family) {
        if (family.metric.empty()) return;
        std::string name = family.name;
        const bool isCounter = family.type == prometheus::MetricType::Counter;
        // OpenMetrics names a counter without the suffix of its only sample.
        if (format_ == ExpositionFormat::OpenMetrics && isCounter && name.ends_with(kTotal)) {
            name.resize(name.size() - kTotal.size());
        }
        out_ += fmt::format("# HELP {} ", name);
        appendEscaped(out_, family.help, format_ == ExpositionFormat::OpenMetrics);
        out_ += fmt::format("\n# TYPE {} {}\n", name, typeName(family.type));
        for (const auto& metric : family.metric) addMetric(family, metric);
    }

    [[nodiscard]] std::string finish() && {
        if (format_ == ExpositionFormat::OpenMetrics) out_ += "# EOF\n";
        return std::move(out_);
    }

private:
    static std::string_view typeName(prometheus::MetricType type) {
        if (type == prometheus::MetricType::Counter) return "counter";
        return type == prometheus::MetricType::Histogram ? "histogram" : "gauge";
    }

    void addMetric(const prometheus::MetricFamily& family, const prometheus::ClientMetric& metric) {
        switch (family.type) {
            case prometheus::MetricType::Counter:
                return sample(family.name, metric, metric.counter.value);
            case prometheus::MetricType::Histogram:
                return histogram(family.name, metric);
            default:
                return sample(family.name, metric, metric.gauge.value);
        }
    }

    void histogram(const std::string& name, const prometheus::ClientMetric& metric) {
        for (const auto& bucket : metric.histogram.bucket) {
            sample(name + "_bucket", metric, static_cast<double>(bucket.cumulative_count),
                   numberText(bucket.upper_bound));
        }
        sample(name + "_sum", metric, metric.histogram.sample_sum);
        sample(name + "_count", metric, static_cast<double>(metric.histogram.sample_count));
    }

    void sample(const std::string& name, const prometheus::ClientMetric& metric, double value,
                const std::string& upTo = {}) {
        out_ += name;
        char separator = '{';
        const auto label = [&](std::string_view key, std::string_view text) {
            out_ += separator;
            out_ += key;
            out_ += "=\"";
            appendEscaped(out_, text, true);
            out_ += '"';
            separator = ',';
        };
        for (const auto& pair : metric.label) label(pair.name, pair.value);
        if (!upTo.empty()) label("le", upTo);
        if (separator == ',') out_ += '}';
        out_ += ' ';
        out_ += numberText(value);
        out_ += '\n';
    }

    ExpositionFormat format_;
    std::string out_;
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// The text up to the separator, which is taken off with it.
std::string_view nextPart(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

/// The weight of one media range; 0 for one that cannot be read.
double qualityOf(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = nextPart(parameters, ';');
        if (!parameter.starts_with("q=")) continue;
        double quality = 0;
        const auto text = parameter.substr(2);
        const auto read = std::from_chars(text.data(), text.data() + text.size(), quality);
        return read.ec == std::errc() && quality >= 0 && quality <= 1 ? quality : 0;
    }
    return 1;
}

}  // namespace

ExpositionFormat negotiateExposition(std::string_view accept) {
    double open = 0;
    double text = 0;
    while (!accept.empty()) {
        auto range = nextPart(accept, ',');
        const auto type = nextPart(range, ';');
        const double quality = qualityOf(range);
        if (type == "application/openmetrics-text") open = std::max(open, quality);
        if (type == "text/plain" || type == "text/*") text = std::max(text, quality);
    }
    return open > 0 && open >= text ? ExpositionFormat::OpenMetrics : ExpositionFormat::Text;
}

Exposition write(std::vector<prometheus::MetricFamily> families, ExpositionFormat format) {
    std::sort(families.begin(), families.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    Writer writer(format);
    for (auto& family : families) {
        std::sort(family.metric.begin(), family.metric.end(),
                  [](const auto& a, const auto& b) { return a.label < b.label; });
        writer.add(family);
    }
    return {format == ExpositionFormat::OpenMetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                                    : "text/plain; version=0.0.4; charset=utf-8",
            std::move(writer).finish()};
}

}  // namespace signalbox::telemetry
