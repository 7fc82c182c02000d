// Named arrangements of the docks: designed ones and the user's own, each kept as it was left.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

class QDockWidget;
class QMainWindow;

namespace signalbox::ui {

/// Where a dock lies in a designed layout. Docks that a layout does not name are closed in it.
struct DockPlace {
    enum class How : quint8 {
        Area,   ///< at the end of its area
        Below,  ///< splits the place of `other`
        Right,  ///< splits the place of `other`
        Tab     ///< a tab of `other`, behind it
    };
    QString dock;  ///< object name; a dock that the window does not have is skipped
    Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
    How how = How::Area;
    QString other = {};
    int width = 0;  ///< in units of the theme; 0: as it comes
    int height = 0;
    bool open = true;
};

struct LayoutSpec {
    QString id;  ///< "design": stable
    QString title;
    QList<DockPlace> places;
};

/// Design (edit a workflow), Monitor (watch its runs) and Administer (gateways and the engine).
[[nodiscard]] QList<LayoutSpec> designedLayouts();

/// Belongs to the window, whose docks must be named before the first apply(). Window thread.
class Layouts : public QObject {
    Q_OBJECT
public:
    explicit Layouts(QMainWindow& window);

    void declare(const LayoutSpec& spec);
    struct Entry {
        QString id;
        QString title;
        bool own = false;  ///< made by the user
    };
    [[nodiscard]] QList<Entry> entries() const;  ///< designed ones first, own ones by name
    [[nodiscard]] QString current() const { return current_; }
    /// Whether the layout that is shown has this dock by design; one of the user's own has those that are open.
    [[nodiscard]] bool includes(const QString& dock) const;

    /// Shows a layout as it was left last; the one that is left is remembered as it is.
    void apply(const QString& id);
    /// Shows the current layout as it was designed, or as it was saved.
    void reset();
    /// Keeps the arrangement under a name and goes on in it. An own layout of that name is replaced. Gives its id.
    QString saveAs(const QString& name);
    void remove(const QString& id);

    [[nodiscard]] QJsonObject save() const;
    /// What does not fit the window is left out; false when nothing of it could be used.
    bool restore(const QJsonObject& saved);

Q_SIGNALS:
    void currentChanged();
    void listChanged();  ///< an own layout was made or removed

private:
    [[nodiscard]] const LayoutSpec* designed(const QString& id) const;
    [[nodiscard]] QByteArray arrangement() const;
    bool show(const QByteArray& arrangement);
    void arrange(const LayoutSpec& spec);
    void place(const DockPlace& place);
    void resizeDocks(const LayoutSpec& spec);

    QMainWindow& window_;
    QList<LayoutSpec> specs_;
    struct Own {
        QString title;
        QByteArray saved;
    };
    QHash<QString, Own> own_;
    QHash<QString, QByteArray> left_;  ///< how a layout was when it was left
    QString current_;
};

}  // namespace signalbox::ui
