"""Finding articles by their words: the index, what a reader's question means, what answers it.

One tokeniser serves all languages; a language is only a way from a word to its lexemes (`languages`).
"""
