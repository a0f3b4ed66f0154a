"""A whole province of invented people, so that Netral can be tried and shown.

Everything is generated and always the same for the same seed; nobody in it is real by intent.
The register is written as an XLSX as offices write them, dirt included, and then goes through the
real import. Refused beside a government that is no demonstration.
"""
