#include "ui/widgets/time_range_edit.h"

#include <QDateTime>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <array>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kMinute = 60'000'000;
constexpr std::array<std::int64_t, 8> kPresets = {5 * kMinute,           15 * kMinute,          60 * kMinute,
                                                  6 * 60 * kMinute,      24 * 60 * kMinute,     2 * 24 * 60 * kMinute,
                                                  7 * 24 * 60 * kMinute, 30 * 24 * 60 * kMinute};

QString asTyped(std::int64_t micros) { return inTimeZone(micros).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")); }

}  // namespace

TimeRangeEdit::TimeRangeEdit(QWidget* parent)
    : QToolButton(parent), now_([] { return QDateTime::currentMSecsSinceEpoch() * 1000; }) {
    setObjectName(QStringLiteral("timeRangeEdit"));
    setIcon(themedIcon(QStringLiteral("clock"), ColourRole::Muted));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setFocusPolicy(Qt::StrongFocus);
    setAutoRaise(true);
    connect(this, &QToolButton::clicked, this, &TimeRangeEdit::openChoices);
    refresh();
}

void TimeRangeEdit::setClock(std::function<std::int64_t()> now) { now_ = std::move(now); }

void TimeRangeEdit::setRange(const TimeRange& range) {
    if (range == range_) return;
    range_ = range;
    refresh();
    Q_EMIT rangeChanged(range_);
}

void TimeRangeEdit::refresh() {
    setText(describe(range_));
    setAccessibleName(tr("Time range: %1").arg(text()));
    setToolTip(tr("Choose a time range"));
}

void TimeRangeEdit::openChoices() {
    if (popover_) {
        popover_->dismiss();
        return;
    }
    auto* choices = new TimeRangeChoices(range_, now_());
    connect(choices, &TimeRangeChoices::chosen, this, &TimeRangeEdit::choose);
    popover_ = Popover::open(*this, *choices);
}

void TimeRangeEdit::choose(const TimeRange& range) {
    if (popover_) popover_->dismiss();
    setRange(range);
}

TimeRangeChoices::TimeRangeChoices(const TimeRange& range, std::int64_t now, QWidget* parent)
    : QWidget(parent),
      now_(now),
      from_(new QLineEdit),
      to_(new QLineEdit),
      problem_(new ThemedLabel(ColourRole::Error, ThemedLabel::Kind::Caption)) {
    setObjectName(QStringLiteral("timeRangeChoices"));
    setAccessibleName(tr("Time range"));
    const auto unit = Theme::current().unit();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit, unit, unit, unit);
    column->setSpacing(unit);
    column->addWidget(buildPresets(range));
    column->addWidget(buildFields(range));
}

QWidget* TimeRangeChoices::buildPresets(const TimeRange& range) {
    const auto unit = Theme::current().unit();
    auto* presets = new QWidget;
    auto* grid = new QGridLayout(presets);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(unit / 2);
    int place = 0;
    const auto add = [&](const TimeRange& preset) {
        auto* button = new QPushButton(describe(preset));
        button->setObjectName(QStringLiteral("preset:") + writeTimeRange(preset));
        button->setAccessibleName(describe(preset));
        button->setProperty("quiet", preset != range);
        connect(button, &QPushButton::clicked, this, [this, preset] { Q_EMIT chosen(preset); });
        grid->addWidget(button, place / 3, place % 3);
        ++place;
    };
    for (const auto micros : kPresets) add(TimeRange::lastMicros(micros));
    add(TimeRange::all());
    return presets;
}

QWidget* TimeRangeChoices::buildFields(const TimeRange& range) {
    const auto unit = Theme::current().unit();
    from_->setObjectName(QStringLiteral("rangeFrom"));
    from_->setAccessibleName(tr("From"));
    from_->setText(range.kind == TimeRange::Kind::All ? QString() : asTyped(range.begin(now_)));
    from_->setPlaceholderText(tr("2026-03-01 08:00 or now-2h"));
    to_->setObjectName(QStringLiteral("rangeTo"));
    to_->setAccessibleName(tr("To"));
    to_->setText(range.kind == TimeRange::Kind::Absolute ? asTyped(range.to) : QStringLiteral("now"));
    for (auto* field : {from_, to_}) {
        field->setMinimumWidth(field->fontMetrics().horizontalAdvance(QStringLiteral("2026-03-01 08:00:00")) +
                               unit * 4);
    }
    problem_->setObjectName(QStringLiteral("rangeProblem"));
    problem_->hide();
    auto* take = new QPushButton(tr("&Apply"));
    take->setObjectName(QStringLiteral("rangeApply"));
    take->setAccessibleName(tr("Apply"));
    take->setProperty("primary", true);
    connect(take, &QPushButton::clicked, this, &TimeRangeChoices::apply);
    connect(from_, &QLineEdit::returnPressed, this, &TimeRangeChoices::apply);
    connect(to_, &QLineEdit::returnPressed, this, &TimeRangeChoices::apply);
    auto* fields = new QWidget;
    auto* grid = new QGridLayout(fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(unit);
    grid->setVerticalSpacing(unit / 2);
    auto* fromLabel = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption);
    fromLabel->setText(tr("From"));
    auto* toLabel = new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption);
    toLabel->setText(tr("To"));
    grid->addWidget(fromLabel, 0, 0);
    grid->addWidget(toLabel, 0, 1);
    grid->addWidget(from_, 1, 0);
    grid->addWidget(to_, 1, 1);
    grid->addWidget(take, 1, 2);
    grid->addWidget(problem_, 2, 0, 1, 3);
    return fields;
}

void TimeRangeChoices::apply() {
    const auto from = parseMoment(from_->text(), now_);
    const auto to = parseMoment(to_->text(), now_);
    QString problem;
    if (!from || !to) {
        problem = tr("A time looks like 2026-03-01 08:00, 08:00, now or now-2h.");
    } else if (*from >= *to) {
        problem = tr("“From” has to lie before “To”.");
    }
    from_->setProperty("invalid", !from || (to && *from >= *to));
    to_->setProperty("invalid", !to);
    from_->update();
    to_->update();
    problem_->setText(problem);
    problem_->setVisible(!problem.isEmpty());
    from_->setAccessibleDescription(problem);
    if (problem.isEmpty()) Q_EMIT chosen(TimeRange::between(*from, *to));
}

}  // namespace signalbox::ui
