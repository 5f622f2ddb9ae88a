/// \file
/// Errors that a user can cause or meet, each with the exit code of the
/// process that it ends.
#pragma once

#include <stdexcept>
#include <string>

namespace hepta {

/// Exit codes of the `hepta` command; scripts rely on the numbers.
enum class ExitCode : int
{
    done = 0,
    different = 1,       ///< `compare` found a difference
    bad_input = 2,       ///< configuration or command line is wrong
    bad_result = 3,      ///< a result file is unreadable or does not fit
    system_failed = 4,   ///< disk, MPI, processor
    run_failed = 5,      ///< the run itself failed; its result is kept
    bug = 70,            ///< an assertion of the program
    stopped_early = 75,  ///< a signal asked to stop; `--resume` continues
};

/// An error with a message for the user and the exit code it leads to.
class Error : public std::runtime_error
{
  public:
    Error(ExitCode code, const std::string& message)
        : std::runtime_error(message), code_(code)
    {
    }
    [[nodiscard]] ExitCode code() const noexcept { return code_; }

  private:
    ExitCode code_;
};

/// The input is wrong: one line a fault, all faults of a file together.
class InputError : public Error
{
  public:
    explicit InputError(const std::string& message)
        : Error(ExitCode::bad_input, message)
    {
    }
};

/// A result file cannot be read, or does not fit the run it is given to.
class ResultError : public Error
{
  public:
    explicit ResultError(const std::string& message)
        : Error(ExitCode::bad_result, message)
    {
    }
};

/// The machine failed: disk full, no such folder, MPI, processor too old.
class SystemError : public Error
{
  public:
    explicit SystemError(const std::string& message)
        : Error(ExitCode::system_failed, message)
    {
    }
};

/// The run failed by its own rules, such as too many invalid samples.
class RunError : public Error
{
  public:
    explicit RunError(const std::string& message)
        : Error(ExitCode::run_failed, message)
    {
    }
};

}  // namespace hepta
