#include "ui/expression/preview_evaluator.h"

#include <QPromise>
#include <QThreadPool>
#include <atomic>

namespace signalbox::ui {

namespace {

constexpr Micros kMostTime = 2'000'000;

expr::Limits tightLimits() {
    expr::Limits limits;
    limits.maxDepth = 200;
    limits.maxSteps = 20'000'000;
    limits.maxOutputItems = 2'000'000;
    limits.maxTextBytes = 16U << 20U;
    limits.maxTime = kMostTime;
    return limits;
}

}  // namespace

/// Its clock leaps at every reading once the work is cancelled, which ends the evaluation by its own time limit.
struct PreviewEvaluator::Work final : Clock {
    Work(expr::Expression what, Value on, ExpressionVariables with)
        : expression(std::move(what)), input(std::move(on)), variables(std::move(with)) {}
    [[nodiscard]] Micros wallNow() const override { return system.wallNow(); }
    [[nodiscard]] Micros monotonicNow() const override {
        return system.monotonicNow() + (cancelled ? 2 * kMostTime * ++leaps : 0);
    }
    [[nodiscard]] PreviewOutcome run() const;

    expr::Expression expression;
    Value input;
    ExpressionVariables variables;
    SystemClock system;
    std::atomic<bool> cancelled{false};
    mutable std::atomic<Micros> leaps{0};
};

PreviewOutcome PreviewEvaluator::Work::run() const {
    PreviewOutcome outcome;
    if (cancelled) return outcome;
    expr::Environment environment;
    environment.wallNow = wallNow();
    environment.variables = variables;
    environment.limits = tightLimits();
    environment.clock = this;
    auto result = expression.evaluateDetailed(input, environment);
    if (!result) {
        outcome.error = std::move(result).error();
        return outcome;
    }
    outcome.result = *std::move(result);
    if (outcome.result.isDefined()) {
        outcome.line = writeOnOneLine(outcome.result, kLineLength);
        outcome.laidOut = writeLaidOut(outcome.result, kWidth, kLines, kMostBytes);
    }
    return outcome;
}

PreviewEvaluator::PreviewEvaluator(QObject* parent) : QObject(parent) {}

PreviewEvaluator::~PreviewEvaluator() { cancel(); }

void PreviewEvaluator::request(const expr::Expression& expression, const Value& input,
                               const ExpressionVariables& variables) {
    cancel();
    work_ = std::make_shared<Work>(expression, input, variables);
    auto promise = std::make_shared<QPromise<PreviewOutcome>>();
    promise->start();
    promise->future().then(this, [this, work = work_](const PreviewOutcome& outcome) {
        if (work != work_) return;
        work_.reset();
        Q_EMIT arrived(outcome);
    });
    QThreadPool::globalInstance()->start([work = work_, promise] {
        promise->addResult(work->run());
        promise->finish();
    });
}

void PreviewEvaluator::cancel() {
    if (work_) work_->cancelled = true;
    work_.reset();
}

}  // namespace signalbox::ui
