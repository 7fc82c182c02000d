#include "ui/models/value_search.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include "base/json.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

// An array or object on the way down, and the next of its parts.
struct Level {
    const Value* value;
    std::uint32_t next = 0;
};

bool says(const Value& value, const QString& text) {
    if (value.isString()) return toQString(value.asString()).contains(text, Qt::CaseInsensitive);
    if (value.isArray() || value.isObject() || value.isBytes() || value.isUndefined()) return false;
    return toQString(writeJson(value)).contains(text, Qt::CaseInsensitive);
}

bool holds(const Value& value) { return (value.isArray() || value.isObject()) && !value.empty(); }

}  // namespace

ValueHits findInValue(const Value& root, const QString& text, std::size_t most, const std::atomic<bool>& cancelled) {
    ValueHits hits;
    if (text.isEmpty()) return hits;
    if (!holds(root)) {
        if (says(root, text)) hits.places.emplace_back();
        return hits;
    }
    // Its own stack: values may be nested deeper than a thread's.
    std::vector<Level> way{{&root}};
    ValuePlace place{0};
    while (!way.empty() && !cancelled) {
        auto& level = way.back();
        if (level.next >= level.value->size()) {
            way.pop_back();
            place.pop_back();
            continue;
        }
        place.back() = level.next;
        const bool inObject = level.value->isObject();
        const auto& part = inObject ? level.value->members()[level.next].second : level.value->at(level.next);
        const bool named =
            inObject && toQString(level.value->members()[level.next].first).contains(text, Qt::CaseInsensitive);
        ++level.next;
        if (named || says(part, text)) {
            hits.more = hits.places.size() == most;
            if (hits.more) return hits;
            hits.places.push_back(place);
        }
        if (holds(part)) {
            way.push_back({&part});
            place.push_back(0);
        }
    }
    return hits;
}

ValueSearch::ValueSearch(QObject* parent) : QObject(parent) {}

ValueSearch::~ValueSearch() { cancel(); }

void ValueSearch::start(const Value& root, const QString& text) {
    cancel();
    cancelled_ = std::make_shared<std::atomic<bool>>(false);
    auto promise = std::make_shared<QPromise<ValueHits>>();
    promise->start();
    promise->future().then(this, [this, mine = cancelled_](const ValueHits& hits) {
        if (mine != cancelled_) return;
        cancelled_.reset();
        Q_EMIT found(hits);
    });
    QThreadPool::globalInstance()->start([root, text, promise, mine = cancelled_] {
        promise->addResult(findInValue(root, text, kMost, *mine));
        promise->finish();
    });
}

void ValueSearch::cancel() {
    if (cancelled_) *cancelled_ = true;
    cancelled_.reset();
}

}  // namespace signalbox::ui
