#include "ui/widgets/style.h"

#include <QAbstractItemView>
#include <QDialogButtonBox>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

bool hasWords(const QStyleOption& option) {
    const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(&option);
    return button && button->toolButtonStyle == Qt::ToolButtonTextBesideIcon;
}

bool has(const QWidget* widget, const char* property) { return widget && widget->property(property).toBool(); }

// Half a pixel in, so that a line of one pixel lies on pixels.
QRectF lineRect(const QRect& rect) { return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5); }

}  // namespace

Style::Style(Theme& theme) : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), theme_(&theme) {
    setObjectName(QStringLiteral("signalbox"));
}

QColor Style::colour(ColourRole role) const { return theme_ ? theme_->colour(role) : QColor(Qt::gray); }

void Style::drawFocus(const QRectF& rect, QPainter& painter, qreal radius) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(ColourRole::Accent), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
    painter.restore();
}

void Style::drawButtonPanel(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const bool enabled = option.state & State_Enabled;
    const bool primary = has(widget, "primary") && enabled;
    const bool hovered = enabled && (option.state & State_MouseOver);
    const bool down = option.state & (State_Sunken | State_On);
    auto fill = colour(ColourRole::Raised);
    auto line = colour(ColourRole::Line);
    if (primary) {
        fill = colour(ColourRole::Accent);
        line = fill;
        if (hovered) fill = mixed(fill, colour(ColourRole::Text), 0.12);
    } else if (hovered) {
        line = colour(ColourRole::Muted);
    }
    if (down && primary) fill = mixed(colour(ColourRole::Accent), colour(ColourRole::Text), 0.24);
    if (down && !primary) fill = mixed(fill, colour(ColourRole::Background), 0.6);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (has(widget, "quiet") && !hovered && !down) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::NoBrush);
    } else {
        painter.setPen(line);
        painter.setBrush(fill);
    }
    painter.drawRoundedRect(lineRect(option.rect), theme_->radius(), theme_->radius());
    painter.restore();
    if ((option.state & State_HasFocus) && (option.state & State_KeyboardFocusChange)) {
        // On an area of the accent colour the ring takes the colour of the text there.
        const auto ring = primary ? QRectF(option.rect).adjusted(2, 2, -2, -2) : QRectF(option.rect);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(primary ? colour(ColourRole::OnAccent) : colour(ColourRole::Accent), primary ? 1.5 : 2));
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), theme_->radius() - 1, theme_->radius() - 1);
        painter.restore();
    }
}

void Style::drawToolButtonPanel(const QStyleOption& option, QPainter& painter) const {
    const bool enabled = option.state & State_Enabled;
    const bool hovered = enabled && (option.state & State_MouseOver);
    const bool down = option.state & (State_Sunken | State_On);
    if (hovered || down) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme_->isHighContrast() ? QPen(colour(ColourRole::Line)) : QPen(Qt::NoPen));
        painter.setBrush(down ? colour(ColourRole::Selection) : colour(ColourRole::Raised));
        painter.drawRoundedRect(lineRect(option.rect), theme_->radius(), theme_->radius());
        painter.restore();
    }
    if (option.state & State_HasFocus) drawFocus(option.rect, painter, theme_->radius());
}

void Style::drawFieldPanel(const QStyleOption& option, QPainter& painter, const QWidget* widget) const {
    const bool enabled = option.state & State_Enabled;
    const bool focused = enabled && (option.state & State_HasFocus);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hovered = enabled && (option.state & State_MouseOver);
    auto line = hovered ? colour(ColourRole::Muted) : colour(ColourRole::Line);
    if (has(widget, "invalid")) line = colour(ColourRole::Error);
    painter.setPen(line);
    painter.setBrush(enabled ? colour(ColourRole::Surface) : colour(ColourRole::Background));
    painter.drawRoundedRect(lineRect(option.rect), theme_->radius(), theme_->radius());
    painter.restore();
    if (focused) drawFocus(option.rect, painter, theme_->radius());
}

void Style::drawItemPanel(const QStyleOptionViewItem& option, QPainter& painter) const {
    if (option.state & State_Selected) {
        painter.fillRect(option.rect, colour(ColourRole::Selection));
    } else if (option.state & State_MouseOver) {
        painter.fillRect(option.rect, mixed(colour(ColourRole::Surface), colour(ColourRole::Raised), 0.7));
    }
}

void Style::drawCheckBox(const QStyleOption& option, QPainter& painter) const {
    const bool on = option.state & (State_On | State_NoChange);
    const bool enabled = option.state & State_Enabled;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const auto box = lineRect(option.rect);
    auto fill = on ? colour(ColourRole::Accent) : colour(ColourRole::Surface);
    auto line = on ? fill : colour(ColourRole::Muted);
    if (!enabled) {
        line = colour(ColourRole::Line);
        if (on) fill = line;
    }
    painter.setPen(line);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, box.width() / 5, box.width() / 5);
    if (on) {
        painter.setPen(QPen(colour(ColourRole::OnAccent), box.width() / 9, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const auto at = [&](qreal x, qreal y) {
            return QPointF(box.x() + box.width() * x, box.y() + box.height() * y);
        };
        if (option.state & State_NoChange) {
            painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
        } else {
            painter.drawPolyline(QPolygonF({at(0.24, 0.52), at(0.43, 0.71), at(0.77, 0.3)}));
        }
    }
    painter.restore();
}

void Style::drawBranch(const QStyleOption& option, QPainter& painter) const {
    if (!(option.state & State_Children)) return;
    const int side = std::min(theme_->iconSize() * 3 / 4, option.rect.width());
    const auto icon = theme_->icons().pixmap((option.state & State_Open)           ? QStringLiteral("chevron-down")
                                             : option.direction == Qt::RightToLeft ? QStringLiteral("chevron-left")
                                                                                   : QStringLiteral("chevron-right"),
                                             side, painter.device()->devicePixelRatioF(), colour(ColourRole::Muted));
    painter.drawPixmap(option.rect.center().x() - side / 2, option.rect.center().y() - side / 2, icon);
}

void Style::drawArrow(PrimitiveElement element, const QStyleOption& option, QPainter& painter) const {
    auto name = QStringLiteral("chevron-down");
    if (element == PE_IndicatorArrowUp || element == PE_IndicatorSpinUp) name = QStringLiteral("chevron-up");
    const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(&option);
    // Qt calls the arrow of an ascending order "down".
    if (header && header->sortIndicator == QStyleOptionHeader::SortDown) name = QStringLiteral("chevron-up");
    if (element == PE_IndicatorArrowRight) name = QStringLiteral("chevron-right");
    const int side = std::max(8, std::min({option.rect.width(), option.rect.height(), theme_->iconSize() * 3 / 4}));
    const bool enabled = option.state & State_Enabled;
    const auto icon = theme_->icons().pixmap(name, side, painter.device()->devicePixelRatioF(),
                                             colour(enabled ? ColourRole::Muted : ColourRole::Line));
    painter.drawPixmap(option.rect.center().x() - side / 2 + 1, option.rect.center().y() - side / 2 + 1, icon);
}

// The arrow of a button that opens a menu, in line with the words of the button.
void Style::drawArrowBesideWords(PrimitiveElement element, const QStyleOption& option, QPainter& painter,
                                 const QWidget& button) const {
    QStyleOption arrow;
    arrow.state = option.state;
    arrow.rect = option.rect;
    arrow.rect.moveTop(button.rect().center().y() - arrow.rect.height() / 2);
    drawArrow(element, arrow, painter);
}

// Frames that are a hairline, or nothing at all. False: not one of these.
bool Style::drawHairline(PrimitiveElement element, const QStyleOption& option, QPainter& painter) const {
    switch (element) {
        case PE_FrameTabWidget:
        case PE_FrameStatusBarItem:
        case PE_PanelToolBar:
        case PE_FrameDockWidget:
        case PE_IndicatorToolBarHandle:
        case PE_FrameButtonBevel:
        case PE_PanelItemViewRow:
            return true;
        case PE_FrameTabBarBase:
            painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                             colour(ColourRole::Line));
            return true;
        case PE_PanelStatusBar:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1),
                             colour(ColourRole::Line));
            return true;
        case PE_IndicatorDockWidgetResizeHandle:
            painter.fillRect(option.rect, colour(ColourRole::Line));
            return true;
        case PE_PanelTipLabel:
        case PE_FrameMenu:
            painter.setPen(colour(ColourRole::Line));
            painter.setBrush(element == PE_PanelTipLabel ? QBrush(colour(ColourRole::Raised)) : QBrush(Qt::NoBrush));
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
            return true;
        case PE_FrameGroupBox:
        case PE_FrameWindow:
            painter.setPen(colour(ColourRole::Line));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
            return true;
        default:
            return false;
    }
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const {
    if (!theme_ || drawHairline(element, *option, *painter)) return;
    switch (element) {
        case PE_PanelButtonCommand:
            drawButtonPanel(*option, *painter, widget);
            return;
        case PE_FrameDefaultButton:
            return;
        case PE_PanelButtonTool:
            drawToolButtonPanel(*option, *painter);
            return;
        case PE_PanelLineEdit:
            // An editor inside a combo box, a spin box or a table draws no frame of its own.
            if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
                frame && frame->lineWidth > 0) {
                drawFieldPanel(*option, *painter, widget);
            }
            return;
        case PE_Frame:
            // Editors of several lines look like those of one; lists and tables fill their panel to the edge.
            if (widget && (widget->inherits("QPlainTextEdit") || widget->inherits("QTextEdit"))) {
                drawFieldPanel(*option, *painter, widget);
            }
            return;
        case PE_FrameLineEdit:
            drawFieldPanel(*option, *painter, widget);
            return;
        case PE_IndicatorCheckBox:
        case PE_IndicatorItemViewItemCheck:
            drawCheckBox(*option, *painter);
            return;
        case PE_IndicatorBranch:
            drawBranch(*option, *painter);
            return;
        case PE_IndicatorArrowDown:
        case PE_IndicatorArrowUp:
        case PE_IndicatorArrowRight:
        case PE_IndicatorSpinUp:
        case PE_IndicatorSpinDown:
        case PE_IndicatorHeaderArrow:
            hasWords(*option) && widget ? drawArrowBesideWords(element, *option, *painter, *widget)
                                        : drawArrow(element, *option, *painter);
            return;
        case PE_PanelItemViewItem:
            if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
                drawItemPanel(*item, *painter);
            return;
        case PE_FrameFocusRect: {
            const bool isItem = qobject_cast<const QAbstractItemView*>(widget) != nullptr;
            if (option->state & State_KeyboardFocusChange) drawFocus(option->rect, *painter, isItem ? 0 : 3);
            return;
        }
        default:
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    if (!theme_) return QProxyStyle::pixelMetric(metric, option, widget);
    const int unit = theme_->unit();
    switch (metric) {
        case PM_LayoutLeftMargin:
        case PM_LayoutRightMargin:
        case PM_LayoutTopMargin:
        case PM_LayoutBottomMargin:
            return unit * 3 / 2;
        case PM_LayoutHorizontalSpacing:
        case PM_LayoutVerticalSpacing:
            return unit;
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ToolBarIconSize:
        case PM_ListViewIconSize:
        case PM_TabBarIconSize:
            return theme_->iconSize();
        case PM_DefaultFrameWidth:
            if (qobject_cast<const QAbstractItemView*>(widget)) return 0;
            return std::max(2, unit / 4);
        case PM_DockWidgetSeparatorExtent:
        case PM_SplitterWidth:
            return 1;
        case PM_ScrollBarExtent:
            return unit * 3 / 2;
        case PM_DockWidgetTitleBarButtonMargin:
        case PM_DockWidgetTitleMargin:
        case PM_ToolBarItemSpacing:
        case PM_ToolBarItemMargin:
        case PM_HeaderMargin:
            return unit / 2;
        case PM_ToolBarFrameWidth:
            return unit / 4;
        case PM_ButtonMargin:
            return unit;
        case PM_DockWidgetFrameWidth:
        case PM_ToolBarHandleExtent:
        case PM_TabBarBaseOverlap:
        case PM_ButtonShiftHorizontal:
        case PM_ButtonShiftVertical:
        case PM_TabBarTabShiftHorizontal:
        case PM_TabBarTabShiftVertical:
            return 0;
        case PM_TabBarTabHSpace:
            return unit * 2;
        case PM_TabBarTabVSpace:
            return unit;
        case PM_TreeViewIndentation:
            return unit * 2;
        case PM_IndicatorWidth:
        case PM_IndicatorHeight:
            return theme_->iconSize();
        case PM_MenuPanelWidth:
            return 1;
        default:
            return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returned) const {
    switch (hint) {
        case SH_Widget_Animation_Duration:
            return theme_ && theme_->reducedMotion() ? 0 : 150;
        case SH_ItemView_ShowDecorationSelected:
            return 1;
        case SH_EtchDisabledText:
        case SH_DitherDisabledText:
            return 0;
        case SH_ScrollBar_Transient:
            return 0;
        case SH_UnderlineShortcut:
            return altHeld_ ? 1 : 0;
        case SH_TabBar_PreferNoArrows:
            return 0;
        case SH_DialogButtonBox_ButtonsHaveIcons:
            return 0;
        case SH_DialogButtonLayout:
            return QDialogButtonBox::GnomeLayout;
        case SH_ToolTip_WakeUpDelay:
            return 500;
        default:
            return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QIcon Style::standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const {
    switch (icon) {
        case SP_LineEditClearButton:
        case SP_TitleBarCloseButton:
        case SP_DockWidgetCloseButton:
            return themedIcon(QStringLiteral("close"), ColourRole::Muted);
        case SP_TitleBarNormalButton:
            return themedIcon(QStringLiteral("undock"), ColourRole::Muted);
        case SP_ToolBarHorizontalExtensionButton:
            return themedIcon(QStringLiteral("more"), ColourRole::Muted);
        default:
            return QProxyStyle::standardIcon(icon, option, widget);
    }
}

}  // namespace signalbox::ui
