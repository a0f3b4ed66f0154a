"""Reads a file that an office sends into rows that the register understands. Pure Python.

A file is hostile until proven otherwise: it is opened only in a child process with a limit on
memory and time (:mod:`netral.people.intake.child`). What leaves that process are the kept fields
alone, normalised, with every problem found; NIK, religion, address and the like never leave it.

``files`` tells what a file is · ``workbook`` and ``delimited`` give its sheets · ``headers`` finds
and understands the header row · ``staff_cells``, ``staff_rows`` and ``unit_rows`` normalise ·
``reading`` joins them · ``child`` and ``supervisor`` are the two ends of the pipe.
"""
