"""The editors' product: the admin of articles and of all that they are made of."""

from . import article, assignments, originals, people, pictures, reads, subjects

__all__ = ["article", "assignments", "originals", "people", "pictures", "reads", "subjects"]
