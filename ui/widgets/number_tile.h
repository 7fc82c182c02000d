// One number with its unit and name, and how it went lately.
#pragma once

#include <QVector>
#include <QWidget>
#include <optional>

#include "ui/text/roles.h"

namespace signalbox::ui {

/// No gauge, no colour at rest: the role changes only when the number means trouble, and then a word says so too.
class NumberTile : public QWidget {
    Q_OBJECT
public:
    explicit NumberTile(const QString& label, QWidget* parent = nullptr);
    /// Texts as the locale writes them; an empty number shows a dash.
    void setNumber(const QString& number, const QString& unit = {});
    /// The last values, oldest first, drawn as a small line; not a number is a gap.
    void setHistory(const QVector<double>& values);
    /// `word` such as "high" stands beside the label; empty with ColourRole::Text for all well.
    void setState(ColourRole role, const QString& word);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    void drawHistory(QPainter& painter, const QRectF& area) const;
    QString label_;
    QString number_;
    QString unit_;
    QString word_;
    QVector<double> history_;
    ColourRole role_ = ColourRole::Text;
};

}  // namespace signalbox::ui
