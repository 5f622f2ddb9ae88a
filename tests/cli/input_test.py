"""Wrong input ends with exit code 2 and a message that says what to do."""
import json
import re
import unittest

from command import CONFIG, ROOT, CommandTest, hepta, run_small

CODE = 2
LIBRARIES = ("HDF5", "Boost", "CLI11", "Eigen", "fmt", "nlohmann-json",
             "OpenSSL", "SLEEF", "toml++")


class CommandLine(CommandTest):
    def test_unknown_option_is_named(self):
        self.assert_fails(CODE, hepta("run", CONFIG, "--sampels", "10"),
                          "command line", "--sampels", "hint")

    def test_unknown_command_is_named(self):
        self.assert_fails(CODE, hepta("ruin", CONFIG), "command line", "ruin")

    def test_no_command_points_to_the_help(self):
        self.assert_fails(CODE, hepta(), "hepta --help")

    def test_no_configuration_is_an_error(self):
        self.assert_fails(CODE, hepta("run"), "config")

    def test_numbers_are_checked(self):
        for option in ("--samples=none", "--samples=0", "--samples=-1",
                       "--seed=1.5", "--threads=0", "--sampler=dice"):
            output = self.folder / "a.h5"
            process = hepta("run", CONFIG, "-o", output, option)
            self.assert_fails(CODE, process, "hint")
            self.assertFalse(output.exists())

    def test_range_must_be_two_rising_numbers(self):
        for text in ("5:2", "5:5", "5", ":", "0:1k", "-1:5"):
            self.assert_fails(
                CODE, run_small(self.folder / "a.h5", f"--range={text}"),
                f"--range '{text}'", "hint")

    def test_setting_must_be_key_and_value(self):
        for text in ("nonsense", "=5"):
            self.assert_fails(
                CODE, run_small(self.folder / "a.h5", "--set", text),
                f"--set '{text}'", "hint")

    def test_setting_an_unknown_key_suggests_a_known_one(self):
        self.assert_fails(
            CODE, run_small(self.folder / "a.h5", "--set", "block_sice=64"),
            "block_sice", "block_size")

    def test_unknown_instruction_set_is_named(self):
        process = run_small(self.folder / "a.h5",
                            environment={"HEPTA_INSTRUCTION_SET": "sse9"})
        self.assert_fails(CODE, process, "sse9", "avx2")

    def test_help_and_version_succeed(self):
        self.assert_done(hepta("--help"), "run", "validate", "summary")
        self.assert_done(hepta("run", "--help"), "--samples")
        self.assert_done(hepta("--version"), "hepta 0.", "revision",
                         "compiler", "MPI", "HDF5", "instruction set avx")

    def test_version_names_every_library_with_its_version(self):
        said = hepta("--version").stdout
        for name in LIBRARIES:
            self.assertRegex(said, re.escape(name) + r" \d+\.\d+")

    def test_ranks_print_an_error_once(self):
        process = hepta("run", CONFIG, "--sampels", "10", ranks=3)
        self.assert_fails(CODE, process, "--sampels")


class Configuration(CommandTest):
    def write_config(self, text):
        path = self.folder / "run.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def test_missing_file_is_named(self):
        for command in ("run", "validate"):
            self.assert_fails(CODE, hepta(command, "no_such.toml"),
                              "no_such.toml", "does not exist")

    def test_settings_are_checked_and_resolved(self):
        def resolved(*settings):
            process = hepta("validate", CONFIG, "--json", *settings)
            return json.loads(process.stdout)

        self.assertEqual(resolved("--set", "pilot_samples=2048")
                         ["pilot_samples"], 2048)
        self.assertNotEqual(resolved()["pilot_samples"], 2048)
        self.assert_fails(CODE, hepta("validate", CONFIG, "--set", "sed=2"),
                          "sed is not a known key")

    def test_folder_is_no_configuration(self):
        self.assert_fails(CODE, hepta("validate", self.folder), "not a file")

    def test_syntax_error_has_its_place(self):
        path = self.write_config("samples = 5\nseed = = 1\n")
        self.assert_fails(CODE, hepta("validate", path), f"{path}:2:")

    def test_unknown_key_has_its_place_and_a_suggestion(self):
        path = self.write_config("\nsampels = 5\n")
        self.assert_fails(CODE, hepta("validate", path), f"{path}:2:1",
                          "sampels", "samples")

    def test_all_faults_are_told_at_once(self):
        path = self.write_config("sampels = 5\nseed = -1\nconfidence = 95\n")
        self.assert_fails(CODE, hepta("validate", path), f"{path}:1:",
                          f"{path}:2:", f"{path}:3:")

    def test_shipped_configurations_are_valid(self):
        configs = sorted((ROOT / "configs").glob("*_sectors.toml"))
        self.assertGreaterEqual(len(configs), 1)
        for config in configs:
            self.assert_done(hepta("validate", config), "ok", "sectors",
                             "sha256")

    def test_resolved_model_is_json_with_units_and_sources(self):
        process = hepta("validate", CONFIG, "--json")

        self.assert_done(process)
        inputs = json.loads(process.stdout)["design"]["inputs"]
        self.assertGreater(len(inputs), 100)
        for entry in inputs:
            self.assertTrue(entry["name"] and entry["unit"], entry)
            self.assertTrue(entry["source"], entry)


if __name__ == "__main__":
    unittest.main()
