#include "ui/expression/function_help.h"

#include "expr/function_docs.h"
#include "ui/text/format.h"

namespace signalbox::ui {

std::optional<FunctionHelp> functionHelp(const QString& name) {
    const auto* doc = expr::findFunctionDoc(name.toStdString());
    if (!doc) return {};
    FunctionHelp help;
    help.usage = toQString(expr::functionUsage(*doc));
    for (const auto& parameter : expr::functionParameters(*doc)) help.parameters << toQString(parameter);
    help.sentence = toQString(doc->help);
    return help;
}

}  // namespace signalbox::ui
