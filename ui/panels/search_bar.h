// A bar to search in what is shown above or below it.
#pragma once

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

namespace signalbox::ui {

class NumberLabel;

/// Enter and F3 go on, with Shift back; Esc closes. What is found is told back by setCount().
class SearchBar : public QWidget {
    Q_OBJECT
public:
    /// `name` goes into the object names: "<name>Search", "<name>SearchNext", ...
    explicit SearchBar(const QString& name, QWidget* parent = nullptr);

    void open();
    void close();
    [[nodiscard]] QString text() const;
    /// `current` from 0; -1: none. `more`: there are further ones that were not counted.
    void setCount(int current, int count, bool more);

Q_SIGNALS:
    void textChanged(const QString& text);
    void stepRequested(int step);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build(const QString& name);
    QTimer soon_;
    QLineEdit* edit_;
    NumberLabel* count_;
    QToolButton* previous_;
    QToolButton* next_;
    QToolButton* close_;
};

}  // namespace signalbox::ui
