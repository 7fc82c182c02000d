// What has to be said or decided about the document: read-only, in conflict with its file, or out of reach.
#pragma once

#include <QWidget>

class QPushButton;

namespace signalbox::ui {

class PanelContext;
class ThemedLabel;

/// Above the inspector: why nothing can be edited, and the way to editing. Hidden otherwise.
class ReadOnlyBar : public QWidget {
    Q_OBJECT
public:
    explicit ReadOnlyBar(PanelContext& context, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh();
    PanelContext& context_;
    ThemedLabel* text_;
    QPushButton* edit_;
};

/// Above the graph: the file has changed while there are unsaved edits. Nothing is decided by itself.
class ConflictBar : public QWidget {
    Q_OBJECT
public:
    explicit ConflictBar(PanelContext& context, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void refresh();
    void askForCopy();
    QPushButton* addButton(const char* name, const QString& text);
    PanelContext& context_;
    QObject* followed_ = nullptr;  ///< lives as long as the session's signals are heard
    ThemedLabel* text_;
    ThemedLabel* hint_;
    QWidget* buttons_;
};

}  // namespace signalbox::ui
