// A field that takes the next key combination instead of text.
#pragma once

#include <QKeySequence>
#include <QLineEdit>

namespace signalbox::ui {

/// Tab, Shift+Tab and Esc alone keep their meaning, so that the keyboard can always leave.
class KeyRecorder : public QLineEdit {
    Q_OBJECT
public:
    explicit KeyRecorder(QWidget* parent = nullptr);
    [[nodiscard]] QKeySequence keys() const { return keys_; }
    void setKeys(const QKeySequence& keys);
    /// Whether the keys can be a shortcut: a letter alone is text somebody types.
    [[nodiscard]] static bool isUsable(const QKeySequence& keys);

Q_SIGNALS:
    void recorded(const QKeySequence& keys);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QKeySequence keys_;
};

}  // namespace signalbox::ui
