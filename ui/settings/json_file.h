// A JSON file that the console keeps for itself: preferences, or the state of its windows.
#pragma once

#include <QJsonObject>
#include <QString>
#include <optional>

#include "base/result.h"

namespace signalbox::ui {

/// Knows its own format and version. A file that is broken, of another format or of a newer version is moved aside,
/// never overwritten. Lives in one thread; small files only, as they are read and written at once.
class JsonFile {
public:
    static constexpr qint64 kMostBytes = 4 << 20;

    JsonFile(QString path, QString format, int version);

    /// The members of the file; none if there is no file yet or it was set aside, which problem() tells.
    [[nodiscard]] QJsonObject load();
    /// Written beside and renamed: a crash leaves the old or the new. The folder is made, for its owner only.
    /// Errors: those of writeFileAtomically, and "state.locked" when a file that could not be moved aside is in the
    /// way.
    [[nodiscard]] Status save(const QJsonObject& content) const;

    /// What the last load() found wrong: "state.syntax", "state.format", "state.version", "state.too-large",
    /// "file.*"; its `where` is the file, its hint says where that was moved.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }
    [[nodiscard]] const QString& path() const { return path_; }

private:
    [[nodiscard]] Result<QJsonObject> read() const;
    void setAside(Error error);

    QString path_;
    QString format_;
    int version_;
    bool blocked_ = false;
    std::optional<Error> problem_;
};

/// $XDG_CONFIG_HOME/signalbox/settings.json and $XDG_STATE_HOME/signalbox/windows.json.
[[nodiscard]] QString defaultSettingsPath();
[[nodiscard]] QString defaultStatePath();

}  // namespace signalbox::ui
