"""What docs/formats.md says is enough to recompute hash and draws.

Written from that page alone, in Python: an oracle that shares no code.
"""
import hashlib
import json
import unittest

from command import SmallResultTest, hepta, run_small

try:
    import h5py
except ImportError:
    h5py = None

WORD = 0xFFFFFFFF


def philox4x32(counter, key, rounds=10):
    """Salmon et al. (2011), doi:10.1145/2063384.2063405."""
    x0, x1, x2, x3 = counter
    k0, k1 = key
    for _ in range(rounds):
        p0 = 0xD2511F53 * x0
        p1 = 0xCD9E8D57 * x2
        x0, x1, x2, x3 = ((p1 >> 32) ^ x1 ^ k0, p1 & WORD,
                          (p0 >> 32) ^ x3 ^ k1, p0 & WORD)
        k0, k1 = (k0 + 0x9E3779B9) & WORD, (k1 + 0xBB67AE85) & WORD
    return x0, x1, x2, x3


def input_id(name):
    h = 2166136261
    for byte in name.encode():
        h = (h ^ byte) * 16777619 & WORD
    h = (h ^ h >> 16) * 0x85EBCA6B & WORD
    h = (h ^ h >> 13) * 0xC2B2AE35 & WORD
    return h ^ h >> 16


def uniform(seed, sample, name):
    counter = 8 * (sample // 16) + sample % 8
    words = philox4x32((counter & WORD, counter >> 32, input_id(name), 0),
                       (seed & WORD, seed >> 32))
    low, high = words[:2] if sample // 8 % 2 == 0 else words[2:]
    return ((high << 32 | low) >> 12) * 2.0**-52 + 2.0**-53


def type_code(dtype):
    return f"{dtype.kind}{dtype.itemsize}"


def hash_of(file):
    provenance = file["provenance"].attrs
    text = (f"hepta-result {file.attrs['format_version']}"
            f" model {provenance['model_version']}"
            f" config {provenance['config_sha256']}"
            f" seed {provenance['seed']} sampler {provenance['sampler']}")
    digest = hashlib.sha256(text.encode())
    for name in sorted(file["state"]):
        dataset = file["state"][name]
        if h5py.h5ds.is_scale(dataset.id):
            continue
        values = dataset[...]
        digest.update(f"\n{name} {type_code(values.dtype)} "
                      f"{values.size} ".encode())
        digest.update(values.tobytes())
    return digest.hexdigest()


@unittest.skipIf(h5py is None, "h5py is not installed")
class Formats(SmallResultTest):
    def test_philox_gives_the_published_known_answers(self):
        self.assertEqual(
            philox4x32((0, 0, 0, 0), (0, 0)),
            (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8))
        self.assertEqual(
            philox4x32((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
                       (0xA4093822, 0x299F31D0)),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1))

    def test_result_hash_can_be_recomputed(self):
        with h5py.File(self.result) as file:
            self.assertEqual(hash_of(file),
                             file["provenance"].attrs["result_hash"])

    def test_ids_of_inputs_can_be_recomputed(self):
        with h5py.File(self.result) as file:
            text = file["provenance/configuration"].asstr()[()]
        inputs = json.loads(text)["design"]["inputs"]
        for entry in inputs:
            self.assertEqual(input_id(entry["name"]), entry["id"])

    def test_uniform_inputs_can_be_recomputed(self):
        name = "form_weight"  # uniform on (0, 1), correlated with nothing
        for seed in (1, 2**40 + 3):
            result = self.folder / "a.h5"
            self.assertEqual(
                run_small(result, "--seed", seed).returncode, 0)
            with h5py.File(result) as file:
                draws = file["draws"]
                column = list(draws["input"].asstr()[:]).index(name)
                for row, sample in enumerate(draws["draw"][:]):
                    self.assertEqual(draws["inputs"][row, column],
                                     uniform(seed, int(sample), name))

    def test_far_samples_can_be_recomputed(self):
        name = "form_weight"
        for sample in (2**33 + 5, 2**40 + 8):
            replay = hepta("replay", self.result, "--sample", sample, "--json")
            self.assert_done(replay)
            self.assertEqual(json.loads(replay.stdout)["inputs"][name],
                             uniform(1, sample, name))


if __name__ == "__main__":
    unittest.main()
