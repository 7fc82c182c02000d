// A second start hands over to the first; and the windows of one process.
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include <unistd.h>

#include "app/desktop/arguments.h"
#include "app/desktop/desktop.h"
#include "app/desktop/single_instance.h"
#include "ui/documents.h"
#include "ui/panels/panel_context.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shell_settings.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::desktop;
using Outcome = SingleInstance::Outcome;

namespace {

constexpr int kPatience = 20'000;

/// What a second process would do, in a thread, while this one's loop goes on.
Outcome claimElsewhere(const QString& folder, const QJsonObject& message) {
    std::atomic<int> outcome{-1};
    std::thread second([&] {
        SingleInstance instance(folder);
        outcome = static_cast<int>(instance.claim(message));
    });
    while (outcome < 0) QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    second.join();
    return static_cast<Outcome>(outcome.load());
}

ui::MainWindow* windowOf(const QString& workspace) {
    for (auto* widget : QApplication::topLevelWidgets()) {
        auto* window = qobject_cast<ui::MainWindow*>(widget);
        if (!window || !window->isVisible()) continue;
        if (window->workspace() == workspace) return window;
    }
    return nullptr;
}

}  // namespace

class TestSingleInstance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void secondHandsOver();
    void staleSocketIsTakenOver();
    void hungInstanceIsNotWaitedForForever();
    void unsafeFoldersAreNotUsed();
    void othersAreRefused();
    void nonsenseIsIgnored_data();
    void nonsenseIsIgnored();
    void argumentsAreRead();
    void argumentsSurviveTheWay();
    void windowsOfOneProcess();
    void failuresAreTold();

private:
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestSingleInstance::init() { folder_ = std::make_unique<QTemporaryDir>(); }

void TestSingleInstance::secondHandsOver() {
    SingleInstance first(folder_->path());
    QSignalSpy received(&first, &SingleInstance::received);
    QCOMPARE(first.claim({}), Outcome::First);
    const QJsonObject message{{QStringLiteral("path"), QStringLiteral("/srv/ops")}};
    QCOMPARE(claimElsewhere(folder_->path(), message), Outcome::HandedOver);
    QCOMPARE(received.count(), 1);
    QCOMPARE(received[0][0].toJsonObject(), message);
    QCOMPARE(claimElsewhere(folder_->path(), {}), Outcome::HandedOver);
    constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(first.socketPath()) & kOthers));
}

void TestSingleInstance::staleSocketIsTakenOver() {
    QFile left(SingleInstance(folder_->path()).socketPath());
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.close();
    SingleInstance first(folder_->path());
    QCOMPARE(first.claim({}), Outcome::First);
    QCOMPARE(claimElsewhere(folder_->path(), {}), Outcome::HandedOver);
}

void TestSingleInstance::hungInstanceIsNotWaitedForForever() {
    QLocalServer hung;
    QVERIFY(hung.listen(SingleInstance(folder_->path()).socketPath()));
    SingleInstance second(folder_->path());
    QCOMPARE(second.claim({}), Outcome::Unavailable);
    // It is still the other's.
    QVERIFY(hung.isListening() && QFile::exists(second.socketPath()));
}

void TestSingleInstance::unsafeFoldersAreNotUsed() {
    QCOMPARE(SingleInstance(QString()).claim({}), Outcome::Unavailable);
    QCOMPARE(SingleInstance(folder_->filePath(QStringLiteral("missing"))).claim({}), Outcome::Unavailable);
    QVERIFY(QFile::setPermissions(folder_->path(),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup));
    QCOMPARE(SingleInstance(folder_->path()).claim({}), Outcome::Unavailable);
}

void TestSingleInstance::othersAreRefused() {
    // It listens for somebody else, so that we are the stranger.
    SingleInstance theirs(folder_->path(), static_cast<quint32>(::geteuid()) + 1);
    QSignalSpy received(&theirs, &SingleInstance::received);
    QCOMPARE(theirs.claim({}), Outcome::First);
    QCOMPARE(claimElsewhere(folder_->path(), {{QStringLiteral("run"), QStringLiteral("x")}}), Outcome::Unavailable);
    QCOMPARE(received.count(), 0);
}

void TestSingleInstance::nonsenseIsIgnored_data() {
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("text") << QByteArray("hello\n");
    QTest::newRow("list") << QByteArray("[1]\n");
    QTest::newRow("endless") << QByteArray(static_cast<int>(SingleInstance::kLongestMessage) + 10, 'x');
    QTest::newRow("silent") << QByteArray();
}

void TestSingleInstance::nonsenseIsIgnored() {
    QFETCH(QByteArray, sent);
    SingleInstance first(folder_->path());
    QSignalSpy received(&first, &SingleInstance::received);
    QCOMPARE(first.claim({}), Outcome::First);
    QLocalSocket socket;
    socket.connectToServer(first.socketPath());
    QVERIFY(socket.waitForConnected());
    socket.write(sent);
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(received.count(), 0);
    QCOMPARE(claimElsewhere(folder_->path(), {}), Outcome::HandedOver);
}

void TestSingleInstance::argumentsAreRead() {
    const auto read = [this](const QStringList& words) {
        QCommandLineParser parser;
        describeArguments(parser);
        parser.parse(QStringList{QStringLiteral("signalbox")} + words);
        return readArguments(parser, folder_->path());
    };
    QVERIFY(read({})->isEmpty());
    QCOMPARE(read({QStringLiteral("ops")})->path, folder_->filePath(QStringLiteral("ops")));
    QCOMPARE(read({QStringLiteral("/srv/a/../b")})->path, QStringLiteral("/srv/b"));
    QCOMPARE(read({QStringLiteral("file:///srv/a%20b")})->path, QStringLiteral("/srv/a b"));
    QCOMPARE(read({QStringLiteral("signalbox://run/1")})->link, QStringLiteral("signalbox://run/1"));
    QVERIFY(read({QStringLiteral("--safe-mode"), QStringLiteral("--new-instance")})->safeMode);
    QVERIFY(read({QStringLiteral("--new-instance")})->newInstance);
    QCOMPARE(read({QStringLiteral("a"), QStringLiteral("b")}).error().code, std::string("usage"));
    // Where one stands counts when it holds workflows.
    QVERIFY(QFile(folder_->filePath(QStringLiteral("x.workflow.json"))).open(QIODevice::WriteOnly));
    QCOMPARE(read({})->path, folder_->path());
    QVERIFY(read({QStringLiteral("--demo")})->path.isEmpty());
}

void TestSingleInstance::argumentsSurviveTheWay() {
    Arguments arguments;
    arguments.path = QStringLiteral("/srv/ops");
    arguments.run = QStringLiteral("nightly");
    arguments.demo = true;
    QCOMPARE(fromMessage(toMessage(arguments)), arguments);
    QVERIFY(
        fromMessage({{QStringLiteral("path"), QStringLiteral("relative/path")}, {QStringLiteral("run"), 3}}).isEmpty());
}

namespace {

struct Process {
    Process() {
        ui::declareShellSettings(preferences.settings());
        ui::Theme::current().setReducedMotion(true);
        for (const auto& name : {QStringLiteral("one"), QStringLiteral("two")}) {
            QDir(folder.path()).mkpath(name);
            QFile file(path(name) + QStringLiteral("/totals.workflow.json"));
            if (file.open(QIODevice::WriteOnly)) file.write(test::kApprovalDocument);
        }
    }
    [[nodiscard]] QString path(const QString& name) const {
        return QFileInfo(folder.filePath(name)).canonicalFilePath();
    }
    [[nodiscard]] Arguments at(const QString& path) const {
        Arguments arguments;
        arguments.path = path;
        return arguments;
    }
    QTemporaryDir folder;
    ui::Preferences preferences;
    ui::StateStore state;
    Desktop desktop{{preferences, state, "test", false, false}};
};

}  // namespace

void TestSingleInstance::windowsOfOneProcess() {
    Process p;
    const auto opened = p.desktop.open(p.at(p.path(QStringLiteral("one"))));
    QVERIFY(opened);
    auto* one = opened->window;
    QCOMPARE(windowOf(p.path(QStringLiteral("one"))), one);
    // A link goes to the window that is there; so does a file of its workspace.
    Arguments link;
    link.link = QStringLiteral("signalbox://workflow/totals");
    p.desktop.handle(link);
    QTRY_COMPARE_WITH_TIMEOUT(one->context().workflowId(), QStringLiteral("totals"), kPatience);
    // Another workspace gets a window of its own, with the file shown.
    p.desktop.handle(p.at(p.path(QStringLiteral("two")) + QStringLiteral("/totals.workflow.json")));
    QTRY_VERIFY_WITH_TIMEOUT(windowOf(p.path(QStringLiteral("two"))), kPatience);
    auto* two = windowOf(p.path(QStringLiteral("two")));
    QTRY_COMPARE_WITH_TIMEOUT(two->context().workflowId(), QStringLiteral("totals"), kPatience);
    // Asked for again, it comes to the front.
    two->close();
    p.desktop.handle(p.at(p.path(QStringLiteral("two"))));
    QTRY_VERIFY(two->isVisible());
    one->showMinimized();
    p.desktop.handle(p.at(p.path(QStringLiteral("one"))));
    QVERIFY(!one->isMinimized());
}

void TestSingleInstance::failuresAreTold() {
    Process p;
    const auto opened = p.desktop.open(p.at(p.path(QStringLiteral("one"))));
    QVERIFY(opened);
    p.desktop.handle(p.at(QStringLiteral("/no/such/folder/anywhere")));
    auto* notice = opened->window->findChild<ui::NoticeBar*>(QStringLiteral("windowNotice"));
    QTRY_VERIFY_WITH_TIMEOUT(notice->isVisible(), kPatience);
    QVERIFY(!p.desktop.open(p.at(QStringLiteral("/no/such/folder/anywhere"))));
}

QTEST_MAIN(TestSingleInstance)
#include "test_single_instance.moc"
