"""What the library was opened for: nothing but reading, a new stage of a loop, or a stage that is there."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

# By the name in the address: the page that takes the scenario, and what it calls the loop or the stage.
PAGES = {"stage": ("loops.change_stage", "stage_id"), "loop": ("loops.add_stage", "loop_id")}


@dataclass(frozen=True)
class Purpose:
    """The loop or the stage a scenario is looked for; the page that takes one asks who may."""

    what: str = ""
    id: uuid.UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.what)

    @property
    def kept(self) -> dict[str, Any]:
        """What the addresses of the library carry along."""
        return {self.what: self.id} if self else {}

    def way(self, **more: Any) -> str:
        """The address of the page that takes the scenario."""
        endpoint, name = PAGES[self.what]
        values: dict[str, Any] = {name: self.id, **more}
        return url_for(endpoint, **values)


def asked() -> Purpose:
    """What the address of this request names."""
    for what in PAGES:
        try:
            return Purpose(what, uuid.UUID(request.args.get(what, "")))
        except ValueError:
            continue
    return Purpose()
