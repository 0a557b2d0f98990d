"""Makes the raw models and pictures in build/art/, for art/pack.mjs to pack into art/made/.

    blender -b -noaudio -P art/build.py -- [NAME ...]

Without names everything is made. Names are files such as built.glb, or their folder's: built.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from art.base.result import RESULTS  # noqa: E402


def rooms() -> list[str]:
    """Folders of art/ whose make.py announces results."""
    return sorted(path.parent.name for path in (ROOT / 'art').glob('*/make.py'))


def chosen(names: list[str]) -> list[str]:
    """The results that these names mean; imports only the rooms that may have them."""
    known = rooms()
    only = [name for name in names if name in known]
    for room in only if only and len(only) == len(names) else known:
        importlib.import_module(f'art.{room}.make')
    if not names:
        return sorted(RESULTS)
    wanted = []
    for name in names:
        of_room = [
            key for key, value in RESULTS.items() if value.make.__module__ == f'art.{name}.make'
        ]
        if name not in RESULTS and not of_room:
            there = ', '.join(sorted(RESULTS))
            raise SystemExit(
                f'art: nothing makes {name!r}; there are {there} and {", ".join(known)}'
            )
        wanted += [name] if name in RESULTS else of_room
    return wanted


def main() -> None:
    names = sys.argv[sys.argv.index('--') + 1 :] if '--' in sys.argv else []
    folder = ROOT / 'build' / 'art'
    folder.mkdir(parents=True, exist_ok=True)
    for name in chosen(names):
        began = time.monotonic()
        made = RESULTS[name]
        made.make(folder / name, made.extras())
        if not (folder / name).exists():
            raise SystemExit(f'art: the maker of {name} wrote no such file')
        about = folder / 'about' / f'{name}.json'
        about.parent.mkdir(exist_ok=True)
        about.write_text(json.dumps(made.extras(), indent=2, sort_keys=True) + '\n')
        size = (folder / name).stat().st_size
        print(f'art: {name} {size / 1000:.0f} kB in {time.monotonic() - began:.1f} s', flush=True)


# Blender ends with 0 after a traceback: say it with the status as well.
try:
    main()
except SystemExit as end:
    if end.code:
        print(end.code, file=sys.stderr)
        sys.exit(1)
except BaseException:
    import traceback

    traceback.print_exc()
    sys.exit(1)
