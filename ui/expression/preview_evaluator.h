// Evaluates what is typed on a sample, away from the window's thread.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <optional>

#include "expr/expression.h"
#include "ui/expression/expression_field.h"
#include "ui/expression/result_text.h"

namespace signalbox::ui {

/// What one evaluation gave, with the texts to show, so that nothing large is written in the window's thread.
struct PreviewOutcome {
    Value result = Value::undefined();
    std::optional<expr::ExpressionError> error;
    CutText line;
    CutText laidOut;
};

/// One evaluation at a time counts: a new request cancels the one before, whose result is dropped. Used from the
/// window's thread; the work is done by the application's thread pool within tight limits.
class PreviewEvaluator : public QObject {
    Q_OBJECT
public:
    static constexpr int kLineLength = 400;
    static constexpr int kLines = 12;
    static constexpr int kWidth = 60;
    static constexpr std::size_t kMostBytes = 8 * 1024;
    explicit PreviewEvaluator(QObject* parent = nullptr);
    ~PreviewEvaluator() override;

    void request(const expr::Expression& expression, const Value& input, const ExpressionVariables& variables);
    void cancel();
    [[nodiscard]] bool isBusy() const { return work_ != nullptr; }

Q_SIGNALS:
    void arrived(const signalbox::ui::PreviewOutcome& outcome);

private:
    struct Work;
    std::shared_ptr<Work> work_;  ///< the one whose result is awaited
};

}  // namespace signalbox::ui
