// What the console remembers, as named members of one file, written a moment after it changed.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <optional>

#include "ui/settings/json_file.h"

namespace signalbox::ui {

/// Several processes may share the file: each writes only the members that it changed. Lives in one thread.
class StateStore : public QObject {
    Q_OBJECT
public:
    /// Without a file all is kept in memory only.
    explicit StateStore(QObject* parent = nullptr);
    explicit StateStore(JsonFile file, QObject* parent = nullptr);
    ~StateStore() override;

    [[nodiscard]] QJsonValue value(const QString& key) const { return content_.value(key); }
    void setValue(const QString& key, const QJsonValue& value);  ///< Undefined removes
    /// Writes what is not written yet. Errors: those of JsonFile::save().
    Status flush();
    /// What was wrong with the file when it was read.
    [[nodiscard]] std::optional<Error> problem() const;

Q_SIGNALS:
    void saveFailed(const signalbox::Error& error);

private:
    std::optional<JsonFile> file_;
    QJsonObject content_;
    QSet<QString> dirty_;
    QTimer delay_;
};

}  // namespace signalbox::ui
