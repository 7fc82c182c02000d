#include "ui/expression/value_path.h"

#include "expr/completion.h"
#include "ui/text/format.h"

namespace signalbox::ui {

QString pathExpression(const Value& root, const std::vector<std::uint32_t>& place) {
    QString path;
    Value part = root;
    for (const auto step : place) {
        if (step >= part.size() || !(part.isArray() || part.isObject())) break;
        if (part.isArray()) {
            if (path.isEmpty()) path = QStringLiteral("$");
            // A second index in a row would select among the results of the first: brackets keep them apart.
            if (path.endsWith(QLatin1Char(']'))) path = QLatin1Char('(') + path + QLatin1Char(')');
            path += QStringLiteral("[%1]").arg(step);
        } else {
            if (!path.isEmpty()) path += QLatin1Char('.');
            path += toQString(expr::quotedName(part.members()[step].first));
        }
        Value inner = part.isArray() ? part.at(step) : part.members()[step].second;
        part = std::move(inner);
    }
    return path.isEmpty() ? QStringLiteral("$") : path;
}

}  // namespace signalbox::ui
