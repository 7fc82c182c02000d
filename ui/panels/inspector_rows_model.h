// Rows of objects with the same members, for the table of a field.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "ui/panels/inspector_schema.h"

namespace signalbox::ui {

/// Columns are members. Members that no column knows stay with their object. An item that is no object is one row whose
/// cells are empty, and stays as it is until a cell is edited.
class ObjectRowsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    ObjectRowsModel(std::vector<FieldSpec> columns, QObject* parent = nullptr);
    void setRows(const Value& array);
    [[nodiscard]] Value rows() const { return Value::array(rows_); }
    [[nodiscard]] const FieldSpec& column(int index) const { return columns_[static_cast<std::size_t>(index)]; }
    void add();
    void remove(int row);
    void move(int row, int by);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void edited();

private:
    [[nodiscard]] QString text(const Value& value, const FieldSpec& column) const;
    std::vector<FieldSpec> columns_;
    std::vector<Value> rows_;
};

}  // namespace signalbox::ui
