// A short tour: one step after the other points at a real part of the window and says what it is for.
#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

class QPushButton;

namespace signalbox::ui {

class ThemedLabel;

struct TourStep {
    QString target;  ///< object name of a widget of the window; a step whose widget is not seen is left out
    QString title;
    QString text;
};

/// The frame that marks the target, and a bubble beside it with the words. Nothing is blocked; Esc ends it.
class Tour : public QFrame {
    Q_OBJECT
public:
    explicit Tour(QWidget& window);
    ~Tour() override;
    void start(const QList<TourStep>& steps);
    void end();
    [[nodiscard]] int step() const { return at_; }
    [[nodiscard]] int count() const { return static_cast<int>(steps_.size()); }

Q_SIGNALS:
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Marker;
    void build();
    void show(int step);
    void place();
    [[nodiscard]] QWidget* target(const TourStep& step) const;

    QList<TourStep> steps_;
    int at_ = -1;
    QPointer<Marker> marker_;
    ThemedLabel* title_;
    ThemedLabel* text_;
    ThemedLabel* count_;
    QPushButton* back_;
    QPushButton* next_;
    QPushButton* skip_;
};

/// What the window shows to somebody new; `paletteKeys` open the command palette.
[[nodiscard]] QList<TourStep> windowTour(const QString& paletteKeys);

}  // namespace signalbox::ui
