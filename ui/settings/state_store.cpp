#include "ui/settings/state_store.h"

namespace signalbox::ui {

namespace {
constexpr int kDelayMilliseconds = 1000;
}

StateStore::StateStore(QObject* parent) : QObject(parent) {}

StateStore::StateStore(JsonFile file, QObject* parent) : QObject(parent), file_(std::move(file)) {
    content_ = file_->load();
    delay_.setSingleShot(true);
    delay_.setInterval(kDelayMilliseconds);
    connect(&delay_, &QTimer::timeout, this, [this] {
        if (const auto saved = flush(); !saved) Q_EMIT saveFailed(saved.error());
    });
}

StateStore::~StateStore() { static_cast<void>(flush()); }

void StateStore::setValue(const QString& key, const QJsonValue& value) {
    if (content_.value(key) == value) return;
    if (value.isUndefined()) {
        content_.remove(key);
    } else {
        content_.insert(key, value);
    }
    dirty_.insert(key);
    if (file_ && !delay_.isActive()) delay_.start();
}

Status StateStore::flush() {
    delay_.stop();
    if (!file_ || dirty_.isEmpty()) return {};
    auto others = JsonFile(*file_).load();
    for (const auto& key : std::as_const(dirty_)) {
        const auto mine = content_.value(key);
        if (mine.isUndefined()) {
            others.remove(key);
        } else {
            others.insert(key, mine);
        }
    }
    SIGNALBOX_CHECK(file_->save(others));
    dirty_.clear();
    return {};
}

std::optional<Error> StateStore::problem() const { return file_ ? file_->problem() : std::nullopt; }

}  // namespace signalbox::ui
