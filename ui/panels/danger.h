// What cannot be taken back at a gateway that others depend on: done only by who types the gateway's name.
#pragma once

#include <QDialog>
#include <functional>

class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class PanelContext;

struct Danger {
    QString title;   ///< "Delete workflow"
    QString text;    ///< what happens, with the name of the thing
    QString action;  ///< label of the button: "&Delete"
};

/// Opened with QDialog::open(). The action is possible once the name is typed, letter by letter.
class TypedConfirmation : public QDialog {
    Q_OBJECT
public:
    TypedConfirmation(const Danger& danger, const QString& gateway, QWidget* parent);
    [[nodiscard]] QPushButton& goButton() { return *go_; }

private:
    void build(const Danger& danger);
    QString gateway_;
    QLineEdit* name_;
    QPushButton* go_;
};

/// Asks first when the gateway is one of production; otherwise calls `go` at once.
void guardDanger(PanelContext& context, QWidget* parent, const Danger& danger, std::function<void()> go);

}  // namespace signalbox::ui
