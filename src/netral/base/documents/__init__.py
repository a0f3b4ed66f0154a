"""Documents made by the ten thousand: one master set once, filled, coded and sealed per person.

``masters`` turns a PDF that typst has set into a form whose named places are filled in
microseconds; ``codes`` draws the QR code of each; ``seals`` signs each file as PAdES-B-B does.
No Django here, and no feature: what a receipt says is the business of ``pledges``.
"""
