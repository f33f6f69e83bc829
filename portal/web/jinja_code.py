"""How our templates become Python: calls go straight to what is called, and what is safe is not made safe again.

Jinja's own code looks at each call for functions that want to know the page they are called from. Ours never do (macros
are imported without context), and a page makes some hundred calls: looking took a fifth of its processor time.
"""

from collections.abc import Callable
from functools import partial
from io import StringIO
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.environment import Environment
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

#: Text as markup, without asking text whether it knows itself as markup.
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)


def shown(value: Any) -> str:
    """What stands on the page for a value."""
    return value if type(value) is Markup else escape(value)


class PortalMacro(Macro):
    """A macro that takes its values and nothing else: no page, no `kwargs`, no `varargs`."""

    def __init__(self, environment: Environment, func: Callable[..., str], name: str, *more: Any) -> None:
        super().__init__(environment, func, name, *more)
        self._no_caller = environment.undefined("nothing was called", name="caller") if self.caller else None

    def __call__(self, *args: Any, **named: Any) -> Markup:
        """Fill in what was not given, and run."""
        values = list(args)
        for name in self.arguments[len(args) :]:
            values.append(named.pop(name, missing))  # noqa: PERF401  half the time of a comprehension with so few
        if self.caller:
            values.append(named.pop("caller", self._no_caller))
        if named or len(args) > self._argument_count:
            raise TypeError(f"macro {self.name!r} takes {self.arguments}, not {sorted(named) or args}")
        return _markup(self._func(*values))  # a macro's own output, which escaped what it was given


class PortalCode(CodeGenerator):
    """Jinja's code, but for calls, macros and output."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  Jinja's name
        """Call what is called, without asking it whether it wants the context."""
        self.visit(node.node, frame)
        whole, self.stream = self.stream, StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        given, self.stream = self.stream.getvalue(), whole
        self.write(f"({given.removeprefix(', ')})")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A macro of ours, unless it takes whatever it is given."""
        names = tuple(argument.name for argument in macro_ref.node.args)
        takes_more = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or "caller" in names
        if takes_more or not frame.eval_ctx.autoescape:
            super().macro_def(macro_ref, frame)
            return
        name, calls = getattr(macro_ref.node, "name", None), macro_ref.accesses_caller
        self.write(f"environment.macro_class(environment, macro, {name!r}, {names!r}, False, False, {calls!r}, True)")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.shown(")
