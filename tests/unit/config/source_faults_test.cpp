// Files that cannot be read, and faults of several files together.
#include "unit/config/small_run.hpp"

#include <fmt/format.h>

namespace hepta::config {
namespace {

using namespace testing;

void expect_fault(const std::string& message, const std::string& part)
{
    EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(Source, AMissingRunFileIsNamed)
{
    expect_fault(faults_in("/nowhere/run.toml"), "run.toml: does not exist");
}

TEST(Source, AFolderIsNoRunFile)
{
    const Folder folder;
    folder.write("sub/a.toml", "");

    expect_fault(faults_in(folder.path("sub")), "sub: is not a file");
}

TEST(Source, ABrokenFileNamesLineAndColumn)
{
    expect_fault(faults_of("samples = 1\nseed = = 2\n"), "run.toml:2:8: ");
}

TEST(Source, BinaryGarbageIsRefused)
{
    expect_fault(faults_of(std::string("\x00\x01\xff\xfe", 4)),
                 "run.toml: is not a text file");
    std::string noise;
    for (unsigned i = 0; i < 5000; ++i) {
        noise += static_cast<char>(1 + (i * 2654435761u >> 24) % 255);
    }
    const std::string message = faults_of(noise);
    expect_fault(message, "run.toml:1:");
    for (const char c : message) {
        EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << message;
    }
}

TEST(Source, AHugeFileIsRefusedBeforeItIsRead)
{
    const Folder folder;
    const std::string path = folder.write("run.toml", "");
    std::filesystem::resize_file(path, 100'000'000);

    expect_fault(faults_in(path), "has 100000000 bytes, more than 10000000");
}

TEST(Source, DeepNestingIsRefused)
{
    expect_fault(faults_of(fmt::format("x = {}", std::string(1000, '['))),
                 "run.toml:1:");
    std::string keys = "a";
    for (int i = 0; i < 20; ++i) {
        keys += ".a";
    }
    expect_fault(
        faults_with("[reference]\n",
                    fmt::format("[reference]\n{}.b = {{value = 1}}\n", keys)),
        "is nested too deeply");
}

TEST(Source, AKeyOfThousandsOfNamesIsRefused)
{
    std::string keys = "a";
    for (int i = 0; i < 100'000; ++i) {
        keys += i % 2 == 0 ? ". \"b.,]\"" : ".a";
    }
    const std::string fault = "has a key that is nested too deeply";
    expect_fault(faults_of("\n" + keys + " = 1\n"), "run.toml:2:1: " + fault);
    expect_fault(faults_of("['x']\n[" + keys + "]\n"),
                 "run.toml:2:1: " + fault);
    expect_fault(faults_of("x = {s = \"\"\"\"\"\"\"\", " + keys + " = 1}\n"),
                 "run.toml:1:1: " + fault);
    expect_fault(faults_of(small_run(), {{keys, "1"}}), "is not key=value");
}

TEST(Source, DotsInTextsAndCommentsAreNoKeys)
{
    const std::string dots(100, '.');

    EXPECT_EQ(faults_of("# " + dots + "\ntitle = \"" + dots +
                        "\"\ndescription = \"\"\"\n" + dots + "\"\"\"\n" +
                        small_run()),
              "");
}

TEST(Source, TooManyIncludesAreRefused)
{
    std::string list = "include = [";
    for (int i = 0; i < 201; ++i) {
        list += fmt::format("\"{}.toml\", ", i);
    }
    expect_fault(faults_of(list + "]\n"),
                 "run.toml:1:11: include has 201 elements, more than 200");
}

TEST(Source, FilesThatAreTooLongTogetherAreRefused)
{
    const Folder folder;
    const std::string half(6'000'000, '#');
    folder.write("a.toml", half);
    folder.write("b.toml", half);

    expect_fault(faults_in(folder.write(
                     "run.toml", "include = [\"a.toml\", \"b.toml\"]\n")),
                 "b.toml: brings the configuration to 120000");
}

TEST(Source, StoredTextsAreReadWithoutAnyFile)
{
    Sources sources;
    sources.run_file = "/etc/hostname";
    const auto fault_of = [](const Sources& stored) -> std::string {
        try {
            (void)load(stored);
        } catch (const InputError& error) {
            return error.what();
        }
        return "";
    };
    expect_fault(fault_of(sources), "is not among the stored texts");

    sources.run_file = "run.toml";
    sources.texts["run.toml"] = "include = [\"sub/a.toml\"]\n" + small_run();
    expect_fault(fault_of(sources),
                 "include \"sub/a.toml\" is not among the stored texts");
    sources.texts["sub/a.toml"] = "";
    EXPECT_EQ(fault_of(sources), "");
}

TEST(Source, AHugeArrayIsRefused)
{
    std::string list = "percentiles = [1";
    for (int i = 0; i < 20'000; ++i) {
        list += ",1";
    }
    expect_fault(faults_with("percentiles = [5, 50, 95]", list + "]"),
                 "percentiles has 20001 elements, more than 10000");
}

TEST(Source, AMissingIncludeNamesItsLine)
{
    expect_fault(faults_of("\ninclude = [\"gone.toml\"]\n"),
                 "run.toml:2:12: include \"gone.toml\" does not exist");
}

TEST(Source, AnIncludeStaysInTheFolder)
{
    for (const char* path : {"../a.toml", "/etc/passwd", "sub/../../a.toml"}) {
        expect_fault(faults_of(fmt::format("include = [\"{}\"]", path)),
                     fmt::format("include \"{}\" leaves the folder of the run "
                                 "file",
                                 path));
    }
}

TEST(Source, AnIncludeStaysInTheFolderCalledConfigs)
{
    const Folder folder;
    folder.write("a.toml", "");
    const std::string run = folder.write("configs/studies/run.toml",
                                         "include = [\"../../a.toml\"]");

    expect_fault(faults_in(run),
                 "include \"../../a.toml\" leaves the folder of the run file");
}

TEST(Source, AnIncludeThroughALinkStaysInTheFolder)
{
    const Folder inside, outside;
    outside.write("a.toml", "");
    std::filesystem::create_symlink(outside.path("a.toml"),
                                    inside.path("a.toml"));

    expect_fault(faults_in(inside.write("run.toml", "include = [\"a.toml\"]")),
                 "leaves the folder");
}

TEST(Source, AFileIsIncludedOnce)
{
    const Folder folder;
    folder.write("a.toml", "");

    expect_fault(faults_in(folder.write(
                     "run.toml", "include = [\"a.toml\", \"./a.toml\"]")),
                 "include \"./a.toml\" is included twice");
}

TEST(Source, ATwiceDefinedNameIsRefusedAcrossFiles)
{
    const Folder folder;
    const std::string text = small_run();
    const std::size_t cut = text.find("[carriers.coal]");
    folder.write("more.toml",
                 text.substr(cut, text.find("[carriers.power]") - cut));

    expect_fault(faults_in(folder.write("run.toml",
                                        "include = [\"more.toml\"]\n" + text)),
                 "more.toml:1:11: carriers.coal is defined twice");
}

TEST(Source, AllFaultsOfAllFilesAreReportedTogetherInOrder)
{
    const Folder folder;
    const std::string text = replaced(
        replaced(small_run(), "percentiles = [5, 50, 95]", "percentiles = [0]"),
        "energy_input.coal",
        "energy_input.cole");
    folder.write("more.toml", "[carriers.x]\n\n[components.y]\nnoise = 1\n");

    const std::string message = faults_in(
        folder.write("run.toml", "include = [\"more.toml\"]\n" + text));

    const std::size_t first = message.find("more.toml:1:");
    const std::size_t second = message.find("more.toml:4:");
    const std::size_t third = message.find("run.toml:3:");
    const std::size_t fourth = message.find("`cole`");
    ASSERT_NE(fourth, std::string::npos) << message;
    EXPECT_LT(first, second) << message;
    EXPECT_LT(second, third) << message;
    EXPECT_LT(third, fourth) << message;
}

TEST(Override, OfAnUnknownKeySuggestsTheNearest)
{
    const std::string message = faults_of(small_run(), {{"sampels", "5"}});

    EXPECT_EQ(message,
              "command line: sampels is not a known key\n  hint: did you mean "
              "`samples`?");
}

TEST(Override, WithAWrongValueNamesTheCommandLine)
{
    expect_fault(faults_of(small_run(), {{"samples", "-3"}}),
                 "command line: samples = -3 is outside [1,");
    expect_fault(faults_of(small_run(), {{"", "3"}}),
                 "command line: --set =3 is not key=value");
}

TEST(Sizes, TooManyTechnologiesAreRefused)
{
    const std::string text = small_run();
    const std::size_t begin = text.find("[sectors.steel.technologies.blast]");
    const std::size_t end =
        text.find("[sectors.steel.technologies.hydrogen_route]");
    const std::string one = text.substr(begin, end - begin);
    std::string many;
    for (int i = 0; i < 24; ++i) {
        many += replaced(
            replaced(
                one, "technologies.blast", fmt::format("technologies.t{}", i)),
            "{value = 0.9",
            "{value = 0.0375");
    }

    expect_fault(faults_of(replaced(text, one, many)),
                 "sectors.steel has 25 technologies\n  hint: a sector has 1 "
                 "to 24");
}

TEST(Sizes, TooManyComponentsAreRefused)
{
    const std::string text = small_run();
    const std::size_t begin = text.find("[components.unused]");
    const std::string one =
        text.substr(begin, text.find("[resources.") - begin);
    std::string parts, uses;
    for (int i = 0; i < 47; ++i) {
        const std::string name = fmt::format("c{}", i);
        parts += replaced(
            one, "components.unused", fmt::format("components.{}", name));
        uses += fmt::format(
            "component_intensity.{} = {{value = 1, unit = \"component units "
            "per activity unit\", source = \"s\"}}\n",
            name);
    }

    expect_fault(faults_of(replaced(replaced(text, one, parts),
                                    "component_intensity.furnace",
                                    uses + "component_intensity.furnace")),
                 "components in use are 49, more than 48");
}

/// The two names were found by search; the hash has 32 bits.
TEST(Identity, TwoNamesWithOneNumberAreRefused)
{
    const std::string a = "b995669", b = "b1579884";
    ASSERT_EQ(sampling::input_id("budget/" + a),
              sampling::input_id("budget/" + b));

    expect_fault(
        faults_with("small = {value = 500, unit = \"Gt CO2\", source = \"s\"}",
                    fmt::format("{} = {{value = 500, unit = \"Gt CO2\", source "
                                "= \"s\"}}\n{} = {{value = 500, unit = \"Gt "
                                "CO2\", source = \"s\"}}",
                                a,
                                b)),
        "has the same number as \"budget/b995669\", hence the same draws");
}

TEST(Sectors, AnEmptyListIsRefused)
{
    const std::string text = small_run();
    const std::size_t begin = text.find("[sectors.steel]");
    const std::size_t end = text.find("[carriers.coal]");

    expect_fault(faults_of(text.substr(0, begin) + text.substr(end)),
                 "run.toml: sectors is empty\n  hint: include a file of a "
                 "sector");
}

}  // namespace
}  // namespace hepta::config
