"""What is no readable result ends with exit code 3, naming the file."""
import unittest

from command import SmallResultTest, hepta

CODE = 3


class Files(SmallResultTest):
    def assert_refused(self, path, *texts):
        for command in (["summary"], ["compare", self.result],
                        ["replay", "--sample", 0]):
            self.assert_fails(CODE, hepta(*command, path), path.name, *texts)

    def test_missing_file(self):
        self.assert_refused(self.folder / "none.h5", "no such file")

    def test_text_file(self):
        path = self.folder / "text.h5"
        path.write_text("not a result\n" * 1000)
        self.assert_refused(path)

    def test_empty_file(self):
        path = self.folder / "empty.h5"
        path.touch()
        self.assert_refused(path)

    def test_truncated_result(self):
        whole = self.result.read_bytes()
        for part in (0.1, 0.5, 0.99):
            path = self.folder / "truncated.h5"
            path.write_bytes(whole[:int(len(whole) * part)])
            self.assert_refused(path)

    def test_hdf5_file_of_another_program(self):
        try:
            import h5py
        except ImportError:
            self.skipTest("h5py is not installed")
        path = self.folder / "other.h5"
        with h5py.File(path, "w") as file:
            file["headline/emissions"] = [1.0, 2.0]
        self.assert_refused(path)

    def test_folder(self):
        self.assert_fails(CODE, hepta("summary", self.folder))


if __name__ == "__main__":
    unittest.main()
