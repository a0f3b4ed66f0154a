"""An empty installation with one government, in which the command line can import."""

from __future__ import annotations

from . import world


def main() -> None:
    world.set_up()
    world.say(seconds=0.0, government=world.government().region_code)


if __name__ == "__main__":
    main()
