"""Does everything a plugin can do: what the tests hold the Python module to."""

import threading

from bailiwick_plugin import HostError, ScopeMissing, listen, serve

seen = {"heard": 0, "missing": ""}


def initialize(context):
    seen["context"] = context
    listen(context, ["container.*"], hear)
    threading.Thread(target=ask, args=(context,), daemon=True).start()


def ask(context):
    try:
        context.host.call("SetValue", key="a", value=b"one")
        seen["kept"] = context.host.call("GetValue", key="a").value.decode()
        context.host.call("EmitEvent", event="began", data={"deep": {"list": [1, None, True, "x"]}})
        seen["people"] = [user.username for user in context.host.call("ListUsers", tenant="default").users]
        context.host.log("hello from Python")
    except ScopeMissing as error:
        seen["missing"] = error.scope
    except HostError as error:
        seen["failed"] = str(error)


def hear(_event):
    seen["heard"] += 1


def health():
    return {"status": "degraded", "message": f"missing {seen['missing']}", "numbers": {"heard": seen["heard"]}}


def sync_users(asked):
    people = [{"username": name, "tenant": "default", "is_active": True} for name in ("ada", "grace", "linus")]
    begin = int(asked["cursor"] or 0)
    end = begin + (asked["limit"] or len(people))
    yield {"users": people[begin:end], "cursor": str(end) if end < len(people) else "", "total": len(people)}


def look(call):
    yield {"done": 0.5, "message": "half"}
    people = seen.get("people", [])
    yield {"done": 1, "result": {"asked_by": call["asked_by"], "input": call["input"], "people": people}}




def refuse(deploy):
    return {"refused": f"not {deploy.container_name}", "field": "name"} if deploy.container_name == "bad" else None


serve(
    {
        "version": "1.0.0",
        "initialize": initialize,
        "health": health,
        "sync_users": sync_users,
        "actions": {"look": {"title": "Look", "form": {"type": "object"}, "run": look}},
        "channels": {"pager": {"title": "Pager", "settings": {"type": "object"}}},
        "send_notice": lambda notice: None,
        "presets": lambda: [],
        "metrics": lambda: [{"name": "heard", "help": "Events", "value": seen["heard"], "labels": {"a": "b"}}],
        "hooks": {
            "deploy": {"validate": refuse, "before": refuse, "after": lambda deploy: None},
            "access": {"before": lambda change: None},
        },
        "shutdown": lambda: seen["context"].host.close(),
    }
)
