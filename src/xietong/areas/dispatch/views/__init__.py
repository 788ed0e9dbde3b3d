"""The pages of monthly dispatch: one query or one action each."""
