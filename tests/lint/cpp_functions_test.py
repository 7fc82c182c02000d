"""Self-tests of the function finder: a size limit is worth what the finder finds."""
import unittest

from cpp_functions import Function, blank_literals, find_functions


def found(text):
    return [(function.name, function.line, function.lines) for function in find_functions(text)]


class FindFunctions(unittest.TestCase):
    def test_free_function_counts_from_signature_to_closing_brace(self):
        self.assertEqual(found("// words\nint f(int a,\n      int b) {\n    return a;\n}\n"), [("f", 2, 4)])

    def test_namespace_and_class_do_not_count(self):
        text = "namespace a::b {\nnamespace {\nclass C final : public D<int(int)> {\npublic:\n    int f() const { return 1; }\n};\n}\n}\n"
        self.assertEqual(found(text), [("f", 5, 1)])

    def test_struct_with_template_and_attribute(self):
        text = "template <class T, int N = (3)>\nstruct [[nodiscard]] S {\n    void g();\n    void h() {\n    }\n};\n"
        self.assertEqual(found(text), [("h", 4, 2)])

    def test_member_definition_keeps_its_class(self):
        self.assertEqual(found("void A::B<int>::f() noexcept {\n}\n"), [("A::B<int>::f", 1, 2)])

    def test_constructor_with_brace_initialised_members(self):
        text = "A::A(int x) : a_{x}, b_(x),\n    c_{{1, 2}}, d_{} {\n    run();\n}\nint g() { return 0; }\n"
        self.assertEqual(found(text), [("A::A", 1, 4), ("g", 5, 1)])

    def test_constructor_whose_last_member_is_in_parentheses(self):
        self.assertEqual(found("A::A() : a_(1) {\n}\nA::~A() {}\n"), [("A::A", 1, 2), ("A::~A", 3, 1)])

    def test_trailing_return_type_and_requires(self):
        text = "template <class T>\n    requires std::integral<T>\nauto f(T t) -> std::vector<T> {\n    return {t};\n}\n"
        self.assertEqual([name for name, _, _ in found(text)], ["f"])

    def test_lambdas_inside_belong_to_their_function(self):
        text = "void f() {\n    auto g = [](int x) {\n        return x;\n    };\n}\n"
        self.assertEqual(found(text), [("f", 1, 5)])

    def test_lambda_at_namespace_scope_counts(self):
        self.assertEqual(found("const auto f = [](int x) {\n    return x;\n};\n"), [("f", 1, 3)])

    def test_tables_enums_and_variables_do_not_count(self):
        text = ("constexpr std::array<int, 2> kA = {\n    1,\n    2};\nenum class E : int {\n    A,\n};\nstd::string s{\"x\"};\n"
                "static const std::map<int, F> kT = {\n    {1, make(2)},\n};\nint f() {\n}\n")
        self.assertEqual(found(text), [("f", 11, 2)])

    def test_initialiser_in_default_argument(self):
        self.assertEqual(found("void f(std::vector<int> v = {1, 2}, int n = 3) {\n}\n"), [("f", 1, 2)])

    def test_default_member_initialisers(self):
        text = "struct S {\n    int a{1};\n    std::vector<int> b = {1};\n    std::function<void()> c = [] { go(); };\n    int f() {\n        return a;\n    }\n};\n"
        self.assertIn(("f", 5, 3), found(text))

    def test_operators(self):
        text = "bool operator==(const A& a, const A& b) {\n    return a < b;\n}\nint A::operator()(int x) const {\n    return x;\n}\n"
        self.assertEqual([line for _, line, _ in found(text)], [1, 4])
        self.assertEqual(found(text)[1][0], "A::operator()")

    def test_gtest_and_extern_c(self):
        text = "extern \"C\" {\nint f(void) {\n}\n}\nTEST(Suite, Case) {\n    EXPECT_TRUE(true);\n}\n"
        self.assertEqual(found(text), [("f", 2, 2), ("Suite.Case", 5, 3)])

    def test_braces_in_literals_and_comments_are_no_braces(self):
        text = "void f() {  // {\n    g(\"{\", '{', '\\'', R\"x({{{\n\")x\");  /* { */\n    int n = 1'000'000;\n}\nvoid g() {}\n"
        self.assertEqual(found(text), [("f", 1, 5), ("g", 6, 1)])

    def test_macros_are_not_code(self):
        text = "#define M(x) \\\n    void x() { \\\n    if (x) {\nvoid f() {\n}\n"
        self.assertEqual(found(text), [("f", 4, 2)])

    def test_macro_calls_without_semicolon(self):
        text = "DESCRIBE(A, (), (b, c))\n\nstruct B {\n    Q_OBJECT\n    int f() {\n    }\n};\nDESCRIBE(B, (), ())\nint g() {}\n"
        self.assertEqual(found(text), [("f", 5, 2), ("g", 9, 1)])

    def test_access_label_is_no_part_of_a_signature(self):
        text = "class A {\npublic:\n    A() {\n    }\nprivate slots:\n    void s() {}\n};\n"
        self.assertEqual(found(text), [("A", 3, 2), ("s", 6, 1)])

    def test_nested_control_flow(self):
        text = "int f() {\n    for (int i : {1, 2}) {\n        if (i) {\n        } else {\n        }\n    }\n    return 1;\n}\nint g() {}\n"
        self.assertEqual(found(text), [("f", 1, 8), ("g", 9, 1)])

    def test_comparison_in_a_template_argument(self):
        self.assertEqual(found("template <int N, bool B = (N > 2)>\nint f() {\n}\n"), [("f", 1, 3)])

    def test_bit_shift_operator_keeps_finding(self):
        text = "std::ostream& operator<<(std::ostream& out, const A& a) {\n    return out << a.b;\n}\nint h() { return 1 << 2; }\n"
        self.assertEqual([(line, lines) for _, line, lines in found(text)], [(1, 3), (4, 1)])


class BlankLiterals(unittest.TestCase):
    def test_keeps_line_numbers(self):
        text = "a /* b\nc */ d\n\"e\\\"f\" // g\n#define H \\\n  i\nj\n"
        blanked = blank_literals(text)
        self.assertEqual(blanked.count("\n"), text.count("\n"))
        self.assertEqual(blanked.splitlines()[-1], "j")
        self.assertNotIn("g", blanked)


if __name__ == "__main__":
    unittest.main()
