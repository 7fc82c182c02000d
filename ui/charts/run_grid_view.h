// Runs side by side: a column a run, a row a node, a cell how the node ended there. For thousands of nodes.
#pragma once

#include <QAbstractScrollArea>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

namespace signalbox::ui {

/// One column. `statuses` has a character a row, as the protocol's grid has them; `took` microseconds, 0: not run.
struct RunGridColumn {
    QString runId;
    QString status;
    std::int64_t created = 0;  ///< microseconds since the epoch
    std::int64_t took = 0;     ///< of the run
    std::string statuses;
    std::vector<std::int64_t> nodeTook;
};

/// Newest runs at the right. Arrow keys walk cells, Home and End rows, PageUp and PageDown pages; Enter opens. Above
/// each column a bar tells how long its run took. Only what is seen is painted. Window thread only.
class RunGridView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RunGridView(QWidget* parent = nullptr);

    /// Columns oldest first. The current cell stays with its run and node.
    void setGrid(const QStringList& nodes, std::vector<RunGridColumn> columns);
    /// Only rows in which some run failed, or all.
    void setFailedOnly(bool failedOnly);
    /// Rows whose id has this text; empty: all.
    void setFilter(const QString& text);

    [[nodiscard]] int shownRows() const { return static_cast<int>(rows_.size()); }
    [[nodiscard]] int columnCount() const { return static_cast<int>(columns_.size()); }
    [[nodiscard]] QString currentNode() const;
    [[nodiscard]] QString currentRun() const;
    void setCurrent(const QString& runId, const QString& nodeId);
    /// The word of the protocol for a cell ("failed"); empty outside and where the version has no such node.
    [[nodiscard]] QString statusAt(int row, int column) const;
    [[nodiscard]] QPoint cellCentre(int row, int column) const;  ///< in the viewport
    QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged(const QString& runId, const QString& nodeId);
    /// By double click or Enter; the node is empty when a column's head was meant.
    void activated(const QString& runId, const QString& nodeId);

protected:
    bool viewportEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    friend class RunGridPainter;
    struct Cell {
        int row = -1;  ///< of rows_; -1: the head
        int column = -1;
    };
    [[nodiscard]] Cell cellAt(QPoint position) const;
    [[nodiscard]] int cellSide() const;
    [[nodiscard]] int headHeight() const;
    [[nodiscard]] int nameWidth() const;
    [[nodiscard]] QString describe(Cell cell) const;
    void choose(Cell cell);
    void reveal();
    void refilter();
    void updateScrollBars();

    QStringList nodes_;
    std::vector<RunGridColumn> columns_;
    std::vector<int> rows_;  ///< nodes that are shown
    QString filter_;
    Cell current_;
    std::int64_t longest_ = 0;
    bool failedOnly_ = false;
};

}  // namespace signalbox::ui
