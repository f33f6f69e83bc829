"""The blueprint that the pages of referrals hang on."""

from flask import Blueprint

bp = Blueprint("referrals", __name__)
