// Random expressions of every kind, with comments and line breaks at random places; most of them parse.
#pragma once

#include <initializer_list>
#include <random>
#include <string>

namespace signalbox::expr {

class RandomExpression {
public:
    explicit RandomExpression(unsigned seed) : engine_(seed) {}

    std::string next() { return expression(4); }

private:
    unsigned below(unsigned count) { return std::uniform_int_distribution<unsigned>(0, count - 1)(engine_); }
    std::string pick(std::initializer_list<const char*> choices) {
        return *(choices.begin() + below(static_cast<unsigned>(choices.size())));
    }
    std::string blank() {
        switch (below(24)) {
            case 0:
                return "\n";
            case 1:
                return " /* c */ ";
            case 2:
                return "\n/* own\n line */\n";
            case 3:
                return " /* tail */\n";
            case 4:
                return "\n\n";
            case 5:
                return "\n/* head */ ";
            default:
                return below(2) ? " " : "";
        }
    }
    std::string joined(std::initializer_list<std::string> parts) {
        std::string out;
        for (const std::string& part : parts) out += blank() + part + blank();
        return out;
    }
    std::string list(int depth, const char* separator, unsigned most) {
        std::string out;
        for (unsigned left = below(most); left-- > 0;) {
            if (!out.empty()) out += blank() + separator + blank();
            out += expression(depth);
        }
        return out;
    }
    std::string leaf() {
        return pick({"a", "`b c`", "items", "price", "$", "$$", "$x", "1", "2.5e3", "\"text\"", "'it is'", "true",
                     "null", "/ab+c/i", "*", "**", "function", "and", "\"multi\nline\""});
    }
    std::string expression(int depth) {
        if (depth <= 0) return leaf();
        --depth;
        switch (below(16)) {
            case 0:
            case 1:
                return leaf();
            case 2:
            case 3:
                return joined(
                    {expression(depth),
                     " " + pick({"+", "-", "*", "/", "%", "&", "=", "!=", "<", "in", "and", "or", "~>", "?:", "??"}) +
                         " ",
                     expression(depth)});
            case 4:
            case 5:
                return joined({expression(depth), ".", expression(depth)});
            case 6:
                return joined({expression(depth), "[", below(4) ? expression(depth) : "", "]"});
            case 7:
                return joined({"(", list(depth, ";", 4), ")"});
            case 8:
                return joined({"[", below(4) ? list(depth, ",", 4) : "1..3", "]"});
            case 9:
                return joined({"{", "\"k\"", ":", expression(depth), ",", "'l'", ":", expression(depth), "}"});
            default:
                return compound(depth);
        }
    }
    std::string compound(int depth) {
        switch (below(8)) {
            case 0:
                return joined({expression(depth), "?", expression(depth), ":", expression(depth)});
            case 1:
                return joined({"$x", ":=", expression(depth)});
            case 2:
                return joined(
                    {"function", "(", "$x", ",", "$y", ")", below(2) ? "<nn:n>" : "", "{", expression(depth), "}"});
            case 3:
                return joined({pick({"$sum", "$map", "$x"}), "(", list(depth, ",", 4), ")"});
            case 4:
                return joined({expression(depth), "^", "(", pick({"", "<", ">"}) + expression(depth), ")"});
            case 5:
                return joined({"|", expression(depth), "|", expression(depth), "|"});
            case 6:
                return joined({"a", pick({"@$v", "#$i"}), ".", expression(depth)});
            default:
                return joined({"-", expression(depth), "{", "k", ":", expression(depth), "}"});
        }
    }

    std::mt19937 engine_;
};

}  // namespace signalbox::expr
