"""Containers are named as the house names them: a pattern from the settings, asked before anything is made."""

import re

from bailiwick_plugin import InvalidInput, serve

PATTERN = "[a-z][a-z0-9-]{2,62}"

rule = {}


def initialize(context):
    pattern = context.settings.get("pattern") or PATTERN
    try:
        rule["pattern"] = re.compile(pattern)
    except (re.error, TypeError) as error:
        raise InvalidInput(f"The pattern is no regular expression: {error}.") from None
    rule["words"] = context.settings.get("words") or f"The name does not match {pattern}."


def judge(deploy):
    if rule["pattern"].fullmatch(deploy.container_name):
        return None
    return {"refused": rule["words"], "field": "name"}


def health():
    return {"status": "healthy", "message": f"Names match {rule['pattern'].pattern}."}


serve(
    {
        "version": "1.0.0",
        "initialize": initialize,
        "health": health,
        "hooks": {"deploy": {"validate": judge, "before": judge}},
    }
)
