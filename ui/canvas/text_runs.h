// Text of the canvas: laid out once at a zoom of 1, drawn at any, thousands of pieces in a few calls.
#pragma once

#include <QFont>
#include <QPointF>
#include <QRawFont>
#include <QRgb>
#include <QString>
#include <utility>
#include <vector>

class QPainter;

namespace signalbox::ui {

/// One laid-out line; glyph positions are relative to its baseline.
struct TextLine {
    struct Run {
        int font = 0;
        std::vector<quint32> glyphs;
        std::vector<QPointF> positions;
    };
    std::vector<Run> runs;
    double width = 0;
};

/// The text as one line, or cut between words into one that fits `width` and the rest. A single word is not cut.
[[nodiscard]] std::pair<QString, QString> wrappedOnce(const QString& text, const QFont& font, double width);

/// Lays lines out, collects them, and draws all of one font and colour with one call. Window thread only.
class TextRuns {
public:
    /// Elided to `width` scene units.
    [[nodiscard]] TextLine layOut(const QString& text, const QFont& font, double width);
    void begin(double zoom);
    /// Baseline in view coordinates.
    void add(const TextLine& line, QPointF baseline, QRgb colour);
    void flush(QPainter& painter);

private:
    struct Batch {
        int font = 0;
        QRgb colour = 0;
        std::vector<quint32> glyphs;
        std::vector<QPointF> positions;
    };
    [[nodiscard]] int fontIndex(const QRawFont& font);
    [[nodiscard]] Batch& batch(int font, QRgb colour);

    std::vector<QRawFont> fonts_;   ///< at a zoom of 1
    std::vector<QRawFont> scaled_;  ///< at zoom_
    std::vector<Batch> batches_;
    double zoom_ = 1;
    bool stale_ = true;  ///< scaled_ does not fit fonts_ and zoom_
};

}  // namespace signalbox::ui
