// What the console is told on its command line, and how one process tells it to another.
#pragma once

#include <QJsonObject>
#include <QString>

#include "base/result.h"

class QCommandLineParser;

namespace signalbox::desktop {

/// Paths are absolute, so that a process in another folder understands them.
struct Arguments {
    QString path;  ///< a workspace folder, or a file of a workflow; empty: none was named
    QString link;  ///< signalbox://…
    QString run;   ///< id of a workflow to open and run
    bool demo = false;
    // Not handed over:
    QString screenshot;
    bool newInstance = false;
    bool safeMode = false;

    /// Nothing is asked for but the console itself.
    [[nodiscard]] bool isEmpty() const { return path.isEmpty() && link.isEmpty() && run.isEmpty() && !demo; }
    bool operator==(const Arguments&) const = default;
};

void describeArguments(QCommandLineParser& parser);
/// Of a parser that has processed the command line. Errors: "usage".
[[nodiscard]] Result<Arguments> readArguments(const QCommandLineParser& parser, const QString& currentFolder);

[[nodiscard]] QJsonObject toMessage(const Arguments& arguments);
/// From another process of the same person: what is not understood is left out.
[[nodiscard]] Arguments fromMessage(const QJsonObject& message);

}  // namespace signalbox::desktop
