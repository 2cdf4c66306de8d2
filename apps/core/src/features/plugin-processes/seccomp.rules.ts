/** The numbers of one kind of processor: `calls` are refused, and so are namespaces by `clone`. */
interface Processor {
  readonly audit: number;
  readonly calls: readonly number[];
  readonly clone: number;
}

// What reads or changes other processes, the kernel, the mounts, the clock or keys, by the kernel's own tables.
const EVERYWHERE = [425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442];
const PROCESSORS: Readonly<Record<string, Processor>> = {
  x64: {
    audit: 0xc000003e,
    calls: [
      101, 310, 311, 312, 165, 166, 155, 161, 272, 308, 321, 298, 323, 250, 248, 249, 175, 313, 176, 246, 320, 169, 167,
      168, 304, 303, 172, 173, 163, 179, 164, 227, 305, 159, 170, 171, 103, 153, 180, 134, 212, 154, 136,
    ],
    clone: 56,
  },
  arm64: {
    audit: 0xc00000b7,
    calls: [
      117, 270, 271, 272, 40, 39, 41, 51, 97, 268, 280, 241, 282, 219, 217, 218, 105, 273, 106, 104, 294, 142, 224, 225,
      265, 264, 89, 60, 170, 112, 266, 171, 161, 162, 116, 58, 42, 18,
    ],
    clone: 220,
  },
};
const CLONE3 = 435;
/** New cgroup, UTS, IPC, user, PID and network namespaces, and new mounts. */
const NAMESPACES = 0x7e02_0000;
/** Numbers from here on are of the 32-bit calls of a 64-bit processor, a table of its own. */
const X32 = 0x4000_0000;

const [LOAD, EQUALS, AT_LEAST, HAS_BIT, ANSWER] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [NUMBER, AUDIT, FIRST_ARGUMENT] = [0, 4, 16];
const ALLOW = 0x7fff_0000;
const KILL = 0x8000_0000;
const refuse = (errno: number): number => 0x0005_0000 | errno;
const [EPERM, ENOSYS] = [1, 38];

type Instruction = readonly [code: number, value: number, ifTrue?: number, ifFalse?: number];

/**
 * A filter of system calls as `bwrap --seccomp` reads it (an array of struct sock_filter); undefined for processors
 * whose numbers are not known. What is refused answers EPERM; `clone3` ENOSYS, so that `clone` is taken, whose flags
 * a filter can see.
 */
export function seccompFilter(processor: string): Buffer | undefined {
  const known = PROCESSORS[processor];
  if (!known) return undefined;
  const program: Instruction[] = [
    [LOAD, AUDIT],
    [EQUALS, known.audit, 1, 0],
    [ANSWER, KILL],
    [LOAD, NUMBER],
    [AT_LEAST, X32, 0, 1],
    [ANSWER, refuse(EPERM)],
    ...[...known.calls, ...EVERYWHERE].flatMap((call): Instruction[] => [
      [EQUALS, call, 0, 1],
      [ANSWER, refuse(EPERM)],
    ]),
    [EQUALS, CLONE3, 0, 1],
    [ANSWER, refuse(ENOSYS)],
    [EQUALS, known.clone, 0, 3],
    [LOAD, FIRST_ARGUMENT],
    [HAS_BIT, NAMESPACES, 0, 1],
    [ANSWER, refuse(EPERM)],
    [ANSWER, ALLOW],
  ];
  const bytes = Buffer.alloc(program.length * 8);
  for (const [position, [code, value, ifTrue = 0, ifFalse = 0]] of program.entries()) {
    bytes.writeUInt16LE(code, position * 8);
    bytes.writeUInt8(ifTrue, position * 8 + 2);
    bytes.writeUInt8(ifFalse, position * 8 + 3);
    bytes.writeUInt32LE(value >>> 0, position * 8 + 4);
  }
  return bytes;
}
