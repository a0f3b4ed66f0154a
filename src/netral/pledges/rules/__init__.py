"""Pure thought about pledges: wording, moves of a ceremony, codes, scans. No clock, no database."""
