// write_example_tree FILE: the tree of example_tree.hpp, for other readers.
#include "support/example_tree.hpp"

int main(int argc, char** argv)
{
    if (argc != 2) {
        return 64;
    }
    hepta::io::write_tree(argv[1], hepta::test::example_tree());
}
