"""A plugin for the tests: does what behaviour.json beside it says. It speaks bytes of its own, so that it needs no code
made from proto/: the few messages it sends are short enough to be written by hand."""
import ctypes, glob, json, os, signal, socket, sys, threading, time
from concurrent import futures
import grpc

behaviour = json.load(open('behaviour.json'))
token = os.fdopen(int(os.environ['BAILIWICK_PLUGIN_TOKEN_FD'])).read()
name = os.environ['BAILIWICK_PLUGIN_NAME']
path = os.environ['BAILIWICK_PLUGIN_SOCKET']
asked = 0


def text(field, value):
    return part(field, value.encode())


def tell(what, work):
    try:
        print(what, 'GOT', work(), flush=True)
    except OSError as error:
        print(what, 'REFUSED', error.strerror, flush=True)


def connect(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.settimeout(2)
        door.connect(address)
        return 'connected'


def call(number, *arguments):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(number, *arguments) == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return 'done'


def others():
    own = str(os.getpid())
    return [p for p in glob.glob('/proc/[0-9]*/environ') if p.split('/')[2] != own and os.access(p, os.R_OK) and open(p, 'rb').read()]


def fill(file):
    with open(file, 'wb') as out:
        for _ in range(64):
            out.write(b'x' * (1 << 20))
    return 'written'


def attack():
    x64 = os.uname().machine == 'x86_64'
    tell('environ of others', lambda: others() or (_ for _ in ()).throw(OSError(2, 'none is readable')))
    for place in behaviour['places']:
        tell(f'read {place}', lambda: os.listdir(place) if os.path.isdir(place) else open(place, 'rb').read(8))
    tell('engine', lambda: connect(socket.AF_UNIX, '/var/run/docker.sock'))
    tell('core', lambda: connect(socket.AF_INET, ('127.0.0.1', behaviour['port'])))
    tell('ptrace', lambda: call(101 if x64 else 117, 16, 1, 0, 0))
    tell('unshare', lambda: call(272 if x64 else 97, 0x10000000))
    tell('mount', lambda: call(165 if x64 else 40, b'none', b'/tmp', b'tmpfs', 0, None))
    tell('keyctl', lambda: call(250 if x64 else 219, 0, 0, 0))
    tell('setuid', lambda: os.setuid(0))
    tell('write own folder', lambda: open('/plugin/new', 'w'))
    tell('write usr', lambda: open('/usr/new', 'w'))
    tell('write root', lambda: open('/new', 'w'))
    tell('fill tmp', lambda: fill('/tmp/full'))
    tell('other sockets', lambda: [f for f in os.listdir('/run/bailiwick') if f not in ('plugin.sock', 'host.sock')] or (_ for _ in ()).throw(OSError(2, 'none')))
    print('user', os.getuid(), os.getgid(), os.getgroups(), flush=True)
    print('variables', sorted(os.environ), flush=True)
    print('attacks over', flush=True)


def ask_host():
    with grpc.insecure_channel('unix:' + os.environ['BAILIWICK_HOST_SOCKET']) as channel:
        for method in behaviour['asks']:
            for who, shown in (('itself', token), ('another', 'not the token of this plugin')):
                call = channel.unary_unary('/bailiwick.plugin.v2.Host/' + method)
                try:
                    call(b'', metadata=(('authorization', 'Bearer ' + shown),), timeout=5)
                    print('host', method, 'as', who, 'OK', flush=True)
                except grpc.RpcError as error:
                    print('host', method, 'as', who, error.code().name, flush=True)


def eat():
    kept = []
    while True:
        kept.append(bytearray(b'x' * (10 << 20)))
        time.sleep(0.01)


def fork():
    libc = ctypes.CDLL(None, use_errno=True)
    clone, child_ends = 56 if os.uname().machine == 'x86_64' else 220, 17
    while True:
        # Past the library's own: gRPC holds up a fork while one of its threads is at work.
        made = libc.syscall(clone, child_ends, 0, 0, 0, 0)
        if made == 0:
            libc.pause()
        if made == -1:
            print('fork REFUSED', os.strerror(ctypes.get_errno()), flush=True)
            return


def health():
    global asked
    asked += 1
    kind = behaviour.get('health', 'well')
    if kind == 'slow' and asked > behaviour.get('after', 0):
        time.sleep(behaviour.get('seconds', 30))
    if kind == 'unwell' and asked > behaviour.get('after', 0):
        return b'\x08\x03' + text(2, 'not well')
    if kind == 'huge':
        return b'\x08\x01' + text(2, 'x' * (64 << 20))
    return b'\x08\x01' + text(2, f'asked {asked} times')


def people():
    """Pages of behaviour.pages, each a list of people as [field, text] pairs."""
    for page in behaviour.get('pages', []):
        time.sleep(behaviour.get('pageSeconds', 0))
        raw = b''
        for person in page:
            fields = b''.join(text(field, value) for field, value in person)
            raw += part(1, fields)
        yield raw + text(2, behaviour.get('cursor', '')) + text(3, f'page of {len(page)}')


def part(field, raw):
    length, out = len(raw), bytes([field << 3 | 2])
    while length > 127:
        out, length = out + bytes([length & 127 | 128]), length >> 7
    return out + bytes([length]) + raw


def sync_users(_request, context):
    if dict(context.invocation_metadata()).get('authorization') != f'Bearer {token}':
        context.abort(grpc.StatusCode.UNAUTHENTICATED, 'not with that token')
    yield from people()


def struct(value):
    from google.protobuf import struct_pb2
    made = struct_pb2.Struct()
    made.update(value)
    return made.SerializeToString()


def actions():
    """What behaviour.actions names, each with its form."""
    return b''.join(part(3, text(1, name) + text(2, name.title()) + part(4, struct(form))) for name, form in behaviour.get('actions', {}).items())


def run_action(request, context):
    if dict(context.invocation_metadata()).get('authorization') != f'Bearer {token}':
        context.abort(grpc.StatusCode.UNAUTHENTICATED, 'not with that token')
    print('runs', request[:40], flush=True)
    for step in range(behaviour.get('steps', 2)):
        time.sleep(behaviour.get('stepSeconds', 0))
        yield text(2, f'step {step + 1}')
    yield part(3, struct({'rows': 7, 'by': name}))


def hook(request):
    """Asked about a deploy: what is named bad is refused, what is named late is answered late."""
    print('hook', request[1], flush=True)
    if b'late' in request:
        time.sleep(2)
    return b'\x08\x01' + text(2, 'bad is no name here') + text(3, 'name') if b'bad' in request else b''


def answer(method):
    def act(_request, context):
        given = dict(context.invocation_metadata()).get('authorization')
        if given != f'Bearer {token}' or behaviour.get('refuses'):
            context.abort(grpc.StatusCode.UNAUTHENTICATED, 'not with that token')
        if method == 'Describe':
            return text(1, behaviour.get('name', name)) + text(2, '1.0.0') + actions()
        if method == 'Initialize':
            time.sleep(behaviour.get('beginsAfter', 0))
            if behaviour.get('attack'):
                attack()
            if behaviour.get('asks'):
                ask_host()
            for _ in range(behaviour.get('lines', 0)):
                print('y' * 200)
            for work in behaviour.get('then', []):
                threading.Thread(target={'eat': eat, 'fork': fork, 'exit': lambda: os._exit(3)}[work], daemon=True).start()
        if method == 'HookDeploy':
            return hook(_request)
        return health() if method == 'Health' else b''
    return grpc.unary_unary_rpc_method_handler(act)


if behaviour.get('exits'):
    sys.exit(7)
if behaviour.get('link'):
    os.symlink(behaviour['link'], path)
    time.sleep(600)
handlers = {method: answer(method) for method in ('Describe', 'Initialize', 'Health', 'HookDeploy', 'Shutdown')}
handlers['RunAction'] = grpc.unary_stream_rpc_method_handler(run_action)
handlers['SyncUsers'] = grpc.unary_stream_rpc_method_handler(sync_users)
server = grpc.server(futures.ThreadPoolExecutor(4), options=[('grpc.max_send_message_length', -1)])
server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler('bailiwick.plugin.v2.Plugin', handlers),))
server.add_insecure_port('unix:' + path)
server.start()
print('up as', os.getpid(), flush=True)
signal.signal(signal.SIGTERM, lambda *_: (print('told to end', flush=True), os._exit(0)))
server.wait_for_termination()
