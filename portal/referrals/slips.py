"""For how long what a client told can be taken back."""

from datetime import timedelta

#: Unless staff or the place have told something since.
TAKE_BACK_WITHIN = timedelta(hours=24)
