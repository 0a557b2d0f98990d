"""The four levels of detail, as one knob that the forms ask how finely they are cut."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Detail:
    """`around` and `along` shrink a full count; `fine` and `plain` say what is worth showing."""

    name: str
    share: float
    least_around: int
    rank: int

    def around(self, count: int) -> int:
        return max(self.least_around, round(count * self.share))

    def along(self, count: int, least: int = 2) -> int:
        """Far away `least` counts for less."""
        return max(least if self.fine else 2, round(count * self.share))

    def pick(self, *counts: int) -> int:
        """One count for each level, where the share would be wrong."""
        return counts[self.rank]

    @property
    def fine(self) -> bool:
        """Rolled hems, seams, buttons: seen from close by only."""
        return self.rank == 0

    @property
    def near(self) -> bool:
        """Thumbs, soles, noses: seen across a room."""
        return self.rank <= 1

    @property
    def plain(self) -> bool:
        """What carries the silhouette and nothing else."""
        return self.rank == 3


LODS = (
    Detail('full', 0.68, 6, 0),
    Detail('half', 0.42, 5, 1),
    Detail('quarter', 0.2, 4, 2),
    Detail('crowd', 0.14, 4, 3),
)
