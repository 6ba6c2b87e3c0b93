"""Tools for the checks that know no kind of claim: rounding, intervals, sessions, bases, records, evidence."""
