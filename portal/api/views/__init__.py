"""The pages of the API: `addresses` says what is where, `answers` how it is said."""
