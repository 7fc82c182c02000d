// Asks for a decision when a node of the run waits for one.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class PanelContext;
class ThemedLabel;

/// Above the graph while a node waits; with several waiting, the selected one comes first.
class ApprovalBar : public QWidget {
    Q_OBJECT
public:
    explicit ApprovalBar(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QString node() const { return node_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void refresh();
    void decide(bool approved);

    PanelContext& context_;
    QString node_;
    QString decided_;  ///< told already, and not yet out of the waiting state
    QLabel* icon_;
    ThemedLabel* text_;
    QLineEdit* comment_;
    QPushButton* approve_;
    QPushButton* reject_;
};

}  // namespace signalbox::ui
