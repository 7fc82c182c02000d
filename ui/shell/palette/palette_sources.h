// What the command palette of a window finds.
#pragma once

#include <QString>
#include <functional>
#include <memory>
#include <vector>

#include "protocol/dto.h"
#include "ui/shell/palette/palette_source.h"

namespace signalbox::ui {

class ActionRegistry;
class PanelContext;
class Settings;

/// How the window goes to what was found.
using PaletteGo = std::function<void(const QString& id)>;

class ActionSource : public PaletteSource {
    Q_OBJECT
public:
    /// Leaves out the actions that open the palette.
    ActionSource(ActionRegistry& actions, QString except);
    std::vector<PaletteItem> items() override;
    void activate(const QString& item) override;
    [[nodiscard]] QString shortcut(const QString& item) const override;
    [[nodiscard]] QString reason(const QString& item) const override;

private:
    ActionRegistry& actions_;
    QString except_;
};

/// The nodes of the graph that is shown.
class NodeSource : public PaletteSource {
    Q_OBJECT
public:
    NodeSource(PanelContext& context, PaletteGo go);
    std::vector<PaletteItem> items() override;
    void activate(const QString& item) override { go_(item); }

private:
    PanelContext& context_;
    PaletteGo go_;
};

class WorkflowSource : public PaletteSource {
    Q_OBJECT
public:
    WorkflowSource(PanelContext& context, PaletteGo go);
    std::vector<PaletteItem> items() override;
    void prepare() override;
    void activate(const QString& item) override { go_(item); }

private:
    PanelContext& context_;
    PaletteGo go_;
    std::vector<protocol::WorkflowSummary> workflows_;
};

/// The newest runs of all workflows, and any other by its whole id.
class RunSource : public PaletteSource {
    Q_OBJECT
public:
    RunSource(PanelContext& context, PaletteGo go);
    std::vector<PaletteItem> items() override;
    void prepare() override;
    void activate(const QString& item) override { go_(item); }
    [[nodiscard]] std::optional<PaletteItem> literal(const QString& text) const override;

private:
    PanelContext& context_;
    PaletteGo go_;
    std::vector<protocol::RunSummaryDto> runs_;
};

class SettingSource : public PaletteSource {
    Q_OBJECT
public:
    SettingSource(Settings& settings, PaletteGo go);
    std::vector<PaletteItem> items() override;
    void activate(const QString& item) override { go_(item); }

private:
    Settings& settings_;
    PaletteGo go_;
};

}  // namespace signalbox::ui
