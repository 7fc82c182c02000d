// Pages of the inspector: each shows a part of the document and edits it.
#pragma once

#include <QHash>
#include <QWidget>
#include <string>
#include <vector>

#include "base/result.h"
#include "ui/panels/inspector_form.h"

class QPlainTextEdit;
class QScrollArea;
class QVBoxLayout;

namespace signalbox::ui {

class PanelContext;
struct Edit;
class ThemedLabel;

/// Refreshed when the document, its findings or its editability change, but only while it is seen.
class InspectorPage : public QWidget {
    Q_OBJECT
public:
    explicit InspectorPage(PanelContext& context, QWidget* parent = nullptr);
    void invalidate();
    /// A place in the document; false: it is not on this page.
    virtual bool focusPlace(const std::string& pointer) = 0;

protected:
    void showEvent(QShowEvent* event) override;
    virtual void refresh() = 0;
    /// Edits the document; what cannot be done is told by the context.
    void edit(Edit edit);
    PanelContext& context_;

private:
    bool stale_ = true;
};

/// A form about one object.
class FormPage : public InspectorPage {
    Q_OBJECT
public:
    struct Content {
        std::string part;                 ///< "/nodes/3"; "" is the workflow
        std::string below;                ///< "/params"
        std::vector<std::string> except;  ///< findings below these belong to other pages
        Value schema = Value::undefined();
        QString owner;                      ///< "read", for the names of edits
        QString nothing;                    ///< said when the schema has no fields
        bool missing = false;               ///< the part is not in this document
        Value pinned = Value::undefined();  ///< shown instead of what the document has, and not editable
        bool computable = false;
        bool listsUnknown = false;
    };
    /// `name` begins the object names: "param.url".
    FormPage(PanelContext& context, const QString& name, QWidget* parent = nullptr);
    void setContent(Content content);
    void setHelpers(InspectorHelpers helpers) { helpers_ = std::move(helpers); }
    /// Something of its own below the form.
    void addBelow(QWidget* widget);
    [[nodiscard]] InspectorForm& form() { return *form_; }
    bool focusPlace(const std::string& pointer) override;

protected:
    void refresh() override;

private:
    void showFindings();
    void take(const QString& pointer, const Value& value, const QString& title);
    Content content_;
    InspectorHelpers helpers_;
    QScrollArea* scroll_;
    QVBoxLayout* column_;
    ThemedLabel* nothing_;
    InspectorForm* form_;
};

/// The JSON of a node or of the whole document. Taken over whenever it parses; until then it is kept, also while
/// another node is looked at.
class JsonPage : public InspectorPage {
    Q_OBJECT
public:
    JsonPage(PanelContext& context, const QString& name, QWidget* parent = nullptr);
    void showNode(const QString& nodeId);
    void showDocument() { showNode({}); }
    bool focusPlace(const std::string& pointer) override;

protected:
    void refresh() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read();
    void takeNode(const Value& node);
    [[nodiscard]] QString textOfDocument() const;
    [[nodiscard]] bool showDraft(const QString& key);
    void judge(const Result<Value>& parsed);
    QString nodeId_;
    QString shownFor_;
    QHash<QString, QString> drafts_;  ///< what was typed and does not parse, for where it was typed
    bool unreadable_ = false;
    bool touched_ = false;  ///< typed since it was shown
    QPlainTextEdit* text_;
    ThemedLabel* problem_;
};

}  // namespace signalbox::ui
