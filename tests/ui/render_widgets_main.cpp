// Writes pictures of the shared widgets in their states, to be looked at: render_widgets FOLDER
// [light|dark|high-contrast] [de|rtl]. QT_SCALE_FACTOR=2 draws them for a dense screen.
#include <QAbstractItemView>
#include <QApplication>
#include <QCompleter>
#include <QDir>
#include <QEventLoop>
#include <QGridLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTimer>
#include <cmath>
#include <limits>

#include "ui/text/translations.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/live_plot.h"
#include "ui/widgets/notification_panel.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_range_edit.h"
#include "ui/widgets/toast_stack.h"

namespace {

using namespace signalbox;
using namespace signalbox::ui;

constexpr std::int64_t kNow = 1'767'000'000'000'000;
QString folder;

void save(QWidget& page, const char* name, QSize size) {
    page.resize(size);
    page.setAutoFillBackground(true);
    page.show();
    QEventLoop loop;
    QTimer::singleShot(250, &loop, &QEventLoop::quit);
    loop.exec();
    page.grab().save(QStringLiteral("%1/%2.png").arg(folder, QLatin1String(name)));
}

QListView* someRows(QObject& owner) {
    auto* model = new QStandardItemModel(&owner);
    const QList<QStringList> rows = {{"release", "running", "12 nodes", "1.24 s"},
                                     {"nightly load", "failed", "No answer from deploy.example", "30.0 s"},
                                     {"packages", "succeeded", "14 of 14", "380 ms"},
                                     {"orders", "waiting", "Approval by operations", "2 m 05 s"}};
    for (const auto& row : rows) {
        auto* item = new QStandardItem(row[0]);
        item->setData(row[1], StatusRole);
        item->setData(row[2], DetailRole);
        item->setData(row[3], BadgeRole);
        model->appendRow(item);
    }
    auto* list = new QListView;
    list->setModel(model);
    list->setItemDelegate(new ItemDelegate(list));
    list->setCurrentIndex(model->index(2, 0));
    return list;
}

void renderStates() {
    QWidget page;
    auto* grid = new QGridLayout(&page);
    grid->setSpacing(1);
    grid->setContentsMargins(1, 1, 1, 1);
    const Error error{"http.timeout", "No answer from deploy.example within 30 s", "publish, attempt 3",
                      "Check that the deploy service is up, or raise the timeout of the node.", true};
    for (int i = 0; i < 5; ++i) {
        auto* states = new PanelStates(*someRows(page));
        states->setClock([] { return kNow; });
        states->setEmptyTexts("runs", PanelStates::tr("No runs yet"),
                              PanelStates::tr("Runs of this workflow are listed here, newest first."),
                              PanelStates::tr("&Run now"));
        if (i == 0) states->showEmpty();
        if (i == 1) states->showLoading();
        if (i == 2) states->showLive();
        if (i == 3) states->showStale(kNow - 42'000'000, "Connection lost, trying again");
        if (i == 4) states->showError(error, "req-0192");
        grid->addWidget(states, i / 3, i % 3);
    }
    auto* kinds = new QWidget;
    auto* skeletons = new QGridLayout(kinds);
    for (int i = 1; i < 6; ++i) skeletons->addWidget(new Skeleton(static_cast<Skeleton::Kind>(i)), i / 2, i % 2);
    grid->addWidget(kinds, 1, 2);
    save(page, "states", {1200, 760});
}

PlotSeries wave(const char* name, ColourRole role, double height, double phase, bool gap) {
    PlotSeries series{QLatin1String(name), role, {}, {}};
    for (int i = 0; i <= 900; ++i) {
        const double noise = std::fmod(i * 12.9898, 7.0) / 7.0;
        const double value = height * (1.2 + std::sin(i / 90.0 + phase) + 0.35 * noise);
        series.append(kNow + i * 1'000'000LL,
                      gap && i > 400 && i < 480 ? std::numeric_limits<double>::quiet_NaN() : value);
    }
    return series;
}

QWidget* plots() {
    auto* holder = new QWidget;
    auto* grid = new QGridLayout(holder);
    grid->setContentsMargins(0, 0, 0, 0);
    auto* plot = new LivePlot;
    plot->setTitle("Duration of journal syncs");
    plot->setUnit("ms");
    plot->setWindow(kNow, kNow + 900'000'000LL);
    plot->setSeries({wave("p50", ColourRole::Series1, 3, 0, true), wave("p99", ColourRole::Series2, 9, 1, false),
                     wave("maximum", ColourRole::Series3, 14, 2, false)});
    plot->setThreshold(42, "limit");
    plot->setCursor(kNow + 300'000'000LL);
    grid->addWidget(plot, 0, 0);
    auto* empty = new LivePlot;
    empty->setTitle("Queue");
    empty->setWindow(kNow, kNow + 900'000'000LL);
    empty->setSeries({PlotSeries{"runs", ColourRole::Series1, {}, {}}});
    grid->addWidget(empty, 0, 1);
    grid->setColumnStretch(0, 2);
    grid->setColumnStretch(1, 1);
    return holder;
}

QWidget* tiles() {
    auto* holder = new QWidget;
    auto* row = new QGridLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    const QStringList labels{"Active runs", "Queue", "Sync p99", "Disk"};
    const QStringList numbers{"12", "1,204", "41.3", {}};
    const QStringList units{{}, "tasks", "ms", {}};
    for (int i = 0; i < 4; ++i) {
        auto* tile = new NumberTile(labels[i]);
        tile->setNumber(numbers[i], units[i]);
        QVector<double> history;
        for (int j = 0; j < 40; ++j) history << 2 + std::sin(j / 4.0 + i);
        if (i < 3) tile->setHistory(history);
        if (i == 2) tile->setState(ColourRole::Warn, "high");
        row->addWidget(tile, 0, i);
    }
    return holder;
}

void renderControls() {
    QWidget page;
    auto* grid = new QGridLayout(&page);
    const QList<FilterKey> keys = {{"status", "State of the run", {"failed", "running", "succeeded"}},
                                   {"workflow", "Name of the workflow", {}}};
    const char* texts[] = {"", "status:failed,running workflow:release timeout", "status:fialed deploy"};
    for (int i = 0; i < 3; ++i) {
        auto* filter = new FilterEdit;
        filter->setKeys(keys);
        filter->setText(texts[i]);
        grid->addWidget(filter, 0, i);
    }
    grid->addWidget(tiles(), 1, 0, 1, 3);
    grid->addWidget(plots(), 2, 0, 1, 3);
    auto* diff = new DiffView;
    diff->setNames("Run 41", "Run 42");
    diff->setValues(Value::object({{"host", "build-07"}, {"retries", 3}, {"tags", Value::array({"a", "b"})}}),
                    Value::object({{"host", "build-09"}, {"retries", 3}, {"tags", Value::array({"a", "b", "c"})}}));
    grid->addWidget(diff, 3, 0);
    auto* facts = new KeyValueTable;
    facts->setRows({{"Status", "Failed"}, {"Started", "5 min ago"}, {"Took", "30.0 s"}, {"Attempts", "3 of 3"}});
    grid->addWidget(facts, 3, 1);
    auto* small = new QWidget;
    auto* column = new QVBoxLayout(small);
    auto* range = new TimeRangeEdit;
    range->setRange(TimeRange::lastMicros(900'000'000));
    column->addWidget(range);
    auto* state = new StateBadge;
    state->setStatus("failed");
    column->addWidget(state);
    auto* primary = new QPushButton("&Run");
    primary->setProperty("primary", true);
    column->addWidget(primary);
    auto* disabled = new QPushButton("Not now");
    disabled->setEnabled(false);
    column->addWidget(disabled);
    column->addStretch();
    grid->addWidget(small, 3, 2);
    grid->setRowStretch(2, 3);
    grid->setRowStretch(3, 2);
    save(page, "controls", {1200, 900});
    range->click();
    save(page, "popover", {1200, 900});
}

void renderNotifications() {
    QWidget page;
    NotificationCentre centre;
    centre.setClock([] { return kNow; });
    ToastStack toasts(centre, page);
    toasts.setBottomMargin(40);
    auto* grid = new QGridLayout(&page);
    auto* panel = new NotificationPanel(centre);
    grid->addWidget(panel, 0, 0);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, 380);
    auto* bottom = new QHBoxLayout;
    bottom->addStretch();
    bottom->addWidget(new NotificationButton(centre));
    grid->addLayout(bottom, 1, 0, 1, 2);
    centre.post(Severity::Info, "Layout saved");
    centre.post(Severity::Success, "Run 41 of release is done", "12 nodes in 1.24 s");
    centre.post(Severity::Warning, "The disk is nearly full", "1.2 GB left. New runs wait below 1 GB.");
    Notification failed;
    failed.severity = Severity::Error;
    failed.title = "Run 42 of release failed";
    failed.text = "publish: no answer from deploy.example within 30 s";
    failed.actionLabel = "&Open run";
    centre.post(failed);
    save(page, "notifications", {1100, 560});
}

/// All icons at both sizes with their names.
class IconSheet : public QWidget {
public:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        auto& theme = Theme::current();
        painter.fillRect(rect(), theme.colour(ColourRole::Surface));
        painter.setPen(theme.colour(ColourRole::Text));
        painter.setFont(theme.captionFont());
        int i = 0;
        for (const auto& file : QDir(":/signalbox/icons").entryList()) {
            const QPoint at(10 + (i % 8) * 145, 8 + (i / 8) * 36);
            const auto name = file.chopped(4);
            const auto colour = theme.colour(ColourRole::Text);
            painter.drawPixmap(at, theme.icons().pixmap(name, 16, devicePixelRatioF(), colour));
            painter.drawPixmap(at + QPoint(22, -2), theme.icons().pixmap(name, 20, devicePixelRatioF(), colour));
            painter.drawText(at + QPoint(48, 13), name);
            ++i;
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName("signalbox");
    auto& theme = Theme::of(application);
    const auto name = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    const auto variant = QString::fromLocal8Bit(argc > 3 ? argv[3] : "");
    theme.setMode(name == "light"  ? Theme::Mode::Light
                  : name == "dark" ? Theme::Mode::Dark
                                   : Theme::Mode::HighContrast);
    theme.setReducedMotion(true);
    if (variant == "de") installLanguage(application, variant);
    if (variant == "rtl") QApplication::setLayoutDirection(Qt::RightToLeft);
    folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    renderStates();
    renderControls();
    renderNotifications();
    IconSheet icons;
    save(icons, "icons", {1180, 560});
    return 0;
}
