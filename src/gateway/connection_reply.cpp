#include "gateway/connection_reply.h"

#include "gateway/connection.h"

namespace signalbox::gateway {

ReplyToken::ReplyToken(std::shared_ptr<ServerCore> core, std::weak_ptr<Connection> connection,
                       std::shared_ptr<Loop> loop, std::uint64_t number)
    : core_(std::move(core)), connection_(std::move(connection)), loop_(std::move(loop)), number_(number) {}

ReplyToken::~ReplyToken() {
    if (isAnswered_ || connection_.expired()) return;
    answer(core_->application.refusal(500, "http.unanswered", "The request was dropped without an answer"));
}

void ReplyToken::answer(Outcome outcome) {
    if (isAnswered_.exchange(true)) return;
    auto connection = connection_.lock();
    if (!connection) return;
    // On the loop's own thread and inside the call, the answer is only put down: nothing is written underneath the
    // application.
    if (isInCall_.load(std::memory_order_acquire) && loop_->isCurrent()) {
        connection->answer(number_, std::move(outcome));
        return;
    }
    loop_->post(
        [connection = std::move(connection), number = number_, shared = std::make_shared<Outcome>(std::move(outcome))] {
            connection->answer(number, std::move(*shared));
        });
}

}  // namespace signalbox::gateway
