"""Sealed receipts with QR codes, against pyHanko with WeasyPrint."""
