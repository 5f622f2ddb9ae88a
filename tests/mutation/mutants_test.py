"""Are mutants found where they should be, and does equivalent.toml name some?

    python3 mutants_test.py
"""
import unittest

from mutants import mutants_of
from mutate import TESTS_OF, all_mutants, in_turn, known_mutants


def changes(text):
    return [mutant.change for mutant in mutants_of("a.cpp", text)]


class Mutants(unittest.TestCase):
    def test_comparisons_move_their_end_or_turn_round(self):
        self.assertEqual(changes("{a = b < c;"),
                         ["removed: a = b < c", "< -> <=", "< -> >="])

    def test_signs_and_operators_change(self):
        self.assertEqual(changes("return -a + f(!b) * c;"),
                         ["- -> +", "+ -> -", "removed: !", "* -> /"])

    def test_constants_change_by_1_or_1_percent(self):
        self.assertEqual(changes("return f(3u, 0.5, 0.0, 0x7f, 1'000);"),
                         ["3u -> 4u", "0.5 -> (0.5 * 1.01)", "0.0 -> 1.0",
                          "0x7f -> (0x7f + 1)", "1'000 -> 1001"])

    def test_statements_are_removed_whole_and_lines_kept(self):
        text = "{\n    store(p,\n          x);\n    const int a = b;\n}\n"
        (mutant,) = mutants_of("a.cpp", text)
        self.assertEqual(mutant.apply(text).split(),
                         ["{", ";", "const", "int", "a", "=", "b;", "}"])
        self.assertEqual(mutant.apply(text).count("\n"), text.count("\n"))

    def test_what_cannot_change_behaviour_is_left_alone(self):
        for text in ("// a = b < c;\n", "/* a + b */", 'return "a + 1";',
                     "#include <a + 1>\n", "static_assert(a < 3);", "assert(a < 3);",
                     "[[nodiscard]] int f();", "std::array<double, 3> x;",
                     "throw Error(a + 1)", "template <int N = 3> f();",
                     "return set == avx512 ? 1 : 2;", "std::vector<int> a;"):
            self.assertEqual(changes(text), [], text)

    def test_which_are_tried_depends_on_the_seed_alone(self):
        mutants = all_mutants(["statistics"])
        first = in_turn(mutants, 1)
        self.assertEqual(first, in_turn(mutants, 1))
        self.assertNotEqual(first[:20], in_turn(mutants, 2)[:20])
        self.assertEqual(len(first), sum(map(len, mutants.values())))

    def test_equivalent_ones_are_still_in_the_sources(self):
        there = {mutant.key for mutants in all_mutants(TESTS_OF).values()
                 for mutant in mutants}
        self.assertEqual(known_mutants().keys() - there, set())


if __name__ == "__main__":
    unittest.main()
