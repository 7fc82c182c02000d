// What can be set in the console: declared once, checked on the way in, kept where it is not the default.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include "base/result.h"

namespace signalbox::ui {

/// One setting. Whoever declares it makes it act.
struct SettingSpec {
    enum class Type : quint8 { Switch, Choice, Number };
    struct Option {
        QString value;
        QString label;
    };

    QString id;  ///< "look.theme": stable, it is the key in the file
    Type type = Type::Switch;
    QJsonValue defaultValue;  ///< bool, string or whole number
    QString category;         ///< the page it is on, for people
    QString title;
    QString help;  ///< one or two sentences; may be empty
    QString keywords = {};
    QList<Option> options = {};  ///< of a Choice
    int minimum = 0;             ///< of a Number, like maximum and suffix
    int maximum = 0;
    QString suffix = {};  ///< " s"
    bool needsRestart = false;
};

/// The values of all settings. Nothing secret belongs here: the whole of it can be exported. Lives in one thread.
class Settings : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// A value that was loaded before its setting was declared is taken then, if it fits; otherwise it stays in the
    /// file and the default holds. Declaring an id again is ignored.
    void declare(const SettingSpec& spec);
    [[nodiscard]] const QList<SettingSpec>& specs() const { return specs_; }  ///< in the order of declaration
    [[nodiscard]] const SettingSpec* spec(const QString& id) const;           ///< null: not declared

    /// The value or the default; Undefined for an id that nobody declared.
    [[nodiscard]] QJsonValue value(const QString& id) const;
    [[nodiscard]] bool flag(const QString& id) const { return value(id).toBool(); }
    [[nodiscard]] int number(const QString& id) const { return value(id).toInt(); }
    [[nodiscard]] QString text(const QString& id) const { return value(id).toString(); }
    [[nodiscard]] bool isDefault(const QString& id) const { return !values_.contains(id); }

    /// Errors: "setting.unknown", "setting.type", "setting.range", "setting.choice"; nothing changes then.
    Status set(const QString& id, const QJsonValue& value);
    void reset(const QString& id);
    void resetAll();
    /// Whether set() would take it.
    [[nodiscard]] Status check(const QString& id, const QJsonValue& value) const;
    /// A value as people read it: the label of a choice, "On", "5 s".
    [[nodiscard]] QString describe(const QString& id, const QJsonValue& value) const;

    /// What is not the default, with what could not be understood when it was loaded: nothing of a newer version's file
    /// is lost by saving.
    [[nodiscard]] QJsonObject toJson() const;
    /// Replaces all values. Gives the problems of those that were refused; they count as not set.
    QList<Error> fromJson(const QJsonObject& values);

Q_SIGNALS:
    void changed(const QString& id);
    void declared(const QString& id);

private:
    void store(const QString& id, const QJsonValue& value);

    QList<SettingSpec> specs_;
    QHash<QString, qsizetype> indexOf_;
    QHash<QString, QJsonValue> values_;  ///< only what differs from the default
    QJsonObject unread_;                 ///< of the file: not declared, or refused
};

}  // namespace signalbox::ui
