// What a person chose: settings and shortcuts, in one file that can be taken to another machine.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QObject>

#include "ui/settings/settings.h"
#include "ui/settings/state_store.h"

namespace signalbox::ui {

/// One a process, shared by its windows. Writes by itself. Lives in one thread.
class Preferences : public QObject {
    Q_OBJECT
public:
    /// In memory without a store, which must outlive this.
    explicit Preferences(StateStore* store = nullptr, QObject* parent = nullptr);

    [[nodiscard]] Settings& settings() { return settings_; }
    /// As ActionRegistry::customShortcuts() gives them.
    [[nodiscard]] const QJsonObject& shortcuts() const { return shortcuts_; }
    void setShortcuts(const QJsonObject& shortcuts);
    /// Settings whose value in the file could not be used.
    [[nodiscard]] const QList<Error>& refused() const { return refused_; }

    /// A JSON document of what is not the default.
    [[nodiscard]] QByteArray exported() const;
    struct Import {
        QStringList taken;     ///< ids of settings
        int shortcuts = 0;     ///< actions whose shortcuts came along
        QList<Error> refused;  ///< with the id in `where`
    };
    /// Takes what fits and tells what does not; what the document does not name stays. Errors: "settings.syntax",
    /// "settings.format"; nothing changes then.
    Result<Import> import(const QByteArray& document);

Q_SIGNALS:
    void shortcutsChanged();

private:
    void keepSettings();

    StateStore* store_;
    Settings settings_;
    QJsonObject shortcuts_;
    QList<Error> refused_;
};

}  // namespace signalbox::ui
