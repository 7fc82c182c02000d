// Adds a gateway, or changes one that is known: address or link, name, environment; and tries it out.
#pragma once

#include <QDialog>

#include "client/gateway_profile.h"
#include "ui/models/gateway_book.h"
#include "ui/text/roles.h"

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

class KeyValueTable;
class NoticeBar;
class ThemedLabel;

/// Stays open until the profile could be kept; what is wrong is told beside the fields.
class GatewayDialog : public QDialog {
    Q_OBJECT
public:
    /// A profile with an id is changed, one without is added.
    GatewayDialog(GatewayBook& book, const client::GatewayProfile& profile, QWidget* parent);

Q_SIGNALS:
    void kept(const QString& id);

private:
    void build();
    void buildForm();
    void buildTest();
    void readAddress();
    void check();
    void submit();
    void test();
    void showTest();
    void endTest(const QString& text, ColourRole role);
    /// With what is in the fields. Errors: "gateway.address".
    [[nodiscard]] Result<client::GatewayProfile> typed() const;

    GatewayBook& book_;
    client::GatewayProfile profile_;
    client::RemoteGateway tried_;
    NoticeBar* notice_;
    QLineEdit* address_;
    QLineEdit* name_;
    QComboBox* environment_;
    QCheckBox* plain_;
    ThemedLabel* problem_;
    QPushButton* test_ = nullptr;
    ThemedLabel* outcome_ = nullptr;
    KeyValueTable* found_ = nullptr;
    QPushButton* submit_ = nullptr;
    bool nameIsOwn_ = false;  ///< typed by hand: not made from the address any more
};

}  // namespace signalbox::ui
