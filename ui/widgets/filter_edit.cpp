#include "ui/widgets/filter_edit.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStandardItemModel>
#include <algorithm>

#include "ui/widgets/item_delegate.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 150;
constexpr double kTint = 0.16;

QString quoted(const QString& value) {
    return value.contains(QLatin1Char(' ')) || value.contains(QLatin1Char(':')) ? QStringLiteral("\"%1\"").arg(value)
                                                                                : value;
}

}  // namespace

FilterEdit::FilterEdit(QWidget* parent)
    : QLineEdit(parent), offers_(new QStandardItemModel(this)), completer_(new QCompleter(offers_, this)) {
    setObjectName(QStringLiteral("filterEdit"));
    setAccessibleName(tr("Filter"));
    makeSearchLine(*this, true, QStringLiteral("filter"));
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &FilterEdit::announce);
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->setWidget(this);
    completer_->popup()->setItemDelegate(new ItemDelegate(completer_->popup()));
    completer_->popup()->setObjectName(QStringLiteral("filterOffers"));
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::takeCompletion);
    connect(this, &QLineEdit::textChanged, this, &FilterEdit::reparse);
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::offerCompletions);
    connect(this, &QLineEdit::returnPressed, this, &FilterEdit::announce);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FilterEdit::setKeys(const QList<FilterKey>& keys) {
    keys_ = keys;
    QStringList names;
    for (const auto& key : keys) names << key.name + QLatin1Char(':');
    setPlaceholderText(keys.isEmpty() ? tr("Filter") : tr("Filter, %1").arg(names.join(QLatin1String(" "))));
    reparse();
}

void FilterEdit::setQuery(const FilterQuery& query) { setText(writeFilter(query)); }

void FilterEdit::reparse() {
    const auto before = parse_.error;
    parse_ = parseFilter(text(), keys_);
    setProperty("invalid", !parse_.error.isEmpty());
    setToolTip(parse_.error);
    setAccessibleDescription(parse_.error);
    update();
    if (parse_.error != before) Q_EMIT errorChanged(parse_.error);
    settle_.start();
}

void FilterEdit::announce() {
    settle_.stop();
    if (!parse_.error.isEmpty()) return;
    const auto now = writeFilter(parse_.query);
    if (now == announced_) return;
    announced_ = now;
    Q_EMIT queryChanged(parse_.query);
}

qsizetype FilterEdit::wordStart() const {
    const auto before = text().left(cursorPosition());
    qsizetype start = 0;
    bool inQuotes = false;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (before[i] == QLatin1Char('"')) inQuotes = !inQuotes;
        if (before[i] == QLatin1Char(' ') && !inQuotes) start = i + 1;
    }
    return start;
}

QStringList FilterEdit::completions() const {
    const auto start = wordStart();
    auto word = text().mid(start, cursorPosition() - start);
    const auto sign = word.startsWith(QLatin1Char('-')) ? QStringLiteral("-") : QString();
    word.remove(0, sign.size());
    QStringList found;
    const auto colon = word.indexOf(QLatin1Char(':'));
    if (colon < 0) {
        for (const auto& key : keys_) {
            if (key.name.startsWith(word, Qt::CaseInsensitive)) found << sign + key.name + QLatin1Char(':');
        }
        return found;
    }
    const auto known = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const FilterKey& key) { return key.name == word.left(colon).toLower(); });
    if (known == keys_.end()) return {};
    // Values after a comma are added to those before it.
    const auto last = std::max(colon, word.lastIndexOf(QLatin1Char(',')));
    const auto kept = word.left(last + 1);
    auto typed = word.mid(last + 1);
    typed.remove(QLatin1Char('"'));
    for (const auto& value : known->values) {
        if (value.startsWith(typed, Qt::CaseInsensitive) && value != typed) found << sign + kept + quoted(value);
    }
    return found;
}

void FilterEdit::offerCompletions() {
    const auto found = completions();
    auto* popup = completer_->popup();
    if (found.isEmpty()) {
        popup->hide();
        return;
    }
    offers_->clear();
    for (const auto& offer : found) {
        auto* item = new QStandardItem(offer);
        for (const auto& key : std::as_const(keys_)) {
            if (offer.endsWith(key.name + QLatin1Char(':'))) item->setData(key.description, BadgeRole);
        }
        offers_->appendRow(item);
    }
    // Nothing is chosen until somebody goes down into the list: Enter then means what was typed.
    completer_->complete();
    popup->setCurrentIndex({});
}

void FilterEdit::takeCompletion(const QString& completion) {
    const auto start = wordStart();
    auto whole = text();
    const bool isKey = completion.endsWith(QLatin1Char(':'));
    const auto put = isKey ? completion : completion + QLatin1Char(' ');
    whole.replace(start, cursorPosition() - start, put);
    setText(whole);
    setCursorPosition(static_cast<int>(start + put.size()));
    if (isKey) offerCompletions();
}

void FilterEdit::keyPressEvent(QKeyEvent* event) {
    const bool open = completer_->popup()->isVisible();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (open && enter && completer_->popup()->currentIndex().isValid()) {
        event->ignore();  // the completer takes it
        return;
    }
    if (!open && event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier) {
        offerCompletions();
        return;
    }
    if (!open && event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        announce();
        return;
    }
    if (open && enter) completer_->popup()->hide();
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) announce();
}

// QLineEdit tells where the cursor is, and from that where everything else is.
QRectF FilterEdit::areaOf(qsizetype start, qsizetype length) const {
    const QFontMetricsF metrics(font());
    const auto advance = [&](qsizetype count) { return metrics.horizontalAdvance(text().left(count)); };
    const auto cursor = QRectF(cursorRect());
    const auto origin = cursor.center().x() - advance(cursorPosition());
    const double pad = Theme::current().unit() / 4.0;
    return {origin + advance(start) - pad, cursor.top() - 1, advance(start + length) - advance(start) + 2 * pad,
            cursor.height() + 2};
}

void FilterEdit::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    if (text().isEmpty() || layoutDirection() == Qt::RightToLeft) return;
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const auto room = rect().adjusted(theme.unit() * 3, 0, -theme.unit() * 3, 0);
    painter.setClipRect(room);
    auto tint = theme.colour(ColourRole::Accent);
    tint.setAlphaF(kTint);
    painter.setBrush(tint);
    for (const auto& term : parse_.query.terms) {
        painter.drawRoundedRect(areaOf(term.start, term.length), theme.unit() / 2.0, theme.unit() / 2.0);
    }
    if (parse_.error.isEmpty()) return;
    const auto wrong = areaOf(parse_.errorStart, parse_.errorLength);
    painter.fillRect(QRectF(wrong.left(), wrong.bottom() - 1, wrong.width(), 2), theme.colour(ColourRole::Error));
}

}  // namespace signalbox::ui
