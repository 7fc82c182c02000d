#include "ui/expression/signature_hint.h"

#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/expression/expression_text.h"
#include "ui/expression/function_help.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

/// "$substring(str, **start**, [length])".
class SignatureHint::Line : public QWidget {
public:
    void set(QStringList pieces, int current) {
        pieces_ = std::move(pieces);
        current_ = current;
        setAccessibleName(pieces_.join(QString()));
        updateGeometry();
        update();
    }
    QSize sizeHint() const override {
        int width = 0;
        for (int i = 0; i < pieces_.size(); ++i) width += QFontMetrics(fontOf(i)).horizontalAdvance(pieces_[i]);
        return {width, QFontMetrics(fontOf(0)).lineSpacing()};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const auto& theme = Theme::current();
        int x = 0;
        for (int i = 0; i < pieces_.size(); ++i) {
            painter.setFont(fontOf(i));
            painter.setPen(theme.colour(i == current_ ? ColourRole::Text : ColourRole::Muted));
            painter.drawText(x, QFontMetrics(fontOf(i)).ascent(), pieces_[i]);
            x += QFontMetrics(fontOf(i)).horizontalAdvance(pieces_[i]);
        }
    }

private:
    [[nodiscard]] QFont fontOf(int piece) const {
        auto font = Theme::current().monospaceFont();
        font.setBold(piece == current_);
        return font;
    }
    QStringList pieces_;
    int current_ = -1;
};

SignatureHint::SignatureHint(const QString& name, QWidget* editor)
    : QFrame(editor, Qt::ToolTip | Qt::FramelessWindowHint),
      line_(new Line),
      help_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(name);
    setAttribute(Qt::WA_ShowWithoutActivating);
    help_->setObjectName(name + QStringLiteral("Help"));
    const int unit = Theme::current().unit();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(unit, unit / 2, unit, unit / 2);
    layout->setSpacing(unit / 4);
    layout->addWidget(line_);
    layout->addWidget(help_);
}

void SignatureHint::showCall(const CallAtCaret& call, const QRect& caret) {
    const auto help = functionHelp(call.name);
    if (!help) {
        hide();
        return;
    }
    QStringList pieces{QStringLiteral("$%1(").arg(call.name)};
    const int count = static_cast<int>(help->parameters.size());
    int current = -1;
    for (int i = 0; i < count; ++i) {
        if (i > 0) pieces << QStringLiteral(", ");
        // Further arguments belong to the last parameter, which repeats.
        if (i == std::min(call.argument, count - 1)) current = static_cast<int>(pieces.size());
        pieces << help->parameters[i];
    }
    pieces << QStringLiteral(")");
    line_->set(pieces, current);
    setAccessibleName(help->usage);
    help_->setText(help->sentence);
    const int unit = Theme::current().unit();
    const int width = std::clamp(line_->sizeHint().width() + 2 * unit, unit * 30, unit * 60);
    const int text = help_->heightForWidth(width - 2 * unit);
    const QSize size(width, line_->sizeHint().height() + text + unit * 5 / 4);
    const auto screen = parentWidget()->screen()->availableGeometry();
    QRect area(QPoint(caret.left() - unit, caret.top() - unit - size.height()), size);
    if (area.top() < screen.top()) area.moveTop(caret.bottom() + unit);
    area.moveLeft(std::clamp(area.left(), screen.left(), std::max(screen.left(), screen.right() - size.width())));
    setGeometry(area);
    show();
}

void SignatureHint::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.setPen(theme.colour(ColourRole::Line));
    painter.setBrush(theme.colour(ColourRole::Raised));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace signalbox::ui
