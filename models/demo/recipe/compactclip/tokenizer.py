"""Byte-pair encoding as CLIP defines it: training, encoding, and the files that readers of HF checkpoints expect."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from importlib import resources
from itertools import product
from pathlib import Path

import numpy as np

from compactclip.facts import BACKGROUNDS, CLASSES, MARKS, WORDS, Facts, caption

START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
CONTEXT = 32
_CONTRACTIONS = ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")
_PATTERN = r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
_CAPTIONS_PER_CLASS = 60
_WORD_WEIGHT = 12

Pair = tuple[str, str]


def byte_symbols() -> list[str]:
    """The printable character that stands for each byte, in CLIP's vocabulary order.

    Printable Latin-1 characters stand for themselves; the other bytes take characters from U+0100 on.
    """
    plain = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAC + 1), *range(0xAE, 0xFF + 1)]
    return [chr(b) for b in plain] + [chr(0x100 + n) for n in range(256 - len(plain))]


def _symbol_of_byte() -> dict[int, str]:
    symbols = byte_symbols()
    table = {ord(s): s for s in symbols if ord(s) < 0x100}
    others = (b for b in range(256) if b not in table)
    table.update(dict(zip(others, symbols[len(table) :])))
    return table


_SYMBOL_OF_BYTE = _symbol_of_byte()
_BYTE_OF_SYMBOL = {symbol: byte for byte, symbol in _SYMBOL_OF_BYTE.items()}


def clean(text: str) -> str:
    """NFC, runs of white space to one space, lower case."""
    return " ".join(unicodedata.normalize("NFC", text).split()).lower()


def split_words(text: str) -> list[str]:
    """Cuts cleaned text into contractions, runs of letters, single digits and runs of other signs."""
    words, at = [], 0
    while at < len(text):
        special = next((s for s in (START, END, *_CONTRACTIONS) if text.startswith(s, at)), None)
        if special is not None:
            end = at + len(special)
        elif _kind(text[at]) == "number":
            end = at + 1
        else:
            end = at + 1
            while end < len(text) and _kind(text[end]) == _kind(text[at]):
                end += 1
        if _kind(text[at]) != "space":
            words.append(text[at:end])
        at = end
    return words


def _kind(character: str) -> str:
    if character.isspace():
        return "space"
    category = unicodedata.category(character)[0]
    return {"L": "letter", "N": "number"}.get(category, "other")


def _symbols(word: str) -> tuple[str, ...]:
    letters = [_SYMBOL_OF_BYTE[b] for b in word.encode("utf-8")]
    return (*letters[:-1], letters[-1] + WORD_END)


def _merge(symbols: tuple[str, ...], pair: Pair) -> tuple[str, ...]:
    merged: list[str] = []
    at = 0
    while at < len(symbols):
        if symbols[at : at + 2] == pair:
            merged.append(pair[0] + pair[1])
            at += 2
        else:
            merged.append(symbols[at])
            at += 1
    return tuple(merged)


def learn_merges(words: Counter[str], limit: int) -> list[Pair]:
    """Byte-pair merges of a word count: the most frequent pair first, ties by the larger pair."""
    spelled = {word: _symbols(word) for word in words}
    merges: list[Pair] = []
    while len(merges) < limit:
        pairs: Counter[Pair] = Counter()
        for word, count in words.items():
            for pair in zip(spelled[word], spelled[word][1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        spelled = {word: _merge(symbols, best) for word, symbols in spelled.items()}
    return merges


def corpus(seed: int) -> Counter[str]:
    """Words of drawn captions, and a list of further words so that free prompts are not spelled out."""
    rng = np.random.default_rng([seed, 4])
    words: Counter[str] = Counter()
    scales, marks, labels = (None, 0.4, 0.65), (None, *MARKS), (None, *WORDS)
    for label, _ in product(CLASSES, range(_CAPTIONS_PER_CLASS)):
        facts = Facts(
            label=label,
            scale=scales[rng.integers(len(scales))],
            background=BACKGROUNDS[rng.integers(len(BACKGROUNDS))],
            mark=marks[rng.integers(len(marks))],
            word=labels[rng.integers(len(labels))],
        )
        words.update(caption(facts, rng)[0].split())
    extra = resources.files(__package__).joinpath("vocabulary.txt").read_text(encoding="utf-8").split()
    for word in extra:
        words[word] += _WORD_WEIGHT
    return words


@dataclass
class Tokenizer:
    """Encodes text to ids: start token, byte pairs, end token, padded with the end token."""

    merges: list[Pair]
    vocabulary: dict[str, int] = field(init=False)
    _ranks: dict[Pair, int] = field(init=False)

    def __post_init__(self) -> None:
        base = byte_symbols()
        tokens = [*base, *(s + WORD_END for s in base), *(a + b for a, b in self.merges), START, END]
        unique = list(dict.fromkeys(tokens))
        self.vocabulary = {token: number for number, token in enumerate(unique)}
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges)}

    @staticmethod
    def load(folder: Path) -> Tokenizer:
        """Reads ``tokenizer.json`` of a checkpoint folder."""
        path = folder / "tokenizer.json"
        if not path.is_file():
            raise FileNotFoundError(f"no tokenizer.json in {folder}; run the stage 'tokenizer' first")
        model = json.loads(path.read_text(encoding="utf-8"))["model"]
        pairs = [tuple(m.split(" ")) if isinstance(m, str) else tuple(m) for m in model["merges"]]
        tokenizer = Tokenizer(pairs)
        if tokenizer.vocabulary != model["vocab"]:
            raise ValueError(f"{path} does not hold a vocabulary in CLIP's order")
        return tokenizer

    @property
    def size(self) -> int:
        """Number of tokens."""
        return len(self.vocabulary)

    def encode(self, text: str, context: int = CONTEXT) -> list[int]:
        """Ids of one text, exactly ``context`` long; the last one is always the end token."""
        ids = [self.vocabulary[START]]
        for word in split_words(clean(text)):
            ids += [self.vocabulary[word]] if word in (START, END) else self._word_ids(word)
        end = self.vocabulary[END]
        return (ids[: context - 1] + [end] * context)[:context]

    def encode_all(self, texts: list[str], context: int = CONTEXT) -> np.ndarray:
        """Ids int64 [texts, context]."""
        return np.array([self.encode(text, context) for text in texts], np.int64)

    def decode(self, ids: list[int]) -> str:
        """The cleaned text that ids stand for, special tokens left out."""
        token_of = {number: token for token, number in self.vocabulary.items()}
        tokens = "".join(token_of[i] for i in ids if token_of[i] not in (START, END))
        data = bytes(_BYTE_OF_SYMBOL[c] for word in tokens.split(WORD_END) for c in (*word, _SYMBOL_OF_BYTE[0x20]))
        return data.decode("utf-8", "replace").strip()

    def _word_ids(self, word: str) -> list[int]:
        symbols = _symbols(word)
        while len(symbols) > 1:
            pair = min(zip(symbols, symbols[1:]), key=lambda p: self._ranks.get(p, len(self._ranks)))
            if pair not in self._ranks:
                break
            symbols = _merge(symbols, pair)
        return [self.vocabulary[s] for s in symbols]

    def save(self, folder: Path) -> None:
        """Writes tokenizer.json, vocab.json, merges.txt and the two settings files."""
        folder.mkdir(parents=True, exist_ok=True)
        specials = {"bos_token": START, "eos_token": END, "pad_token": END, "unk_token": END}
        _write_json(folder / "vocab.json", self.vocabulary)
        lines = ["#version: 0.2", *(" ".join(pair) for pair in self.merges)]
        (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        _write_json(folder / "special_tokens_map.json", specials)
        settings = {
            "add_prefix_space": False,
            "errors": "replace",
            "do_lower_case": True,
            "model_max_length": CONTEXT,
            "tokenizer_class": "CLIPTokenizer",
        }
        _write_json(folder / "tokenizer_config.json", settings | specials)
        _write_json(folder / "tokenizer.json", self._fast_tokenizer())

    def _fast_tokenizer(self) -> dict[str, object]:
        """The description of the same algorithm that the ``tokenizers`` library reads."""
        start, end = self.vocabulary[START], self.vocabulary[END]
        bytes_ = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        split = {"type": "Split", "pattern": {"Regex": _PATTERN}, "behavior": "Removed", "invert": True}
        squeeze = {"type": "Replace", "pattern": {"Regex": "\\s+"}, "content": " "}
        flags = {"single_word": False, "lstrip": False, "rstrip": False, "special": True}
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [
                {"id": start, "content": START, "normalized": True} | flags,
                {"id": end, "content": END, "normalized": False} | flags,
            ],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, squeeze, {"type": "Lowercase"}]},
            "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, bytes_]},
            "post_processor": {
                "type": "RobertaProcessing",
                "sep": [END, end],
                "cls": [START, start],
                "trim_offsets": False,
                "add_prefix_space": False,
            },
            "decoder": bytes_ | {"add_prefix_space": True},
            "model": {
                "type": "BPE",
                "dropout": None,
                "unk_token": END,
                "continuing_subword_prefix": "",
                "end_of_word_suffix": WORD_END,
                "fuse_unk": False,
                "byte_fallback": False,
                "ignore_merges": False,
                "vocab": self.vocabulary,
                "merges": [list(pair) for pair in self.merges],
            },
        }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
