"""What staff do across features: open, answer, hand over, close."""

from portal.staff.commands.answering import add_to_plan, answer_item, confirm_report, reply
from portal.staff.commands.assigning import add_worker, end_worker
from portal.staff.commands.changing_model import change_model
from portal.staff.commands.closing import close_case
from portal.staff.commands.opening import NewCase, Reach, open_case

__all__ = [
    "NewCase",
    "Reach",
    "add_to_plan",
    "add_worker",
    "answer_item",
    "change_model",
    "close_case",
    "confirm_report",
    "end_worker",
    "open_case",
    "reply",
]
