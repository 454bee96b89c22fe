"""What every kind of resource is: data that says how it must be, and an adapter that asks and tells AWS."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from deployer.aws import Aws

# What is the case, by attribute: values that can be compared, in words that a plan can print.
type State = Mapping[str, Any]


@dataclass(frozen=True)
class Resource(ABC):
    """One thing that must exist, as data. Pure: must not ask AWS.

    Attributes:
        kind: what it is, in words.
        part: whether it goes when what it is part of goes, so that `down` need not remove it.
        replaceable: whether it may be deleted and made anew when it differs, since nothing is lost by it.
        lasting: whether it is left, also where nobody describes it any more, until all is removed: what is stored in it
            is not for `up` to throw away.
        holds: what of people's is stored in it and lost when it is removed, in words; empty where nothing is.
        name: AWS's name for it, or what tells it from others of its kind.
        goes_after: the title of what must be gone before it may be removed; empty where nothing must.
    """

    kind: ClassVar[str]
    part: ClassVar[bool] = False
    replaceable: ClassVar[bool] = False
    lasting: ClassVar[bool] = False
    holds: ClassVar[str] = ""

    name: str
    goes_after: str = field(default="", kw_only=True)

    @property
    def title(self) -> str:
        """Kind and name, for people."""
        return f"{self.kind} {self.name}"

    @abstractmethod
    def state(self) -> State:
        """How it must be; what is not named here may be as it likes."""

    def obstacle(self, attribute: str, actual: Any) -> str | None:
        """Why this attribute cannot be changed from its actual value, or None where it can be."""
        return None

    def remark(self, actual: State) -> str:
        """What people should know about a resource that is as it must be; mostly nothing."""
        return ""


def from_file(title: str, described_in: str) -> str:
    """A resource's title with the file that describes it, if one is to be told."""
    return f"{title} ({described_in})" if described_in else title


@dataclass(frozen=True)
class Found:
    """A resource that is wanted, and how it is; None where it does not exist."""

    wanted: Resource
    actual: State | None


class Adapter[R: Resource](ABC):
    """All calls to AWS about one kind of resource.

    Each call may be repeated: what is already there, or already gone, is a success.

    Args:
        aws: the clients.
        say: shows a line about a step that takes long.
    """

    def __init__(self, aws: Aws, say: Callable[[str], None]) -> None:
        self.aws = aws
        self.say = say

    @abstractmethod
    def read(self, wanted: R) -> State | None:
        """How it is, or None where it does not exist. Changes nothing."""

    @abstractmethod
    def create(self, wanted: R) -> None:
        """Make it as wanted."""

    def update(self, wanted: R, differing: frozenset[str]) -> None:
        """Change the attributes that differ."""
        raise NotImplementedError(f"nothing about a {wanted.kind} can differ")

    def delete(self, wanted: R) -> None:
        """Remove it."""
        raise NotImplementedError(f"a {wanted.kind} goes with what it is part of")

    def strays(self, wanted: Sequence[R]) -> Sequence[Resource]:
        """What of ours exists, of this kind or in one of these, and is not wanted any more. Changes nothing."""
        return ()

    def remains(self, wanted: R) -> Sequence[str]:
        """What `delete` would remove, in words; empty where there is nothing. Changes nothing."""
        return [] if self.read(wanted) is None else ["exists"]
