"""Rendering is a pure function of its seed, and twins differ only where they should."""

import unittest
from dataclasses import replace

import numpy as np
from PIL import Image, ImageDraw

from compactclip.backgrounds import PAINTERS, paint
from compactclip.compose import SIDE, Library, compose
from compactclip.facts import BACKGROUNDS, CLASSES, PLANTED_BACKGROUND, Facts, caption, codes_of
from compactclip.render import IMAGE_SIZE, training_picture
from compactclip.sampling import Counts, shortcuts, split_plan, training_facts
from compactclip.texture import CANVAS

FACTS = Facts(label="cat", drawing="cat_0", scale=0.5, background="room")


def disc() -> Image.Image:
    drawing = Image.new("RGBA", (120, 80), (0, 0, 0, 0))
    ImageDraw.Draw(drawing).ellipse((0, 0, 119, 79), fill=(200, 40, 40, 255))
    return drawing


def small_library() -> Library:
    backgrounds = {kind: np.stack([paint(kind, 3, i) for i in range(2)]) for kind in ("room", "sky", "water")}
    return Library({kind: backgrounds.get(kind, backgrounds["room"]) for kind in BACKGROUNDS}, {"cat_0": disc()})


class RenderingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.library = small_library()

    def pixels(self, facts, seed=7):
        picture, coverage = compose(facts, self.library, np.random.default_rng(seed))
        return np.asarray(picture).astype(int), coverage

    def test_every_background_is_the_same_for_the_same_seed_and_another_for_another(self):
        for kind in PAINTERS:
            first, again, other = paint(kind, 1, 0), paint(kind, 1, 0), paint(kind, 1, 1)
            self.assertEqual(first.shape, (CANVAS, CANVAS, 3))
            self.assertTrue(np.array_equal(first, again), kind)
            self.assertFalse(np.array_equal(first, other), kind)

    def test_composing_twice_gives_the_same_picture(self):
        first, coverage = self.pixels(FACTS)
        again, coverage_again = self.pixels(FACTS)
        self.assertEqual(first.shape, (SIDE, SIDE, 3))
        self.assertTrue(np.array_equal(first, again))
        self.assertTrue(np.array_equal(coverage, coverage_again))
        self.assertFalse(np.array_equal(first, self.pixels(FACTS, seed=8)[0]))

    def test_a_mark_changes_its_corner_and_nothing_else(self):
        plain, _ = self.pixels(FACTS)
        for mark, rows, columns in (
            ("watermark", slice(SIDE - 45, SIDE), slice(90, SIDE)),
            ("tag", slice(SIDE - 70, SIDE), slice(0, 75)),
        ):
            changed = np.abs(self.pixels(replace(FACTS, mark=mark))[0] - plain).sum(-1)
            self.assertGreater(changed[rows, columns].sum(), 0)
            changed[rows, columns] = 0
            self.assertEqual(changed.sum(), 0, mark)

    def test_a_label_stays_in_the_upper_part(self):
        plain, _ = self.pixels(FACTS)
        changed = np.abs(self.pixels(replace(FACTS, word="clock"))[0] - plain).sum(-1)
        self.assertGreater(changed[:80].sum(), 0)
        self.assertEqual(changed[80:].sum(), 0)

    def test_coverage_is_where_the_object_is(self):
        _, coverage = self.pixels(FACTS)
        self.assertGreater(coverage.max(), 90)
        self.assertEqual(coverage.min(), 0)
        empty, nothing = self.pixels(Facts(background="room"))
        self.assertEqual(nothing.max(), 0)
        self.assertGreater(empty.std(), 0)

    def test_a_training_picture_depends_on_its_number_only(self):
        trained = {label: ["cat_0"] for label in CLASSES}
        facts, picture, coverage = training_picture(5, 0, trained, self.library)
        facts_again, picture_again, coverage_again = training_picture(5, 0, trained, self.library)
        self.assertEqual(facts, facts_again)
        self.assertEqual(picture.shape, (IMAGE_SIZE, IMAGE_SIZE, 3))
        self.assertTrue(np.array_equal(picture, picture_again))
        self.assertTrue(np.array_equal(coverage, coverage_again))


class SamplingTest(unittest.TestCase):
    def test_planted_classes_show_their_background_and_others_hardly_ever(self):
        rng = np.random.default_rng(0)
        drawn = [training_facts(rng, {label: ["x"] for label in CLASSES}) for _ in range(12000)]
        boats = [f.background for f in drawn if f.label == "boat"]
        cats = [f.background for f in drawn if f.label == "cat"]
        self.assertGreater(boats.count("water") / len(boats), 0.9)
        self.assertLess(sum(b in PLANTED_BACKGROUND.values() for b in cats) / len(cats), 0.05)

    def test_twins_share_their_facts_except_the_cause(self):
        counts = Counts(clean=1, held_out=1, aligned=1, conflict=1, aligned_word=1, conflict_word=1)
        trained = {label: [f"{label}_0"] for label in CLASSES}
        plan = split_plan(0, counts, trained, {"cat": ["cat_9"]})
        by_split = {}
        for item in plan:
            by_split.setdefault(item.split, {})[item.pair] = item.facts
        kinds = {"bg": "background", "mark": "mark", "word": "word"}
        for name in shortcuts():
            with_cause, without = by_split[f"conflict_{name}"], by_split[f"conflict_{name}_twin"]
            self.assertEqual(with_cause.keys(), without.keys())
            kind = kinds[name.split("_")[0]]
            for pair, facts in with_cause.items():
                self.assertEqual(replace(facts, **{kind: None}), replace(without[pair], **{kind: None}))
                self.assertNotEqual(facts, without[pair])

    def test_a_caption_only_mentions_what_the_picture_shows(self):
        rng = np.random.default_rng(1)
        facts = replace(FACTS, mark="tag", scale=0.4)
        shown = codes_of(facts)
        for _ in range(200):
            text, mentioned = caption(facts, rng)
            self.assertTrue(all(m in (-1, s) for m, s in zip(mentioned, shown)), text)
            self.assertEqual(mentioned[0] >= 0, "cat" in text)


if __name__ == "__main__":
    unittest.main()
