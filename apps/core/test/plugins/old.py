"""A plugin of the first version, as those that exist are written: google.protobuf and grpc, nothing of ours."""
import os, signal
from concurrent import futures
import grpc
from google.protobuf import empty_pb2, struct_pb2
from google.protobuf.json_format import MessageToDict

token = os.fdopen(int(os.environ['BAILIWICK_PLUGIN_TOKEN_FD'])).read()


def behind_token(work):
    def act(request, context):
        if dict(context.invocation_metadata()).get('x-nebula-token') != token:
            context.abort(grpc.StatusCode.UNAUTHENTICATED, 'not with that token')
        answer = struct_pb2.Struct()
        answer.update(work(request))
        return answer
    return act


def health(_request):
    return {'status': 'ok', 'message': 'as ever', 'synced': 3}


def sync_users(request):
    asked = MessageToDict(request)
    print('asked', sorted(asked), 'dry', asked['dry_run'], flush=True)
    return {'users': [{'username': user['username'], 'db_name': user.get('db_name', 'acme.db'), 'role_tag': 'user', 'is_active': True} for user in asked.get('users', [])]}


methods = {
    'Health': grpc.unary_unary_rpc_method_handler(behind_token(health), empty_pb2.Empty.FromString, struct_pb2.Struct.SerializeToString),
    'SyncUsers': grpc.unary_unary_rpc_method_handler(behind_token(sync_users), struct_pb2.Struct.FromString, struct_pb2.Struct.SerializeToString),
}
server = grpc.server(futures.ThreadPoolExecutor(4))
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler('nebula.plugin.v1.PluginService', methods),))
server.add_insecure_port('unix:' + os.environ['BAILIWICK_PLUGIN_SOCKET'])
server.start()
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
server.wait_for_termination()
