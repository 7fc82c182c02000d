// Labels that the theme colours: a role for the text, elision, and numbers that do not jump.
#pragma once

#include <QLabel>
#include <QWidget>

#include "ui/text/roles.h"

namespace signalbox::ui {

/// Text in the colour of a role; elides to one line when asked to, with the whole text on hover.
class ThemedLabel : public QLabel {
    Q_OBJECT
public:
    enum class Kind : quint8 { Body, Strong, Caption, Title, Code };
    explicit ThemedLabel(ColourRole role, Kind kind = Kind::Body, QWidget* parent = nullptr);
    void setRole(ColourRole role);
    /// One line, cut at the end; otherwise it wraps.
    void setElided(bool elided);
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void restyle();
    ColourRole role_;
    Kind kind_;
    bool elided_ = false;
};

/// One line of text with digits of equal width, for values that change.
class NumberLabel : public QWidget {
    Q_OBJECT
public:
    explicit NumberLabel(ColourRole role, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return text_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString text_;
    ColourRole role_;
};

}  // namespace signalbox::ui
