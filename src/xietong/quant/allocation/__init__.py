"""What is given to whom: additions, places, moves."""
