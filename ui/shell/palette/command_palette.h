// The command palette: type a few letters of anything, and go there or do it.
#pragma once

#include <QFrame>
#include <QPointer>
#include <memory>

class QLineEdit;
class QListView;

namespace signalbox::ui {

class PaletteModel;
class PaletteSource;
class ThemedLabel;

/// A child of the window above everything in it, no window of its own: nothing is blocked, and it is gone when the
/// focus is. The keyboard stays in its field; rows are told to screen readers as they become current.
class CommandPalette : public QFrame {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget& window);

    void addSource(std::unique_ptr<PaletteSource> source);
    [[nodiscard]] PaletteModel& model() { return *model_; }
    /// With something typed already, such as the prefix "@".
    void open(const QString& text = {});
    /// The focus goes back to where it was.
    void dismiss();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void search();
    void place();
    void choose(int row);
    void move(int steps);
    bool handleKey(int key);
    void announce();

    PaletteModel* model_;
    QLineEdit* field_;
    QListView* list_;
    ThemedLabel* hint_;
    QPointer<QWidget> before_;  ///< had the focus
};

}  // namespace signalbox::ui
