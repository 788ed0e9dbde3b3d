"""One query or one action a view: plans and their course, drafting, the text, 征求意见, tasks at work."""
