// A value as a table: a row an item, a column a key.
#pragma once

#include <QAbstractTableModel>
#include <string>
#include <vector>

#include "base/value.h"
#include "ui/models/value_place.h"

namespace signalbox::ui {

/// Arrays, and objects whose members are all objects (then the first column is the member's name). Columns are the
/// keys of the first items; what is no object stands in a column of its own.
class ValueTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    static constexpr std::size_t kItemsForColumns = 500;
    static constexpr std::size_t kMostColumns = 60;
    static constexpr std::size_t kMostSorted = 200'000;  ///< rows
    static constexpr int kLongestText = 120;
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] static bool canShow(const Value& value);
    void setValue(const Value& value);
    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] bool canSort() const { return order_.size() <= kMostSorted; }

    [[nodiscard]] Value valueAt(const QModelIndex& index) const;
    [[nodiscard]] ValuePlace placeOf(const QModelIndex& index) const;
    /// The cell that a part lies in.
    [[nodiscard]] QModelIndex indexOf(const ValuePlace& place) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// By number, then by text, missing cells last; -1 is the order of the value itself.
    void sort(int column, Qt::SortOrder order) override;

private:
    enum class ColumnKind : quint8 { Key, Whole, Member };
    struct Column {
        ColumnKind kind;
        std::string key;
    };
    void findColumns();
    [[nodiscard]] const Value& item(std::size_t row) const;
    [[nodiscard]] Value cell(std::size_t row, const Column& column) const;

    Value value_ = Value::undefined();
    std::vector<Column> columns_;
    std::vector<std::uint32_t> order_;  ///< rows as shown: places in the value
};

}  // namespace signalbox::ui
