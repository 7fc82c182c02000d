#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

void Style::drawTab(const QStyleOptionTab& option, QPainter& painter) const {
    const bool selected = option.state & State_Selected;
    const int thick = std::max(2, theme_->unit() / 4);
    if (!selected && (option.state & State_MouseOver)) painter.fillRect(option.rect, colour(ColourRole::Raised));
    if (selected) {
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - thick + 1, option.rect.width(), thick),
                         colour(ColourRole::Accent));
    }
    if ((option.state & State_HasFocus) && selected) drawFocus(option.rect, painter, 2);
}

void Style::drawTabLabel(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const {
    QStyleOptionTab quiet(option);
    const bool selected = option.state & State_Selected;
    quiet.palette.setColor(QPalette::WindowText, colour(selected ? ColourRole::Text : ColourRole::Muted));
    quiet.state &= ~State_HasFocus;
    QProxyStyle::drawControl(CE_TabBarTabLabel, &quiet, &painter, widget);
}

void Style::drawHeaderSection(const QStyleOption& option, QPainter& painter) const {
    painter.fillRect(option.rect, colour(ColourRole::Surface));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colour(ColourRole::Line));
}

// Qt draws the arrow of a sorted column over the text of one that is aligned right; here it stands beside the text.
void Style::drawHeader(const QStyleOptionHeader& option, QPainter& painter) const {
    drawHeaderSection(option, painter);
    const int margin = theme_->unit() * 3 / 2;
    const auto area = option.rect.adjusted(margin, 0, -margin, 0);
    const auto font = theme_->captionFont();
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    painter.save();
    painter.setFont(font);
    painter.setPen(colour(sorted ? ColourRole::Text : ColourRole::Muted));
    const auto alignment =
        visualAlignment(option.direction, (option.textAlignment & Qt::AlignRight) ? Qt::AlignRight : Qt::AlignLeft);
    painter.drawText(area, static_cast<int>(alignment | Qt::AlignVCenter),
                     QFontMetrics(font).elidedText(option.text, Qt::ElideRight, area.width()));
    painter.restore();
    if (!sorted) return;
    auto arrow = option;
    arrow.rect = headerArrow(option);
    drawArrow(PE_IndicatorHeaderArrow, arrow, painter);
}

void Style::drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const {
    QStyleOptionButton label(option);
    if (widget && widget->property("primary").toBool() && (option.state & State_Enabled)) {
        label.palette.setColor(QPalette::ButtonText, colour(ColourRole::OnAccent));
    }
    QProxyStyle::drawControl(CE_PushButtonLabel, &label, &painter, widget);
}

void Style::drawProgress(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(&option);
    if (!bar) return;
    const int thick = std::max(3, theme_->unit() / 2);
    const QRectF groove(option.rect.left(), option.rect.center().y() - thick / 2.0 + 0.5, option.rect.width(), thick);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(theme_->isHighContrast() ? ColourRole::Idle : ColourRole::Line));
    painter.drawRoundedRect(groove, thick / 2.0, thick / 2.0);
    const auto range = static_cast<qreal>(bar->maximum) - bar->minimum;
    const auto share = range > 0 ? (static_cast<qreal>(bar->progress) - bar->minimum) / range : 0.0;
    if (share > 0) {
        const auto role = widget ? widget->property("colourRole").toString() : QString();
        painter.setBrush(colour(colourRoleFromName(role, ColourRole::Accent)));
        const auto done = groove.width() * std::min(1.0, share);
        const auto left = option.direction == Qt::RightToLeft ? groove.right() - done : groove.left();
        painter.drawRoundedRect(QRectF(left, groove.top(), done, thick), thick / 2.0, thick / 2.0);
    }
    painter.restore();
}

void Style::drawDockTitle(const QStyleOption& option, QPainter& painter) const {
    const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(&option);
    if (!dock) return;
    painter.fillRect(option.rect, colour(ColourRole::Background));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colour(ColourRole::Line));
    painter.save();
    const auto font = theme_->strongFont();
    painter.setFont(font);
    painter.setPen(colour(ColourRole::Text));
    const auto area = visualRect(option.direction, option.rect,
                                 option.rect.adjusted(theme_->unit() * 3 / 2, 0, -theme_->unit() * 7, 0));
    painter.drawText(area, static_cast<int>(visualAlignment(option.direction, Qt::AlignVCenter | Qt::AlignLeft)),
                     QFontMetrics(font).elidedText(dock->title, Qt::ElideRight, area.width()));
    painter.restore();
}

void Style::drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const {
    painter.fillRect(option.rect, colour(ColourRole::Surface));
    auto handle = QRectF(subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget));
    if (option.minimum == option.maximum) return;
    const bool held = option.activeSubControls & SC_ScrollBarSlider;
    const int gap = std::max(2, theme_->unit() / 4);
    handle = handle.adjusted(gap, gap, -gap, -gap);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    auto fill = mixed(colour(ColourRole::Line), colour(ColourRole::Muted), held ? 0.6 : 0.15);
    if (theme_->isHighContrast()) fill = colour(held ? ColourRole::Text : ColourRole::Idle);
    painter.setBrush(fill);
    const auto radius = std::min(handle.width(), handle.height()) / 2;
    painter.drawRoundedRect(handle, radius, radius);
    painter.restore();
}

void Style::drawComboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const {
    drawFieldPanel(option, painter, widget);
    QStyleOption arrow;
    arrow.state = option.state;
    arrow.rect = subControlRect(CC_ComboBox, &option, SC_ComboBoxArrow, widget);
    drawArrow(PE_IndicatorArrowDown, arrow, painter);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const {
    if (!theme_) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    switch (element) {
        case CE_TabBarTabShape:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) drawTab(*tab, *painter);
            return;
        case CE_TabBarTabLabel:
            if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
                drawTabLabel(*tab, *painter, widget);
            return;
        case CE_HeaderSection:
        case CE_HeaderEmptyArea:
            drawHeaderSection(*option, *painter);
            return;
        case CE_Header:
            if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
                drawHeader(*header, *painter);
            return;
        case CE_PushButtonLabel:
            if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
                drawButtonLabel(*button, *painter, widget);
            }
            return;
        case CE_ProgressBar:
            drawProgress(*option, *painter, widget);
            return;
        case CE_DockWidgetTitle:
            drawDockTitle(*option, *painter);
            return;
        case CE_ToolBar:
            painter->fillRect(option->rect, colour(ColourRole::Background));
            painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                              colour(ColourRole::Line));
            return;
        case CE_Splitter:
            painter->fillRect(option->rect, colour(ColourRole::Line));
            return;
        case CE_ShapedFrame:
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
                frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
                painter->fillRect(option->rect, colour(ColourRole::Line));
            } else if (frame && frame->frameShape == QFrame::StyledPanel) {
                drawPrimitive(PE_Frame, option, painter, widget);
            }
            return;
        default:
            QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const {
    if (theme_ && control == CC_ScrollBar) {
        if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option))
            drawScrollBar(*slider, *painter, widget);
        return;
    }
    if (theme_ && control == CC_ComboBox) {
        drawComboBox(*option, *painter, widget);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

namespace {

/// One to choose from, without a field to type into.
bool isPlainCombo(const QStyleOption* option) {
    const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
    return combo && !combo->editable;
}

}  // namespace

// In line with what is typed into the fields above and below.
QRect Style::comboText(const QRect& rect, const QStyleOption& option) const {
    const bool mirrored = option.direction == Qt::RightToLeft;
    return rect.adjusted(mirrored ? 0 : comboIndent(), 0, mirrored ? -comboIndent() : 0, 0);
}

int Style::comboIndent() const { return theme_->unit() * 3 / 8; }

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                            const QWidget* widget) const {
    const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (!theme_ || control != CC_ScrollBar || !slider) {
        const auto rect = QProxyStyle::subControlRect(control, option, sub, widget);
        return theme_ && isPlainCombo(option) && sub == SC_ComboBoxEditField ? comboText(rect, *option) : rect;
    }
    // No arrow buttons: the groove is the whole bar.
    const bool horizontal = slider->orientation == Qt::Horizontal;
    const int length = horizontal ? option->rect.width() : option->rect.height();
    const int range = slider->maximum - slider->minimum;
    int handle = length;
    if (range > 0) {
        handle = static_cast<int>(static_cast<qint64>(slider->pageStep) * length / (range + slider->pageStep));
        handle = std::clamp(handle, std::min(theme_->unit() * 3, length), length);
    }
    const int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition, length - handle,
                                              slider->upsideDown);
    const auto along = [&](int from, int size) {
        return horizontal ? QRect(option->rect.left() + from, option->rect.top(), size, option->rect.height())
                          : QRect(option->rect.left(), option->rect.top() + from, option->rect.width(), size);
    };
    QRect rect;
    switch (sub) {
        case SC_ScrollBarSlider:
            rect = along(start, handle);
            break;
        case SC_ScrollBarGroove:
            rect = option->rect;
            break;
        case SC_ScrollBarSubPage:
            rect = along(0, start);
            break;
        case SC_ScrollBarAddPage:
            rect = along(start + handle, length - start - handle);
            break;
        default:
            return {};
    }
    return visualRect(slider->direction, option->rect, rect);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const {
    auto wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (!theme_) return wanted;
    const int unit = theme_->unit();
    switch (type) {
        case CT_PushButton:
            wanted.setHeight(std::max(wanted.height(), unit * 7 / 2));
            wanted.setWidth(std::max(size.width() + unit * 3, unit * 8));
            break;
        case CT_ToolButton:
            wanted = QSize(std::max(wanted.width(), unit * 7 / 2), std::max(wanted.height(), unit * 7 / 2));
            break;
        case CT_LineEdit:
        case CT_ComboBox:
        case CT_SpinBox:
            wanted.setHeight(std::max(wanted.height(), unit * 7 / 2));
            if (isPlainCombo(option)) wanted.rwidth() += comboIndent();
            break;
        case CT_CheckBox:
        case CT_RadioButton:
        case CT_HeaderSection:
            wanted.setHeight(std::max(wanted.height(), unit * 3));
            break;
        case CT_MenuItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
                item && item->menuItemType != QStyleOptionMenuItem::Separator) {
                wanted.setHeight(std::max(wanted.height(), unit * 7 / 2));
            }
            break;
        case CT_ItemViewItem:
            wanted.setHeight(std::max(wanted.height(), theme_->rowHeight()));
            break;
        case CT_TabBarTab:
            wanted.setHeight(std::max(wanted.height(), unit * 4));
            break;
        default:
            break;
    }
    return wanted;
}

// Beside the text, on the side where there is room, so that the text stays in line with the column.
QRect Style::headerArrow(const QStyleOptionHeader& option) const {
    const int side = theme_->unit() * 3 / 2;
    const int margin = theme_->unit() * 3 / 2;
    const int text = QFontMetrics(theme_->captionFont()).horizontalAdvance(option.text) + theme_->unit() / 2;
    const bool right = option.textAlignment & Qt::AlignRight;
    const int left = right ? option.rect.right() - margin - text - side : option.rect.left() + margin + text;
    const QRect arrow(left, option.rect.center().y() - side / 2, side, side);
    return visualRect(option.direction, option.rect, arrow);
}

// Mnemonics are underlined while Alt is held: the rest of the time the lines would only be noise.
bool Style::eventFilter(QObject* watched, QEvent* event) {
    const bool press = event->type() == QEvent::KeyPress;
    if (press || event->type() == QEvent::KeyRelease) {
        if (static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt && altHeld_ != press) {
            altHeld_ = press;
            for (auto* window : QApplication::topLevelWidgets()) {
                for (auto* widget : window->findChildren<QWidget*>()) widget->update();
            }
        }
    } else if (event->type() == QEvent::ApplicationDeactivate) {
        altHeld_ = false;
    }
    return QProxyStyle::eventFilter(watched, event);
}

void Style::polish(QApplication* application) {
    QProxyStyle::polish(application);
    application->installEventFilter(this);
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    auto rect = QProxyStyle::subElementRect(element, option, widget);
    if (!theme_) return rect;
    switch (element) {
        case SE_LineEditContents:
            return rect.adjusted(theme_->unit() / 2, 0, -theme_->unit() / 2, 0);
        case SE_ProgressBarGroove:
        case SE_ProgressBarContents:
            return option->rect;
        default:
            return rect;
    }
}

}  // namespace signalbox::ui
