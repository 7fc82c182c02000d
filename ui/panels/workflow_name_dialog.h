// Asks for the id and the name of a workflow: a new one, or one that is renamed.
#pragma once

#include <QDialog>
#include <QStringList>

#include "base/result.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;
class ThemedLabel;

/// Stays open until the caller closes it: an error of the gateway is shown here, beside what has to be changed.
class WorkflowNameDialog : public QDialog {
    Q_OBJECT
public:
    struct Content {
        QString title;
        QString action;  ///< label of the main button
        QString id;
        QString name;
        QStringList taken;  ///< ids that others have
        QString copyOf;     ///< name of the workflow that can be copied; empty: no choice of templates
        bool templates = false;
    };
    WorkflowNameDialog(Content content, QWidget* parent);
    [[nodiscard]] QString id() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] bool copies() const;
    void showError(const Error& error);
    [[nodiscard]] QPushButton& submitButton() { return *submit_; }

Q_SIGNALS:
    void submitted();

private:
    void buildForm();
    void buildTemplates();
    void deriveId();
    void check();
    [[nodiscard]] QString problem() const;

    Content content_;
    QLineEdit* name_;
    QLineEdit* id_;
    QComboBox* template_;
    ThemedLabel* problem_;
    NoticeBar* notice_;
    QPushButton* submit_ = nullptr;
    bool idIsOwn_ = false;  ///< typed by hand: not made from the name any more
};

/// Lower-case words joined by "-": what an id may be made of.
[[nodiscard]] QString idFromName(const QString& name);

}  // namespace signalbox::ui
