"""Pages of accounts: signing in and out, and one's own account."""

from portal.accounts.views import own_account, signing_in, signing_out
from portal.accounts.views.blueprint import bp

__all__ = ["bp", "own_account", "signing_in", "signing_out"]
