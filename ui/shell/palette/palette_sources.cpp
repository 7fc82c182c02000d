#include "ui/shell/palette/palette_sources.h"

#include <QAction>
#include <QRegularExpression>

#include "ui/actions/action_registry.h"
#include "ui/panels/panel_context.h"
#include "ui/settings/settings.h"
#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {
constexpr std::uint32_t kMostRuns = 1000;
}

ActionSource::ActionSource(ActionRegistry& actions, QString except)
    : PaletteSource(QStringLiteral("action"), u'>', tr("Actions")), actions_(actions), except_(std::move(except)) {
    connect(&actions_, &ActionRegistry::added, this, &PaletteSource::changed);
    connect(&actions_, &ActionRegistry::removed, this, &PaletteSource::changed);
}

std::vector<PaletteItem> ActionSource::items() {
    std::vector<PaletteItem> items;
    for (const auto* action : actions_.actions()) {
        const auto& spec = actions_.spec(*action);
        if (spec.id == except_) continue;
        auto category = actionCategoryName(spec.category);
        items.push_back(
            {spec.id, ActionRegistry::plainText(*action), category.remove(QLatin1Char('&')), spec.keywords, spec.icon});
    }
    return items;
}

void ActionSource::activate(const QString& item) {
    if (auto* action = actions_.action(item)) action->trigger();
}

QString ActionSource::shortcut(const QString& item) const {
    const auto* action = actions_.action(item);
    return action ? action->shortcut().toString(QKeySequence::NativeText) : QString();
}

QString ActionSource::reason(const QString& item) const {
    const auto* action = actions_.action(item);
    return action ? ActionRegistry::reason(*action) : QString();
}

NodeSource::NodeSource(PanelContext& context, PaletteGo go)
    : PaletteSource(QStringLiteral("node"), u'@', tr("Nodes of the graph")), context_(context), go_(std::move(go)) {
    connect(&context_, &PanelContext::graphChanged, this, &PaletteSource::changed);
}

std::vector<PaletteItem> NodeSource::items() {
    std::vector<PaletteItem> items;
    items.reserve(context_.graph().nodes.size());
    for (const auto& node : context_.graph().nodes) {
        const auto id = toQString(node.id);
        items.push_back({id, node.title.empty() ? id : toQString(node.title), toQString(node.type),
                         id + QLatin1Char(' ') + toQString(node.type),
                         node.icon.empty() ? QStringLiteral("node") : toQString(node.icon)});
    }
    return items;
}

WorkflowSource::WorkflowSource(PanelContext& context, PaletteGo go)
    : PaletteSource(QStringLiteral("workflow"), u'/', tr("Workflows")), context_(context), go_(std::move(go)) {}

void WorkflowSource::prepare() {
    context_.client().workflows().list().then(this, [this](const Result<protocol::WorkflowList>& reply) {
        if (!reply || reply->workflows == workflows_) return;
        workflows_ = reply->workflows;
        Q_EMIT changed();
    });
}

std::vector<PaletteItem> WorkflowSource::items() {
    std::vector<PaletteItem> items;
    for (const auto& workflow : workflows_) {
        const auto id = toQString(workflow.id);
        auto words = id;
        for (const auto& tag : workflow.tags) words += QLatin1Char(' ') + toQString(tag);
        items.push_back({id, workflow.name.empty() ? id : toQString(workflow.name), tr("Workflow"), words,
                         QStringLiteral("workflow")});
    }
    return items;
}

RunSource::RunSource(PanelContext& context, PaletteGo go)
    : PaletteSource(QStringLiteral("run"), u'#', tr("Runs")), context_(context), go_(std::move(go)) {}

void RunSource::prepare() {
    protocol::ListRuns request;
    request.limit = kMostRuns;
    context_.client().runs().list(std::move(request)).then(this, [this](const Result<protocol::RunList>& reply) {
        if (!reply || reply->runs == runs_) return;
        runs_ = reply->runs;
        Q_EMIT changed();
    });
}

std::vector<PaletteItem> RunSource::items() {
    std::vector<PaletteItem> items;
    items.reserve(runs_.size());
    for (const auto& run : runs_) {
        const auto id = toQString(run.runId);
        const auto name = toQString(run.workflowName.empty() ? run.workflowId : run.workflowName);
        const auto state = stateLook(toQString(run.status)).word;
        items.push_back({id, QStringLiteral("%1 · %2").arg(name, formatDateTime(run.created)), state,
                         QStringLiteral("%1 %2 %3").arg(id, state, toQString(run.errorCode)),
                         QStringLiteral("history")});
    }
    return items;
}

std::optional<PaletteItem> RunSource::literal(const QString& text) const {
    static const QRegularExpression kId(
        QStringLiteral("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"));
    if (!kId.match(text).hasMatch()) return std::nullopt;
    return PaletteItem{text, tr("Run %1").arg(text), tr("by its id"), {}, QStringLiteral("history")};
}

SettingSource::SettingSource(Settings& settings, PaletteGo go)
    : PaletteSource(QStringLiteral("setting"), u',', tr("Settings")), settings_(settings), go_(std::move(go)) {
    connect(&settings_, &Settings::declared, this, &PaletteSource::changed);
    connect(&settings_, &Settings::changed, this, &PaletteSource::changed);
}

std::vector<PaletteItem> SettingSource::items() {
    std::vector<PaletteItem> items;
    for (const auto& spec : settings_.specs()) {
        items.push_back(
            {spec.id, spec.title,
             QStringLiteral("%1 · %2").arg(spec.category, settings_.describe(spec.id, settings_.value(spec.id))),
             spec.help + QLatin1Char(' ') + spec.keywords, QStringLiteral("theme")});
    }
    return items;
}

}  // namespace signalbox::ui
