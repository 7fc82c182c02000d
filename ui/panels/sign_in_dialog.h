// Asks who one is at a gateway.
#pragma once

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include "client/connection.h"

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;

/// Stays open until the gateway has let one in, and tells here why it has not. The password is never kept.
class SignInDialog : public QDialog {
    Q_OBJECT
public:
    SignInDialog(client::Connection& connection, const QString& name, const QString& environment, const QString& login,
                 QWidget* parent);

private:
    void build(const QString& name, const QString& environment, const QString& login);
    void submit();
    void follow();
    void showError(const Error& error);
    void refresh();
    void holdBack(int seconds);

    QPointer<client::Connection> connection_;
    NoticeBar* notice_;
    QLineEdit* login_;
    QLineEdit* password_;
    QCheckBox* keep_;
    QPushButton* submit_ = nullptr;
    QTimer wait_;
    int waitSeconds_ = 0;  ///< until the gateway lets one try again
    bool asking_ = false;
};

}  // namespace signalbox::ui
