"""Precedents: public pages, the way of a question, and the reviewers' desk."""
