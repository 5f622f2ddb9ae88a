/// \file
/// Does the thread sanitizer see what OpenMP threads do? Without arguments
/// four threads add to one number in turns; with one, whatever it is, all at
/// once, which must be found.
#include <cstdio>

namespace {

constexpr int n_threads = 4;
constexpr int n_additions = 1000;

int add_in_turns()
{
    int sum = 0;
#pragma omp parallel num_threads(n_threads)
    for (int i = 0; i < n_additions; ++i) {
#pragma omp critical
        ++sum;
    }
    return sum;
}

int add_at_once()
{
    int sum = 0;
#pragma omp parallel num_threads(n_threads)
    for (int i = 0; i < n_additions; ++i) {
        ++sum;
    }
    return sum;
}

}  // namespace

int main(int argc, char** /*argv*/)
{
    std::printf("%d\n", argc > 1 ? add_at_once() : add_in_turns());
}
