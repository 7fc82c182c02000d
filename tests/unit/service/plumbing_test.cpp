#include <atomic>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "service/principal.h"
#include "service/reply_once.h"
#include "service/worker_threads.h"

namespace signalbox::service {
namespace {

TEST(ReplyOnce, AnswersOnceWhoeverIsFirst) {
    std::atomic<int> answers{0};
    {
        const ReplyOnce reply([&](Result<protocol::Reply>) { ++answers; });
        std::vector<std::jthread> racers;
        for (int i = 0; i < 4; ++i) racers.emplace_back([reply] { reply(protocol::Reply(protocol::Empty{})); });
    }
    EXPECT_EQ(answers, 1);
}

TEST(ReplyOnce, AnswersWhenItIsForgotten) {
    std::string code;
    {
        const ReplyOnce reply([&](Result<protocol::Reply> outcome) { code = outcome.error().code; });
    }
    EXPECT_EQ(code, "gateway.stopping");
}

TEST(OpenReplies, AnswersWhatIsStillOwed) {
    OpenReplies open;
    std::vector<std::string> codes;
    const auto note = [&](const Result<protocol::Reply>& outcome) {
        codes.push_back(outcome ? "" : outcome.error().code);
    };
    const ReplyOnce answered = open.open(note);
    const ReplyOnce owed = open.open(note);
    answered(protocol::Reply(protocol::Empty{}));
    open.stopAll();
    open.stopAll();
    owed(protocol::Reply(protocol::Empty{}));
    EXPECT_EQ(codes, (std::vector<std::string>{"", "gateway.stopping"}));
}

TEST(WorkerThreads, RunSeveralJobsAtATime) {
    std::promise<void> first;
    std::promise<void> second;
    std::promise<void> both;
    WorkerThreads workers(2);
    workers.post([&] {
        first.set_value();
        second.get_future().wait();
    });
    workers.post([&] {
        first.get_future().wait();
        second.set_value();
        both.set_value();
    });
    EXPECT_EQ(both.get_future().wait_for(std::chrono::seconds(30)), std::future_status::ready);
}

TEST(WorkerThreads, DropJobsWhenStopped) {
    auto witness = std::make_shared<int>(0);
    const std::weak_ptr<int> weak = witness;
    WorkerThreads workers(1);
    workers.stop();
    workers.post([witness = std::move(witness)] { ++*witness; });
    EXPECT_TRUE(weak.expired());
}

TEST(Principal, PermissionsMayBeWholeFamilies) {
    const Principal operators{"u1", "Ann", {"run:*", "workflow:read"}, {}, {}, {}};
    EXPECT_TRUE(operators.allows("run:start"));
    EXPECT_TRUE(operators.allows("workflow:read"));
    EXPECT_FALSE(operators.allows("workflow:write"));
    EXPECT_FALSE(operators.allows("runner:start"));
    EXPECT_FALSE((Principal{"", "nobody", {"*"}, {}, {}, {}}.allows("run:start")));
    EXPECT_TRUE(localAdministrator().allows("anything:at-all"));
    EXPECT_FALSE(localAdministrator().name.empty());
}

}  // namespace
}  // namespace signalbox::service
