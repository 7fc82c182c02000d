// The log of the followed run: stored lines and those that come, filtered by level, node and text.
#pragma once

#include <QTimer>
#include <QWidget>

#include "ui/models/run_models.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace signalbox::ui {

class EmptyState;
class NoticeBar;
class PanelContext;
class ThemedLabel;

/// Asks for stored lines only while it is shown.
class RunLogPage : public QWidget {
    Q_OBJECT
public:
    explicit RunLogPage(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] LogModel& model() { return model_; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildHeader();
    void buildTable();
    void connectModel();
    void applyFilter();
    void refresh();

    PanelContext& context_;
    LogModel model_;
    QTimer settle_;  ///< typing
    QComboBox* level_;
    QCheckBox* ofNode_;
    QLineEdit* text_;
    QPushButton* earlier_;
    ThemedLabel* dropped_;
    NoticeBar* notice_;
    QTableView* table_;
    EmptyState* empty_;
    QStackedWidget* stack_;
    bool atEnd_ = true;
};

}  // namespace signalbox::ui
