"""What the report says around its figures."""

HOW = """\
## How it is measured

CPU time of the process (threads of a library included), because the machine may be shared; wall time stands beside it in
`results.json`. Contenders take turns: in each round everyone works for a while, the next round begins with the next one, and
garbage is collected outside what is measured. A time is the median of the rounds. A ratio is the median of the rounds' own
ratios, so that what slows a whole round doesn't matter. durable-rules runs and measures itself in a process of its own, in the
same turns.

## What is compared

The neutral workload: 100 rules over 20 facts of 2 to 5 values, 1 to 4 conditions each, random and always the same
(`tests/benchmarks/neutral.py`). Everyone gets the states in the form that it takes, made beforehand, and everyone has to find
the same rows in every state: the checksums are equal, or nothing is reported.

- **compiled**: our own matcher, as the engine asks it: the codes of a state in, bits out. It says in the same answer which
  rules are *undetermined* because something isn't known. *Words to names* is the same with what the peers have: a dict in, a
  list of names out.
- **zen-engine** (GoRules, Rust), in three forms: one decision table that collects every row, given to the engine at its start
  and evaluated by its key; the same as a decision of its own (`create_decision`, as in zen's first example); and all rows as
  one compiled expression, which is no table of rules any more. Every figure of zen includes the crossing from Python to Rust
  and back: *no rules at all* is that crossing alone.
- **CLIPS** by clipspy: the classic production system, in C, well kept, and like durable-rules it matches all rules at once.
- **durable-rules**: contained as `docs/durable-rules.md` tells.

The peers know no *unknown*. Where facts may be unknown they get it as one more value, and a second row for each rule, that it
may hold.
"""

EXPLAINED = """\
One event tells everything of one person; out comes the whole answer: every decision with bearer, recipient, deadline, clauses,
and the conditions, values and events that it rests on. Each decision is on a new state. zen-engine is given the same facts and
says only which of the rules hold, compiled, in Rust. The goal, four times its rate, is not met, and no single spot limits it. A
profile of one answer of 24 decisions shows about 5 400 calls of Python: half of the time goes into putting the decisions together
(who bears and receives, deadline, citations, grounds), a quarter into their explanations, a twelfth into making the frozen values
alone. Matching is not among the costs that can be seen.
"""

LIVING = """\
The neutral plan, {persons} persons however many events there are. *Fire*: the newest event, admitted, and every decision that it
changed, explained. *News of the past*: told now, of when a tenth of the case had happened. *Delivered late*: it was known then
too, so what was shown since about that person is decided anew. The whole answer, with every decision that was ever due of
everybody, is worked out when it is asked for: the last column has it. The goals are for {events} events.
"""

MEMORY = """\
Memory (tracemalloc): a case with its events, without what cases share; {persons} persons. Each further event: {further:g} kB.
"""

RULES = """\
Over the same 20 facts, everything known. durable-rules isn't asked about more than {durable} rules: its rulesets take their
memory up front, some megabytes for every 60 of its own rules.
"""

ASKING = """\
`Case.questions`: every unknown fact whose value can change what is due, with what hangs on each answer, in order. In every state
of the scenarios, and in random stories of up to six persons who have to do with each other and of whom little is known.
"""
