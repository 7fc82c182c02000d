#include "ui/settings/json_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QStandardPaths>

#include "base/file.h"

namespace signalbox::ui {

namespace {

const auto kFormat = QStringLiteral("format");
const auto kVersion = QStringLiteral("version");

QString under(QStandardPaths::StandardLocation location, const char* variable, const char* fallback, const char* name) {
    QString base = qEnvironmentVariable(variable);
    if (base.isEmpty()) base = QStandardPaths::writableLocation(location) + QLatin1String(fallback);
    return base + QStringLiteral("/signalbox/") + QLatin1String(name);
}

}  // namespace

JsonFile::JsonFile(QString path, QString format, int version)
    : path_(std::move(path)), format_(std::move(format)), version_(version) {}

Result<QJsonObject> JsonFile::read() const {
    const auto where = path_.toStdString();
    SIGNALBOX_TRY(const auto text, readFile(where, static_cast<std::size_t>(kMostBytes)));
    QJsonParseError syntax{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(text), &syntax);
    if (syntax.error != QJsonParseError::NoError) {
        return fail("state.syntax", "The file is broken: " + syntax.errorString().toStdString(),
                    where + ", byte " + std::to_string(syntax.offset));
    }
    auto content = document.object();
    if (content.take(kFormat).toString() != format_) {
        return fail("state.format", "The file is of another program", where);
    }
    const int version = content.take(kVersion).toInt(-1);
    if (version < 1 || version > version_) {
        return fail("state.version", "The file was written by a newer version of Signalbox", where);
    }
    return content;
}

QJsonObject JsonFile::load() {
    problem_.reset();
    blocked_ = false;
    auto content = read();
    if (content) return *std::move(content);
    if (content.error().code != "file.not-found") setAside(std::move(content.error()));
    return {};
}

void JsonFile::setAside(Error error) {
    for (int number = 1; number < 100; ++number) {
        const auto aside = QStringLiteral("%1.unreadable-%2").arg(path_).arg(number);
        if (QFile::exists(aside)) continue;
        if (QFile::rename(path_, aside)) {
            error.hint = "It was moved to " + aside.toStdString() + "; defaults are used instead.";
            problem_ = std::move(error);
            return;
        }
        break;
    }
    blocked_ = true;
    error.hint = "It stays as it is, defaults are used, and changes are not kept.";
    problem_ = std::move(error);
}

Status JsonFile::save(const QJsonObject& content) const {
    if (blocked_) return fail("state.locked", "An unreadable file is in the way", path_.toStdString());
    const QFileInfo info(path_);
    if (QDir().mkpath(info.absolutePath())) {
        QFile::setPermissions(info.absolutePath(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    auto whole = content;
    whole.insert(kFormat, format_);
    whole.insert(kVersion, version_);
    return writeFileAtomically(path_.toStdString(), QJsonDocument(whole).toJson().toStdString());
}

QString defaultSettingsPath() {
    return under(QStandardPaths::HomeLocation, "XDG_CONFIG_HOME", "/.config", "settings.json");
}

QString defaultStatePath() {
    return under(QStandardPaths::HomeLocation, "XDG_STATE_HOME", "/.local/state", "windows.json");
}

}  // namespace signalbox::ui
