"""How a batch of notices leaves the house: one interface, an e-mail server and a group robot behind it."""
