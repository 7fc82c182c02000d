// A value to look into: as a tree, a table or text, searched and queried.
#pragma once

#include <QWidget>

#include "base/value.h"
#include "ui/models/value_search.h"
#include "ui/models/value_table_model.h"
#include "ui/models/value_tree_model.h"

class QAbstractItemView;
class QButtonGroup;
class QPlainTextEdit;
class QStackedWidget;
class QTableView;
class QToolButton;
class QTreeView;

namespace signalbox::ui {

class EmptyState;
class ExpressionField;
class SearchBar;
class ThemedLabel;

/// Ctrl+F searches, Ctrl+E opens the query: an expression whose result takes the place of the value until Esc brings
/// the value back. Ctrl+C copies a part as JSON, Ctrl+Shift+C its path.
class ValueView : public QWidget {
    Q_OBJECT
public:
    enum class Mode : quint8 { Tree, Table, Text };

    /// `name` goes into the object names of the parts: "<name>Tree", "<name>Table", "<name>Text", "<name>Query",
    /// "<name>Search".
    ValueView(const QString& name, const QString& accessibleName, QWidget* parent = nullptr);
    ~ValueView() override;

    void setValue(const Value& value);
    /// Instead of a value: why there is none.
    void setNothing(const QString& title, const QString& text);
    /// What was set, whatever the query makes of it.
    [[nodiscard]] const Value& value() const { return value_; }
    [[nodiscard]] const Value& shownValue() const { return shown_; }
    /// A table falls back to the tree for a value that is none.
    void setMode(Mode mode);
    [[nodiscard]] Mode mode() const { return mode_; }

    void openSearch();
    void openQuery();
    /// The whole value again.
    void closeQuery();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildBar(const QString& name);
    QToolButton* addButton(const QString& name, const QString& icon, const QString& words);
    void buildTree(const QString& name, const QString& accessibleName);
    void buildTable(const QString& name, const QString& accessibleName);
    void buildText(const QString& name, const QString& accessibleName);
    void buildQuery(const QString& name);
    void buildSearch();
    void restyle();

    void showShown(const Value& value, bool ofQuery);
    void refreshView();
    void fillTree();
    void fillTable();
    void fillText();
    void refreshSummary();

    void search();
    void searchText();
    void markTextHits();
    void takeHits(const ValueHits& hits);
    void stepTo(int hit);
    void finishSearch();

    [[nodiscard]] QAbstractItemView* itemView() const;
    [[nodiscard]] QWidget* viewOfMode() const;
    [[nodiscard]] ValuePlace currentPlace() const;
    void copyPart();
    void copyPath();
    void queryPart();
    void showMenu(const QPoint& place);

    static constexpr std::size_t kMostText = 64 * 1024;
    Value value_ = Value::undefined();
    Value shown_ = Value::undefined();
    bool ofQuery_ = false;
    Mode mode_ = Mode::Tree;
    ValueTreeModel treeModel_;
    ValueTableModel tableModel_;
    ValueSearch search_;
    std::vector<ValuePlace> hits_;
    std::vector<int> textHits_;
    bool moreHits_ = false;
    int hit_ = -1;
    QWidget* bar_;
    QStackedWidget* stack_;
    QTreeView* tree_;
    QTableView* table_;
    QPlainTextEdit* text_;
    EmptyState* empty_;
    ThemedLabel* summary_;
    QButtonGroup* modes_;
    QToolButton* query_;
    QWidget* queryRow_ = nullptr;
    ExpressionField* field_;
    SearchBar* searchBar_;
};

}  // namespace signalbox::ui
