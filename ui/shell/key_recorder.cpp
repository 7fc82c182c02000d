#include "ui/shell/key_recorder.h"

#include <QKeyEvent>

namespace signalbox::ui {

namespace {

bool isModifier(int key) {
    return key == Qt::Key_Control || key == Qt::Key_Shift || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == Qt::Key_unknown ||
           key == 0;
}

bool leaves(const QKeyEvent& event) {
    const auto plain = event.modifiers() & ~Qt::ShiftModifier;
    return plain == Qt::NoModifier &&
           (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab || event.key() == Qt::Key_Escape);
}

}  // namespace

KeyRecorder::KeyRecorder(QWidget* parent) : QLineEdit(parent) {
    setReadOnly(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    setPlaceholderText(tr("Press the new keys"));
}

void KeyRecorder::setKeys(const QKeySequence& keys) {
    keys_ = keys;
    setText(keys.toString(QKeySequence::NativeText));
}

bool KeyRecorder::isUsable(const QKeySequence& keys) {
    if (keys.isEmpty()) return false;
    const auto key = keys[0];
    if (isModifier(key.key())) return false;
    const bool function = key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F35;
    return function || (key.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

bool KeyRecorder::event(QEvent* event) {
    // Otherwise a shortcut of the window would be done instead of being recorded.
    if (event->type() == QEvent::ShortcutOverride && !leaves(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void KeyRecorder::keyPressEvent(QKeyEvent* event) {
    if (leaves(*event)) return QLineEdit::keyPressEvent(event);
    if (isModifier(event->key())) return;
    // The shift that a character needs anyway is part of the character: Ctrl++ is not Ctrl+Shift++.
    auto modifiers = event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const bool symbol =
        event->key() > Qt::Key_Space && event->key() < Qt::Key_AsciiTilde && !QChar(event->key()).isLetterOrNumber();
    if (symbol) modifiers &= ~Qt::ShiftModifier;
    setKeys(QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(event->key()))));
    Q_EMIT recorded(keys_);
}

}  // namespace signalbox::ui
