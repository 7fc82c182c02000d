// Names and values below each other: facts about one thing.
#pragma once

#include <QTableView>

class QStandardItemModel;

namespace signalbox::ui {

/// Values can be selected and copied (Ctrl+C copies "name: value" lines). Names are muted, numbers have tabular digits.
class KeyValueTable : public QTableView {
    Q_OBJECT
public:
    explicit KeyValueTable(QWidget* parent = nullptr);
    struct Row {
        QString key;
        QString value;
        QString exact = {};  ///< the tool tip: the exact time behind a relative one
    };
    /// Rows with the same keys as before only change their values, so that the selection stays.
    void setRows(const QList<Row>& rows);
    [[nodiscard]] QString value(const QString& key) const;
    QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QStandardItemModel* rows_;
};

}  // namespace signalbox::ui
