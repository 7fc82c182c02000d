// The settings as pages, made from what is declared.
#pragma once

#include <QDialog>
#include <QHash>
#include <QList>

class QLabel;
class QLineEdit;
class QListWidget;
class QScrollArea;
class QVBoxLayout;

namespace signalbox::ui {

class NoticeBar;
class Preferences;
class SettingRow;
class ThemedLabel;

/// Made when it is opened first. Changes act at once; there is nothing to confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(Preferences& preferences, QWidget* parent = nullptr);

    /// Goes to the page of a setting and puts the keyboard on it.
    void reveal(const QString& id);
    // What the buttons do once a file is chosen.
    void importFrom(const QString& path);
    void exportTo(const QString& path);

private:
    void build();
    void buildRows();
    QWidget* buildButtons();
    void filter();
    void chooseFile(bool toExport);

    Preferences& preferences_;
    QLineEdit* search_;
    QListWidget* pages_;
    QScrollArea* scroll_;
    QWidget* content_;
    QVBoxLayout* column_;
    NoticeBar* notice_;
    ThemedLabel* nothing_;
    QList<SettingRow*> rows_;
    QHash<QString, QLabel*> headings_;
};

}  // namespace signalbox::ui
