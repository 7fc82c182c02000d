#include "ui/shell/setting_row.h"

#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

#include "ui/settings/settings.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

SettingRow::SettingRow(Settings& settings, const QString& id, QWidget* parent)
    : QWidget(parent),
      settings_(settings),
      id_(id),
      control_(buildControl()),
      reset_(new QToolButton),
      note_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(QStringLiteral("settingRow.") + id);
    build();
    connect(reset_, &QToolButton::clicked, this, [this] {
        settings_.reset(id_);
        control_->setFocus();
    });
    connect(&settings_, &Settings::changed, this, [this](const QString& changed) {
        if (changed == id_) refresh();
    });
    refresh();
}

QWidget* SettingRow::buildControl() {
    const auto& spec = *settings_.spec(id_);
    const auto put = [this](const QJsonValue& value) { static_cast<void>(settings_.set(id_, value)); };
    QWidget* made = nullptr;
    if (spec.type == SettingSpec::Type::Switch) {
        auto* box = new QCheckBox;
        connect(box, &QCheckBox::toggled, this, put);
        made = box;
    } else if (spec.type == SettingSpec::Type::Choice) {
        auto* box = new QComboBox;
        for (const auto& option : spec.options) box->addItem(option.label, option.value);
        connect(box, &QComboBox::activated, this, [box, put] { put(box->currentData().toString()); });
        made = box;
    } else {
        auto* box = new QSpinBox;
        box->setRange(spec.minimum, spec.maximum);
        box->setSuffix(spec.suffix);
        box->setKeyboardTracking(false);
        box->setMinimumWidth(Theme::current().unit() * 11);
        connect(box, &QSpinBox::valueChanged, this, put);
        made = box;
    }
    made->setObjectName(QStringLiteral("setting.") + id_);
    made->setAccessibleName(spec.title);
    made->setAccessibleDescription(spec.help);
    return made;
}

void SettingRow::build() {
    const int unit = Theme::current().unit();
    const auto& spec = *settings_.spec(id_);
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    title->setText(spec.title);
    auto* help = new ThemedLabel(ColourRole::Muted);
    help->setText(spec.help);
    if (spec.help.isEmpty()) help->hide();
    reset_->setObjectName(QStringLiteral("settingReset.") + id_);
    reset_->setIcon(themedIcon(QStringLiteral("rerun")));
    reset_->setAccessibleName(tr("Reset %1 to its default").arg(spec.title));
    reset_->setToolTip(tr("Back to the default"));
    reset_->setAutoRaise(true);
    auto keeps = reset_->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    reset_->setSizePolicy(keeps);
    note_->setObjectName(QStringLiteral("settingNote.") + id_);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, unit, 0, unit);
    grid->setHorizontalSpacing(unit * 2);
    grid->setVerticalSpacing(unit / 4);
    grid->setColumnStretch(0, 1);
    grid->addWidget(title, 0, 0);
    grid->addWidget(help, 1, 0);
    grid->addWidget(note_, 2, 0);
    grid->addWidget(control_, 0, 1, 2, 1, Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(reset_, 0, 2, 2, 1, Qt::AlignVCenter);
}

void SettingRow::refresh() {
    const auto& spec = *settings_.spec(id_);
    const auto value = settings_.value(id_);
    const QSignalBlocker quiet(control_);
    if (auto* check = qobject_cast<QCheckBox*>(control_)) check->setChecked(value.toBool());
    if (auto* combo = qobject_cast<QComboBox*>(control_)) combo->setCurrentIndex(combo->findData(value.toString()));
    if (auto* spin = qobject_cast<QSpinBox*>(control_)) spin->setValue(value.toInt());
    const bool standard = settings_.isDefault(id_);
    reset_->setVisible(!standard);
    QStringList notes;
    if (!standard) notes << tr("Default: %1").arg(settings_.describe(id_, spec.defaultValue));
    if (spec.needsRestart) notes << tr("Acts after the next start");
    note_->setText(notes.join(QStringLiteral(" · ")));
    note_->setVisible(!notes.isEmpty());
}

bool SettingRow::matches(const QString& words) const {
    const auto& spec = *settings_.spec(id_);
    auto text = QStringList{spec.id, spec.title, spec.help, spec.category, spec.keywords}.join(QLatin1Char(' '));
    for (const auto& option : spec.options) text += QLatin1Char(' ') + option.label;
    for (const auto& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (!text.contains(word, Qt::CaseInsensitive)) return false;
    }
    return true;
}

}  // namespace signalbox::ui
