// The window on a real signalboxd that is killed under it and comes back.
#include <QAction>
#include <QLineEdit>
#include <QListView>

#include "contract/contract_bench.h"
#include "ui/document/workflow_edits.h"
#include "ui/panels/panel_context.h"
#include "ui/shell/connection_bar.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;
using client::ConnectionState;

class TestGatewayRestart : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesNothingAndNeedsNoClick();

private:
    static constexpr int kPatience = 20'000;
    template <class Widget>
    Widget* part(const char* name) const {
        return window_->findChild<Widget*>(QLatin1String(name));
    }
    void write(const QString& name, const std::string& text) const {
        QFile file(folder_.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(text));
    }
    QTemporaryDir folder_;
    std::unique_ptr<MainWindow> window_;
};

void TestGatewayRestart::losesNothingAndNeedsNoClick() {
    write(QStringLiteral("waiting.workflow.json"), contract::signalDocument());
    contract::Daemon daemon(folder_.path());
    auto remote = daemon.connect();
    Theme::current().setReducedMotion(true);
    WindowOptions options;
    options.connection = remote.connection.get();
    window_ = std::make_unique<MainWindow>(*remote.client, options);
    window_->show();
    QTRY_COMPARE_WITH_TIMEOUT(part<QListView>("workflowList")->model()->rowCount(), 1, kPatience);
    window_->openWorkflow(QStringLiteral("waiting"));
    QTRY_COMPARE_WITH_TIMEOUT(window_->context().workflowId(), QStringLiteral("waiting"), kPatience);
    window_->runCurrent();
    QTRY_COMPARE_WITH_TIMEOUT(part<StateBadge>("runState")->status(), QStringLiteral("waiting"), kPatience);
    const auto run = window_->context().run().runId();
    auto& document = *window_->context().document();
    QVERIFY(document.apply(edits::set(document.root(), nodePointer(document.root(), QStringLiteral("wait")), "/title",
                                      Value("Wait for it"), QStringLiteral("Title"))));
    QVERIFY(document.isDirty());

    daemon.kill();
    QTRY_COMPARE_WITH_TIMEOUT(int(remote.connection->status().state), int(ConnectionState::Lost), kPatience);
    QTRY_VERIFY(part<ConnectionBar>("connectionBar")->isVisible());
    QVERIFY(!part<QAction>("actionSave")->isEnabled());
    write(QStringLiteral("other.workflow.json"), contract::doublingDocument("other"));
    daemon.start();

    // From here on nobody touches the window.
    QTRY_VERIFY_WITH_TIMEOUT(part<ConnectionBar>("connectionBar")->isHidden(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(part<QListView>("workflowList")->model()->rowCount(), 2, kPatience);
    QVERIFY(document.isDirty());
    QCOMPARE(window_->context().run().runId(), run);
    QTRY_COMPARE_WITH_TIMEOUT(part<StateBadge>("runState")->status(), QStringLiteral("waiting"), kPatience);
    // The run goes on in the new process, and the window hears of it.
    Result<protocol::Empty> signalled;
    const auto send = [&] {
        signalled = contract::Bench::wait(remote.client->runs().signal(run, QStringLiteral("go"), Value(7)));
        return signalled.has_value();
    };
    QVERIFY2(QTest::qWaitFor(send, kPatience), signalled ? "" : signalled.error().message.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(part<StateBadge>("runState")->status(), QStringLiteral("succeeded"), kPatience);
    part<QAction>("actionSave")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!document.isDirty(), kPatience);
    window_.reset();
}

QTEST_MAIN(TestGatewayRestart)
#include "test_gateway_restart.moc"
