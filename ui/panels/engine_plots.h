// How the engine went in the last quarter of an hour, as small plots with one cursor.
#pragma once

#include <QHash>
#include <QWidget>
#include <optional>

#include "protocol/engine_dto.h"

class QGridLayout;

namespace signalbox::ui {

class LivePlot;

/// Takes the gateway's samples as they come and keeps the last fifteen minutes of them. Two plots side by side where
/// there is room, otherwise one below the other.
class EnginePlots : public QWidget {
    Q_OBJECT
public:
    explicit EnginePlots(QWidget* parent = nullptr);

    /// Samples later than those that are there; `anew` forgets what is there first.
    void append(const protocol::EngineHistory& history, bool anew);
    /// The last sample that is there, to ask for later ones; 0: none.
    [[nodiscard]] std::int64_t lastTime() const { return last_; }
    /// The newest values of one quantity, oldest first.
    [[nodiscard]] QVector<double> recent(const QString& name, int count) const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Place {
        LivePlot* plot = nullptr;
        int series = 0;
    };
    LivePlot* addPlot(const QString& name, const QString& title, const QString& unit);
    void addSeries(LivePlot& plot, const QString& quantity, const QString& name, double scale = 1);
    void arrange();

    QGridLayout* grid_;
    QList<LivePlot*> plots_;
    QHash<QString, Place> places_;
    QHash<QString, double> scales_;
    std::int64_t last_ = 0;
    int columns_ = 0;
};

}  // namespace signalbox::ui
