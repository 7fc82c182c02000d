#include "ui/canvas/text_runs.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QTextLayout>
#include <utility>

namespace signalbox::ui {

std::pair<QString, QString> wrappedOnce(const QString& text, const QFont& font, double width) {
    QTextLayout layout(text, font);
    layout.beginLayout();
    auto line = layout.createLine();
    if (line.isValid()) line.setLineWidth(width);
    layout.endLayout();
    if (!line.isValid() || line.textLength() >= text.size()) return {text, {}};
    return {text.left(line.textLength()).trimmed(), text.mid(line.textLength()).trimmed()};
}

int TextRuns::fontIndex(const QRawFont& font) {
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
        if (fonts_[i] == font) return static_cast<int>(i);
    }
    fonts_.push_back(font);
    stale_ = true;
    return static_cast<int>(fonts_.size()) - 1;
}

TextLine TextRuns::layOut(const QString& text, const QFont& font, double width) {
    TextLine line;
    const auto shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, width);
    QTextLayout layout(shown, font);
    layout.beginLayout();
    auto made = layout.createLine();
    if (made.isValid()) made.setLineWidth(1e6);
    layout.endLayout();
    if (!made.isValid()) return line;
    line.width = made.naturalTextWidth();
    const auto ascent = made.ascent();
    for (const auto& glyphs : layout.glyphRuns()) {
        TextLine::Run run;
        run.font = fontIndex(glyphs.rawFont());
        const auto indexes = glyphs.glyphIndexes();
        const auto positions = glyphs.positions();
        run.glyphs.assign(indexes.begin(), indexes.end());
        for (const auto& position : positions) run.positions.emplace_back(position.x(), position.y() - ascent);
        line.runs.push_back(std::move(run));
    }
    return line;
}

void TextRuns::begin(double zoom) {
    stale_ = stale_ || zoom != zoom_;
    zoom_ = zoom;
}

TextRuns::Batch& TextRuns::batch(int font, QRgb colour) {
    for (auto& batch : batches_) {
        if (batch.font == font && batch.colour == colour) return batch;
    }
    batches_.push_back({font, colour, {}, {}});
    return batches_.back();
}

void TextRuns::add(const TextLine& line, QPointF baseline, QRgb colour) {
    for (const auto& run : line.runs) {
        auto& into = batch(run.font, colour);
        into.glyphs.insert(into.glyphs.end(), run.glyphs.begin(), run.glyphs.end());
        for (const auto& position : run.positions) into.positions.push_back(baseline + position * zoom_);
    }
}

void TextRuns::flush(QPainter& painter) {
    if (std::exchange(stale_, false)) {
        scaled_ = fonts_;
        for (auto& font : scaled_) font.setPixelSize(font.pixelSize() * zoom_);
    }
    for (auto& batch : batches_) {
        if (batch.glyphs.empty()) continue;
        QGlyphRun run;
        run.setRawFont(scaled_[static_cast<std::size_t>(batch.font)]);
        run.setRawData(batch.glyphs.data(), batch.positions.data(), static_cast<int>(batch.glyphs.size()));
        painter.setPen(QColor::fromRgba(batch.colour));
        painter.drawGlyphRun(QPointF(), run);
        batch.glyphs.clear();
        batch.positions.clear();
    }
}

}  // namespace signalbox::ui
