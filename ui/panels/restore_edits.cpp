#include "ui/panels/restore_edits.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPromise>
#include <QPushButton>
#include <QThreadPool>
#include <QVBoxLayout>
#include <algorithm>
#include <memory>
#include <system_error>

#include "base/json.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/panel_context.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

ThemedLabel* label(ColourRole role, ThemedLabel::Kind kind, const QString& text) {
    auto* made = new ThemedLabel(role, kind);
    made->setText(text);
    return made;
}

QPushButton* button(const char* name, const QString& text) {
    auto* made = new QPushButton(text);
    auto plain = text;
    made->setObjectName(QLatin1String(name));
    made->setAccessibleName(plain.remove(QLatin1Char('&')));
    made->setAutoDefault(false);
    return made;
}

}  // namespace

RestoreDialog::RestoreDialog(const RecoveredEdits& edits, int more, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("restoreDialog"));
    const auto name = toQString(edits.header.name.empty() ? edits.header.workflow : edits.header.name);
    setWindowTitle(tr("Unsaved edits of %1").arg(name));
    const int unit = Theme::current().unit();
    const auto count = static_cast<int>(edits.steps.size() + edits.stepsBefore);
    auto text = tr("%n edit(s) were not saved when the program ended, the last one on %1.", nullptr, count)
                    .arg(formatDateTime(edits.steps.back().wall));
    if (edits.torn) text += QLatin1Char(' ') + tr("The very last one was cut short and is left out.");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3, unit * 3, unit * 3, unit * 3);
    column->setSpacing(unit * 3 / 2);
    column->addWidget(label(ColourRole::Text, ThemedLabel::Kind::Title, windowTitle()));
    column->addWidget(label(ColourRole::Text, ThemedLabel::Kind::Body, text));
    column->addWidget(buildSteps(edits), 1);
    if (more > 0) {
        column->addWidget(label(ColourRole::Muted, ThemedLabel::Kind::Caption,
                                tr("%n more workflow(s) with unsaved edits will be asked about.", nullptr, more)));
    }
    column->addWidget(buildButtons());
    resize(unit * 70, unit * 56);
}

QListWidget* RestoreDialog::buildSteps(const RecoveredEdits& edits) {
    auto* list = new QListWidget;
    list->setObjectName(QStringLiteral("restoreSteps"));
    list->setAccessibleName(tr("Edits, the last one first"));
    // Typing is an edit a key: what was done to one field in a row is one line.
    for (auto step = edits.steps.rbegin(); step != edits.steps.rend();) {
        const auto next = std::find_if(step, edits.steps.rend(), [&](const auto& s) { return s.text != step->text; });
        auto text = QStringLiteral("%1  %2").arg(formatTimeOfDay(step->wall), toQString(step->text));
        if (next - step > 1) text += tr(" (%1 times)").arg(next - step);
        list->addItem(text);
        step = next;
    }
    if (edits.stepsBefore > 0) list->addItem(tr("%n earlier edit(s)", nullptr, static_cast<int>(edits.stepsBefore)));
    return list;
}

QWidget* RestoreDialog::buildButtons() {
    auto* restore = button("restoreEdits", tr("&Restore"));
    restore->setProperty("primary", true);
    restore->setDefault(true);
    auto* copy = button("restoreCopy", tr("&Save as a copy"));
    auto* discard = button("restoreDiscard", tr("&Discard"));
    connect(restore, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT restoreChosen();
    });
    connect(copy, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT copyChosen();
    });
    connect(discard, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT discardChosen();
    });
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::current().unit());
    row->addWidget(discard);
    row->addStretch(1);
    row->addWidget(copy);
    row->addWidget(restore);
    restore->setFocus();
    return bar;
}

QList<QWidget*> RestoreDialog::gatewayButtons() const {
    return {findChild<QPushButton*>(QStringLiteral("restoreEdits")),
            findChild<QPushButton*>(QStringLiteral("restoreCopy"))};
}

EditRecovery::EditRecovery(PanelContext& context, QWidget& window)
    : QObject(&window), context_(context), window_(window) {
    if (context_.gatewayKey().empty()) {
        connect(&context_, &PanelContext::gatewayKnown, this, [this] { look(context_.gatewayKey()); });
    } else {
        look(context_.gatewayKey());
    }
}

void EditRecovery::look(const std::string& gateway) {
    auto promise = std::make_shared<QPromise<std::vector<RecoveredEdits>>>();
    promise->start();
    promise->future().then(this, [this](std::vector<RecoveredEdits> found) {
        found_ = std::move(found);
        looking_ = false;
        Q_EMIT looked(static_cast<int>(found_.size()));
        askNext();
    });
    QThreadPool::globalInstance()->start([promise, folder = context_.journalFolder(), gateway] {
        promise->addResult(findLostEdits(folder, gateway));
        promise->finish();
    });
}

void EditRecovery::askNext() {
    if (found_.empty()) return;
    const auto edits = found_.front();
    found_.erase(found_.begin());
    auto* dialog = new RestoreDialog(edits, static_cast<int>(found_.size()), &window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    for (auto* button : dialog->gatewayButtons()) holdBackWhileAway(context_.connection(), *button);
    connect(dialog, &RestoreDialog::restoreChosen, this, [this, edits] { context_.restoreEdits(edits); });
    connect(dialog, &RestoreDialog::copyChosen, this, [this, edits] { saveCopy(edits); });
    connect(dialog, &RestoreDialog::discardChosen, this, [this, edits] { discard(edits); });
    connect(dialog, &QDialog::finished, this, &EditRecovery::askNext, Qt::QueuedConnection);
    dialog->open();
}

void EditRecovery::saveCopy(const RecoveredEdits& edits) {
    const auto id = toQString(edits.header.workflow) + QStringLiteral("-restored");
    const auto text = writeJson(edits.document.with("id", id.toStdString()), JsonStyle::Pretty);
    context_.client().workflows().save(text, {}).then(
        this, [this, edits](const Result<protocol::WorkflowDetail>& reply) {
            if (reply) {
                discard(edits);
            } else {
                Q_EMIT context_.problem(reply.error(), [this, edits] { saveCopy(edits); });
            }
        });
}

void EditRecovery::discard(const RecoveredEdits& edits) {
    std::error_code ignored;
    std::filesystem::remove(edits.file, ignored);
}

}  // namespace signalbox::ui
