#include "ui/settings/settings.h"

#include <algorithm>
#include <cmath>

namespace signalbox::ui {

namespace {

std::string utf8(const QString& text) { return text.toStdString(); }

Status checkNumber(const SettingSpec& spec, const QJsonValue& value) {
    if (!value.isDouble() || std::trunc(value.toDouble()) != value.toDouble()) {
        return fail("setting.type", "A whole number is expected", utf8(spec.id));
    }
    if (value.toDouble() < spec.minimum || value.toDouble() > spec.maximum) {
        return fail("setting.range",
                    "The number is not from " + std::to_string(spec.minimum) + " to " + std::to_string(spec.maximum),
                    utf8(spec.id));
    }
    return {};
}

Status checkChoice(const SettingSpec& spec, const QJsonValue& value) {
    if (!value.isString()) return fail("setting.type", "One of the choices is expected, as text", utf8(spec.id));
    QStringList known;
    for (const auto& option : spec.options) {
        if (option.value == value.toString()) return {};
        known << option.value;
    }
    return fail("setting.choice", "There is no choice \"" + utf8(value.toString()) + "\"", utf8(spec.id),
                "Choose from: " + utf8(known.join(QStringLiteral(", "))));
}

}  // namespace

void Settings::declare(const SettingSpec& spec) {
    if (indexOf_.contains(spec.id)) return;
    indexOf_.insert(spec.id, specs_.size());
    specs_ << spec;
    const auto early = unread_.value(spec.id);
    if (!early.isUndefined() && check(spec.id, early)) {
        unread_.remove(spec.id);
        store(spec.id, early);
    }
    Q_EMIT declared(spec.id);
}

const SettingSpec* Settings::spec(const QString& id) const {
    const auto found = indexOf_.constFind(id);
    return found == indexOf_.constEnd() ? nullptr : &specs_[*found];
}

QJsonValue Settings::value(const QString& id) const {
    const auto* known = spec(id);
    if (!known) return QJsonValue::Undefined;
    const auto found = values_.constFind(id);
    return found == values_.constEnd() ? known->defaultValue : *found;
}

Status Settings::check(const QString& id, const QJsonValue& value) const {
    const auto* known = spec(id);
    if (!known) return fail("setting.unknown", "There is no such setting", utf8(id));
    switch (known->type) {
        case SettingSpec::Type::Switch:
            if (!value.isBool()) return fail("setting.type", "true or false is expected", utf8(id));
            return {};
        case SettingSpec::Type::Choice:
            return checkChoice(*known, value);
        case SettingSpec::Type::Number:
            return checkNumber(*known, value);
    }
    return {};
}

// Of a value that has been checked.
void Settings::store(const QString& id, const QJsonValue& value) {
    const auto before = this->value(id);
    if (value == spec(id)->defaultValue) {
        values_.remove(id);
    } else {
        values_.insert(id, value);
    }
    if (this->value(id) != before) Q_EMIT changed(id);
}

Status Settings::set(const QString& id, const QJsonValue& value) {
    SIGNALBOX_CHECK(check(id, value));
    unread_.remove(id);
    store(id, value);
    return {};
}

void Settings::reset(const QString& id) {
    if (const auto* known = spec(id)) store(id, known->defaultValue);
}

void Settings::resetAll() {
    for (const auto& spec : std::as_const(specs_)) store(spec.id, spec.defaultValue);
}

QString Settings::describe(const QString& id, const QJsonValue& value) const {
    const auto* known = spec(id);
    if (!known) return {};
    switch (known->type) {
        case SettingSpec::Type::Switch:
            return value.toBool() ? tr("On") : tr("Off");
        case SettingSpec::Type::Number:
            return QString::number(value.toInt()) + known->suffix;
        case SettingSpec::Type::Choice:
            for (const auto& option : known->options) {
                if (option.value == value.toString()) return option.label;
            }
    }
    return value.toString();
}

QJsonObject Settings::toJson() const {
    auto all = unread_;
    for (auto it = values_.constBegin(); it != values_.constEnd(); ++it) all.insert(it.key(), it.value());
    return all;
}

QList<Error> Settings::fromJson(const QJsonObject& values) {
    QList<Error> refused;
    unread_ = {};
    for (auto it = values.begin(); it != values.end(); ++it) {
        if (auto fits = check(it.key(), *it); !fits) {
            unread_.insert(it.key(), *it);
            // What nobody has declared yet may be declared later.
            if (fits.error().code != "setting.unknown") refused << fits.error();
        }
    }
    for (const auto& spec : std::as_const(specs_)) {
        const bool given = values.contains(spec.id) && !unread_.contains(spec.id);
        store(spec.id, given ? values.value(spec.id) : spec.defaultValue);
    }
    return refused;
}

}  // namespace signalbox::ui
