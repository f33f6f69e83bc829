"""The blueprint that all pages of home share. With it plans learns whom to ask about other features."""

from flask import Blueprint

from portal.home.around import Neighbours
from portal.plans.views import around

bp = Blueprint("home", __name__)
bp.record_once(lambda state: around.give(state.app.extensions, Neighbours()))
