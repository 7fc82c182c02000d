// Grey shapes where content will be, so that nothing jumps when it comes.
#pragma once

#include <QWidget>

namespace signalbox::ui {

/// Stands still: nothing in the console loops. Read out as "Loading".
class Skeleton : public QWidget {
    Q_OBJECT
public:
    enum class Kind : quint8 { Rows, Table, Form, Graph, Plot, Tiles };
    explicit Skeleton(Kind kind = Kind::Rows, QWidget* parent = nullptr);
    void setKind(Kind kind);
    [[nodiscard]] Kind kind() const { return kind_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind kind_;
};

}  // namespace signalbox::ui
