// A gateway that is killed under its clients and comes back.
#include <QObject>
#include <QTest>
#include <algorithm>
#include <set>

#include "contract/contract_bench.h"

using namespace signalbox;
using namespace signalbox::contract;
using client::ConnectionState;

namespace {
constexpr int kLeaseMilliseconds = 40'000;  ///< more than the claim of a dead process lasts
}

class RestartContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        daemon_ = std::make_unique<Daemon>(folder_->path());
        auto remote = daemon_->connect();
        client_ = std::move(remote.client);
        connection_ = std::move(remote.connection);
        stream_.reset(client_->events({}, nullptr));
        events_.clear();
        connect(stream_.get(), &client::EventStream::received, this,
                [this](const auto& batch) { events_.insert(events_.end(), batch.begin(), batch.end()); });
        QTRY_COMPARE(int(connection_->status().state), int(ConnectionState::Live));
    }
    void cleanup() {
        stream_.reset();
        client_.reset();
        connection_.reset();
        daemon_.reset();
    }

    void losesNoRunAndNeedsNoClick() {
        constexpr int kRounds = 3;
        std::set<std::string> started;
        for (int round = 0; round < kRounds; ++round) {
            const std::string before = connection_->status().gateway->instance;
            // Killed while starts are on their way: whatever was answered has to be there afterwards, once.
            QList<QFuture<Result<protocol::RunRef>>> starts;
            for (int i = 0; i < 20; ++i) starts << start(i);
            QVERIFY(Bench::wait(starts.front()));
            daemon_->kill();
            QTRY_VERIFY(connection_->status().state == ConnectionState::Lost);
            QVERIFY(connection_->status().error && connection_->status().retryAt > 0);
            daemon_->start();
            QTRY_COMPARE_WITH_TIMEOUT(int(connection_->status().state), int(ConnectionState::Live), 20'000);
            QVERIFY(connection_->status().gateway->instance != before);
            for (auto& future : starts) {
                const auto run = Bench::wait(future);
                QVERIFY2(run, run ? "" : run.error().message.c_str());
                started.insert(run->runId);
            }
        }
        QCOMPARE(started.size(), std::size_t(20 * kRounds));
        for (const auto& run : started) {
            const auto result = Bench::wait(client_->call(protocol::WaitForRun{run, kLeaseMilliseconds * 1000}));
            QVERIFY(result && result->ended && result->summary.status == "succeeded");
        }
        const auto all = Bench::wait(client_->runs().list({}));
        QVERIFY(all);
        QCOMPARE(all->total, std::uint64_t(20 * kRounds));
    }

    void goesOnWithItsEventsOrSaysWhatIsMissing() {
        const auto waiting = Bench::wait(client_->runs().start(request(signalDocument())));
        QVERIFY(waiting);
        QTRY_VERIFY(has(waiting->runId, "waiting"));
        const std::uint64_t last = events_.back().seq;
        daemon_->kill();
        daemon_->start();
        QTRY_COMPARE_WITH_TIMEOUT(int(connection_->status().state), int(ConnectionState::Live), 20'000);
        // The gateway in its new life cannot know what the old one has told: that is said, and then it goes on.
        QTRY_VERIFY(std::any_of(events_.begin(), events_.end(), [](const auto& e) { return e.kind == "lost"; }));
        const auto lost = std::find_if(events_.begin(), events_.end(), [](const auto& e) { return e.kind == "lost"; });
        QVERIFY(lost->lostUntil >= lost->seq && lost->lostUntil >= last);
        events_.clear();
        // The claim of the killed process on the run has to end first.
        const QString run = QString::fromStdString(waiting->runId);
        const auto signalled = [&] { return Bench::wait(client_->runs().signal(run, "go", Value(7))).has_value(); };
        QVERIFY(QTest::qWaitFor(signalled, kLeaseMilliseconds));
        QTRY_VERIFY(std::any_of(events_.begin(), events_.end(), [&](const auto& e) {
            return e.kind == "run" && e.runId == waiting->runId && e.status == "succeeded";
        }));
        for (std::size_t i = 1; i < events_.size(); ++i) QCOMPARE(events_[i].seq, events_[i - 1].seq + 1);
    }

    void saysThatAWriteMayHaveBeenDone() {
        const auto waiting = Bench::wait(client_->runs().start(request(signalDocument())));
        QVERIFY(waiting);
        daemon_->kill();
        const auto done = Bench::wait(client_->runs().cancel(QString::fromStdString(waiting->runId), "enough"));
        // Either it was on its way when the connection broke, or it waited in vain; never is it silently repeated.
        QVERIFY(!done);
        QVERIFY(done.error().retryable && !done.error().hint.empty());
        QVERIFY(done.error().code == "gateway.connection-lost" || done.error().code == "gateway.unreachable");
    }

private:
    static protocol::StartRun request(std::string text) {
        protocol::StartRun made;
        made.text = std::move(text);
        return made;
    }
    QFuture<Result<protocol::RunRef>> start(int n) {
        auto made = request(doublingDocument());
        made.inputs = Value::object({{"n", Value(n)}});
        return client_->runs().start(std::move(made));
    }
    bool has(const std::string& run, const char* status) const {
        return std::any_of(events_.begin(), events_.end(),
                           [&](const auto& e) { return e.runId == run && e.status == status; });
    }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Daemon> daemon_;
    std::unique_ptr<client::GatewayClient> client_;
    std::unique_ptr<client::Connection> connection_;
    std::unique_ptr<client::EventStream> stream_;
    std::vector<protocol::EventDto> events_;
};

QTEST_GUILESS_MAIN(RestartContractTest)
#include "restart_contract_test.moc"
