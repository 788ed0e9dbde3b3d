"""For modules that a child process loads, and therefore load no Django: marks a sentence for the catalogue.

The sentence stays as it is; `kit.words.said`, or the refusal that carries it, puts it into the reader's language.
"""

from gettext import NullTranslations

gettext_noop = NullTranslations().gettext
