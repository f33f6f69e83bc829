"""Signing in and out, one's own account, languages. The only package that knows flask_login."""
