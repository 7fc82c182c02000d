// Sends the signal that a node of the run waits for.
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

#include "protocol/requests.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class PanelContext;
class ThemedLabel;

/// Shown while a signal is waited for; with several, that of the selected node comes first. Asks the gateway what is
/// waited for only when a node waits that is no approval, and only while the panel is shown.
class RunSignalBar : public QWidget {
    Q_OBJECT
public:
    explicit RunSignalBar(PanelContext& context, QWidget* parent = nullptr);
    void setActive(bool active);
    [[nodiscard]] QString node() const { return node_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void connectRun();
    void noticeChange();
    [[nodiscard]] QStringList waitingNodes() const;
    void ask();
    void refresh();
    void send();
    void showMessage(const QString& text);

    PanelContext& context_;
    QTimer settle_;
    std::vector<protocol::PendingItem> items_;
    QStringList asked_;  ///< nodes that waited at the last question
    QString node_;
    quint64 turn_ = 0;  ///< replies to earlier questions are dropped
    bool active_ = false;
    QLabel* icon_;
    ThemedLabel* text_;
    QLineEdit* name_;
    QLineEdit* value_;
    ThemedLabel* message_;
    QPushButton* send_;
};

}  // namespace signalbox::ui
