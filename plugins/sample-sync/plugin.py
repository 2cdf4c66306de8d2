"""nebula.plugin.v1 with grpcio alone: Struct and Empty come with protobuf, so there is nothing to generate."""

import hmac
import os
import signal
from concurrent import futures

import grpc
from google.protobuf import empty_pb2, json_format, struct_pb2

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
LIMITS = [
    ("grpc.max_receive_message_length", MAX_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MAX_MESSAGE_BYTES),
]
PEOPLE = [
    {"username": "ada", "db_name": "default.db", "role_tag": "user", "email": "ada@example.com", "is_active": True},
    {"username": "grace", "db_name": "default.db", "role_tag": "user", "email": "", "is_active": True},
    {"username": "linus", "db_name": "default.db", "role_tag": "user", "email": "", "is_active": True},
]

with os.fdopen(int(os.environ["BAILIWICK_PLUGIN_TOKEN_FD"]), "r", encoding="utf-8") as file:
    TOKEN = file.read().strip()


def struct_of(values):
    return json_format.ParseDict(values, struct_pb2.Struct())


def health(_request):
    return struct_of({"status": "ok", "people": len(PEOPLE)})


def sync_users(request):
    """Hands everybody on; the core asks its own rules before it writes, and a dry run writes nothing at all."""
    asked = json_format.MessageToDict(request)
    limit = asked.get("limit", 0)
    count = int(limit) if isinstance(limit, (int, float)) and limit > 0 else len(PEOPLE)
    return struct_of({"status": "ok", "dry_run": asked.get("dry_run", True) is True, "users": PEOPLE[:count]})


def guarded(work):
    def answer(request, context):
        shown = dict(context.invocation_metadata()).get("x-nebula-token", "")
        if not hmac.compare_digest(shown.encode(), TOKEN.encode()):
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "x-nebula-token is missing or wrong.")
        return work(request)

    return answer


def method(work, request):
    return grpc.unary_unary_rpc_method_handler(
        guarded(work), request_deserializer=request.FromString, response_serializer=struct_pb2.Struct.SerializeToString
    )


# No thread takes the signal to end, so that it waits until it is asked for.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=LIMITS)
server.add_generic_rpc_handlers(
    (
        grpc.method_handlers_generic_handler(
            "nebula.plugin.v1.PluginService",
            {
                "Health": method(health, empty_pb2.Empty),
                "SyncUsers": method(sync_users, struct_pb2.Struct),
            },
        ),
    )
)
server.add_insecure_port(f"unix:{os.environ['BAILIWICK_PLUGIN_SOCKET']}")

server.start()
signal.sigwait({signal.SIGTERM})
server.stop(1).wait()
