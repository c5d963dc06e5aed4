"""The tokenizer against the shipped files and against values recorded with other libraries."""

import json
import tempfile
import unittest
from collections import Counter
from pathlib import Path

from compactclip.tokenizer import END, START, Tokenizer, clean, learn_merges, split_words

DEMO = Path(__file__).resolve().parents[2]


class TokenizerTest(unittest.TestCase):
    def setUp(self):
        self.shipped = Tokenizer.load(DEMO / "model")

    def test_encodes_as_the_recorded_values_of_the_shipped_tokenizer_say(self):
        golden = json.loads((DEMO / "golden.json").read_text(encoding="utf-8"))
        self.assertGreater(len(golden["prompts"]), 0)
        for prompt in golden["prompts"]:
            self.assertEqual(self.shipped.encode(prompt["text"]), prompt["ids"], prompt["text"])

    def test_writes_files_that_read_back_as_the_same_tokenizer(self):
        with tempfile.TemporaryDirectory() as folder:
            self.shipped.save(Path(folder))
            again = Tokenizer.load(Path(folder))
            written = json.loads((Path(folder) / "tokenizer.json").read_text(encoding="utf-8"))
        shipped = json.loads((DEMO / "model" / "tokenizer.json").read_text(encoding="utf-8"))
        self.assertEqual(again.vocabulary, self.shipped.vocabulary)
        self.assertEqual(again.merges, self.shipped.merges)
        self.assertEqual(written, shipped)

    def test_decoding_gives_back_the_cleaned_words(self):
        text = "A photo of  Two Zebras, near the CAFÉ! 雪"
        words = " ".join(split_words(clean(text)))
        self.assertEqual(self.shipped.decode(self.shipped.encode(text)), words)

    def test_long_text_is_cut_so_that_the_end_token_stays_last(self):
        ids = self.shipped.encode("a photo of a cat " * 20, context=16)
        self.assertEqual(len(ids), 16)
        self.assertEqual(ids[0], self.shipped.vocabulary[START])
        self.assertEqual(ids[-1], self.shipped.vocabulary[END])
        self.assertEqual(ids.count(self.shipped.vocabulary[END]), 1)

    def test_splits_contractions_letters_digits_and_signs(self):
        self.assertEqual(split_words("it's 12 %, isn't"), ["it", "'s", "1", "2", "%,", "isn", "'t"])

    def test_merges_the_most_frequent_pair_first(self):
        merges = learn_merges(Counter({"low": 5, "lot": 3, "x": 9}), limit=2)
        self.assertEqual(merges, [("l", "o"), ("lo", "w</w>")])


if __name__ == "__main__":
    unittest.main()
