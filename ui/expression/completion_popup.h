// The list below the caret while an expression is typed.
#pragma once

#include <QAbstractListModel>
#include <QFrame>
#include <vector>

class QListView;

namespace signalbox::ui {

class ThemedLabel;

/// One thing that may stand at the caret.
struct CodeCompletion {
    enum class Kind : quint8 { Field, Variable, Function, Keyword };
    Kind kind = Kind::Field;
    QString label;
    QString insertion;  ///< what replaces the word at the caret
    QString type;       ///< "number", or a function's parameters
    QString sample;     ///< a value from the sample
    QString help;       ///< one sentence, of a function
};

/// The rows of the popup.
class CompletionModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { TypeRole = Qt::UserRole + 100, SampleRole, KindRole };
    using QAbstractListModel::QAbstractListModel;
    void setItems(std::vector<CodeCompletion> items);
    [[nodiscard]] const CodeCompletion& item(int row) const { return items_[static_cast<std::size_t>(row)]; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<CodeCompletion> items_;
};

/// Never takes the keyboard: the editor passes on the keys that move in it. Its own window, so that it may reach
/// beyond the one it belongs to.
class CompletionPopup : public QFrame {
    Q_OBJECT
public:
    CompletionPopup(const QString& name, QWidget* editor);

    /// `caret` in screen coordinates: the list goes below it, or above where there is no room. Without `preselect` no
    /// row is current until the keyboard moves.
    void open(std::vector<CodeCompletion> items, const QRect& caret, bool preselect);
    void move(int rows);
    [[nodiscard]] int pageRows() const;
    /// The current row, null while there is none.
    [[nodiscard]] const CodeCompletion* current() const;
    [[nodiscard]] const CompletionModel& model() const { return model_; }

Q_SIGNALS:
    /// By the mouse.
    void picked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tellCurrent();
    void place(const QRect& caret);
    CompletionModel model_;
    QListView* list_;
    ThemedLabel* help_;
};

}  // namespace signalbox::ui
