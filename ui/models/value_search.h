// Finds a text in a value: in its keys and in what its scalars say.
#pragma once

#include <QObject>
#include <QString>
#include <atomic>
#include <memory>
#include <vector>

#include "base/value.h"
#include "ui/models/value_place.h"

namespace signalbox::ui {

struct ValueHits {
    std::vector<ValuePlace> places;  ///< from the top to the bottom
    bool more = false;               ///< there are further ones
};

/// Ignores case. Ends early once `cancelled` is set.
[[nodiscard]] ValueHits findInValue(const Value& root, const QString& text, std::size_t most,
                                    const std::atomic<bool>& cancelled);

/// The same in the application's thread pool; only the last search counts. Used from the window's thread.
class ValueSearch : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t kMost = 10'000;
    explicit ValueSearch(QObject* parent = nullptr);
    ~ValueSearch() override;
    void start(const Value& root, const QString& text);
    void cancel();

Q_SIGNALS:
    void found(const signalbox::ui::ValueHits& hits);

private:
    std::shared_ptr<std::atomic<bool>> cancelled_;  ///< of the search that is awaited
};

}  // namespace signalbox::ui
