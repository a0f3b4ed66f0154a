"""Deeds: write and publish texts, hold a ceremony, sign, enter paper, print."""
