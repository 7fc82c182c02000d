#include "ui/text/line_diff.h"

#include <QStringList>
#include <algorithm>
#include <string>
#include <vector>

#include "base/json.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kMostEdits = 4000;

/// The lines between the common start and the common end of both texts.
struct Middle {
    const QStringList& before;
    const QStringList& after;
    int start = 0;
    int beforeEnd = 0;
    int afterEnd = 0;
};

Middle cutCommonEnds(const QStringList& before, const QStringList& after) {
    Middle middle{before, after, 0, static_cast<int>(before.size()), static_cast<int>(after.size())};
    while (middle.start < middle.beforeEnd && middle.start < middle.afterEnd &&
           before[middle.start] == after[middle.start]) {
        ++middle.start;
    }
    while (middle.beforeEnd > middle.start && middle.afterEnd > middle.start &&
           before[middle.beforeEnd - 1] == after[middle.afterEnd - 1]) {
        --middle.beforeEnd;
        --middle.afterEnd;
    }
    return middle;
}

/// Furthest points on the diagonals after each number of edits, kept for the way back.
class ShortestEdit {
public:
    explicit ShortestEdit(const Middle& middle)
        : middle_(middle), oldCount_(middle.beforeEnd - middle.start), newCount_(middle.afterEnd - middle.start) {}

    // The kinds of the lines in order; empty when there are too many edits.
    QList<DiffKind> solve() {
        const int most = std::min(oldCount_ + newCount_, kMostEdits);
        QList<int> furthest(2 * most + 3, 0);
        const int zero = most + 1;
        for (int edits = 0; edits <= most; ++edits) {
            // Only the diagonals that this step can read are worth keeping.
            trace_ << furthest.mid(zero - edits - 1, 2 * edits + 3);
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
                const bool down = diagonal == -edits ||
                                  (diagonal != edits && furthest[zero + diagonal - 1] < furthest[zero + diagonal + 1]);
                int x = down ? furthest[zero + diagonal + 1] : furthest[zero + diagonal - 1] + 1;
                while (x < oldCount_ && x - diagonal < newCount_ && same(x, x - diagonal)) ++x;
                furthest[zero + diagonal] = x;
                if (x >= oldCount_ && x - diagonal >= newCount_) return walkBack(edits);
            }
        }
        return {};
    }

private:
    [[nodiscard]] bool same(int x, int y) const {
        return middle_.before[middle_.start + x] == middle_.after[middle_.start + y];
    }

    QList<DiffKind> walkBack(int edits) const {
        QList<DiffKind> kinds;
        int x = oldCount_;
        int y = newCount_;
        for (int step = edits; step >= 0; --step) {
            const auto& row = trace_[step];
            const int zero = step + 1;
            const int diagonal = x - y;
            const bool down =
                diagonal == -step || (diagonal != step && row[zero + diagonal - 1] < row[zero + diagonal + 1]);
            const int before = down ? diagonal + 1 : diagonal - 1;
            const int startX = step == 0 ? 0 : row[zero + before];
            const int startY = step == 0 ? 0 : startX - before;
            while (x > startX && y > startY) {
                kinds << DiffKind::Same;
                --x;
                --y;
            }
            if (step > 0) kinds << (down ? DiffKind::Added : DiffKind::Removed);
            x = startX;
            y = startY;
        }
        std::reverse(kinds.begin(), kinds.end());
        return kinds;
    }

    const Middle& middle_;
    int oldCount_;
    int newCount_;
    QList<QList<int>> trace_;
};

/// Writes lines with their numbers; within a stretch of changes removed ones first.
class Writer {
public:
    Writer(const QStringList& before, const QStringList& after) : before_(before), after_(after) {}

    void take(DiffKind kind) {
        if (kind == DiffKind::Same) {
            flush();
            lines_ << DiffLine{kind, before_[left_], left_ + 1, right_ + 1};
            ++left_;
            ++right_;
        } else if (kind == DiffKind::Removed) {
            lines_ << DiffLine{kind, before_[left_], left_ + 1, 0};
            ++left_;
        } else {
            added_ << DiffLine{kind, after_[right_], 0, right_ + 1};
            ++right_;
        }
    }
    QList<DiffLine> finish() {
        flush();
        return lines_;
    }

private:
    void flush() {
        lines_ << added_;
        added_.clear();
    }
    const QStringList& before_;
    const QStringList& after_;
    QList<DiffLine> lines_;
    QList<DiffLine> added_;
    int left_ = 0;
    int right_ = 0;
};

QStringList linesOf(const QString& text) {
    if (text.isEmpty()) return {};
    auto lines = text.split(QLatin1Char('\n'));
    if (lines.last().isEmpty()) lines.removeLast();
    return lines;
}

void writeIndented(const Value& value, int depth, const QString& before, QStringList& lines);

void writeMembers(const Value& value, int depth, QStringList& lines) {
    std::vector<std::string> names;
    for (const auto& member : value.members()) names.push_back(member.first);
    std::sort(names.begin(), names.end());
    for (const auto& name : names) {
        writeIndented(value[name], depth, toQString(writeJson(Value(name))) + QLatin1String(": "), lines);
    }
}

// Without commas: that one follows is no change of the line before it.
void writeIndented(const Value& value, int depth, const QString& before, QStringList& lines) {
    const QString indent(2 * depth, QLatin1Char(' '));
    if (value.empty() || (!value.isObject() && !value.isArray())) {
        lines << indent + before + toQString(writeJson(value));
        return;
    }
    lines << indent + before + (value.isObject() ? QLatin1Char('{') : QLatin1Char('['));
    if (value.isObject()) writeMembers(value, depth + 1, lines);
    for (const auto& item : value.items()) writeIndented(item, depth + 1, {}, lines);
    lines << indent + (value.isObject() ? QLatin1Char('}') : QLatin1Char(']'));
}

QString indented(const Value& value) {
    if (value.kind() == Value::Kind::Undefined) return {};
    QStringList lines;
    writeIndented(value, 0, {}, lines);
    return lines.join(QLatin1Char('\n'));
}

}  // namespace

QList<DiffLine> diffLines(const QString& before, const QString& after) {
    const auto old = linesOf(before);
    const auto fresh = linesOf(after);
    const auto middle = cutCommonEnds(old, fresh);
    auto kinds = ShortestEdit(middle).solve();
    if (kinds.isEmpty()) {
        kinds = QList<DiffKind>(middle.beforeEnd - middle.start, DiffKind::Removed) +
                QList<DiffKind>(middle.afterEnd - middle.start, DiffKind::Added);
    }
    Writer writer(old, fresh);
    for (int i = 0; i < middle.start; ++i) writer.take(DiffKind::Same);
    for (const auto kind : kinds) writer.take(kind);
    for (auto i = middle.beforeEnd; i < old.size(); ++i) writer.take(DiffKind::Same);
    return writer.finish();
}

QList<DiffLine> diffValues(const Value& before, const Value& after) {
    return diffLines(indented(before), indented(after));
}

}  // namespace signalbox::ui
