// Every action of a window, declared once: menus, tool bar, command palette and shortcut editor are made from it.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>

class QAction;
class QWidget;

namespace signalbox::ui {

/// The menu that an action is in, and its heading in the shortcut editor. The menu bar has those that are used.
enum class ActionCategory : quint8 { File, Edit, Run, View, Go, Help };
[[nodiscard]] QString actionCategoryName(ActionCategory category);  ///< with its mnemonic: "&File"

struct ActionSpec {
    QString id;    ///< "rerunFailed": stable, as shortcuts are kept under it; the QAction is named "actionRerunFailed"
    QString text;  ///< with a mnemonic: "Rerun &failed"
    ActionCategory category = ActionCategory::View;
    int section = 0;                     ///< menus draw a line between sections, and order them by number
    QString icon = {};                   ///< semantic name of an icon
    QList<QKeySequence> shortcuts = {};  ///< by default; the first one is shown
    QString keywords = {};               ///< other words that the palette finds it by
    QString submenu = {};                ///< title of the menu inside the menu that it is in, with a mnemonic
    bool checkable = false;
    bool inMenu = true;         ///< otherwise only in the palette and the shortcut editor
    bool needsGateway = false;  ///< of no use while the gateway is away
};

/// Owned by the window. An action is disabled only with a reason, which the palette and the tool tip tell.
class ActionRegistry : public QObject {
    Q_OBJECT
public:
    /// Shortcuts work in `window` and what floats above it.
    explicit ActionRegistry(QWidget& window);

    /// Declares an action; it goes when `owner` goes. `triggered` is called in the owner's stead.
    QAction* add(const ActionSpec& spec, QObject* owner, std::function<void()> triggered = {});
    void remove(const QString& id);
    [[nodiscard]] QAction* action(const QString& id) const;  ///< null: none of that id
    [[nodiscard]] const QList<QAction*>& actions() const { return actions_; }
    [[nodiscard]] const ActionSpec& spec(const QAction& action) const;

    /// An empty reason enables, as far as the action needs no gateway that is away.
    static void setReason(QAction& action, const QString& reason);
    /// Why it is disabled; that the gateway is away comes first.
    [[nodiscard]] static QString reason(const QAction& action);
    /// Why no action that needs the gateway can be used; empty: they can.
    void setAway(const QString& why);
    static QString plainText(const QAction& action);  ///< without the mark of the mnemonic

    // Shortcuts that differ from the default are custom. Sequences of one chord only.
    void setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts);
    void resetShortcuts(const QString& id);
    void resetAllShortcuts();
    [[nodiscard]] bool isCustom(const QString& id) const { return custom_.contains(id); }
    /// Another action that has this key or begins with it; null: it is free.
    [[nodiscard]] QAction* ownerOf(const QKeySequence& keys, const QAction* except) const;
    /// Custom shortcuts by id, as arrays of portable text. Those of actions that are not declared (yet) are kept.
    [[nodiscard]] QJsonObject customShortcuts() const;
    void setCustomShortcuts(const QJsonObject& shortcuts);

Q_SIGNALS:
    void added(QAction* action);
    void removed(const QString& id);
    void shortcutsChanged();

private:
    void apply(QAction& action);

    QWidget& window_;
    QList<QAction*> actions_;
    QHash<QString, ActionSpec> specs_;
    QHash<QString, QList<QKeySequence>> custom_;
    QString away_;
};

}  // namespace signalbox::ui
