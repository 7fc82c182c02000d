#include "base/json_schema.h"

#include "base/schema_node.h"

namespace signalbox {

struct JsonSchema::Compiled {
    SchemaGraph graph;
};

Result<JsonSchema> JsonSchema::compile(const Value& schema) {
    SIGNALBOX_TRY(auto graph, compileSchema(schema));
    return JsonSchema(std::make_shared<const Compiled>(Compiled{std::move(graph)}));
}

std::vector<SchemaViolation> JsonSchema::validate(const Value& value) const {
    return checkSchema(compiled_->graph, value);
}

}  // namespace signalbox
