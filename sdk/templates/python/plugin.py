"""What it does, in one sentence."""

from bailiwick_plugin import ScopeMissing, serve

given = {}


def initialize(context):
    given["context"] = context
    context.host.log(f"{context.name} is ready.")


def count():
    """How often it has greeted: kept by the core, also when this process ends."""
    host = given["context"].host
    try:
        greetings = int(host.call("GetValue", key="greetings").value or b"0") + 1
        host.call("SetValue", key="greetings", value=str(greetings).encode())
        return greetings
    except ScopeMissing:
        # A person may have agreed to less than plugin.json asks for: go on without it.
        return 0


def greet(call):
    yield {"done": 0.5, "message": "Thinks of what to say."}
    if not call["is_active"]():
        return
    greeting = f"{given['context'].settings.get('greeting', 'Hello')}, {call['input'].get('who', 'you')}!"
    yield {"done": 1, "result": {"greeting": greeting, "greetings": count()}}


serve(
    {
        "version": "0.1.0",
        "initialize": initialize,
        "health": lambda: {"status": "healthy"},
        "actions": {
            "greet": {
                "title": "Greet",
                "description": "Greets somebody, and counts it.",
                "form": {
                    "type": "object",
                    "required": ["who"],
                    "properties": {"who": {"type": "string", "title": "Whom", "maxLength": 80}},
                },
                "run": greet,
            }
        },
    }
)
