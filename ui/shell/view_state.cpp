#include "ui/shell/view_state.h"

#include <QHeaderView>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

namespace signalbox::ui {

namespace {

const auto kSplitter = QStringLiteral("splitter:");
const auto kColumns = QStringLiteral("columns:");
const auto kCount = QStringLiteral("count");
const auto kState = QStringLiteral("state");
const auto kTab = QStringLiteral("tab:");

QString base64(const QByteArray& bytes) { return QString::fromLatin1(bytes.toBase64()); }
QByteArray bytes(const QJsonValue& text) { return QByteArray::fromBase64(text.toString().toLatin1()); }

QHeaderView* headerOf(QAbstractItemView* view) {
    if (auto* table = qobject_cast<QTableView*>(view)) return table->horizontalHeader();
    if (auto* tree = qobject_cast<QTreeView*>(view)) return tree->isHeaderHidden() ? nullptr : tree->header();
    return nullptr;
}

}  // namespace

QJsonObject saveViews(const QWidget& root) {
    QJsonObject saved;
    for (const auto* splitter : root.findChildren<QSplitter*>()) {
        if (!splitter->objectName().isEmpty())
            saved.insert(kSplitter + splitter->objectName(), base64(splitter->saveState()));
    }
    for (auto* view : root.findChildren<QAbstractItemView*>()) {
        const auto* header = headerOf(view);
        if (view->objectName().isEmpty() || !header || header->count() == 0) continue;
        saved.insert(kColumns + view->objectName(),
                     QJsonObject{{kCount, header->count()}, {kState, base64(header->saveState())}});
    }
    for (const auto* tabs : root.findChildren<QTabWidget*>()) {
        if (!tabs->objectName().isEmpty()) saved.insert(kTab + tabs->objectName(), tabs->currentIndex());
    }
    return saved;
}

void restoreViews(QWidget& root, const QJsonObject& saved) {
    for (auto* splitter : root.findChildren<QSplitter*>()) {
        const auto state = bytes(saved.value(kSplitter + splitter->objectName()));
        if (!state.isEmpty()) splitter->restoreState(state);
    }
    for (auto* view : root.findChildren<QAbstractItemView*>()) {
        auto* header = headerOf(view);
        const auto columns = saved.value(kColumns + view->objectName()).toObject();
        if (!header || header->count() == 0 || columns.value(kCount).toInt() != header->count()) continue;
        header->restoreState(bytes(columns.value(kState)));
    }
    for (auto* tabs : root.findChildren<QTabWidget*>()) {
        const int index = saved.value(kTab + tabs->objectName()).toInt(-1);
        if (index >= 0 && index < tabs->count()) tabs->setCurrentIndex(index);
    }
}

}  // namespace signalbox::ui
