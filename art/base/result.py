"""The list of files that art/ makes: a maker announces itself with @result, art/build.py walks them.

@result('built.glb', sources=['art/built', 'art/base'], budget={'bytes': 300_000})
def make(path, extras):
    write_glb(path, nodes, extras=extras)
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parents[2]

Maker = Callable[[Path, dict], None]


@dataclass
class Result:
    """A file by name; `sources` are the files and folders, from the root, that it is made from."""

    name: str
    sources: list[str]
    budget: dict
    make: Maker

    def extras(self) -> dict:
        """What the file says of itself in asset.extras."""
        return {'from': self.sources, 'sources': digest(self.sources), 'budget': self.budget}


RESULTS: dict[str, Result] = {}


def result(name: str, sources: list[str], budget: dict) -> Callable[[Maker], Maker]:
    """Registers the function that writes this file."""

    def register(make: Maker) -> Maker:
        if name in RESULTS:
            raise ValueError(f'two makers for {name}')
        RESULTS[name] = Result(name, sources, budget, make)
        return make

    return register


def source_files(sources: list[str]) -> list[Path]:
    """The scripts and data among the sources, in one order everywhere."""
    found: set[Path] = set()
    for source in sources:
        path = ROOT / source
        if path.is_dir():
            found |= {file for kind in ('*.py', '*.json') for file in path.rglob(kind)}
        elif path.exists():
            found.add(path)
        else:
            raise FileNotFoundError(f'{source} is named as a source and is not there')
    return sorted(found)


def digest(sources: list[str]) -> str:
    """One sha256 over names and contents: tells whether a made file is older than its scripts."""
    total = hashlib.sha256()
    for path in source_files([*sources, 'art/pack.mjs']):
        total.update(path.relative_to(ROOT).as_posix().encode() + b'\0')
        total.update(path.read_bytes() + b'\0')
    return total.hexdigest()
