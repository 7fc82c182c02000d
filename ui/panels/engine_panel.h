// The engine of the gateway: pool, queue, journal, storage, retention and disk, as numbers and small live plots.
#pragma once

#include <QTimer>

#include "base/result.h"
#include "protocol/engine_dto.h"
#include "ui/panels/panel.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class EnginePlots;
class KeyValueTable;
class NoticeBar;
class NumberTile;
class PanelContext;
class PanelStates;

/// Asks once a second while it is seen. What it shows stays, greyed and with its age, when the gateway does not answer.
class EnginePanel : public Panel {
    Q_OBJECT
public:
    explicit EnginePanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    [[nodiscard]] PanelStates& states() { return *states_; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildContent();
    QWidget* buildTiles();
    QWidget* buildFacts();
    KeyValueTable* addSection(QVBoxLayout& column, const QString& name, const QString& title,
                              QWidget* action = nullptr);
    void ask();
    void askHistory();
    void showStats(const protocol::EngineStatsDto& stats);
    void showTiles(const protocol::EngineStatsDto& stats);
    void fail(const Error& error);
    void editRetention();
    void setRetention(const protocol::RetentionDto& wanted);

    PanelContext& context_;
    PanelStates* states_ = nullptr;
    NoticeBar* notice_;
    EnginePlots* plots_ = nullptr;
    NumberTile* active_ = nullptr;
    NumberTile* queued_ = nullptr;
    NumberTile* rate_ = nullptr;
    NumberTile* commit_ = nullptr;
    NumberTile* memory_ = nullptr;
    NumberTile* disk_ = nullptr;
    KeyValueTable* pool_ = nullptr;
    KeyValueTable* journal_ = nullptr;
    KeyValueTable* storage_ = nullptr;
    KeyValueTable* retention_ = nullptr;
    KeyValueTable* processes_ = nullptr;
    QPushButton* change_ = nullptr;
    protocol::EngineStatsDto shown_;
    QTimer poll_;
    std::int64_t shownAt_ = 0;
    bool asking_ = false;
    bool askingHistory_ = false;
    bool toldFull_ = false;  ///< the message about the disk is up
};

}  // namespace signalbox::ui
