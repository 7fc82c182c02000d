#include "ui/settings/preferences.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace signalbox::ui {

namespace {

const auto kSettings = QStringLiteral("settings");
const auto kShortcuts = QStringLiteral("shortcuts");
const auto kFormat = QStringLiteral("format");
const auto kExportFormat = QStringLiteral("signalbox-settings");

bool isListOfKeys(const QJsonValue& value) {
    if (!value.isArray()) return false;
    for (const auto& keys : value.toArray()) {
        if (!keys.isString()) return false;
    }
    return true;
}

}  // namespace

Preferences::Preferences(StateStore* store, QObject* parent) : QObject(parent), store_(store) {
    if (store_) {
        refused_ = settings_.fromJson(store_->value(kSettings).toObject());
        shortcuts_ = store_->value(kShortcuts).toObject();
    }
    connect(&settings_, &Settings::changed, this, &Preferences::keepSettings);
}

void Preferences::keepSettings() {
    if (store_) store_->setValue(kSettings, settings_.toJson());
}

void Preferences::setShortcuts(const QJsonObject& shortcuts) {
    if (shortcuts == shortcuts_) return;
    shortcuts_ = shortcuts;
    if (store_) store_->setValue(kShortcuts, shortcuts_);
    Q_EMIT shortcutsChanged();
}

QByteArray Preferences::exported() const {
    QJsonObject values;
    for (const auto& spec : settings_.specs()) {
        if (!settings_.isDefault(spec.id)) values.insert(spec.id, settings_.value(spec.id));
    }
    const QJsonObject document{{kFormat, kExportFormat}, {kSettings, values}, {kShortcuts, shortcuts_}};
    return QJsonDocument(document).toJson();
}

Result<Preferences::Import> Preferences::import(const QByteArray& document) {
    QJsonParseError syntax{};
    const auto whole = QJsonDocument::fromJson(document, &syntax).object();
    if (syntax.error != QJsonParseError::NoError) {
        return fail("settings.syntax", "The file is not JSON: " + syntax.errorString().toStdString(),
                    "byte " + std::to_string(syntax.offset));
    }
    if (whole.value(kFormat).toString() != kExportFormat) {
        return fail("settings.format", "The file does not hold settings of Signalbox", {},
                    "Choose a file that was exported from the settings.");
    }
    Import done;
    const auto values = whole.value(kSettings).toObject();
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (const auto taken = settings_.set(it.key(), *it)) {
            done.taken << it.key();
        } else {
            done.refused << taken.error();
        }
    }
    auto shortcuts = shortcuts_;
    const auto given = whole.value(kShortcuts).toObject();
    for (auto it = given.begin(); it != given.end(); ++it) {
        if (isListOfKeys(*it)) {
            shortcuts.insert(it.key(), *it);
            ++done.shortcuts;
        } else {
            done.refused << Error{"settings.shortcut", "A list of keys is expected", it.key().toStdString(), {}, false};
        }
    }
    setShortcuts(shortcuts);
    return done;
}

}  // namespace signalbox::ui
