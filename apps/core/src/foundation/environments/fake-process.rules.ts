/** What a pretended process does, in order. */
export type FakeStep =
  | { readonly do: 'print'; readonly stream: 'stdout' | 'stderr'; readonly text: string | Buffer }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'exit'; readonly code: number };

export interface FakeProgram {
  readonly steps: readonly FakeStep[];
  /** Exit code on SIGTERM; null for a process that ignores it. */
  readonly onTerm: number | null;
  /** Says each line it reads again, after this word. */
  readonly echoes?: string | undefined;
}

const FOREVER_MS = Infinity;
const ECHOING = /^while read -r line; do echo "(.*)\$line"; done$/;
const TRAP = /^trap ["']exit (\d+)["'] TERM$/;
const ECHO = /^echo (["']?)(.*?)\1( ?>&2)?$/;

/** Understands `sleep`, `echo`, `exit`, `trap "exit n" TERM`, `while true` and an echoing `while read` in `sh -c` of one line; anything else runs for ever. */
export function toProgram(command: readonly string[]): FakeProgram | undefined {
  const [first, second, script] = command;
  if (first === 'sleep') return { steps: [waitFor(second)], onTerm: null };
  if (first === 'true' || first === 'false')
    return { steps: [{ do: 'exit', code: first === 'true' ? 0 : 1 }], onTerm: null };
  if ((first !== 'sh' && first !== '/bin/sh') || second !== '-c' || script === undefined) return undefined;
  if (script.includes('\n')) return { steps: [{ do: 'wait', ms: FOREVER_MS }], onTerm: 0 };
  const echoing = ECHOING.exec(script);
  if (echoing) return { steps: [{ do: 'wait', ms: FOREVER_MS }], onTerm: null, echoes: echoing[1] };
  const parts = script.split(/;|&&/).map((part) => part.trim());
  const trap = parts.map((part) => TRAP.exec(part)).find(Boolean);
  return { steps: parts.flatMap(toStep), onTerm: trap ? Number(trap[1]) : null };
}

function toStep(part: string): FakeStep[] {
  if (part.startsWith('while true')) return [{ do: 'wait', ms: FOREVER_MS }];
  const [word, argument] = part.split(/\s+/);
  if (word === 'sleep') return [waitFor(argument)];
  if (word === 'exit') return [{ do: 'exit', code: Number(argument ?? 0) }];
  const echo = ECHO.exec(part);
  if (echo) return [{ do: 'print', stream: echo[3] ? 'stderr' : 'stdout', text: echo[2] ?? '' }];
  return [];
}

const waitFor = (seconds: string | undefined): FakeStep => ({ do: 'wait', ms: Number(seconds ?? 0) * 1000 });
