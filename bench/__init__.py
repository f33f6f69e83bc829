"""What each page costs, measured side by side with the bare framework. `make bench`; never part of the tests."""
