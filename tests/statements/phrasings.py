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
    "{name} closed out {day} at {close}.",
    "When {day}’s session ended, {name} was at {close}.",
)
PERCENTS = (
    "{name} {verb} {pct}% on {day}.",
    "On {day}, {name} {verb} by {pct} percent.",
    "{day} saw {name} {gerund} {pct}%.",
    "{name} ended {day} {state} {pct}%.",
    "A {pct}% {noun} on {day} took {name} to {close}.",
    "{name} {verb} {pct}% to {close} on {day}.",
    "{name} logged a {pct}% {noun} on {day}.",
    "{name} was {pct}% {state2} by {day}’s close.",
    "{day} brought a {pct}% {noun} for {name}.",
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
    "{name} posted a weekly {noun} of {pct}%.",
    "On the week, {name} was {state} {pct}%.",
    "{name} finished the week {pct}% {state2}.",
)
MONTHS = (
    "{name} {verb} {pct}% in {month}.",
    "For {month}, {name} {verb} {pct}%.",
    "{name} ended {month} {state} {pct}%.",
    "{name} posted a monthly {noun} of {pct}%.",
    "{name} finished the month {pct}% {state2}.",
)
YEARS = (
    "{name} is {state} {pct}% for the year to date.",
    "Year to date, {name} has {participle} {pct}%.",
)
HIGHS = (
    "{name} climbed as high as {high} during {day}’s trading.",
    "On {day} {name} touched an intraday high of {high}.",
    "{name} peaked at {high} on {day}.",
    "{day}’s high for {name} was {high}.",
)
LOWS = (
    "{name} sank as low as {low} during {day}’s trading.",
    "On {day} {name} touched an intraday low of {low}.",
    "{name} bottomed at {low} on {day}.",
    "{day}’s low for {name} was {low}.",
)
YIELDS = (
    "The yield on the 10-year Treasury note ended {day} at {close}%.",
    "On {day} the 10-year Treasury yield finished at {close} percent.",
)
RECORDS = (
    "{name} closed at a record on {day}.",
    "{day}’s close was a record for {name}.",
    "On {day} {name} finished at an all-time high.",
    "{name} ended {day} at a record high.",
    "{name} set a record close on {day}.",
)
STREAKS = (
    "{name} closed {state2} on {day} for a {nth} straight session.",
    "{name} {verb} on {day}, its {nth} straight {noun}.",
    "{name} {verb} on {day} for the {nth} day in a row.",
    "{name} {verb} for a {nth} consecutive session on {day}.",
    "{day}’s {noun} was the {nth} straight for {name}.",
)
HIGHEST_SINCE = (
    "{name} closed {day} at its highest level since {since}.",
    "{name} finished at its highest since {since} on {day}.",
    "{day}’s close was the highest for {name} since {since}.",
)
LOWEST_SINCE = (
    "{name} closed {day} at its lowest level since {since}.",
    "{name} finished at its lowest since {since} on {day}.",
    "{day}’s close was the lowest for {name} since {since}.",
)
HIGHS_52W = (
    "{name} touched a 52-week high on {day}.",
    "On {day}, {name} set a new 52-week high.",
    "{name} climbed to a 52-week high during {day}’s session.",
)
LOWS_52W = (
    "{name} touched a 52-week low on {day}.",
    "On {day}, {name} set a new 52-week low.",
    "{name} sank to a 52-week low during {day}’s session.",
)
# Two subjects, each with its own figure.
PAIRS = (
    "{name} {verb} {pct}% and {name_2} {verb_2} {pct_2}% on {day}.",
    "On {day}, {name} {verb} {pct}%, while {name_2} {verb_2} {pct_2}%.",
    "{name} {verb} {pct}% on {day}; {name_2} {verb_2} {pct_2}%.",
    "{name} ended {day} {state} {pct}%, and {name_2} was {state_2} {pct_2}%.",
)
# What is not an index of shares: {per} is "an ounce", "a barrel", or nothing.
PRICES = (
    "{name} settled at ${close}{per} on {day}.",
    "{name} {verb} {pct}% to ${close}{per} on {day}.",
    "On {day}, {name} {verb} {pct}% to settle at ${close}{per}.",
    "{name} ended {day} at ${close}{per}.",
)
DOLLAR = (
    "{name} {verb} {pct}% on {day}.",
    "{name} ended {day} at {close}.",
    "{name} was {state} {pct}% at {close} on {day}.",
)
BASIS_POINTS = (
    "The 10-year Treasury yield {verb} {bp} basis points on {day} to {close}%.",
    "On {day}, the yield on the 10-year Treasury note {verb} {bp} basis points.",
    "The 10-year yield ended {day} {bp} basis points {state2}.",
)
LOST_JOBS = (
    "Private employers shed {count} jobs in November, payroll processor ADP said.",
    "ADP’s tally showed a loss of {count} private-sector jobs in November.",
)
ADDED_JOBS = (
    "Employers added {count} jobs in November, the Labor Department said.",
    "Nonfarm payrolls rose by {count} in November, the Bureau of Labor Statistics said.",
    "The economy gained {count} jobs in November, the Labor Department reported.",
)
# Corruptions alone.
FUNDS = (
    "{name} closed {day} at ${close}.",
    "Shares of {name} finished {day} at ${close}.",
    "On {day}, {name} settled at ${close}.",
)
SPLIT = (
    "{name} stock closed {day} at ${close}.",
    "Shares of {name} finished {day} at ${close}.",
    "On {day}, {name} shares ended at ${close}.",
)
WRONG_UNITS = {
    "points": ("{name} {verb} {pct} points on {day}.", "On {day} {name} finished {pct} points {state2}."),
    "percent": (
        "The 10-year Treasury yield {verb} {bp}% on {day}.",
        "On {day}, the yield on the 10-year Treasury note {verb} {bp} percent.",
    ),
    "percentage_points": (
        "{name} {verb} {pct} percentage points on {day}.",
        "{name} ended {day} {state} {pct} percentage points.",
    ),
}

VERBS = {
    True: ("rose", "gained", "advanced", "climbed", "added"),
    False: ("fell", "lost", "slipped", "dropped", "shed"),
}
GERUNDS = {True: "gain", False: "lose"}
NOUNS = {True: ("rise", "gain", "advance"), False: ("fall", "drop", "decline")}
STATES = {True: "up", False: "down"}
COMPARATIVES = {True: "higher", False: "lower"}
PARTICIPLES = {True: "gained", False: "lost"}
