#include <gtest/gtest.h>

#include "app/ctl/arguments.h"
#include "app/ctl/exit_code.h"
#include "app/ctl/help.h"
#include "app/ctl/input.h"
#include "app/ctl/progress_view.h"
#include "app/ctl/states.h"
#include "app/ctl/table.h"

namespace signalbox::ctl {
namespace {

const std::vector<CommandSpec> kCommands = {
    {"run", "FILE", 1, 1, "Run", "", {{"input", "JSON", "Inputs"}, {"watch", "", "Watch"}}},
    {"rerun", "RUN", 1, 1, "Run again", "", {{"from", "NODE", "From"}}},
    {"list", "", 0, 0, "List", "", {}},
};
const std::vector<OptionSpec> kCommon = {{"json", "", "JSON"}, {"limit", "N", "Limit"}};

Result<Arguments> parse(const std::vector<std::string>& typed) { return parseArguments(kCommands, kCommon, typed); }

TEST(Arguments, TakesOptionsAnywhere) {
    const auto arguments = parse({"--json", "run", "--input", "{}", "a.json", "--watch"});
    ASSERT_TRUE(arguments) << arguments.error().message;
    EXPECT_EQ(arguments->command->name, "run");
    EXPECT_EQ(arguments->operands, std::vector<std::string>{"a.json"});
    EXPECT_EQ(arguments->option("input"), "{}");
    EXPECT_TRUE(arguments->has("watch") && arguments->has("json"));
    EXPECT_EQ(parse({"run", "--input={\"a\": \"=\"}", "f"})->option("input"), "{\"a\": \"=\"}");
    EXPECT_EQ(parse({"run", "--", "--odd-name"})->operands.front(), "--odd-name");
    EXPECT_EQ(parse({"run", "-"})->operands.front(), "-");
}

TEST(Arguments, SuggestsWhatWasMeant) {
    EXPECT_EQ(parse({"rnu"}).error().hint, "Did you mean \"run\"?");
    EXPECT_EQ(parse({"run", "f", "--wacth"}).error().hint, "Did you mean \"--watch\"?");
    EXPECT_EQ(parse({"run", "f", "--jsno"}).error().hint, "Did you mean \"--json\"?");
    EXPECT_EQ(parse({"list", "--watch"}).error().code, "usage.option") << "another command's option";
    EXPECT_EQ(parse({"run", "f", "-x"}).error().code, "usage.option");
}

TEST(Arguments, RefusesIncompleteLines) {
    EXPECT_EQ(parse({}).error().code, "usage.command");
    EXPECT_EQ(parse({"run"}).error().code, "usage.operands");
    EXPECT_EQ(parse({"run", "a", "b"}).error().code, "usage.operands");
    EXPECT_EQ(parse({"run", "a", "--input"}).error().code, "usage.value");
    EXPECT_EQ(parse({"run", "a", "--watch=yes"}).error().code, "usage.value");
    EXPECT_EQ(parse({"run", "a", "--input", "1", "--input", "2"}).error().code, "usage.option");
}

TEST(Arguments, HelpNeedsNothingElse) {
    EXPECT_TRUE(parse({"--help"})->wantsHelp);
    EXPECT_TRUE(parse({"run", "-h"})->wantsHelp);
    EXPECT_TRUE(parse({"--version"})->wantsVersion);
}

TEST(Arguments, ReadsNumbersWithinBounds) {
    EXPECT_EQ(*parse({"list"})->number("limit", 20, 1, 100), 20);
    EXPECT_EQ(*parse({"list", "--limit", "7"})->number("limit", 20, 1, 100), 7);
    for (const char* bad : {"0", "101", "7x", "", "9999999999999999999"}) {
        EXPECT_EQ(parse({"list", "--limit", bad})->number("limit", 20, 1, 100).error().code, "usage.number") << bad;
    }
}

TEST(Help, NamesEveryCommandAndOption) {
    const std::string general = generalHelp(kCommands, kCommon);
    for (const auto& command : kCommands) EXPECT_NE(general.find(command.summary), std::string::npos);
    const std::string own = commandHelp(kCommands[0], kCommon);
    EXPECT_NE(own.find("--input JSON"), std::string::npos);
    EXPECT_NE(own.find("--limit N"), std::string::npos);
}

TEST(ExitCode, FollowsTheKindOfError) {
    const auto of = [](const char* code) { return exitCodeFor(Error{code, "", "", "", false}); };
    EXPECT_EQ(of("usage.option"), kUsage);
    EXPECT_EQ(of("json.syntax"), kUsage);
    EXPECT_EQ(of("run.input-missing"), kUsage);
    EXPECT_EQ(of("workflow.invalid"), kInvalidDocument);
    EXPECT_EQ(of("document.syntax"), kInvalidDocument);
    EXPECT_EQ(of("run.not-found"), kNotFound);
    EXPECT_EQ(of("run.node-not-found"), kNotFound);
    EXPECT_EQ(of("file.not-found"), kNotFound);
    EXPECT_EQ(of("run.owned-elsewhere"), kRefused);
    EXPECT_EQ(of("store.no-space"), kRefused);
}

TEST(Input, IsJsonOrAFile) {
    EXPECT_EQ(*readValue("[1, 2]"), Value::array({Value(1), Value(2)}));
    EXPECT_EQ(readValue("@/no/such/file").error().code, "file.not-found");
    const auto bad = readValue("{a: 1}");
    EXPECT_EQ(bad.error().code, "json.syntax");
    EXPECT_NE(bad.error().where.find("command line"), std::string::npos);
    EXPECT_EQ(readInputs("7").error().code, "usage.input");
}

TEST(Terminal, MeasuresAndCutsText) {
    EXPECT_EQ(columnsOf("größe"), 5U);
    EXPECT_EQ(columnsOf("\x1b[31mred\x1b[0m"), 3U);
    EXPECT_EQ(cutTo("größer", 5), "größ…");
    EXPECT_EQ(cutTo("abc", 3), "abc");
    EXPECT_EQ(onOneLine("a\n\x1b[31mb"), "a  [31mb");
}

TEST(Table, AlignsColumns) {
    std::FILE* file = std::tmpfile();
    ASSERT_NE(file, nullptr);
    {
        Terminal out(file);
        Table table({{"Name"}, {"Count", Table::Align::Right}, {"Note"}});
        table.add({{"größe"}, {"7"}, {"x"}});
        table.add({{"a"}, {"1234"}, {""}});
        table.print(out);
        out.flush();
    }
    std::rewind(file);
    char text[256] = {};
    const std::size_t size = std::fread(text, 1, sizeof text, file);
    std::fclose(file);
    EXPECT_EQ(std::string(text, size),
              "Name   Count  Note\n"
              "größe      7  x\n"
              "a       1234\n");
}

TEST(Progress, FitsTheTerminal) {
    EXPECT_EQ(progressBar(5, 10, {"fetch"}, "3.2 s", 80), "██████████░░░░░░░░░░ 5/10  3.2 s  ● fetch");
    EXPECT_EQ(columnsOf(progressBar(5, 10, {"a long name of a node", "and another one"}, "3.2 s", 40)), 40U);
    EXPECT_EQ(progressBar(0, 0, {}, "", 80), "░░░░░░░░░░░░░░░░░░░░ 0/0  ");
}

TEST(States, AreShapeAndWord) {
    EXPECT_EQ(stateText("running"), "● running");
    EXPECT_EQ(stateText("succeeded"), "✓ succeeded");
    EXPECT_EQ(stateText("failed"), "✕ failed");
    EXPECT_EQ(stateText("waiting"), "⏸ waiting");
    EXPECT_EQ(stateText("queued"), "◌ queued");
    EXPECT_EQ(stateText("skipped"), "– skipped");
    EXPECT_TRUE(isTerminal("quarantined") && !isTerminal("paused"));
    EXPECT_EQ(shortId("01890a5d-ac96-774b-bcce-b302099a8057"), "099a8057");
}

}  // namespace
}  // namespace signalbox::ctl
