import * as z from 'zod';
import type { EngineProcess } from './engine.js';

/** The words of `ps`; the command comes last, for it has spaces. */
export const PS_COLUMNS = '-eo pid,ppid,uid,pcpu,pmem,etime,args';

const TopAnswer = z.object({ Processes: z.array(z.array(z.string())).nullish() });

export const toProcesses = (answer: unknown): EngineProcess[] =>
  (TopAnswer.parse(answer).Processes ?? []).map(
    ([pid = '', parentPid = '', uid = '', cpu = '', memory = '', elapsed = '', ...command]) => ({
      pid: Number(pid),
      parentPid: Number(parentPid),
      uid,
      cpuPercent: Number(cpu),
      memoryPercent: Number(memory),
      elapsed,
      command: command.join(' '),
    }),
  );
