"""Two hosts without Slurm: a cut cable ends the job soon, and the next one
goes on from the checkpoint."""
import os
import time
import unittest

from cluster import ONE_SECTOR, SAMPLES, Hosts, expected_hash

from command import CommandTest, hepta, result_hash

# What docs/cluster.md recommends for such jobs: a lost host is noticed.
KEEP_ALIVE = ["--mca", "oob_tcp_keepalive_time", "3",
              "--mca", "oob_tcp_keepalive_intvl", "1",
              "--mca", "oob_tcp_keepalive_probes", "3"]


class TwoHosts(CommandTest):
    def setUp(self):
        super().setUp()
        self.hosts = Hosts(2)
        self.addCleanup(self.hosts.stop)
        self.output = self.folder / "a.h5"

    def start(self, *options):
        return self.hosts.mpirun(
            *KEEP_ALIVE, "-H", "node1:1,node2:1", "-n", "2",
            os.environ["HEPTA"], "run", ONE_SECTOR, "--samples", SAMPLES,
            "--threads", "1", "-o", self.output, "--checkpoint-every", "0.3",
            *options)

    def test_job_on_both_has_the_hash_of_one_process(self):
        process = self.start()
        out, said = process.communicate(timeout=240)
        self.assertEqual(process.returncode, 0, said)
        self.assertIn(expected_hash(), out)

    def test_cut_cable_ends_the_job_and_the_next_resumes(self):
        process = self.start()
        for _ in range(1200):
            if os.path.exists(f"{self.output}.ckpt"):
                break
            time.sleep(0.05)
        self.hosts.do("cut", "node2")
        asked = time.monotonic()
        process.communicate(timeout=60)
        self.assertNotEqual(process.returncode, 0)
        self.assertLess(time.monotonic() - asked, 30)
        self.assertFalse(self.output.exists())
        self.hosts.do("crash", "node2")
        self.hosts.do("heal", "node2")

        process = hepta("run", ONE_SECTOR, "--samples", SAMPLES, "-o",
                        self.output, "--resume")
        self.assert_done(process)
        self.assertIn("samples are in the checkpoint", process.stderr)
        self.assertEqual(result_hash(process), expected_hash())


if __name__ == "__main__":
    unittest.main()
