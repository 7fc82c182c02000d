// How controls are drawn: flat, one hairline colour, the accent only for focus, selection and the main action.
#pragma once

#include <QPointer>
#include <QProxyStyle>

#include "ui/text/roles.h"

class QStyleOptionButton;
class QStyleOptionComplex;
class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionTab;
class QStyleOptionViewItem;

namespace signalbox::ui {

class Theme;

/// On top of Fusion; colours come from the theme, sizes from its unit. Owned by the application.
///
/// Widgets ask for variants by dynamic properties: "primary" (push button of the one main action), "quiet" (push
/// button without an outline at rest), "invalid" (field with a wrong value), "colourRole" (name of a progress bar's
/// role).
class Style : public QProxyStyle {
    Q_OBJECT
public:
    explicit Style(Theme& theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl sub,
                         const QWidget* widget) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption* option, const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QApplication* application) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QColor colour(ColourRole role) const;
    [[nodiscard]] QRect headerArrow(const QStyleOptionHeader& option) const;
    [[nodiscard]] QRect comboText(const QRect& rect, const QStyleOption& option) const;
    [[nodiscard]] int comboIndent() const;
    void drawButtonPanel(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawToolButtonPanel(const QStyleOption& option, QPainter& painter) const;
    void drawFieldPanel(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawItemPanel(const QStyleOptionViewItem& option, QPainter& painter) const;
    void drawCheckBox(const QStyleOption& option, QPainter& painter) const;
    void drawBranch(const QStyleOption& option, QPainter& painter) const;
    void drawArrow(PrimitiveElement element, const QStyleOption& option, QPainter& painter) const;
    void drawArrowBesideWords(PrimitiveElement element, const QStyleOption& option, QPainter& painter,
                              const QWidget& button) const;
    void drawFocus(const QRectF& rect, QPainter& painter, qreal radius) const;
    void drawTab(const QStyleOptionTab& option, QPainter& painter) const;
    void drawTabLabel(const QStyleOptionTab& option, QPainter& painter, const QWidget* widget) const;
    void drawHeaderSection(const QStyleOption& option, QPainter& painter) const;
    void drawHeader(const QStyleOptionHeader& option, QPainter& painter) const;
    void drawButtonLabel(const QStyleOptionButton& option, QPainter& painter, const QWidget* widget) const;
    void drawProgress(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;
    void drawDockTitle(const QStyleOption& option, QPainter& painter) const;
    void drawScrollBar(const QStyleOptionSlider& option, QPainter& painter, const QWidget* widget) const;
    void drawComboBox(const QStyleOptionComplex& option, QPainter& painter, const QWidget* widget) const;
    bool drawHairline(PrimitiveElement element, const QStyleOption& option, QPainter& painter) const;

    QPointer<Theme> theme_;
    bool altHeld_ = false;
};

}  // namespace signalbox::ui
