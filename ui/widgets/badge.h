// A word or a count in a small outlined pill.
#pragma once

#include <QColor>
#include <QWidget>

#include "ui/text/roles.h"

class QPainter;

namespace signalbox::ui {

/// For counts, tags and kinds; states of runs and nodes have StateBadge. Long texts are cut, whole on hover.
class Badge : public QWidget {
    Q_OBJECT
public:
    explicit Badge(const QString& text = {}, ColourRole role = ColourRole::Muted, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return text_; }
    void setRole(ColourRole role);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    ColourRole role_;
};

/// The same in a delegate or on a canvas: draws into `area`, at its left, and returns the width that was used.
int drawBadge(QPainter& painter, const QRect& area, const QString& text, const QColor& colour);
[[nodiscard]] int badgeWidth(const QString& text);

}  // namespace signalbox::ui
