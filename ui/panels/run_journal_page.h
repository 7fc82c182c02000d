// What the engine wrote down about the followed run, record by record.
#pragma once

#include <QWidget>

#include "ui/models/run_journal.h"

class QCheckBox;
class QComboBox;
class QTableView;

namespace signalbox::ui {

class PanelContext;
class PanelStates;
class ThemedLabel;
class ValueView;

/// A table, and the whole content of the chosen record beside it. Fetches only while it is shown.
class RunJournalPage : public QWidget {
    Q_OBJECT
public:
    explicit RunJournalPage(PanelContext& context, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildHeader();
    QWidget* buildContent();
    void buildTable();
    void connectModel();
    void applyFilter();
    void showRecord();
    void refresh();

    PanelContext& context_;
    RunJournalModel model_;
    QComboBox* kind_;
    QCheckBox* ofNode_;
    ThemedLabel* count_;
    QTableView* table_;
    ValueView* payload_;
    PanelStates* states_;
};

}  // namespace signalbox::ui
