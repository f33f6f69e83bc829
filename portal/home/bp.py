"""The blueprint that all pages of home share."""

from flask import Blueprint

bp = Blueprint("home", __name__)
