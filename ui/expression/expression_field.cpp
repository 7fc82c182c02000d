#include "ui/expression/expression_field.h"

#include <QTimer>
#include <QVBoxLayout>

#include "ui/expression/expression_completion.h"
#include "ui/expression/expression_editor.h"
#include "ui/expression/expression_feedback.h"
#include "ui/expression/preview_evaluator.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kEvaluateAfterMs = 80;
// Half of what is typed has an error until it is finished: that is told when the fingers rest.
constexpr int kComplainAfterMs = 400;

QString joined(const QStringList& parts) {
    QStringList told;
    for (const auto& part : parts) {
        if (!part.isEmpty()) told << part;
    }
    return told.join(QStringLiteral(" · "));
}

// Of a word of port types: "integer" is a number, "array<string>" an array; "any" tells nothing.
bool isTypeOfKind(const QString& type, const QString& kind) {
    if (kind.isEmpty() || type == QLatin1String("any")) return true;
    if (type == QLatin1String("integer")) return kind == QLatin1String("number");
    return type == kind || type.startsWith(kind + QLatin1Char('<'));
}

bool isOfKind(const Value& value, const QString& kind) {
    if (kind.isEmpty() || value.isUndefined()) return true;
    if (kind == QLatin1String("number")) return value.isNumber();
    return toQString(kindName(value.kind())) == kind;
}

}  // namespace

struct ExpressionField::Private {
    ExpressionEditor* editor = nullptr;
    ExpressionFeedback* feedback = nullptr;
    PreviewEvaluator evaluator;
    QTimer evaluateSoon;
    QTimer complainSoon;
    Value sample = Value::undefined();
    QString label;
    ExpressionVariables variables;
    QString expectedKind;
    QString typeWarning;
    QString committedText;
    Preview preview = Preview::Line;
    Value result = Value::undefined();
    bool valid = true;
    bool complaining = false;
    bool deferred = false;  ///< to be evaluated once it is shown
};

ExpressionField::ExpressionField(const QString& name, const QString& accessibleName, QWidget* parent)
    : QWidget(parent), d_(std::make_unique<Private>()) {
    setObjectName(name);
    d_->editor = new ExpressionEditor(name + QStringLiteral("Editor"), accessibleName);
    d_->feedback = new ExpressionFeedback(name);
    d_->editor->setCompleter(
        [this](int caret) { return completionsAt(d_->editor->code(), caret, d_->sample, d_->variables); });
    d_->editor->setPlaceholderText(tr("Expression; Ctrl+Space completes"));
    d_->evaluateSoon.setSingleShot(true);
    d_->complainSoon.setSingleShot(true);
    d_->complainSoon.setInterval(kComplainAfterMs);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(d_->editor);
    layout->addWidget(d_->feedback);
    // Not Fixed, which would cap the height at that of messages that need not wrap.
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(d_->editor, &ExpressionEditor::textEdited, this, &ExpressionField::textChanged);
    connect(d_->editor, &ExpressionEditor::commitRequested, this, &ExpressionField::commit);
    connect(d_->editor, &ExpressionEditor::formatRequested, this, &ExpressionField::format);
    connect(d_->editor, &ExpressionEditor::expandRequested, d_->feedback, &ExpressionFeedback::setExpanded);
    connect(d_->editor, &ExpressionEditor::escaped, this, &ExpressionField::escaped);
    connect(d_->editor, &ExpressionEditor::left, this, [this] {
        complain();
        if (text() != d_->committedText) commit();
    });
    connect(&d_->evaluateSoon, &QTimer::timeout, this, &ExpressionField::evaluate);
    connect(&d_->complainSoon, &QTimer::timeout, this, [this] {
        // While one chooses how to go on, that the text is not finished is no news.
        if (d_->editor->isCompleting()) {
            d_->complainSoon.start(kComplainAfterMs);
        } else {
            complain();
        }
    });
    connect(&d_->evaluator, &PreviewEvaluator::arrived, this, &ExpressionField::show);
    showIdle();
}

ExpressionField::~ExpressionField() = default;

QString ExpressionField::text() const { return d_->editor->code().text(); }

void ExpressionField::setText(const QString& text) {
    if (text == this->text()) {
        d_->committedText = text;
        return;
    }
    {
        const QSignalBlocker quiet(this);
        d_->editor->setPlainText(text);
    }
    d_->committedText = text;
    complain();
}

void ExpressionField::setPlaceholder(const QString& text) { d_->editor->setPlaceholderText(text); }

void ExpressionField::setMode(Mode mode) { d_->editor->setMultiLine(mode == Mode::MultiLine); }

void ExpressionField::setReadOnly(bool readOnly) { d_->editor->setReadOnly(readOnly); }

void ExpressionField::setTakesEscape(bool takes) { d_->editor->setTakesEscape(takes); }

void ExpressionField::setPreview(Preview preview) {
    d_->preview = preview;
    d_->feedback->setExpanded(preview == Preview::Full);
    refreshVisibility();
}

void ExpressionField::setSample(const Value& sample, const QString& label) {
    d_->sample = sample;
    d_->label = label;
    if (d_->editor->code().compiled()) {
        d_->evaluateSoon.start(0);
    } else if (!d_->complaining) {
        showIdle();
    }
}

void ExpressionField::setVariables(ExpressionVariables variables) {
    d_->variables = std::move(variables);
    std::vector<std::string> names;
    for (const auto& variable : d_->variables) names.push_back(variable.first);
    d_->editor->setVariableNames(std::move(names));
    if (d_->editor->code().compiled()) d_->evaluateSoon.start(0);
}

void ExpressionField::setExpectedType(const QString& kind) {
    d_->expectedKind = kind;
    if (d_->editor->code().compiled()) d_->evaluateSoon.start(0);
}

bool ExpressionField::isValid() const { return d_->valid; }

const Value& ExpressionField::result() const { return d_->result; }

QWidget& ExpressionField::focusStop() { return *d_->editor; }

void ExpressionField::commit() {
    complain();
    d_->committedText = text();
    Q_EMIT committed(d_->committedText);
}

void ExpressionField::format() {
    const auto laidOut = d_->editor->code().laidOut();
    if (laidOut && *laidOut != text()) d_->editor->replaceAll(*laidOut);
}

void ExpressionField::textChanged() {
    const auto& code = d_->editor->code();
    // What is known of the text before counts no longer.
    d_->evaluator.cancel();
    d_->result = Value::undefined();
    d_->typeWarning.clear();
    if (code.compiled()) {
        d_->complaining = false;
        d_->complainSoon.stop();
        d_->evaluateSoon.start(kEvaluateAfterMs);
        refreshWarnings();
    } else {
        d_->evaluateSoon.stop();
        d_->editor->setFindings({});
        if (code.isEmpty()) {
            d_->complaining = false;
            d_->complainSoon.stop();
            refreshWarnings();
            showIdle();
        } else {
            d_->complainSoon.start(d_->complaining ? kEvaluateAfterMs : kComplainAfterMs);
        }
    }
    const bool valid = !code.hasError();
    const bool turned = std::exchange(d_->valid, valid) != valid;
    if (turned) Q_EMIT validityChanged(valid);
    Q_EMIT edited();
}

void ExpressionField::complain() {
    const auto& code = d_->editor->code();
    d_->complainSoon.stop();
    if (!code.hasError() || code.findings().empty()) return;
    d_->editor->setFindings(code.findings());
    d_->feedback->showWarning({});
    showProblem(code.findings().front(), false);
}

void ExpressionField::showProblem(const CodeFinding& finding, bool ofSample) {
    d_->complaining = true;
    d_->editor->setProperty("invalid", true);
    d_->editor->update();
    d_->feedback->showError(finding, joined({finding.code, finding.place, ofSample ? d_->label : QString()}));
    describe(tr("Error, %1: %2").arg(finding.place, finding.message));
    refreshVisibility();
}

void ExpressionField::showIdle() {
    d_->editor->setProperty("invalid", false);
    d_->editor->update();
    d_->complaining = false;
    if (d_->sample.isUndefined()) {
        d_->feedback->showWords(tr("No data to try it on"), d_->label);
    } else {
        d_->feedback->showValue(
            tr("in"), writeOnOneLine(d_->sample, PreviewEvaluator::kLineLength),
            writeLaidOut(d_->sample, PreviewEvaluator::kWidth, PreviewEvaluator::kLines, PreviewEvaluator::kMostBytes),
            joined({describeKind(d_->sample), d_->label}));
    }
    describe({});
    refreshVisibility();
}

void ExpressionField::evaluate() {
    const auto& code = d_->editor->code();
    if (!code.compiled()) return;
    d_->deferred = !isVisible();
    if (d_->deferred) return;
    if (d_->sample.isUndefined()) {
        showIdle();
        // Without a sample some types are known all the same.
        if (!isTypeOfKind(code.resultType(), d_->expectedKind)) {
            d_->typeWarning = tr("Wanted is %1; this gives %2").arg(d_->expectedKind, code.resultType());
        }
        refreshWarnings();
        return;
    }
    d_->evaluator.request(*code.compiled(), d_->sample, d_->variables);
}

void ExpressionField::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (std::exchange(d_->deferred, false)) d_->evaluateSoon.start(0);
}

void ExpressionField::show(const PreviewOutcome& outcome) {
    const auto& code = d_->editor->code();
    if (outcome.error) {
        auto findings = code.findings();
        findings.insert(findings.begin(), code.findingOf(*outcome.error));
        d_->editor->setFindings(findings);
        showProblem(findings.front(), true);
        return;
    }
    d_->complaining = false;
    d_->editor->setProperty("invalid", false);
    d_->editor->update();
    d_->result = outcome.result;
    if (outcome.result.isUndefined()) {
        d_->feedback->showWords(tr("Nothing matches"), d_->label);
        describe(tr("Nothing matches"));
    } else {
        const auto kind = describeKind(outcome.result);
        d_->feedback->showValue(QStringLiteral("="), outcome.line, outcome.laidOut, joined({kind, d_->label}));
        describe(tr("Result: %1, %2").arg(outcome.line.text, kind));
    }
    if (!isOfKind(outcome.result, d_->expectedKind)) {
        d_->typeWarning = tr("Wanted is %1; this gives %2").arg(d_->expectedKind, describeKind(outcome.result));
    }
    refreshWarnings();
    Q_EMIT evaluated(d_->result);
}

void ExpressionField::refreshWarnings() {
    const auto& code = d_->editor->code();
    d_->editor->setFindings(code.findings());
    QStringList told;
    for (const auto& finding : code.findings()) {
        if (finding.error) continue;
        told << (finding.suggestion.isEmpty() ? finding.message
                                              : tr("%1. Did you mean %2?").arg(finding.message, finding.suggestion));
    }
    if (!d_->typeWarning.isEmpty()) told << d_->typeWarning;
    d_->feedback->showWarning(told.join(QLatin1Char('\n')));
    refreshVisibility();
}

void ExpressionField::refreshVisibility() {
    d_->feedback->setVisible(d_->preview != Preview::Hidden || d_->complaining || d_->feedback->hasWarning());
}

void ExpressionField::describe(const QString& text) {
    if (d_->editor->accessibleDescription() != text) d_->editor->setAccessibleDescription(text);
}

}  // namespace signalbox::ui
