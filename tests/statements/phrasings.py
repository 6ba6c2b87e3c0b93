"""How statements are said: phrasings that no article of the corpus uses, with slots that the generator fills."""

from __future__ import annotations

# Each with the day in the sentence. {up} and {down} words are chosen by the row's direction.
CLOSES = (
    "{name} settled {day} at {close}.",
    "By {day}’s final bell {name} stood at {close}.",
    "{name} wound up {day}’s session at {close}.",
    "At {day}’s close, {name} was quoted at {close}.",
    "{day} ended with {name} at {close}.",
    "{close} was where {name} closed on {day}.",
)
PERCENTS = (
    "{name} {verb} {pct}% on {day}.",
    "On {day}, {name} {verb} by {pct} percent.",
    "{day} saw {name} {gerund} {pct}%.",
    "{name} ended {day} {state} {pct}%.",
    "A {pct}% {noun} on {day} took {name} to {close}.",
    "{name} {verb} {pct}% to {close} on {day}.",
)
POINTS = (
    "{name} {verb} {points} points on {day}.",
    "On {day} {name} finished {points} points {state2}.",
    "{name} {verb} {points} points, or {pct}%, to {close} on {day}.",
)
DOLLARS = (
    "{name} shares {verb} ${points} to ${close} on {day}.",
    "On {day}, shares of {name} {verb} {pct}% to finish at ${close}.",
    "{name} stock closed {day} at ${close}.",
    "Shares in {name} {verb} {pct}% on {day}.",
)
WEEKS = (
    "For the week, {name} {verb} {pct}%.",
    "{name} {verb} {pct}% over the week.",
    "{name} ended the week {state} {pct}%.",
)
YEARS = (
    "{name} is {state} {pct}% for the year to date.",
    "Year to date, {name} has {participle} {pct}%.",
)
HIGHS = (
    "{name} climbed as high as {high} during {day}’s trading.",
    "On {day} {name} touched an intraday high of {high}.",
)
LOWS = (
    "{name} sank as low as {low} during {day}’s trading.",
    "On {day} {name} touched an intraday low of {low}.",
)
YIELDS = (
    "The yield on the 10-year Treasury note ended {day} at {close}%.",
    "On {day} the 10-year Treasury yield finished at {close} percent.",
)
RECORDS = (
    "{name} closed at a record on {day}.",
    "{day}’s close was a record for {name}.",
    "On {day} {name} finished at an all-time high.",
)

VERBS = {
    True: ("rose", "gained", "advanced", "climbed", "added"),
    False: ("fell", "lost", "slipped", "dropped", "shed"),
}
GERUNDS = {True: "gain", False: "lose"}
NOUNS = {True: ("rise", "gain", "advance"), False: ("fall", "drop", "decline")}
STATES = {True: "up", False: "down"}
COMPARATIVES = {True: "higher", False: "lower"}
PARTICIPLES = {True: "gained", False: "lost"}
