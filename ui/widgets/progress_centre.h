// Long work that goes on behind the window: what, how far, how long yet, and a way to cancel it.
#pragma once

#include <QAbstractListModel>
#include <QTimer>
#include <cstdint>
#include <functional>
#include <optional>

namespace signalbox::ui {

/// Owned by the window. Window thread only. Tells of changes at most 10 times a second.
class ProgressCentre : public QAbstractListModel {
    Q_OBJECT
public:
    enum Roles : int { WorkIdRole = Qt::UserRole + 200, PercentRole, RemainingRole, CancellableRole };
    explicit ProgressCentre(QObject* parent = nullptr);
    /// Monotonic micros; the machine's unless told.
    void setClock(std::function<std::int64_t()> now);

    /// `cancel` may be empty: then it cannot be cancelled. Returns the id of the work.
    quint64 begin(const QString& label, std::function<void()> cancel = {});
    /// In any unit; `total` 0: nobody knows how much it is.
    void update(quint64 id, std::int64_t done, std::int64_t total);
    void setLabel(quint64 id, const QString& label);
    void end(quint64 id);
    /// Asks the work to stop; it goes from the list when it says end().
    void cancel(quint64 id);

    /// Of all work together; percent is nothing when one of them does not know.
    struct Overall {
        int count = 0;
        QString label;                          ///< of the only one, otherwise "3 tasks"
        std::optional<int> percent;             ///< 0..100
        std::optional<std::int64_t> remaining;  ///< micros; the longest of all
        bool cancellable = false;               ///< there is one, and it can be cancelled
    };
    [[nodiscard]] Overall overall() const;
    /// "42 % · 1 m 20 s left", "42 %", "Working…", "Cancelling…".
    [[nodiscard]] QString describe(int row) const;
    [[nodiscard]] QString describe(const Overall& overall) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void changed();

private:
    struct Work {
        quint64 id = 0;
        QString label;
        std::function<void()> cancel;
        std::int64_t done = 0;
        std::int64_t total = 0;
        std::int64_t measuredAt = 0;    ///< when the rate was last taken
        std::int64_t measuredDone = 0;  ///< and how much was done then
        std::int64_t started = 0;
        double rate = 0;  ///< units a microsecond, smoothed; 0: not known yet
        bool cancelling = false;
    };
    [[nodiscard]] int rowOf(quint64 id) const;
    [[nodiscard]] static std::optional<int> percentOf(const Work& work);
    [[nodiscard]] static std::optional<std::int64_t> remainingOf(const Work& work);
    void measure(Work& work) const;
    void touch();

    QList<Work> works_;
    std::function<std::int64_t()> now_;
    QTimer tick_;
    quint64 lastId_ = 0;
};

}  // namespace signalbox::ui
