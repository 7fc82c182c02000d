// A value as a tree: members and items, made when they are looked at.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <vector>

#include "base/value.h"
#include "ui/models/value_place.h"

namespace signalbox::ui {

/// Two columns: key and value. Large arrays and objects show their first rows and say how many more there are.
class ValueTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    static constexpr int kMostChildren = 1000;
    static constexpr int kLongestText = 300;
    static constexpr std::size_t kMostRevealed = 50'000;  ///< rows of one array that are ever made
    explicit ValueTreeModel(QObject* parent = nullptr);
    ~ValueTreeModel() override;

    /// Members of an object or items of an array become the top rows; a scalar is the one row.
    void setValue(Value value);
    [[nodiscard]] const Value& value() const;
    /// The value at a row, for copying; Undefined at "and n more".
    [[nodiscard]] Value valueAt(const QModelIndex& index) const;
    [[nodiscard]] ValuePlace placeOf(const QModelIndex& index) const;
    /// The row of a part, made if need be; that of "and n more" where it lies beyond the rows that are made.
    [[nodiscard]] QModelIndex reveal(const ValuePlace& place);
    [[nodiscard]] bool isMore(const QModelIndex& index) const;
    /// Makes further rows instead of "and n more".
    void showMore(const QModelIndex& index);

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    bool hasChildren(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node& nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(Node& node) const;
    static void expand(Node& node);
    static void addRows(Node& node, std::size_t until);
    void extend(Node& node, std::size_t until);
    std::unique_ptr<Node> root_;
};

}  // namespace signalbox::ui
