"""`samverkan draw`: the pictures of a plan, drawn into a folder or checked for freshness."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

Subparsers = Any  # argparse's own name for it is private

EXAMPLES = """\
exempel:
  samverkan draw --out bilder
  samverkan draw rules/vastmanland --out diagrams
  samverkan draw rules/vastmanland --check diagrams

Slutar med 1 om --check hittar något som inte är färskt, annars med 0."""


def add_draw(subparsers: Subparsers) -> None:
    """Registers `draw`."""
    parser = subparsers.add_parser(
        "draw",
        help="rita planen: vem underrättar vem, och vad varje händelse sätter igång",
        description="Ritar alla bilder av en plan i en mapp,\neller säger om de som finns där är färska.",
        epilog=EXAMPLES,
    )
    parser.add_argument("plan", nargs="?", default=None, metavar="PLAN", help="en plans namn, eller mappen med dess filer")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--out", type=Path, metavar="MAPP", help="rita alla bilder i den här mappen")
    what.add_argument("--check", type=Path, metavar="MAPP", help="säg om bilderna i mappen är ritade ur planen som den är nu")
    parser.set_defaults(run=run_draw)


def run_draw(args: argparse.Namespace) -> int:
    """Draws or checks the pictures of a plan. Returns 0, or 1 where pictures aren't fresh."""
    from samverkan.draw.diagrams import stale, write_diagrams
    from samverkan.plan.loading import DEFAULT, load_plan

    plan = load_plan(args.plan or DEFAULT)
    if args.out is not None:
        written = write_diagrams(plan, args.out)
        print(f"Ritade {len(written)} filer i {args.out}. Börja med {written[0]}.")
        return 0
    faults = stale(plan, args.check)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        named = f"{args.plan} " if args.plan else ""
        print(f"Bilderna i {args.check} är inte färska. Rita om: samverkan draw {named}--out {args.check}", file=sys.stderr)
        return 1
    print(f"Bilderna i {args.check} är färska.")
    return 0
