import type { Protocol } from '@bailiwick/contract';

interface Wish {
  readonly protocol: Protocol;
  /** Where the project is. */
  readonly folder: string;
  readonly installCommand: readonly string[];
  /** Null: as the protocol starts. */
  readonly command: readonly string[] | null;
}

/** What an image is to run instead of its own. */
export interface Start {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

/** Started as the image or the command says, unless there is something to install. */
const AS_IT_IS: ReadonlySet<Protocol> = new Set<Protocol>(['generic', 'static-web']);

/** What programs of a kind look for where nobody says otherwise. */
const VARIABLES: Partial<Record<Protocol, Readonly<Record<string, string>>>> = {
  'python-flask': { FLASK_APP: 'app.py', PORT: '5000' },
};
export const protocolEnv = (protocol: Protocol): Readonly<Record<string, string>> => VARIABLES[protocol] ?? {};

/** Whether it can be started at all: what is installed for an image without a kind needs to be told what follows. */
export const lacksCommand = ({ protocol, installCommand, command }: Omit<Wish, 'folder'>): boolean =>
  AS_IT_IS.has(protocol) && installCommand.length > 0 && command === null;

/** Installs first and becomes the program then; null where nothing is to be done before it. */
export function startOf({ protocol, folder, installCommand, command }: Wish): Start | null {
  if (AS_IT_IS.has(protocol) && installCommand.length === 0) return null;
  return {
    entrypoint: ['sh', '-c', SCRIPT, 'sh'],
    command: [protocol, folder, String(installCommand.length), ...installCommand, ...(command ?? [])],
  };
}

/**
 * Always the same text: what people typed comes as arguments and is never read as shell. It waits for a project, and
 * where an installation fails it stays with its words in the log, so that nothing is restarted over and over.
 */
const SCRIPT = `
protocol=$1 folder=$2 count=$3
shift 3
child=
trap '[ -z "$child" ] || kill "$child" 2>/dev/null; exit 0' TERM INT
run() { "$@" & child=$!; wait "$child"; }
hold() { echo "$1"; while :; do run sleep 3600 >/dev/null 2>&1; done; }
await() {
  [ -e "$1" ] && return
  echo "Nothing to start in $folder yet: it waits for $2."
  while ! [ -e "$1" ]; do run sleep 1 >/dev/null 2>&1; done
}
failed='The installation failed, see above. Mend it, and restart the container.'
installed() {
  rest=$(($# - count)) at=0
  while [ "$at" -lt "$count" ]; do word=$1; shift; set -- "$@" "$word"; at=$((at + 1)); done
  shift "$rest"
  run "$@"
}
needs() { python -c "import $1" 2>/dev/null || run pip install --no-cache-dir "$1" || hold "$failed"; }
cd "$folder" || hold "There is no folder $folder."
case $protocol in
  node-*) await package.json package.json ;;
  python-*)
    if [ -z "$(ls -A)" ]; then
      echo "Nothing to start in $folder yet: it waits for a project."
      while [ -z "$(ls -A)" ]; do run sleep 1 >/dev/null 2>&1; done
    fi ;;
esac
if [ "$count" -gt 0 ]; then
  installed "$@" || hold "$failed"
  shift "$count"
else
  case $protocol in
    node-*) run npm install || hold "$failed" ;;
    python-*)
      if [ -f requirements.txt ]; then run pip install --no-cache-dir -r requirements.txt || hold "$failed"
      elif [ -f pyproject.toml ]; then run pip install --no-cache-dir . || hold "$failed"
      fi ;;
  esac
  case $protocol in
    python-flask) needs flask ;;
    python-fastapi) needs fastapi; needs uvicorn ;;
    python-django) needs django ;;
  esac
fi
trap - TERM INT
[ $# -gt 0 ] && exec "$@"
case $protocol in
  python-flask) exec python -m flask run --host 0.0.0.0 --port "$PORT" ;;
  python-fastapi) exec python -m uvicorn main:app --host 0.0.0.0 --port "\${PORT:-8000}" ;;
  python-django) exec python manage.py runserver "0.0.0.0:\${PORT:-8000}" ;;
  python-pip) exec python main.py ;;
  node-vite) exec npx vite --host 0.0.0.0 --port "\${PORT:-5173}" ;;
  node-npm) exec npm run start ;;
esac
hold 'There is no command to start.'
`.trim();
