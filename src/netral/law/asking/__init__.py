"""From a question in everyday words to the verdict of the law.

`understand` reads the question: the acts it names, the facts it gives, whether it is a matter of
neutrality at all. `answer` judges what was read; `converse` asks back first where one fact decides.
Pure Python; nothing is stored or sent anywhere.

>>> from netral.law.asking import answer
>>> found = answer("boleh gak pns like postingan calon bupati pas masa kampanye?")
>>> found.parts[0].act, found.outcome
('like', 'forbidden')
"""

from netral.law.asking.answering import answer
from netral.law.asking.asking_back import converse
from netral.law.asking.reading import understand
from netral.law.asking.shapes import Answer, Given, Part, Reading, Said, Understanding

__all__ = [
    "Answer", "Given", "Part", "Reading", "Said", "Understanding", "answer", "converse",
    "understand",
]  # fmt: skip
