#include "hepta/campaign/checkpoint.hpp"

#include "hepta/campaign/part.hpp"
#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"
#include "hepta/core/version.hpp"
#include "hepta/io/tree.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

namespace hepta::campaign {
namespace {

namespace fs = std::filesystem;

bool is_there(const std::string& path)
{
    std::error_code error;
    return fs::exists(path, error);
}

}  // namespace

Checkpoint::Checkpoint(const std::string& output,
                       const config::RunConfig& config)
    : config_(config), path_(output + ".ckpt"), previous_(path_ + ".1")
{
}

bool Checkpoint::exists() const
{
    return is_there(path_) || is_there(previous_);
}

std::optional<State> Checkpoint::load(std::string& warning) const
{
    for (const std::string& path : {path_, previous_}) {
        if (!is_there(path)) {
            continue;
        }
        Part part;
        try {
            part = take_part(path, io::read_sealed_tree(path));
        } catch (const ResultError& error) {
            warning +=
                (warning.empty() ? "" : "\n") + std::string(error.what());
            continue;
        }
        check_identity(path, part.identity, identity_of(config_));
        return std::move(part.state);
    }
    if (!warning.empty()) {
        throw ResultError(
            warning +
            "\n  hint: no checkpoint is left; remove what there is to "
            "start anew");
    }
    return std::nullopt;
}

void Checkpoint::start(State&& state)
{
    writing_ = std::async(
        std::launch::async,
        [this](State&& own) { return write(std::move(own)); },
        std::move(state));
}

std::optional<State> Checkpoint::finish()
{
    if (writing_.valid()) {
        written_ = writing_.get();
    }
    return std::exchange(written_, std::nullopt);
}

bool Checkpoint::has_ended()
{
    using namespace std::chrono_literals;
    if (writing_.valid() &&
        writing_.wait_for(0s) == std::future_status::ready) {
        written_ = writing_.get();
        return true;
    }
    return false;
}

State Checkpoint::write(State&& state) const
{
    const std::uint64_t n_samples = state.n_samples();
    const Identity identity = identity_of(config_);
    io::Tree tree;
    tree.attributes = {{"title", "Checkpoint of a run"},
                       {"name", config_.name}};
    tree.groups.push_back(make_state_group(std::move(state), config_));
    io::Group& provenance = tree.groups.emplace_back();
    provenance.name = "provenance";
    provenance.attributes = {
        {"config_sha256", identity.config_sha256},
        {"seed", identity.seed},
        {"sampler", config_.sampler},
        {"design", identity.sampler},
        {"samples", static_cast<std::int64_t>(n_samples)},
        {"version", build_info().version},
        {"model_version", identity.model_version},
        {"result_hash", result_hash(tree.groups.front(), identity)}};
    provenance.variables = configuration_texts(config_);
    io::write_sealed_tree(path_, previous_, tree);
    return state_from_group(path_, std::move(tree.groups.front()));
}

void Checkpoint::remove() const noexcept
{
    // by functions that need no memory: the result may be in its place
    (void)std::remove(path_.c_str());
    (void)std::remove(previous_.c_str());
}

}  // namespace hepta::campaign
