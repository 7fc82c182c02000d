// What can be done about one gateway: menus, palette and the dialogs behind them.
#pragma once

#include <QObject>

#include "base/result.h"
#include "client/gateway_profile.h"
#include "ui/models/gateway_book.h"

class QAction;
class QMenu;

namespace signalbox::ui {

class ActionRegistry;

/// Opens the dialogs that a connection asks for. `window` is their parent.
void openSignIn(client::Connection& connection, const GatewayPlace& place, const QString& login, QWidget* window);
void openTrust(client::Connection& connection, const GatewayPlace& place, QWidget* window);

/// Owned by the panel. What goes wrong is told by failed(), or in the dialog that asked.
class GatewayActions : public QObject {
    Q_OBJECT
public:
    GatewayActions(GatewayBook& book, QWidget& window);
    void declare(ActionRegistry& registry);
    void fill(QMenu& menu) const;
    void setTarget(const QString& id);
    [[nodiscard]] QString target() const { return target_; }
    void refresh();

    /// With what a link brings, or empty.
    void add(const client::GatewayProfile& profile = {});
    void open();
    /// What stands in the way: sign in, look at the certificate, attach or connect again. Its action, or null.
    [[nodiscard]] QAction* next() const;
    [[nodiscard]] QAction* addAction() const { return add_; }
    [[nodiscard]] QAction* openAction() const { return open_; }

Q_SIGNALS:
    void failed(const signalbox::Error& error);
    void removed(const signalbox::client::GatewayProfile& profile);
    void added(const QString& id);

private:
    QAction* declareOne(ActionRegistry& registry, const char* id, const QString& text, const char* icon,
                        void (GatewayActions::*run)());
    void addNew() { add(); }
    void attach();
    void detach();
    void reconnect();
    void signIn();
    void signOut();
    void trust();
    void edit();
    void remove();
    void copyLink();

    GatewayBook& book_;
    QWidget& window_;
    QString target_;
    QAction* add_ = nullptr;
    QAction* open_ = nullptr;
    QAction* attach_ = nullptr;
    QAction* detach_ = nullptr;
    QAction* reconnect_ = nullptr;
    QAction* signIn_ = nullptr;
    QAction* signOut_ = nullptr;
    QAction* trust_ = nullptr;
    QAction* edit_ = nullptr;
    QAction* remove_ = nullptr;
    QAction* copyLink_ = nullptr;
};

}  // namespace signalbox::ui
