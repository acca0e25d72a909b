"""The program as such: settings, language, looks, errors, and measuring it."""
