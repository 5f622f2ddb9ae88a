/// \file
/// What is said where a library ends the program.
#pragma once

namespace hepta::parallel {

/// As long as it lives, a library that ends the program by itself, as HDF5 and
/// the destructors of JSON values do where they get no memory, ends it with a
/// message and the exit code of a failed system; so does one that uses memory
/// it did not get, as HDF5 1.10 may. A library that crashes for that while it
/// cleans up, after all was done, harms nothing: the program ends as it was
/// about to.
class LastWords
{
  public:
    LastWords();
    ~LastWords();
    /// All is done, with this exit code.
    static void done(int exit_code) noexcept;
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;
};

}  // namespace hepta::parallel
