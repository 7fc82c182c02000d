#include "ui/expression/expression_feedback.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ExpressionFeedback::ExpressionFeedback(const QString& name, QWidget* parent)
    : QWidget(parent),
      mark_(new QLabel),
      value_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Code)),
      words_(new ThemedLabel(ColourRole::Muted)),
      more_(new QToolButton),
      caption_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)),
      warningMark_(new QLabel),
      warning_(new ThemedLabel(ColourRole::Warn)) {
    build(name);
    restyle();
    connect(&Theme::current(), &Theme::changed, this, &ExpressionFeedback::restyle);
    connect(more_, &QToolButton::toggled, this, &ExpressionFeedback::setExpanded);
}

void ExpressionFeedback::build(const QString& name) {
    const int unit = Theme::current().unit();
    value_->setObjectName(name + QStringLiteral("Result"));
    words_->setObjectName(name + QStringLiteral("Message"));
    caption_->setObjectName(name + QStringLiteral("Caption"));
    caption_->setElided(true);
    warning_->setObjectName(name + QStringLiteral("Warning"));
    more_->setObjectName(name + QStringLiteral("More"));
    more_->setAccessibleName(tr("Show the result on several lines"));
    more_->setToolTip(tr("Show the result on several lines (Alt+Down, Alt+Up)"));
    // No stop between two fields of a form: the keys work in the editor.
    more_->setFocusPolicy(Qt::NoFocus);
    more_->setCheckable(true);
    more_->setAutoRaise(true);
    const int column = unit * 3;
    for (auto* mark : {mark_, warningMark_}) {
        mark->setFixedWidth(column);
        mark->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(unit, unit / 2, 0, 0);
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(unit / 4);
    grid->addWidget(mark_, 0, 0, Qt::AlignTop);
    grid->addWidget(value_, 0, 1, Qt::AlignTop);
    grid->addWidget(words_, 0, 1, Qt::AlignTop);
    grid->addWidget(more_, 0, 2, 2, 1, Qt::AlignTop);
    grid->addWidget(caption_, 1, 1, Qt::AlignTop);
    grid->addWidget(warningMark_, 2, 0, Qt::AlignTop);
    grid->addWidget(warning_, 2, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(3, 1);
    warning_->hide();
    warningMark_->hide();
}

void ExpressionFeedback::restyle() {
    const auto& theme = Theme::current();
    const int side = theme.iconSize() * 7 / 8;
    warningMark_->setPixmap(
        theme.icons().pixmap(QStringLiteral("warning"), side, devicePixelRatioF(), theme.colour(ColourRole::Warn)));
    refresh();
}

void ExpressionFeedback::showValue(const QString& sign, const CutText& line, const CutText& laidOut,
                                   const QString& caption) {
    shows_ = Shows::Value;
    sign_ = sign;
    line_ = line;
    laidOut_ = laidOut;
    caption_->setText(caption);
    refresh();
}

void ExpressionFeedback::showWords(const QString& words, const QString& caption) {
    shows_ = Shows::Words;
    words_->setRole(ColourRole::Muted);
    words_->setText(words);
    caption_->setText(caption);
    refresh();
}

void ExpressionFeedback::showError(const CodeFinding& finding, const QString& caption) {
    shows_ = Shows::Error;
    words_->setRole(ColourRole::Error);
    words_->setText(finding.message);
    caption_->setText(caption);
    refresh();
}

void ExpressionFeedback::showWarning(const QString& sentence) {
    hasWarning_ = !sentence.isEmpty();
    warning_->setText(sentence);
    warning_->setVisible(hasWarning_);
    warningMark_->setVisible(hasWarning_);
}

void ExpressionFeedback::setExpanded(bool expanded) {
    expanded_ = expanded;
    more_->setChecked(expanded);
    refresh();
}

void ExpressionFeedback::refresh() {
    const auto& theme = Theme::current();
    const bool isValue = shows_ == Shows::Value;
    value_->setElided(!expanded_);
    value_->setText(expanded_ ? laidOut_.text : line_.text);
    if (expanded_) value_->setToolTip({});
    value_->setVisible(isValue);
    words_->setVisible(!isValue);
    value_->updateGeometry();
    if (shows_ == Shows::Error) {
        mark_->setPixmap(theme.icons().pixmap(QStringLiteral("error"), theme.iconSize() * 7 / 8, devicePixelRatioF(),
                                              theme.colour(ColourRole::Error)));
    } else {
        mark_->setText(isValue ? sign_ : QString());
    }
    mark_->setFont(theme.monospaceFont());
    auto colours = mark_->palette();
    colours.setColor(QPalette::WindowText, theme.colour(ColourRole::Muted));
    mark_->setPalette(colours);
    more_->setIcon(
        themedIcon(expanded_ ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), ColourRole::Muted));
    // Only where there is more to see than the line has.
    more_->setVisible(isValue && laidOut_.text.contains(QLatin1Char('\n')));
}

}  // namespace signalbox::ui
