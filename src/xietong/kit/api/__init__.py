"""The HTTP API: operations that carry permission and scope, problems in words, pages, its description."""
