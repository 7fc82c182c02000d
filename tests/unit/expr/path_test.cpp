// Paths: sequences, their flattening, predicates, bindings, parents, order and groups.
#include <gtest/gtest.h>

#include "unit/expr/evaluate.h"

namespace signalbox::expr {
namespace {

constexpr std::string_view kFleet = R"({
  "depots": [
    {"name": "north", "trains": [{"id": 1, "cars": 4, "lines": ["a", "b"]}, {"id": 2, "cars": 8, "lines": ["b"]}]},
    {"name": "south", "trains": [{"id": 3, "cars": 6, "lines": []}, {"id": 4, "cars": 4}]},
    {"name": "depot without trains"}
  ],
  "owner": {"name": "R. Way", "tags": [["x", "y"], ["z"]]}
})";

std::string fleet(std::string_view text) { return evaluated(text, kFleet); }

TEST(Paths, SelectAndFlatten) {
    EXPECT_EQ(fleet("owner.name"), R"("R. Way")");
    EXPECT_EQ(fleet("owner.missing.deeper"), "nothing");
    EXPECT_EQ(fleet("depots.trains.id"), "[1,2,3,4]");
    EXPECT_EQ(fleet("depots.trains.lines"), R"(["a","b","b"])");
    EXPECT_EQ(fleet("owner.tags"), R"([["x","y"],["z"]])") << "one array comes out as it went in";
    EXPECT_EQ(fleet("depots[2].trains.lines"), "nothing") << "an empty result is nothing";
    EXPECT_EQ(fleet("depots[1].trains.lines"), "[]") << "but the one array that is selected stays, even empty";
    EXPECT_EQ(fleet("$.depots.name[0]"), R"(["north","south","depot without trains"])")
        << "an index counts within each item";
    EXPECT_EQ(fleet("(depots.name)[0]"), R"("north")");
}

TEST(Paths, SingletonsAreNoArraysUnlessKept) {
    EXPECT_EQ(fleet("depots[name='north'].name"), R"("north")");
    EXPECT_EQ(fleet("depots[name='north'].name[]"), R"(["north"])");
    EXPECT_EQ(fleet("depots[][name='north'].name"), R"(["north"])");
    EXPECT_EQ(fleet("owner.name[]"), R"(["R. Way"])");
    EXPECT_EQ(fleet("depots[0].trains.[id, cars]"), "[[1,4],[2,8]]");
}

TEST(Paths, Predicates) {
    EXPECT_EQ(fleet("depots.trains[cars > 5].id"), "[2,3]");
    EXPECT_EQ(fleet("depots.trains[-1].id"), "[2,4]");
    EXPECT_EQ(fleet("depots.trains['b' in lines].id"), "[1,2]");
    EXPECT_EQ(fleet("depots.trains[cars > 3][cars < 5].id"), "[1,4]");
    EXPECT_EQ(evaluated("$[[0, 2]]", "[10, 20, 30]"), "[10,30]");
    EXPECT_EQ(evaluated("$[[0..1]]", "[10, 20, 30]"), "[10,20]");
    EXPECT_EQ(evaluated("$[1.9]", "[10, 20, 30]"), "20");
    EXPECT_EQ(evaluated("$[-4]", "[10, 20, 30]"), "nothing");
    EXPECT_EQ(evaluated("a[0]", R"({"a": "alone"})"), R"("alone")");
}

TEST(Paths, WildcardsAndDescendants) {
    EXPECT_EQ(fleet("owner.*"), R"(["R. Way","x","y","z"])");
    EXPECT_EQ(fleet("*.name"), R"(["north","south","depot without trains","R. Way"])");
    EXPECT_EQ(fleet("**.cars"), "[4,8,6,4]");
    EXPECT_EQ(fleet("$count(**)"), "27");
}

TEST(Paths, ParentsAndBindings) {
    EXPECT_EQ(fleet("depots.trains[cars = 8].%.name"), R"("north")");
    EXPECT_EQ(fleet("(depots.trains.{'id': id, 'at': %.name})[2]"), R"({"id":3,"at":"south"})");
    EXPECT_EQ(fleet("depots.trains.lines.{'line': $, 'of': %.id & '@' & %.%.name}"),
              R"([{"line":"a","of":"1@north"},{"line":"b","of":"1@north"},{"line":"b","of":"2@north"}])");
    EXPECT_EQ(fleet("depots#$i.trains#$j.($i & '-' & $j & ':' & id)"), R"(["0-0:1","0-1:2","1-0:3","1-1:4"])");
    EXPECT_EQ(fleet("depots@$d.owner.($d.name & '/' & name)"),
              R"(["north/R. Way","south/R. Way","depot without trains/R. Way"])");
    EXPECT_EQ(fleet("depots@$d.depots@$e[$d.name < $e.name].($d.name & $e.name)"),
              R"(["northsouth","depot without trainsnorth","depot without trainssouth"])");
}

TEST(Paths, OrderBy) {
    EXPECT_EQ(fleet("depots.trains^(cars).id"), "[1,4,3,2]") << "stable";
    EXPECT_EQ(fleet("depots.trains^(>cars, >id).id"), "[2,3,4,1]");
    EXPECT_EQ(fleet("depots^(>name).name"), R"(["south","north","depot without trains"])");
    EXPECT_EQ(evaluated("$^(k).v", R"([{"v": 1}, {"v": 2, "k": 5}, {"v": 3, "k": 1}])"), "[3,2,1]")
        << "no key goes last";
    EXPECT_EQ(evaluated("$^(k)", R"([{"k": 1}, {"k": "1"}])"), "T2007 at 1");
    EXPECT_EQ(evaluated("$^(k)", R"([{"k": true}, {"k": false}])"), "T2008 at 1");
}

TEST(Paths, GroupBy) {
    EXPECT_EQ(fleet("depots.trains{$string(cars): id}"), R"({"4":[1,4],"8":2,"6":3})");
    EXPECT_EQ(fleet("depots.trains{$string(cars): $count(id)}"), R"({"4":2,"8":1,"6":1})");
    EXPECT_EQ(fleet("depots{name: $sum(trains.cars)}"), R"({"north":12,"south":10})");
    EXPECT_EQ(fleet("depots.trains{cars: id}"), "T1003 at 14");
    EXPECT_EQ(fleet("{'a': 1, 'a': 2}"), "D1009 at 9");
}

TEST(Paths, ArrayInputIsMappedOver) {
    EXPECT_EQ(evaluated("v", R"([{"v": 1}, {"v": [2, 3]}, {}])"), "[1,2,3]");
    EXPECT_EQ(evaluated("$count($)", "[1, [2, 3]]"), "2");
    EXPECT_EQ(evaluated("$$[0]", "[7, 8]"), "7");
    EXPECT_EQ(evaluated("$", "[]"), "[]");
    EXPECT_EQ(evaluated("$", ""), "nothing");
}

}  // namespace
}  // namespace signalbox::expr
