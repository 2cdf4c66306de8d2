"""Plugins for Bailiwick in Python, with grpcio and protobuf alone (Debian: python3-grpcio, python3-protobuf).

A plugin is a dict of functions handed to serve(); docs/PLUGIN_API.md has all of it:

    from bailiwick_plugin import serve
    serve({"version": "1.0.0", "hooks": {"deploy": {"validate": validate}}})
"""

import hmac
import os
import signal
import sys
import threading
import time
from concurrent import futures
from pathlib import Path

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32
DEADLINE_SECONDS = 10
END_SECONDS = 4
LIMITS = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
]


class InvalidInput(Exception):
    """What the plugin was asked with is not right; the person reads the words."""


class Unavailable(Exception):
    """What the plugin stands on cannot be reached now; the person reads the words."""


class HostError(Exception):
    """The core did not do what it was asked; `code` is gRPC's."""

    def __init__(self, method, code, words):
        super().__init__(f"{method}: {words}")
        self.method = method
        self.code = code


class ScopeMissing(HostError):
    """Nobody agreed that this plugin may ask for it; `scope` is the one to name in plugin.json."""

    def __init__(self, method, code, scope):
        super().__init__(method, code, f"needs the scope {scope}, which was not granted.")
        self.scope = scope


class Answered(Exception):
    """Says no with a code of gRPC."""

    def __init__(self, code, words):
        super().__init__(words)
        self.code = code


# What the .proto files say, as protoc describes them.
_pool = descriptor_pool.DescriptorPool()
_set = descriptor_pb2.FileDescriptorSet()
_set.ParseFromString((Path(__file__).parent / "protocols.binpb").read_bytes())
for _file in _set.file:
    _pool.Add(_file)


def message(name):
    """The class of a message, such as bailiwick.plugin.v2.Description."""
    descriptor = _pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(_pool).GetPrototype(descriptor)


_V2 = "bailiwick.plugin.v2"
_PLUGIN = _pool.FindServiceByName(f"{_V2}.Plugin")
_HOST = _pool.FindServiceByName(f"{_V2}.Host")
_classes = {}


def _class(descriptor):
    name = descriptor.full_name
    if name not in _classes:
        _classes[name] = message(name)
    return _classes[name]


def from_struct(struct, depth=1):
    """What came over the wire as a dict."""
    if depth > MAX_DEPTH:
        raise InvalidInput(f"Nothing may nest deeper than {MAX_DEPTH}.")
    return {key: _from_value(value, depth) for key, value in struct.fields.items()}


def _from_value(value, depth):
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return from_struct(value.struct_value, depth + 1)
    if kind == "list_value":
        if depth >= MAX_DEPTH:
            raise InvalidInput(f"Nothing may nest deeper than {MAX_DEPTH}.")
        return [_from_value(one, depth + 1) for one in value.list_value.values]
    return None if kind in (None, "null_value") else getattr(value, kind)


def fill_struct(struct, values, depth=1):
    """A dict for the wire, into a message that is there."""
    if depth > MAX_DEPTH:
        raise InvalidInput(f"Nothing may nest deeper than {MAX_DEPTH}.")
    struct.SetInParent()
    for key, value in values.items():
        _fill_value(struct.fields[str(key)], value, depth)


def _fill_value(target, value, depth):
    if value is None:
        target.null_value = 0
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, (int, float)):
        target.number_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, dict):
        fill_struct(target.struct_value, value, depth + 1)
    elif isinstance(value, (list, tuple)):
        if depth >= MAX_DEPTH:
            raise InvalidInput(f"Nothing may nest deeper than {MAX_DEPTH}.")
        target.list_value.SetInParent()
        for one in value:
            _fill_value(target.list_value.values.add(), one, depth + 1)
    else:
        raise InvalidInput(f"{type(value).__name__} is nothing JSON can say.")


def _into(target, values):
    """Lays a dict over a message: fields by their names in the .proto, dicts into objects and maps. None is left out."""
    for name, value in values.items():
        field = target.DESCRIPTOR.fields_by_name.get(name)
        if field is None:
            raise InvalidInput(f"{target.DESCRIPTOR.name} has no {name}.")
        if value is None:
            continue
        if field.label == field.LABEL_REPEATED:
            _into_many(getattr(target, name), field, value)
        elif field.message_type is None:
            setattr(target, name, value)
        elif field.message_type.full_name == "google.protobuf.Struct":
            fill_struct(getattr(target, name), value)
        else:
            _into(getattr(target, name), value)
    return target


def _into_many(many, field, values):
    if field.message_type is None:
        many.extend(values)
    elif field.message_type.GetOptions().map_entry:
        many.update(values)
    else:
        for value in values:
            one = many.add()
            if field.message_type.full_name == "google.protobuf.Struct":
                fill_struct(one, value)
            else:
                _into(one, value)


def _request(descriptor, values):
    return _into(_class(descriptor)(), values)


def read_place():
    """Name, address and token, as the core says them to the process it starts."""
    env = os.environ
    name = env.get("BAILIWICK_PLUGIN_NAME", "")
    socket = env.get("BAILIWICK_PLUGIN_SOCKET", "")
    address = f"unix:{socket}" if socket else env.get("BAILIWICK_PLUGIN_LISTEN", "")
    if not address:
        sys.exit("A plugin is started by the core; set BAILIWICK_PLUGIN_LISTEN and BAILIWICK_PLUGIN_TOKEN to run it.")
    descriptor = env.get("BAILIWICK_PLUGIN_TOKEN_FD", "")
    if descriptor:
        with os.fdopen(int(descriptor), "r", encoding="utf-8") as file:
            token = file.read().strip()
    else:
        token = env.get("BAILIWICK_PLUGIN_TOKEN", "").strip()
    if not token:
        sys.exit("No token came: nobody could be told from the core.")
    return name, address, token


class Host:
    """Asks the core: host.call("ListUsers", tenant="default") gives the message that answers."""

    _NEEDS = {
        "ListUsers": ["users.read"],
        "SyncUser": ["users.write", "identity_tags.write"],
        "SetIdentityTag": ["identity_tags.write"],
        "ListRoles": ["roles.read"],
        "UpsertRole": ["roles.write"],
        "ListContainers": ["containers.read"],
        "Subscribe": ["events.read"],
        "EmitEvent": ["events.emit"],
        "GetValue": ["storage"],
        "SetValue": ["storage"],
        "DeleteValue": ["storage"],
        "ListKeys": ["storage"],
    }

    def __init__(self, address, token, scopes):
        options = LIMITS + [("grpc.initial_reconnect_backoff_ms", 200), ("grpc.max_reconnect_backoff_ms", 2000)]
        self._channel = grpc.insecure_channel(address, options=options) if address else None
        self._metadata = (("authorization", f"Bearer {token}"),)
        self._scopes = scopes
        # The core takes eight at once; two of them are left to subscriptions.
        self._turns = threading.BoundedSemaphore(6)

    def call(self, method, **asked):
        """One answer, within 10 s; waits for a core that is away for a moment."""
        descriptor = _HOST.methods_by_name[method]
        self._assert_place(method)
        call = self._channel.unary_unary(
            f"/{_HOST.full_name}/{method}",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=_class(descriptor.output_type).FromString,
        )
        request = _request(descriptor.input_type, asked)
        with self._turns:
            try:
                return call(request, timeout=DEADLINE_SECONDS, metadata=self._metadata, wait_for_ready=True)
            except grpc.RpcError as error:
                raise self._failure(method, error) from None

    def subscribe(self, kinds):
        """The stream of batches of what happens from now on; ends with an error when the core goes away."""
        descriptor = _HOST.methods_by_name["Subscribe"]
        self._assert_place("Subscribe")
        call = self._channel.unary_stream(
            f"/{_HOST.full_name}/Subscribe",
            request_serializer=lambda request: request.SerializeToString(),
            response_deserializer=_class(descriptor.output_type).FromString,
        )
        return call(_request(descriptor.input_type, {"kinds": kinds}), metadata=self._metadata)

    def log(self, text, level="LEVEL_INFO"):
        """A line for the plugin's log; where the core cannot take it, it goes to the process's own output."""
        values = _class(_HOST.methods_by_name["WriteLog"].input_type).DESCRIPTOR.enum_types_by_name["Level"]
        try:
            self.call("WriteLog", level=values.values_by_name[level].number, message=text)
        except HostError:
            print(text, file=sys.stderr, flush=True)

    def close(self):
        if self._channel is not None:
            self._channel.close()

    def _assert_place(self, method):
        if self._channel is None:
            raise HostError(method, grpc.StatusCode.UNAVAILABLE, "The core named no place to ask it at.")

    def _failure(self, method, error):
        missing = [scope for scope in self._NEEDS.get(method, []) if scope not in self._scopes]
        if error.code() == grpc.StatusCode.PERMISSION_DENIED and missing:
            return ScopeMissing(method, error.code(), missing[0])
        return HostError(method, error.code(), error.details())


class Context:
    """What a plugin was given."""

    def __init__(self, name, token, request):
        self.name = name
        self.scopes = frozenset(request.scopes)
        self.settings = from_struct(request.settings)
        self.tenants = list(request.tenants)
        self.core_version = request.core_version
        self.host = Host(request.host_address, token, self.scopes)


class _Served:
    _MOMENTS = {1: "validate", 2: "before", 3: "after"}
    _STATUSES = {"healthy": 1, "degraded": 2, "unhealthy": 3}

    def __init__(self, plugin, name, token):
        self._plugin = plugin
        self._name = name
        self._token = token
        self._context = None
        self._is_shut_down = False

    def handlers(self):
        methods = {}
        for name, descriptor in _PLUGIN.methods_by_name.items():
            work = getattr(self, f"_{name}")
            streams = descriptor.server_streaming
            behaviour = self._streaming(name, work) if streams else self._unary(name, descriptor, work)
            made = grpc.unary_stream_rpc_method_handler if streams else grpc.unary_unary_rpc_method_handler
            methods[name] = made(
                behaviour,
                request_deserializer=_class(descriptor.input_type).FromString,
                response_serializer=lambda answer: answer.SerializeToString(),
            )
        return grpc.method_handlers_generic_handler(_PLUGIN.full_name, methods)

    def shutdown(self):
        if not self._is_shut_down:
            self._is_shut_down = True
            self._plugin.get("shutdown", lambda: None)()

    def _admit(self, name, context):
        shown = dict(context.invocation_metadata()).get("authorization", "")
        if not hmac.compare_digest(shown.encode(), f"Bearer {self._token}".encode()):
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "authorization: Bearer <token> is missing or wrong.")
        if self._context is None and name not in ("Describe", "Initialize", "Shutdown"):
            context.abort(grpc.StatusCode.FAILED_PRECONDITION, "Initialize comes first.")

    def _unary(self, name, descriptor, work):
        def answer(request, context):
            self._admit(name, context)
            try:
                return _request(descriptor.output_type, work(request, context) or {})
            except Exception as error:  # each becomes an answer with its words
                _refuse(context, error)

        return answer

    def _streaming(self, name, work):
        output = _PLUGIN.methods_by_name[name].output_type

        def answers(request, context):
            self._admit(name, context)
            try:
                for one in work(request, context):
                    yield _request(output, one)
            except Exception as error:  # each becomes an answer with its words
                _refuse(context, error)

        return answers

    def _part(self, name):
        part = self._plugin.get(name)
        if part is None:
            raise Answered(grpc.StatusCode.UNIMPLEMENTED, f"This plugin has no {name}.")
        return part

    def _Describe(self, _request, _call):
        actions = self._plugin.get("actions", {})
        shown = ("title", "description", "form", "is_dangerous")
        return {
            "name": self._name,
            "version": self._plugin["version"],
            "actions": [
                {"id": id, **{key: action[key] for key in shown if key in action}} for id, action in actions.items()
            ],
            "channels": [{"id": id, **channel} for id, channel in self._plugin.get("channels", {}).items()],
        }

    def _Initialize(self, request, _call):
        if self._context is not None:
            self._context.host.close()
        self._context = None
        context = Context(self._name, self._token, request)
        self._plugin.get("initialize", lambda _context: None)(context)
        self._context = context

    def _Health(self, _request, _call):
        report = self._plugin.get("health", lambda: None)() or {}
        return {**report, "status": self._STATUSES[report.get("status", "healthy")]}

    def _Shutdown(self, _request, _call):
        self.shutdown()

    def _SyncUsers(self, request, call):
        yield from self._part("sync_users")(
            {
                "dry_run": request.dry_run,
                "limit": request.limit,
                "cursor": request.cursor,
                "options": from_struct(request.options),
                "is_active": call.is_active,
            }
        )

    def _RunAction(self, request, call):
        action = self._part("actions").get(request.action)
        if action is None:
            raise Answered(grpc.StatusCode.NOT_FOUND, f"There is no action {request.action}.")
        yield from action["run"](
            {
                "input": from_struct(request.input),
                "operation_id": request.operation_id,
                "asked_by": request.asked_by,
                "is_active": call.is_active,
            }
        )

    def _HookDeploy(self, request, _call):
        return self._hook("deploy", request)

    def _HookAccess(self, request, _call):
        return self._hook("access", request)

    def _hook(self, name, request):
        hook = self._plugin.get("hooks", {}).get(name)
        if hook is None:
            raise Answered(grpc.StatusCode.UNIMPLEMENTED, f"This plugin has no hook {name}.")
        moment = self._MOMENTS.get(request.moment)
        if moment is None:
            raise InvalidInput("That is no moment of a hook.")
        refusal = hook[moment](request) if moment in hook else None
        if refusal is None:
            return {"is_refused": False}
        return {"is_refused": True, "reason": refusal["refused"][:500], "field": refusal.get("field", "")}

    def _ListPresets(self, _request, _call):
        return {"presets": self._part("presets")()}

    def _SendNotice(self, request, _call):
        self._part("send_notice")(request)

    def _ReadMetrics(self, _request, _call):
        return {"metrics": self._part("metrics")()}


_CODES = {InvalidInput: grpc.StatusCode.INVALID_ARGUMENT, Unavailable: grpc.StatusCode.UNAVAILABLE}


def _refuse(context, error):
    if isinstance(error, Answered):
        context.abort(error.code, str(error))
    if isinstance(error, HostError):
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
    code = _CODES.get(type(error))
    if code is None:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    context.abort(code or grpc.StatusCode.INTERNAL, str(error))


def run_server(handler, address, end=lambda: None):
    """Serves until SIGTERM; then `end` has a moment, and the process ends with 0."""
    # Of whatever thread the signal would come to: none takes it, so that it waits until it is asked for.
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16), options=LIMITS)
    server.add_generic_rpc_handlers((handler,))
    if server.add_insecure_port(address) == 0 and not address.startswith("unix:"):
        sys.exit(f"{address} cannot be used.")
    server.start()
    signal.sigwait(ends)
    ending = threading.Thread(target=end, daemon=True)
    ending.start()
    ending.join(END_SECONDS)
    server.stop(0).wait(1)
    sys.stdout.flush()
    # A thread that hangs is not waited for.
    os._exit(0)


def serve(plugin):
    """Serves bailiwick.plugin.v2 until the core ends the process."""
    name, address, token = read_place()
    served = _Served(plugin, name, token)
    run_server(served.handlers(), address, served.shutdown)


def listen(context, kinds, on_event):
    """Calls `on_event` with each event from now on, in a thread of its own; comes again when the core was away."""

    def run():
        wait = 0.5
        while True:
            try:
                for batch in context.host.subscribe(kinds):
                    wait = 0.5
                    for event in batch.events:
                        on_event(event)
            except grpc.RpcError as error:
                if error.code() in (grpc.StatusCode.PERMISSION_DENIED, grpc.StatusCode.UNAUTHENTICATED):
                    context.host.log(f"Subscribe: {error.details()}", "LEVEL_WARN")
                    return
            except (HostError, ValueError):
                # There is no place to ask at, or the channel was closed: the plugin was initialized anew.
                return
            time.sleep(wait)
            wait = min(wait * 2, 10)

    threading.Thread(target=run, daemon=True).start()
