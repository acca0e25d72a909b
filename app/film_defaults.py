"""What films are like where nobody says otherwise; the command line and the window agree on it."""

DEFAULT_SHARPENING = 0.4
"""How much of the frames' fine detail is added to what moves, which then is about as crisp as what
stands beside it, for less than 0.1 dB."""
MOST_SHARPENED = 3.0
