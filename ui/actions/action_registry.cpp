#include "ui/actions/action_registry.h"

#include <QAction>
#include <QCoreApplication>
#include <QJsonArray>
#include <QWidget>
#include <utility>

#include "ui/widgets/icon_set.h"

namespace signalbox::ui {

namespace {

constexpr const char* kReason = "signalboxReason";
constexpr const char* kAway = "signalboxAway";
constexpr const char* kId = "signalboxId";

QString idOf(const QAction& action) { return action.property(kId).toString(); }

// "Run (Ctrl+R)", or why not.
void updateToolTip(QAction& action) {
    auto text = ActionRegistry::plainText(action);
    if (!action.shortcut().isEmpty()) {
        text = QStringLiteral("%1 (%2)").arg(text, action.shortcut().toString(QKeySequence::NativeText));
    }
    const auto reason = ActionRegistry::reason(action);
    if (!reason.isEmpty()) text += QLatin1Char('\n') + reason;
    action.setToolTip(text);
}

void show(QAction& action) {
    action.setEnabled(ActionRegistry::reason(action).isEmpty());
    updateToolTip(action);
}

QJsonArray toJson(const QList<QKeySequence>& shortcuts) {
    QJsonArray array;
    for (const auto& keys : shortcuts) array.append(keys.toString(QKeySequence::PortableText));
    return array;
}

QList<QKeySequence> fromJson(const QJsonArray& array) {
    QList<QKeySequence> shortcuts;
    for (const auto& item : array) {
        const auto keys = QKeySequence::fromString(item.toString(), QKeySequence::PortableText);
        if (!keys.isEmpty() && keys[0].key() != Qt::Key_unknown) shortcuts << keys;
    }
    return shortcuts;
}

}  // namespace

QString actionCategoryName(ActionCategory category) {
    const auto name = [](const char* text) { return QCoreApplication::translate("ActionCategory", text); };
    switch (category) {
        case ActionCategory::File:
            return name(QT_TRANSLATE_NOOP("ActionCategory", "&File"));
        case ActionCategory::Edit:
            return name(QT_TRANSLATE_NOOP("ActionCategory", "&Edit"));
        case ActionCategory::Run:
            return name(QT_TRANSLATE_NOOP("ActionCategory", "&Run"));
        case ActionCategory::View:
            return name(QT_TRANSLATE_NOOP("ActionCategory", "&View"));
        case ActionCategory::Go:
            return name(QT_TRANSLATE_NOOP("ActionCategory", "&Go"));
        case ActionCategory::Help:
            break;
    }
    return name(QT_TRANSLATE_NOOP("ActionCategory", "&Help"));
}

ActionRegistry::ActionRegistry(QWidget& window) : QObject(&window), window_(window) {}

QAction* ActionRegistry::add(const ActionSpec& spec, QObject* owner, std::function<void()> triggered) {
    Q_ASSERT(!specs_.contains(spec.id));
    auto* action = new QAction(spec.text, this);
    action->setObjectName(QStringLiteral("action") + spec.id.left(1).toUpper() + spec.id.mid(1));
    action->setProperty(kId, spec.id);
    action->setCheckable(spec.checkable);
    if (!spec.icon.isEmpty()) action->setIcon(themedIcon(spec.icon));
    specs_.insert(spec.id, spec);
    actions_ << action;
    if (spec.needsGateway) action->setProperty(kAway, away_);
    window_.addAction(action);
    apply(*action);
    show(*action);
    if (triggered) connect(action, &QAction::triggered, owner, std::move(triggered));
    if (owner && owner != &window_ && owner != this) {
        connect(owner, &QObject::destroyed, this, [this, id = spec.id] { remove(id); });
    }
    Q_EMIT added(action);
    return action;
}

void ActionRegistry::remove(const QString& id) {
    auto* gone = action(id);
    if (!gone) return;
    actions_.removeOne(gone);
    specs_.remove(id);
    delete gone;
    Q_EMIT removed(id);
}

QAction* ActionRegistry::action(const QString& id) const {
    for (auto* action : actions_) {
        if (idOf(*action) == id) return action;
    }
    return nullptr;
}

const ActionSpec& ActionRegistry::spec(const QAction& action) const { return *specs_.constFind(idOf(action)); }

void ActionRegistry::setReason(QAction& action, const QString& reason) {
    action.setProperty(kReason, reason);
    show(action);
}

QString ActionRegistry::reason(const QAction& action) {
    const auto away = action.property(kAway).toString();
    return away.isEmpty() ? action.property(kReason).toString() : away;
}

void ActionRegistry::setAway(const QString& why) {
    if (std::exchange(away_, why) == why) return;
    for (auto* action : std::as_const(actions_)) {
        if (!spec(*action).needsGateway) continue;
        action->setProperty(kAway, why);
        show(*action);
    }
}

QString ActionRegistry::plainText(const QAction& action) {
    auto text = action.text();
    return text.remove(QLatin1Char('&'));
}

void ActionRegistry::apply(QAction& action) {
    const auto id = idOf(action);
    action.setShortcuts(custom_.value(id, specs_.value(id).shortcuts));
    updateToolTip(action);
}

void ActionRegistry::setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts) {
    auto* changed = action(id);
    if (!changed) return;
    if (shortcuts == specs_.value(id).shortcuts) {
        custom_.remove(id);
    } else {
        custom_.insert(id, shortcuts);
    }
    apply(*changed);
    Q_EMIT shortcutsChanged();
}

void ActionRegistry::resetShortcuts(const QString& id) { setShortcuts(id, specs_.value(id).shortcuts); }

void ActionRegistry::resetAllShortcuts() {
    custom_.clear();
    for (auto* action : std::as_const(actions_)) apply(*action);
    Q_EMIT shortcutsChanged();
}

QAction* ActionRegistry::ownerOf(const QKeySequence& keys, const QAction* except) const {
    if (keys.isEmpty()) return nullptr;
    for (auto* action : actions_) {
        if (action == except) continue;
        for (const auto& taken : action->shortcuts()) {
            if (taken.matches(keys) != QKeySequence::NoMatch || keys.matches(taken) != QKeySequence::NoMatch) {
                return action;
            }
        }
    }
    return nullptr;
}

QJsonObject ActionRegistry::customShortcuts() const {
    QJsonObject all;
    for (auto it = custom_.constBegin(); it != custom_.constEnd(); ++it) all.insert(it.key(), toJson(it.value()));
    return all;
}

void ActionRegistry::setCustomShortcuts(const QJsonObject& shortcuts) {
    custom_.clear();
    for (auto it = shortcuts.begin(); it != shortcuts.end(); ++it) {
        if (it->isArray()) custom_.insert(it.key(), fromJson(it->toArray()));
    }
    for (auto* action : std::as_const(actions_)) apply(*action);
    Q_EMIT shortcutsChanged();
}

}  // namespace signalbox::ui
