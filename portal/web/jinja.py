"""Jinja as we use it: one environment for each language, in which fixed texts are translated once and for all.

A page has some 200 texts. Looking each up on every request took more than half of a page's processor time (BUDGETS);
here they are put into the compiled template, so that only texts with places in them are looked up when they are shown.
"""

from collections.abc import Iterable, MutableMapping
from functools import lru_cache
from typing import Any, cast

from flask import Flask, current_app, url_for
from flask.templating import Environment
from jinja2 import StrictUndefined, Template, nodes
from jinja2.environment import TemplateModule
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from portal import i18n
from portal.web.jinja_code import PortalCode, PortalMacro, shown

#: The functions whose call with one fixed text has one answer in each language.
_FIXED = frozenset({"_", "gettext"})


class _Translate(NodeTransformer):
    """Puts the translation in place of the look-up of a fixed text."""

    def __init__(self, language: str) -> None:
        self._words = i18n.catalogue(language)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  Jinja's name
        """Translate `_("text")`; what has places is translated too, and filled when it is shown."""
        self.generic_visit(node)
        fixed = (
            isinstance(node.node, nodes.Name)
            and node.node.name in _FIXED
            and len(node.args) == 1
            and isinstance(node.args[0], nodes.Const)
            and not (node.dyn_args or node.dyn_kwargs)
        )
        if not fixed:
            return node
        text = self._words.gettext(cast(nodes.Const, node.args[0]).value)
        if not node.kwargs:
            return nodes.MarkSafe(nodes.Const(text % {})).set_lineno(node.lineno)
        places = nodes.Dict([nodes.Pair(nodes.Const(place.key), place.value) for place in node.kwargs])
        return nodes.Mod(nodes.MarkSafe(nodes.Const(text)), places).set_lineno(node.lineno)


class PortalTemplate(Template):
    """A template whose macros are imported once. Ours never look at the page that imports them."""

    def _get_default_module(self, ctx: Any = None) -> TemplateModule:
        del ctx
        if self._module is None:
            self._module = self.make_module()
        return self._module


class PortalEnvironment(Environment):
    """Flask's environment, with a language of its own."""

    template_class = PortalTemplate
    code_generator_class = PortalCode
    macro_class = PortalMacro
    shown = staticmethod(shown)
    portal_language: str | None = None

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._ready: dict[str, Template] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """A template by name. A page asks for some forty; ours change with a new release alone."""
        if self.auto_reload or isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self._ready:
            self._ready[name] = super().get_template(name, parent)
        return self._ready[name]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return tree if self.portal_language is None else _Translate(self.portal_language).visit(tree)


@lru_cache(maxsize=20_000)
def _address(_application: int, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def address(endpoint: str, **values: Any) -> str:
    """The path of a page. An address depends on nothing but its parts, so each is built once."""
    return _address(id(current_app.extensions["portal"]), endpoint, tuple(sorted(values.items())))


class Templates:
    """The environments, by language."""

    def __init__(self, app: Flask) -> None:
        self._app, self._by_language = app, dict[str, PortalEnvironment]()

    def render(self, name: str, facts: dict[str, Any]) -> str:
        """Render a template in the language being spoken."""
        return self._environment(i18n.language()).get_template(name).render(facts)

    def _environment(self, language: str) -> PortalEnvironment:
        found = self._by_language.get(language)
        if found is None:
            found = cast(PortalEnvironment, self._app.jinja_env.overlay())
            found.portal_language, found._ready = language, {}
            self._by_language[language] = found
        return found


def init_app(app: Flask) -> Templates:
    """Make the environments from the application's own, which holds the globals and filters."""
    app.jinja_environment = PortalEnvironment  # type: ignore[assignment]  # it takes the application, as Flask's does
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the extension
    environment.globals.update(url_for=address, _=_gettext, gettext=_gettext, ngettext=_ngettext, pgettext=_pgettext)
    return Templates(app)


def _safe(text: str) -> Markup:
    """A text of ours or of our translators as HTML; what is put in its places is escaped as it is filled in."""
    return Markup(text)  # noqa: S704  never what a person typed


def listed(items: Iterable[object]) -> Markup:
    """As `i18n.listed`, of texts and of markup. Each is escaped before the language's own "and" joins them."""
    return _safe(i18n.listed(escape(item) for item in items))


def _gettext(text: str, **places: Any) -> Markup:
    return _safe(i18n.catalogue(i18n.language()).gettext(text)) % places


def _ngettext(one: str, many: str, number: int, **places: Any) -> Markup:
    found = i18n.catalogue(i18n.language()).ngettext(one, many, number)
    return _safe(found) % {"num": number, **places}


def _pgettext(context: str, text: str, **places: Any) -> Markup:
    return _safe(str(i18n.catalogue(i18n.language()).pgettext(context, text))) % places
