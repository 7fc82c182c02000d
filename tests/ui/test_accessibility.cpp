// The window as those hear it who do not see it: the whole tree of accessible objects, and Tab through every page.
#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QDockWidget>
#include <QListView>
#include <QTabBar>
#include <QTabWidget>
#include <algorithm>
#include <functional>

#include "ui/shell/layouts.h"
#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kMostStops = 400;
constexpr int kCellsLookedAt = 3;  ///< rows of each table

/// What is wrong below an accessible object, one line each, with the way to it.
class TreeCheck {
public:
    void walk(QAccessibleInterface* interface, const QString& way) {
        if (seen_.contains(interface)) return;
        seen_.insert(interface);
        check(*interface, way);
        if (interface->tableInterface() != nullptr) return checkTable(*interface, way);
        for (int i = 0; i < interface->childCount(); ++i) {
            auto* child = interface->child(i);
            if (child == nullptr) {
                problems_ << QStringLiteral("%1: child %2 is missing").arg(way).arg(i);
            } else if (!child->state().invisible) {
                walk(child, way + QLatin1Char('/') + nameOf(*child));
            }
        }
    }
    [[nodiscard]] QStringList problems() const { return problems_; }
    [[nodiscard]] int count() const { return static_cast<int>(seen_.size()); }

private:
    static QString nameOf(QAccessibleInterface& interface) {
        const auto* object = interface.object();
        return object != nullptr ? QStringLiteral("%1(%2)").arg(object->objectName(),
                                                                QLatin1String(object->metaObject()->className()))
                                 : interface.text(QAccessible::Name);
    }
    void check(QAccessibleInterface& interface, const QString& way) {
        static const QSet<QAccessible::Role> spoken{
            QAccessible::Button,  QAccessible::CheckBox, QAccessible::RadioButton, QAccessible::ComboBox,
            QAccessible::PageTab, QAccessible::MenuItem, QAccessible::EditableText};
        const bool needsName = interface.state().focusable || spoken.contains(interface.role());
        // A spin box and a combo box speak for the line edit in them.
        const auto* parent = interface.parent();
        const bool inner =
            parent != nullptr && (parent->role() == QAccessible::SpinBox || parent->role() == QAccessible::ComboBox);
        if (needsName && !inner && interface.text(QAccessible::Name).isEmpty()) {
            problems_ << QStringLiteral("%1: no name (role %2)").arg(way).arg(interface.role());
        }
        if (interface.state().focusable && interface.role() == QAccessible::NoRole) {
            problems_ << QStringLiteral("%1: no role").arg(way);
        }
        if (auto* widget = qobject_cast<QWidget*>(interface.object()); widget && !widget->isWindow()) {
            if (interface.parent() == nullptr) problems_ << QStringLiteral("%1: no parent").arg(way);
        }
    }
    void checkTable(QAccessibleInterface& interface, const QString& way) {
        auto* table = interface.tableInterface();
        for (int row = 0; row < std::min(table->rowCount(), kCellsLookedAt); ++row) {
            bool says = false;
            for (int column = 0; column < table->columnCount(); ++column) {
                auto* cell = table->cellAt(row, column);
                if (cell == nullptr) {
                    problems_ << QStringLiteral("%1: no cell %2, %3").arg(way).arg(row).arg(column);
                } else {
                    says = says || !cell->text(QAccessible::Name).isEmpty();
                }
            }
            if (!says) problems_ << QStringLiteral("%1: row %2 says nothing").arg(way).arg(row);
        }
    }
    QSet<QAccessibleInterface*> seen_;
    QStringList problems_;
};

}  // namespace

class TestAccessibility : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f_.reset(); }
    void theTreeSpeaks_data() { layoutRows(); }
    void theTreeSpeaks();
    void tabReachesEveryControl_data() { layoutRows(); }
    void tabReachesEveryControl();

private:
    static void layoutRows();
    /// Calls back with each page of each dock in front, one after the other.
    void forEveryPage(const std::function<void(const QString& page)>& look) const;
    void walkByTab(const QString& page) const;
    std::unique_ptr<test::WindowFixture> f_;
};

void TestAccessibility::layoutRows() {
    QTest::addColumn<QString>("layout");
    for (const auto& layout : designedLayouts()) QTest::newRow(qPrintable(layout.id)) << layout.id;
}

void TestAccessibility::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
    f_->gateway->runs.push_back(test::freshRun(test::smallWorkflow(), "old", f_->gateway->now()));
    f_->gateway->runs.back().summary.status = "failed";
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->window->context().run().open(QStringLiteral("old"));
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("failed"));
    f_->canvas().selectNode(QStringLiteral("read"));
}

void TestAccessibility::forEveryPage(const std::function<void(const QString& page)>& look) const {
    for (auto* dock : f_->window->findChildren<QDockWidget*>()) {
        if (!f_->window->layouts().includes(dock->objectName())) continue;
        dock->show();
        dock->raise();
        QCoreApplication::processEvents();
        const auto tabs = dock->findChildren<QTabWidget*>();
        if (tabs.isEmpty()) look(dock->objectName());
        for (auto* widget : tabs) {
            for (int i = 0; i < widget->count(); ++i) {
                widget->setCurrentIndex(i);
                QCoreApplication::processEvents();
                look(QStringLiteral("%1/%2").arg(dock->objectName(), widget->tabText(i)));
            }
        }
    }
}

void TestAccessibility::theTreeSpeaks() {
    QFETCH(QString, layout);
    f_->window->layouts().apply(layout);
    QStringList problems;
    int most = 0;
    forEveryPage([&](const QString& page) {
        TreeCheck tree;
        tree.walk(QAccessible::queryAccessibleInterface(f_->window.get()), QString());
        for (const auto& problem : tree.problems()) problems << page + QStringLiteral(": ") + problem;
        most = std::max(most, tree.count());
    });
    problems.removeDuplicates();
    QVERIFY2(problems.isEmpty(), qPrintable(problems.mid(0, 20).join(QLatin1Char('\n'))));
    QVERIFY2(most > 80, qPrintable(QString::number(most)));
}

void TestAccessibility::walkByTab(const QString& page) const {
    auto* start = &f_->canvas();
    start->setFocus();
    QList<QWidget*> order;
    QWidget* focused = start;
    for (int i = 0; i < kMostStops; ++i) {
        order << focused;
        QTest::keyClick(focused, Qt::Key_Tab);
        focused = QApplication::focusWidget();
        QVERIFY2(focused, qPrintable(page));
        // Tab goes from node to node in the graph before it leaves it.
        if (focused == start && order.last() != start) break;
    }
    QVERIFY2(focused == start, qPrintable(page + QStringLiteral(": Tab does not come back")));
    for (auto* widget : f_->window->findChildren<QWidget*>()) {
        const bool isStop = (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled() &&
                            widget->isVisible() && !widget->visibleRegion().isEmpty() && !widget->focusProxy();
        // Buttons of one exclusive group are one stop; the arrow keys go on from there.
        if (!isStop || order.contains(widget) || widget->window() != f_->window.get()) continue;
        if (const auto* button = qobject_cast<QAbstractButton*>(widget); button && button->group()) continue;
        QStringList way;
        for (const auto* stop : order) way << stop->objectName();
        QFAIL(qPrintable(QStringLiteral("%1: Tab does not reach %2 (%3), only %4")
                             .arg(page, widget->objectName(), QLatin1String(widget->metaObject()->className()),
                                  way.join(QLatin1Char(' ')))));
    }
}

void TestAccessibility::tabReachesEveryControl() {
    QFETCH(QString, layout);
    f_->window->layouts().apply(layout);
    forEveryPage([this](const QString& page) {
        if (!QTest::currentTestFailed()) walkByTab(page);
    });
}

QTEST_MAIN(TestAccessibility)
#include "test_accessibility.moc"
