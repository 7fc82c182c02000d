#include "ui/shell/gateway_switcher.h"

#include <QMenu>
#include <utility>

#include "ui/models/connection_look.h"
#include "ui/models/connection_monitor.h"
#include "ui/models/gateway_book.h"
#include "ui/text/states.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

GatewaySwitcher::GatewaySwitcher(ConnectionMonitor& monitor, GatewayBook* book, QString here, QWidget* parent)
    : QToolButton(parent), monitor_(monitor), book_(book), here_(std::move(here)), menu_(new QMenu(this)) {
    setObjectName(QStringLiteral("gatewaySwitcher"));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::TabFocus);
    setAutoRaise(true);
    setFont(Theme::current().strongFont());
    menu_->setObjectName(QStringLiteral("gatewayMenu"));
    if (book_) {
        setMenu(menu_);
        setPopupMode(QToolButton::InstantPopup);
        connect(menu_, &QMenu::aboutToShow, this, &GatewaySwitcher::fill);
        connect(book_, &GatewayBook::changed, this, &GatewaySwitcher::refresh);
    } else {
        setFocusPolicy(Qt::NoFocus);
    }
    connect(&monitor_, &ConnectionMonitor::changed, this, &GatewaySwitcher::refresh);
    connect(&monitor_, &ConnectionMonitor::identityChanged, this, &GatewaySwitcher::refresh);
    refresh();
}

void GatewaySwitcher::refresh() {
    const bool live = monitor_.isLive();
    const bool told = monitor_.isRemote() || !monitor_.environment().isEmpty();
    QStringList words{monitor_.gatewayName()};
    if (told) words << environmentWord(monitor_.environment());
    if (!live) words << stateLook(connectionKey(monitor_.status())).word;
    auto text = words.join(QStringLiteral(" · "));
    setIcon(themedIcon(live ? QStringLiteral("gateway") : QStringLiteral("disconnect"),
                       told ? environmentRole(monitor_.environment()) : ColourRole::Muted));
    setAccessibleName(tr("Gateway: %1").arg(text));
    setToolTip(accessibleName());
    const int most = Theme::current().unit() * 40;
    text = fontMetrics().elidedText(text, Qt::ElideMiddle, most);
    setText(text.replace(QLatin1Char('&'), QStringLiteral("&&")));
}

void GatewaySwitcher::fill() {
    menu_->clear();
    for (const auto& place : book_->places()) {
        QStringList words{place.name};
        words << (place.local ? tr("This computer") : environmentWord(place.environment));
        const auto* connection = book_->connection(place.id);
        if (!place.local) {
            words << stateLook(connection ? connectionKey(connection->status()) : QStringLiteral("gateway.detached"))
                         .word;
        }
        if (place.id == here_) words << tr("this window");
        auto text = words.join(QStringLiteral(" · "));
        auto* action =
            menu_->addAction(themedIcon(place.local ? QStringLiteral("folder") : QStringLiteral("gateway"),
                                        place.local ? ColourRole::Muted : environmentRole(place.environment)),
                             text.replace(QLatin1Char('&'), QStringLiteral("&&")));
        action->setObjectName(QStringLiteral("gatewayItem:") + place.id);
        action->setCheckable(true);
        action->setChecked(place.id == here_);
        connect(action, &QAction::triggered, book_, [book = book_, id = place.id] { book->open(id); });
    }
    menu_->addSeparator();
    auto* add = menu_->addAction(themedIcon(QStringLiteral("add"), ColourRole::Muted), tr("&Add gateway…"));
    add->setObjectName(QStringLiteral("gatewayMenuAdd"));
    connect(add, &QAction::triggered, this, &GatewaySwitcher::addRequested);
    auto* list = menu_->addAction(themedIcon(QStringLiteral("table"), ColourRole::Muted), tr("All &gateways"));
    list->setObjectName(QStringLiteral("gatewayMenuList"));
    connect(list, &QAction::triggered, this, &GatewaySwitcher::listRequested);
}

}  // namespace signalbox::ui
