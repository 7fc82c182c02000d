// All long work below each other, each with its bar and its way out.
#pragma once

#include <QHash>
#include <QWidget>

namespace signalbox::ui {

class ProgressCentre;

/// For a Popover. Rows come and go with the work.
class ProgressList : public QWidget {
    Q_OBJECT
public:
    explicit ProgressList(ProgressCentre& centre, QWidget* parent = nullptr);
    QSize sizeHint() const override;

private:
    void refresh();
    QWidget* makeRow(quint64 id);
    void fillRow(QWidget& row, int index) const;

    ProgressCentre& centre_;
    QHash<quint64, QWidget*> rows_;
};

}  // namespace signalbox::ui
