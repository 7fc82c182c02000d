#include "ui/panels/retention_dialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kDay = 24LL * 3600 * 1'000'000;
constexpr std::uint64_t kMegabyte = 1'000'000;

int clamped(std::uint64_t value, int most) {
    return static_cast<int>(std::min<std::uint64_t>(value, static_cast<std::uint64_t>(most)));
}

}  // namespace

RetentionDialog::RetentionDialog(const protocol::RetentionDto& retention, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("retentionDialog"));
    setWindowTitle(tr("Keep finished runs"));
    const int unit = Theme::current().unit();
    auto* column = new QVBoxLayout(this);
    column->setSpacing(2 * unit);
    auto* what = new ThemedLabel(ColourRole::Muted);
    what->setText(
        tr("A run is removed as soon as it is over one of these limits, the oldest first. Runs that go on stay."));
    what->setWordWrap(true);
    column->addWidget(what);
    auto* form = new QFormLayout;
    // Up to the next whole day or megabyte: what is shown must not be less than what holds.
    const auto days = static_cast<std::uint64_t>((retention.maxAge + kDay - 1) / kDay);
    const auto megabytes = (retention.maxBytes + kMegabyte - 1) / kMegabyte;
    age_ = addLimit(*form, QStringLiteral("retentionAge"), tr("&Days since the run ended"), tr(" d"),
                    {clamped(days, 36'500), 36'500, 30});
    runs_ = addLimit(*form, QStringLiteral("retentionRuns"), tr("&Runs in all"), {},
                     {clamped(retention.maxRuns, 100'000'000), 100'000'000, 100'000});
    bytes_ = addLimit(*form, QStringLiteral("retentionBytes"), tr("&Size of the database"), tr(" MB"),
                      {clamped(megabytes, 100'000'000), 100'000'000, 10'000});
    column->addLayout(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    auto* apply = buttons->addButton(tr("Change"), QDialogButtonBox::AcceptRole);
    apply->setObjectName(QStringLiteral("retentionApply"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    // Told once the dialog has it: before, Qt would take the first button that Enter could mean, which is Cancel.
    apply->setDefault(true);
}

RetentionDialog::Limit RetentionDialog::addLimit(QFormLayout& form, const QString& name, const QString& label,
                                                 const QString& unit, Range range) {
    Limit limit{new QCheckBox(label), new QSpinBox};
    auto plain = label;
    plain.remove(QLatin1Char('&'));
    limit.on->setObjectName(name + QStringLiteral("On"));
    limit.on->setChecked(range.value > 0);
    limit.value->setObjectName(name);
    limit.value->setAccessibleName(plain);
    limit.value->setRange(1, range.most);
    limit.value->setGroupSeparatorShown(true);
    limit.value->setSuffix(unit);
    limit.value->setValue(range.value > 0 ? range.value : range.preset);
    limit.value->setEnabled(range.value > 0);
    connect(limit.on, &QCheckBox::toggled, limit.value, &QWidget::setEnabled);
    form.addRow(limit.on, limit.value);
    return limit;
}

protocol::RetentionDto RetentionDialog::retention() const {
    const auto of = [](const Limit& limit) {
        return limit.on->isChecked() ? static_cast<std::uint64_t>(limit.value->value()) : 0;
    };
    protocol::RetentionDto retention;
    retention.maxAge = static_cast<std::int64_t>(of(age_)) * kDay;
    retention.maxRuns = of(runs_);
    retention.maxBytes = of(bytes_) * kMegabyte;
    return retention;
}

}  // namespace signalbox::ui
