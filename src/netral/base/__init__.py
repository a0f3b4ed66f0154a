"""Plumbing that knows no feature: pages, access, jobs, documents, uploads, mail."""
