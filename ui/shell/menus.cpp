#include "ui/shell/menus.h"

#include <QAction>
#include <QHash>
#include <QMenu>
#include <QMenuBar>
#include <algorithm>

#include "ui/actions/reason_tips.h"

namespace signalbox::ui {

namespace {
constexpr ActionCategory kOrder[] = {ActionCategory::File, ActionCategory::Edit, ActionCategory::Run,
                                     ActionCategory::View, ActionCategory::Go,   ActionCategory::Help};
}

Menus::Menus(QMenuBar& bar, ActionRegistry& registry, QObject* parent)
    : QObject(parent), bar_(bar), registry_(registry) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &Menus::rebuild);
    connect(&registry_, &ActionRegistry::added, this, [this] { soon_.start(); });
    connect(&registry_, &ActionRegistry::removed, this, [this] { soon_.start(); });
    rebuild();
}

void Menus::addMenu(ActionCategory category, int section, QMenu* menu) {
    menu->setParent(&bar_, menu->windowFlags());
    extras_ << Extra{category, section, menu};
    rebuild();
}

void Menus::rebuild() {
    soon_.stop();
    const auto old = bar_.findChildren<QMenu*>(QStringLiteral("categoryMenu"), Qt::FindDirectChildrenOnly);
    bar_.clear();
    qDeleteAll(old);
    for (const auto category : kOrder) {
        auto* menu = new QMenu(actionCategoryName(category), &bar_);
        menu->setObjectName(QStringLiteral("categoryMenu"));
        showReasonsIn(*menu);
        fill(*menu, category);
        if (menu->isEmpty()) {
            delete menu;
        } else {
            bar_.addMenu(menu);
        }
    }
}

void Menus::fill(QMenu& menu, ActionCategory category) {
    QList<QAction*> actions;
    QList<int> sections;
    for (auto* action : registry_.actions()) {
        const auto& spec = registry_.spec(*action);
        if (spec.category != category || !spec.inMenu) continue;
        actions << action;
        if (!sections.contains(spec.section)) sections << spec.section;
    }
    for (const auto& extra : std::as_const(extras_)) {
        if (extra.category == category && !sections.contains(extra.section)) sections << extra.section;
    }
    std::sort(sections.begin(), sections.end());
    QHash<QString, QMenu*> submenus;
    for (const int section : std::as_const(sections)) {
        for (auto* open : std::as_const(submenus)) open->addSeparator();
        menu.addSeparator();
        for (auto* action : std::as_const(actions)) {
            const auto& spec = registry_.spec(*action);
            if (spec.section != section) continue;
            auto* target = &menu;
            if (!spec.submenu.isEmpty()) {
                target = submenus.value(spec.submenu);
                if (!target) {
                    submenus.insert(spec.submenu, target = menu.addMenu(spec.submenu));
                    showReasonsIn(*target);
                }
            }
            target->addAction(action);
        }
        for (const auto& extra : std::as_const(extras_)) {
            if (extra.category == category && extra.section == section) menu.addMenu(extra.menu);
        }
    }
}

}  // namespace signalbox::ui
