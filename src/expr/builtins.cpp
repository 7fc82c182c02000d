#include "expr/builtins.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "expr/signature.h"

namespace signalbox::expr {

namespace {

struct Library {
    Library() {
        for (const auto family : {stringBuiltins(), patternBuiltins(), encodingBuiltins(), numericBuiltins(),
                                  arrayBuiltins(), objectBuiltins(), higherOrderBuiltins(), dateTimeBuiltins()}) {
            for (const Builtin& builtin : family) {
                byName.emplace(builtin.name, &builtin);
                signatures.emplace(&builtin, *Signature::parse(builtin.signature));
            }
        }
    }
    std::unordered_map<std::string_view, const Builtin*> byName;
    std::unordered_map<const Builtin*, Signature> signatures;
};

const Library& library() {
    static const Library instance;
    return instance;
}

}  // namespace

const Builtin* findBuiltin(std::string_view name) noexcept {
    const auto found = library().byName.find(name);
    return found == library().byName.end() ? nullptr : found->second;
}

const Signature& signatureOf(const Builtin& builtin) { return library().signatures.at(&builtin); }

}  // namespace signalbox::expr
