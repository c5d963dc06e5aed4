"""Files that other programs read: safetensors, checkpoints, autoencoders; and the arithmetic behind them."""

import tempfile
import unittest
from pathlib import Path

import torch

from compactclip import checkpoint, safetensors_file
from compactclip.bench import auroc
from compactclip.cutouts import drawings
from compactclip.facts import CLASSES
from compactclip.sae import SaePlan, Site, TopKSae, fit, quality
from compactclip.training import contrastive_loss

DEMO = Path(__file__).resolve().parents[2]


class SafetensorsTest(unittest.TestCase):
    def test_what_is_written_reads_back(self):
        tensors = {"b": torch.randn(3, 4), "a": torch.tensor(2.5), "c.d": torch.arange(6.0).reshape(1, 2, 3)}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.safetensors"
            safetensors_file.write(path, tensors)
            again = safetensors_file.read(path)
        self.assertEqual(again.keys(), tensors.keys())
        for name, tensor in tensors.items():
            self.assertTrue(torch.equal(again[name], tensor), name)

    def test_a_file_that_is_cut_short_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.safetensors"
            safetensors_file.write(path, {"a": torch.randn(100)})
            path.write_bytes(path.read_bytes()[:-8])
            with self.assertRaisesRegex(ValueError, "cut short"):
                safetensors_file.read(path)


class ShippedFilesTest(unittest.TestCase):
    def test_the_shipped_checkpoint_fits_the_modules_name_by_name(self):
        shipped = safetensors_file.read(DEMO / "model" / "model.safetensors")
        loaded = checkpoint.load(DEMO / "model")
        self.assertEqual(set(shipped), set(loaded.state_dict()))
        self.assertEqual(len(shipped), 174)
        self.assertEqual((loaded.shape.vision.width, loaded.shape.vision.layers), (192, 6))

    def test_finishing_a_residual_equals_the_whole_pass(self):
        loaded = checkpoint.load(DEMO / "model")
        pixels = torch.randn(2, 3, 64, 64, generator=torch.Generator().manual_seed(0))
        whole = loaded.encode_image(pixels)
        for layer in (0, 3, 5):
            stepwise = loaded.finish(loaded.residual(pixels, layer), layer)
            self.assertTrue(torch.allclose(whole, stepwise, atol=1e-6), layer)

    def test_every_class_has_drawings_to_train_on(self):
        listed = drawings()
        self.assertEqual(len(listed), 202)
        self.assertEqual(sum(d.held_out for d in listed), 32)
        self.assertEqual({d.label for d in listed if not d.held_out}, set(CLASSES))
        self.assertEqual(len({d.source for d in listed}), len(listed))


class SaeTest(unittest.TestCase):
    def test_learns_sparse_directions_and_reads_back_from_its_folder(self):
        generator = torch.Generator().manual_seed(0)
        directions = torch.nn.functional.normalize(torch.randn(24, 16, generator=generator), dim=1)
        codes = torch.rand(4000, 24, generator=generator) * (torch.rand(4000, 24, generator=generator) < 0.1)
        inputs = 5 * codes @ directions + 3
        plan = SaePlan(latents=48, k=4, steps=400, patch_steps=1, batch=256, seed=0)
        sae = fit(inputs, Site(1, "cls"), plan)
        untrained = fit(inputs, Site(1, "cls"), SaePlan(48, 4, 1, 1, 256, 0))
        self.assertGreater(quality(sae, inputs)["explained_variance"], 0.8)
        self.assertLess(quality(untrained, inputs)["explained_variance"], 0.6)
        self.assertLessEqual(quality(sae, inputs)["l0"], 4)
        with tempfile.TemporaryDirectory() as folder:
            sae.save(Path(folder))
            again = TopKSae.load(Path(folder))
        self.assertEqual(again.site, sae.site)
        self.assertTrue(torch.equal(again.encode(inputs[:10]), sae.encode(inputs[:10])))


class ArithmeticTest(unittest.TestCase):
    def test_auroc_counts_ties_half(self):
        with_cause = torch.tensor([[2.0, 0.0, 1.0], [3.0, 0.0, 1.0]])
        without = torch.tensor([[1.0, 0.0, 2.0], [0.0, 0.0, 0.0]])
        self.assertEqual(auroc(with_cause, without).tolist(), [1.0, 0.5, 0.5])

    def test_contrastive_loss_is_zero_when_only_and_all_positives_score(self):
        positives = torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
        self.assertAlmostEqual(float(contrastive_loss(100 * positives, positives)), 0.0, places=5)
        self.assertGreater(float(contrastive_loss(100 * (1 - positives), positives)), 10)


if __name__ == "__main__":
    unittest.main()
