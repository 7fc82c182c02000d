#include "ui/shell/settings_dialog.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "base/file.h"
#include "ui/panels/panel_context.h"
#include "ui/settings/preferences.h"
#include "ui/shell/setting_row.h"
#include "ui/text/format.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {
constexpr std::size_t kMostImportBytes = 1 << 20;
}

SettingsDialog::SettingsDialog(Preferences& preferences, QWidget* parent)
    : QDialog(parent),
      preferences_(preferences),
      search_(new QLineEdit),
      pages_(new QListWidget),
      scroll_(new QScrollArea),
      content_(new QWidget),
      column_(new QVBoxLayout(content_)),
      notice_(new NoticeBar),
      nothing_(new ThemedLabel(ColourRole::Muted)) {
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    build();
    buildRows();
    connect(search_, &QLineEdit::textChanged, this, &SettingsDialog::filter);
    connect(pages_, &QListWidget::currentRowChanged, this, [this] {
        search_->clear();
        filter();
    });
    pages_->setCurrentRow(0);
    filter();
}

void SettingsDialog::build() {
    const int unit = Theme::current().unit();
    search_->setObjectName(QStringLiteral("settingsSearch"));
    search_->setAccessibleName(tr("Search settings"));
    search_->setPlaceholderText(search_->accessibleName());
    makeSearchLine(*search_);
    pages_->setObjectName(QStringLiteral("settingsPages"));
    pages_->setAccessibleName(tr("Pages"));
    pages_->setItemDelegate(new ItemDelegate(pages_));
    pages_->setFixedWidth(unit * 22);
    pages_->setFrameShape(QFrame::NoFrame);
    scroll_->setObjectName(QStringLiteral("settingsScroll"));
    scroll_->setWidget(content_);
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setFocusPolicy(Qt::NoFocus);
    nothing_->setText(tr("No setting matches."));
    column_->setContentsMargins(unit * 3, unit, unit * 3, unit * 2);
    column_->setSpacing(0);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(pages_);
    middle->addWidget(scroll_, 1);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(unit * 2, unit * 2, unit * 2, unit);
    top->addWidget(search_);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(top);
    whole->addWidget(notice_);
    whole->addLayout(middle, 1);
    whole->addWidget(buildButtons());
    resize(unit * 96, unit * 72);
}

void SettingsDialog::buildRows() {
    const int unit = Theme::current().unit();
    QStringList categories;
    const auto& specs = preferences_.settings().specs();
    for (const auto& spec : specs) {
        if (!categories.contains(spec.category)) categories << spec.category;
    }
    for (const auto& category : std::as_const(categories)) {
        pages_->addItem(category);
        auto* heading = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Title);
        heading->setText(category);
        heading->setContentsMargins(0, unit, 0, unit / 2);
        headings_.insert(category, heading);
        column_->addWidget(heading);
        for (const auto& spec : specs) {
            if (spec.category != category) continue;
            rows_ << new SettingRow(preferences_.settings(), spec.id);
            column_->addWidget(rows_.last());
        }
    }
    column_->addWidget(nothing_);
    column_->addStretch(1);
}

QWidget* SettingsDialog::buildButtons() {
    const int unit = Theme::current().unit();
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(unit * 2, unit, unit * 2, unit * 2);
    const auto add = [this, row](const char* name, const QString& text, auto handler) {
        auto* button = new QPushButton(text);
        button->setObjectName(QLatin1String(name));
        auto plain = text;
        button->setAccessibleName(plain.remove(QLatin1Char('&')));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, handler);
        row->addWidget(button);
    };
    add("settingsImport", tr("&Import…"), [this] { chooseFile(false); });
    add("settingsExport", tr("&Export…"), [this] { chooseFile(true); });
    add("settingsResetAll", tr("&Reset all"), [this] { preferences_.settings().resetAll(); });
    row->addStretch(1);
    add("settingsClose", tr("&Close"), [this] { accept(); });
    return box;
}

void SettingsDialog::filter() {
    const auto words = search_->text().simplified();
    const auto* page = pages_->currentItem();
    QSet<QString> shown;
    for (auto* row : std::as_const(rows_)) {
        const auto category = preferences_.settings().spec(row->id())->category;
        const bool visible = words.isEmpty() ? page && page->text() == category : row->matches(words);
        row->setVisible(visible);
        if (visible) shown.insert(category);
    }
    for (auto it = headings_.constBegin(); it != headings_.constEnd(); ++it)
        it.value()->setVisible(shown.contains(it.key()));
    nothing_->setVisible(shown.isEmpty());
}

void SettingsDialog::reveal(const QString& id) {
    for (auto* row : std::as_const(rows_)) {
        if (row->id() != id) continue;
        const auto found = pages_->findItems(preferences_.settings().spec(id)->category, Qt::MatchExactly);
        if (!found.isEmpty()) pages_->setCurrentItem(found.first());
        search_->clear();
        filter();
        row->control().setFocus();
        scroll_->ensureWidgetVisible(row);
    }
}

void SettingsDialog::chooseFile(bool toExport) {
    auto* dialog =
        new QFileDialog(this, toExport ? tr("Export settings") : tr("Import settings"), {}, tr("Settings (*.json)"));
    dialog->setObjectName(QStringLiteral("settingsFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toExport ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toExport ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    if (toExport) dialog->selectFile(QStringLiteral("signalbox-settings.json"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, toExport](const QString& path) { toExport ? exportTo(path) : importFrom(path); });
    dialog->open();
}

void SettingsDialog::importFrom(const QString& path) {
    const auto text = readFile(path.toStdString(), kMostImportBytes);
    if (!text) return showProblem(*notice_, text.error(), false);
    const auto done = preferences_.import(QByteArray::fromStdString(*text));
    if (!done) return showProblem(*notice_, done.error(), false);
    const auto taken = tr("%n setting(s) taken over", nullptr, static_cast<int>(done->taken.size()));
    if (done->refused.isEmpty()) return notice_->showInfo(taken);
    QStringList problems;
    for (const auto& error : done->refused) {
        problems << QStringLiteral("%1: %2").arg(toQString(error.where), toQString(error.message));
    }
    notice_->showError(tr("%1, %n refused", nullptr, static_cast<int>(done->refused.size())).arg(taken),
                       problems.join(QStringLiteral("; ")), toQString(done->refused.first().code), path, false);
}

void SettingsDialog::exportTo(const QString& path) {
    const auto written = writeFileAtomically(path.toStdString(), preferences_.exported().toStdString());
    if (!written) return showProblem(*notice_, written.error(), false);
    notice_->showInfo(tr("Written to %1").arg(path));
}

}  // namespace signalbox::ui
