// A panel around one list: a message above it, and what to show while it loads or is empty.
#pragma once

#include <QListView>
#include <QStackedWidget>

#include "ui/panels/panel.h"

namespace signalbox::ui {

class EmptyState;
class NoticeBar;
class ThemedLabel;

/// Keeps its layout in every state, so that nothing jumps when the rows come.
class ListPanel : public Panel {
    Q_OBJECT
public:
    ListPanel(const QString& name, const QString& emptyIcon, QWidget* parent = nullptr);

    [[nodiscard]] QWidget& firstStop() override { return *view_; }
    [[nodiscard]] QListView& view() { return *view_; }
    [[nodiscard]] EmptyState& emptyState() { return *empty_; }
    [[nodiscard]] NoticeBar& notice() { return *notice_; }
    /// A widget above the list, such as a search field.
    void setHeader(QWidget* header);
    void showLoading(const QString& text);
    /// Rows or, if there are none, the empty state.
    void showRows(bool any);

Q_SIGNALS:
    /// By click or Enter; the id of the row.
    void chosen(const QString& id);

private:
    QListView* view_;
    QStackedWidget* stack_;
    EmptyState* empty_;
    NoticeBar* notice_;
    ThemedLabel* loading_;
};

}  // namespace signalbox::ui
